"""One person for the roll: what was written, whether the law lets the person stand there, and the row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from renda.core import cells
from renda.core.cells import CellError
from renda.core.cells.people import read_name
from renda.core.crypto import keyed_hash
from renda.directory.models import Division
from renda.directory.models.records import RecordQuerySet
from renda.elections.models import (
    BarKind,
    Barred,
    Election,
    ElectoralDistrict,
    Entry,
    RollState,
    Source,
    Voter,
    VoterGroup,
    WhyOff,
)
from renda.elections.roll.outcomes import ARTICLES, NO_CERTIFICATE, UNDER_AGE, WORDS
from renda.elections.roll.terms import compared, latest_birth, previous


class Refused(ValueError):
    """A change of the roll that cannot be made; the text says why and what to do next."""


@dataclass(frozen=True)
class Entered:
    """A person as entered; ``name`` and ``number`` as `read` gives them. ``division``: where, while no district is known (the election's)."""

    election: Election
    name: str
    number: str
    district: ElectoralDistrict | None = None
    group: VoterGroup | None = None
    phone: str = ""
    address: str = ""
    household_at: str = ""
    certificate: bool = False
    note: str = ""
    division: Division | None = None


def number_of(text: str) -> str:
    """A typed identity number as 18 characters. Raises Refused with the reader's reason."""
    try:
        return cells.read_identity_number(text, typed=True)
    except CellError as error:
        raise Refused(error.reason) from error


def name_of(text: str) -> str:
    """A typed name. Raises Refused."""
    try:
        return read_name(text)
    except CellError as error:
        raise Refused(error.reason) from error


def from_number(number: str) -> dict[str, Any]:
    """Number, birth date and sex as fields of a voter; raises Refused for a wrong number."""
    right = number_of(number)
    sex = "male" if cells.identity.sex(right) == "男" else "female"
    return {"identity_number": right, "birth_date": cells.identity.birth_date(right), "sex": sex}


def check(entered: Entered) -> None:
    """Refuse with the article whom the law keeps off this roll, and who needs a certificate of another district."""
    born = from_number(entered.number)["birth_date"]
    require_right(entered.election, entered.number, born)
    in_extract = Voter.objects.filter(election=entered.election, identity_hash=keyed_hash(entered.number)).exists()
    if not (in_extract or entered.certificate) and compared(entered.election):
        raise Refused(
            _("公安户籍资料中没有此人，须持有户籍所在地选区的选民资格转移证明（%(article)s）。")
            % {"article": ARTICLES[NO_CERTIFICATE]}
        )


def require_right(election: Election, number: str, born: date) -> None:
    """Refuse who is under age on election day (选举法 4(1)), deprived (4(2)), suspended (1983 年规定 4) or found incapable (选举法 27(2))."""
    _refuse(born > latest_birth(election), barred(election, number))


def require_rights(voters: Sequence[Voter]) -> None:
    """As ``require_right``, for several rows at once. One query for each election."""
    for election in {voter.election for voter in voters}:
        several = [voter for voter in voters if voter.election_id == election.pk]
        latest = latest_birth(election)
        rows = _bars(election).filter(identity_hash__in=[bytes(voter.identity_hash) for voter in several])
        kinds = {bytes(digest): kind for digest, kind in rows.order_by("-kind").values_list("identity_hash", "kind")}
        for voter in several:
            _refuse(voter.birth_date > latest, kinds.get(bytes(voter.identity_hash), ""))


def _refuse(under_age: bool, kind: str) -> None:
    if under_age:
        raise Refused(_("选举日未满十八周岁，不能列入选民名单（%(article)s）。") % {"article": ARTICLES[UNDER_AGE]})
    if kind:
        raise Refused(_("此人%(kind)s，不能列入选民名单（%(article)s）。") % {"kind": WORDS[kind], "article": ARTICLES[kind]})


def barred(election: Election, number: str) -> str:
    """Why a person may not vote on election day, empty where nothing bars it."""
    found = _bars(election).filter(identity_hash=keyed_hash(number)).order_by("kind").values_list("kind", flat=True).first()
    return BarKind(found).value if found else ""


def _bars(election: Election) -> RecordQuerySet:
    """What bars people from voting on an election's day."""
    day = election.election_day
    return Barred.objects.alive().filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


def held(entered: Entered) -> Voter | None:
    """The person's row on this roll, locked."""
    rows = Voter.objects.filter(election=entered.election, identity_hash=keyed_hash(entered.number))
    return rows.select_for_update(of=("self",)).select_related("district").first()


def row(entered: Entered, state: RollState, source: Source) -> Voter:
    """The row of a person, not written yet."""
    at = entered.district or entered.election
    division = entered.division.pk if entered.division and not entered.district else at.division_id
    return Voter(
        election=entered.election, district=entered.district, group=entered.group, name=entered.name, phone=entered.phone,
        address=entered.address, division_id=division, household_at=entered.household_at, certificate=entered.certificate,
        note=entered.note, state=state, source=source, entry=_entry(entered), edited=True, **from_number(entered.number),
    )  # fmt: skip


def insert(entered: Entered, state: RollState, source: Source) -> Voter:
    """Write the row. The database refuses a second one of the same person (``voter_once``)."""
    made = row(entered, state, source)
    made.save(force_insert=True)
    return made


def _entry(entered: Entered) -> str:
    """Why the person comes onto the roll (选举法 27(1)), against the roll before."""
    before = previous(entered.election)
    if before is None:
        return Entry.FIRST
    last = Voter.objects.filter(election=before, identity_hash=keyed_hash(entered.number)).values_list("state", "why_off").first()
    if last is not None and last[0] == RollState.REGISTERED:
        return Entry.CARRIED
    if last is not None and last[1] in (WhyOff.DEPRIVED, WhyOff.SUSPENDED):
        return Entry.RESTORED
    born = from_number(entered.number)["birth_date"]
    return Entry.NEWLY_ADULT if born > latest_birth(before) else Entry.MOVED_IN
