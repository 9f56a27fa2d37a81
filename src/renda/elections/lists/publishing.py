"""Publishing voter lists: the lists of districts are frozen as published, counted, journalled (选举法 28)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from renda.core import bulk, clock
from renda.core.crypto import keyed_digest
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.decisions import LegalDate
from renda.elections.lists import districts as lists_districts
from renda.elections.lists import totals
from renda.elections.lists.dates import PUBLISH, legal_dates
from renda.elections.lists.ordering import Standing, in_order
from renda.elections.models import Election, ElectoralDistrict, ExtraField, Listed, ListOrder, Publication, Voter
from renda.journal.services import Line, change, record

ALPHABET = "ACDEFGHJKLMNPQRTUVWXY3479"
CODE_LENGTH = 8
SUBJECT = "elections.voter_list"
Progress = Callable[[int, int, str], None]
COLUMNS = (
    "publication_id", "election_id", "district_id", "voter_id", "place", "group", "name", "sex", "age", "birth_year", "code", "ended_why",
)  # fmt: skip


class NotPublished(ValueError):
    """A list cannot be published so; the text says what, why (with the article) and what to do."""


@dataclass(frozen=True)
class Notice:
    """How lists are published: day, where they are posted, order of names, further fields, the reason where it is late."""

    on: date
    place: str = ""
    order: str = ListOrder.STROKES
    fields: tuple[str, ...] = ()
    late_reason: str = ""

    def check(self, election: Election) -> None:
        """Refuse a day that cannot be, or what may not be published. Raises NotPublished."""
        if self.on > clock.today():
            raise NotPublished(_("公布日期 %(on)s 还没有到。请在名单张贴公布后登记。") % {"on": self.on})
        if self.on >= election.election_day:
            words = {"on": self.on, "day": election.election_day}
            raise NotPublished(_("公布日期 %(on)s 不早于选举日 %(day)s，请核对。") % words)
        if set(self.fields) - set(ExtraField.values) or self.order not in ListOrder.values:
            raise NotPublished(_("只能从页面列出的栏目和顺序中选择。"))


def lateness(due: LegalDate | None, notice: Notice) -> dict[str, Any]:
    """The columns that say until when the law asked for it and how late it is. Raises NotPublished where the reason is missing."""
    late = max(0, (notice.on - due.date).days) if due else 0
    if late and not notice.late_reason.strip():
        assert due is not None
        words = {"due": due.date, "article": due.article, "on": notice.on, "late": late}
        raise NotPublished(
            _("最迟应在 %(due)s 公布（%(article)s），%(on)s 公布已晚 %(late)s 天。仍要登记的，请写明原因。") % words
        )
    return {
        "due_on": due.date if due else None,
        "late_days": late,
        "late_reason": notice.late_reason.strip()[:300] if late else "",
    }


def silent(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""


def publish(election: Election, wanted: Iterable[int], notice: Notice, *, actor: Actor, progress: Progress = silent) -> list[int]:
    """Publish the voter lists of these districts (ids); returns the publications' ids.

    Raises NotPublished (nothing is published then) and PermissionDenied. Late lists are published and marked (``late_reason``).
    """
    common = checked(election, notice, actor)
    try:
        with change():
            chosen = locked(election, wanted, actor)
            not_yet(chosen)
            made = []
            for done, one in enumerate(chosen):
                progress(done, len(chosen), one.name)
                made.append(_publish(one, election, notice, common, actor))
            progress(len(chosen), len(chosen), _("汇总"))
            totals.write(chosen, actor=actor)
    except IntegrityError as error:
        raise NotPublished(_("名单公布期间登记册有变动，有人同时办理了公布或者转移。没有公布任何名单，请刷新后重试。")) from error
    return made


def checked(election: Election, notice: Notice, actor: Actor) -> dict[str, Any]:
    """The columns that say how late a publication is, for one who may publish. Raises NotPublished and PermissionDenied."""
    gate.require(actor, roles.CREATE, Publication)
    gate.require(actor, roles.VIEW, Voter)
    notice.check(election)
    return lateness(legal_dates(election).get(PUBLISH), notice)


def locked(election: Election, wanted: Iterable[int], actor: Actor) -> list[ElectoralDistrict]:
    """The districts, locked in key order, as far as all of them are the actor's to publish."""
    ids = sorted(set(wanted))
    if not ids:
        raise NotPublished(_("没有选中选区。"))
    seen = lists_districts.seen(election, actor).filter(pk__in=ids)
    rows = ElectoralDistrict.objects.filter(pk__in=seen.order_by().values("pk")).order_by("pk").select_for_update(of=("self",))
    found = list(rows.select_related("election"))
    if len(found) != len(ids):
        raise NotPublished(_("有的选区不存在，或者不在您的权限范围内，请刷新后重试。"))
    return found


def not_yet(several: Sequence[ElectoralDistrict]) -> None:
    """Refuse districts whose list is published. Raises NotPublished."""
    names = list(Publication.objects.alive().filter(district__in=several, number=0).values_list("district__name", flat=True))
    if names:
        words = {"names": "、".join(names[:5])}
        raise NotPublished(_("“%(names)s”的选民名单已经公布，其后的变动请发补正名单。") % words)


def _publish(district: ElectoralDistrict, election: Election, notice: Notice, common: dict[str, Any], actor: Actor) -> int:
    standing = in_order(registered(election, district.pk), notice.order)
    if not standing:
        raise NotPublished(_("“%(name)s”没有已登记的选民，不能公布名单。请先登记选民，或者不选这个选区。") % {"name": district})
    row = {
        **common, "number": 0, "voters": len(standing), "added": 0, "removed": 0,
        **published_row(district, election, notice, actor), "natural_key": f"{district.pk}\x1f0",
    }  # fmt: skip
    (pk,) = bulk.insert(Publication, [row])
    enter(pk, election, district.pk, [(place, one, "") for place, one in enumerate(standing, 1)])
    detail = {
        "on": notice.on.isoformat(), "place": notice.place, "order": notice.order, "fields": list(notice.fields), "voters": len(standing),
        "due_on": str(common["due_on"] or ""), "late_days": common["late_days"], "late_reason": common["late_reason"],
        "digest": digest_of(standing),
    }  # fmt: skip
    record(Line(str(actor), "voter_list.published", SUBJECT, pk, district.name, detail))
    return pk


def published_row(district: ElectoralDistrict, election: Election, notice: Notice, actor: Actor) -> dict[str, Any]:
    """What every publication says of itself."""
    return {
        "election_id": election.roll_id, "division_id": district.division_id, "district_id": district.pk, "published_on": notice.on,
        "place": notice.place.strip()[:200], "order": notice.order, "fields": list(notice.fields), "by": str(actor)[:200],
        "edited": True, "void_reason": "", "source_digest": "",
    }  # fmt: skip


def registered(election: Election, district: int) -> list[Standing]:
    """The voters who stand on the roll in a district. One query."""
    rows = Voter.objects.registered().filter(election_id=election.roll_id, district=district)
    found = rows.values_list("pk", "group__name", "name", "sex", "birth_date")
    return [Standing(pk, group or "", name, sex, born) for pk, group, name, sex, born in found]


def enter(publication: int, election: Election, district: int, rows: Iterable[tuple[int, Standing, str]]) -> None:
    """Put voters on a list: (place, voter, check code or empty for a fresh one)."""
    day, roll = election.election_day, election.roll_id
    lines = (
        (publication, roll, district, one.voter, place, one.group, one.name, one.sex, age_on(one.born, day), one.born.year,
         code or fresh_code(), "")
        for place, one, code in rows
    )  # fmt: skip
    bulk.insert_lines(Listed._meta.db_table, COLUMNS, lines)


def age_on(born: date, day: date) -> int:
    """Full years on a day, the birthday included."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def fresh_code() -> str:
    """A check code for a voter card: easily read out, not to be guessed."""
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


def digest_of(standing: Iterable[Standing]) -> str:
    """A keyed digest over the list, so that the journal can prove what was published without naming anybody."""
    found = hashlib.sha256()
    for one in standing:
        found.update(f"{one.voter}\x1f{one.group}\x1f{one.name}\x1f{one.sex}\x1e".encode())
    return keyed_digest(found.hexdigest())
