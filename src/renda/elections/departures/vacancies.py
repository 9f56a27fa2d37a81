"""From an ended mandate to a by-election in the same district (选举法 57)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import congress, gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division, Mandate
from renda.directory.models.divisions import Level
from renda.elections.departures import effects, mandates
from renda.elections.models import Election, ElectoralDistrict
from renda.elections.models.departures import DIRECT
from renda.elections.models.ledgers import congress_name
from renda.journal.services import change
from renda.registers.services import enter

ELECTIONS, DISTRICTS = "elections.elections", "elections.districts"
COPIED = ("urban", "population", "voter_groups", "code", "basis", "area", "to_register")
MOST = 3
"""Seats of a district at most (选举法 25(2))."""


class NoByElection(ValueError):
    """Why no by-election can be set up for this mandate; the text says what to do instead."""


@dataclass(frozen=True)
class Vacancy:
    """Empty seats of a district: of which congress, how many, and the district of the general election where it is entered."""

    mandate: Mandate
    congress: Division
    name: str
    seats: int
    district: ElectoralDistrict | None

    @property
    def _congress(self) -> str:
        return congress_name(self.congress, self.mandate.term_number)

    @property
    def title(self) -> str:
        """What the by-election is about."""
        return f"{self._congress}代表补选（{self.name}）"

    def called(self, day: date) -> str:
        """What a by-election on a day is called: by its year, and from the second in a year on by its number."""
        base = f"{self._congress}代表{day.year}年补选（{self.name}）"
        before = Election.objects.filter(name__startswith=base).count()
        return base if not before else f"{base}第{before + 1}次"


def possible(mandate: Mandate) -> bool:
    """Whether the mandate left a seat that voters of a district fill: county and township deputies who left before the end of the term."""
    return mandate.level in DIRECT and effects.ended(mandate)


def of(mandate: Mandate) -> Vacancy:
    """The empty seats of the mandate's district. Raises NoByElection."""
    if not possible(mandate):
        raise NoByElection(_("只有任期内出缺的县级、乡级人大代表才能由原选区补选（选举法第五十七条）。"))
    if not mandate.electoral_district:
        raise NoByElection(_("代表名册中没有写明这名代表的选区，请先在“代表名册”中补充选区。"))
    if _term_over(mandate):
        raise NoByElection(_("这一届的任期已经届满，不再补选；缺额由换届选举产生。"))
    seats = _empty(mandate)
    if seats < 1:
        raise NoByElection(_("这个选区的缺额已经补选，没有空缺的名额。"))
    where = mandate.division if mandate.level == Level.TOWNSHIP else congress.county_of(mandate.division)
    return Vacancy(mandate, where, mandate.electoral_district, min(seats, MOST), mandates.district_of(mandate))


def _same_seat(mandate: Mandate) -> Q:
    where = Q(level=mandate.level, term_number=mandate.term_number, electoral_district=mandate.electoral_district)
    if mandate.level == Level.TOWNSHIP:
        return where & Q(division=mandate.division_id)
    return where & Q(division__path__startswith=congress.county_of(mandate.division).path)


def _term_over(mandate: Mandate) -> bool:
    """Whether deputies of a later term sit in the same congress."""
    later = Mandate.objects.alive().filter(level=mandate.level, term_number__gt=mandate.term_number, since__lte=clock.today())
    return later.filter(division=mandate.division_id).exists()


def _empty(mandate: Mandate) -> int:
    """Seats that became empty, less those that a by-election filled."""
    rows = Mandate.objects.alive().filter(_same_seat(mandate))
    left = sum(effects.ended(one) for one in rows)
    return left - rows.filter(how_elected="by_election").count()


def running(vacancy: Vacancy) -> Election | None:
    """A by-election of the district that is under way already."""
    rows = Election.objects.alive().filter(
        by_election=True, level=vacancy.mandate.level, term_number=vacancy.mandate.term_number, division=vacancy.congress,
        election_day__gte=vacancy.mandate.until, frozen_at__isnull=True,
    )  # fmt: skip
    districts = ElectoralDistrict.objects.alive().filter(name=vacancy.name).values("election")
    return rows.filter(pk__in=districts).order_by("-election_day").first()


def hold(mandate: Mandate, day: date, seats: int, *, actor: Actor) -> Election:
    """Set up the by-election on a day: its entry, and the district copied with the seats to be filled.

    Raises NoByElection, PermissionDenied, Refused.
    """
    gate.require(actor, roles.VIEW, mandate)
    gate.require(actor, roles.CREATE, Election)
    with change():
        locked = Mandate.objects.select_for_update(of=("self",)).select_related("division", "person").get(pk=mandate.pk)
        found = of(locked)
        _check(found, day, seats)
        (pk,) = enter(ELECTIONS, [_election(found, day, seats)], actor=actor)
        election = Election.objects.get(pk=pk)
        enter(DISTRICTS, [_district(found, election, seats)], actor=actor)
    return election


def _check(found: Vacancy, day: date, seats: int) -> None:
    already = running(found)
    if already is not None:
        raise NoByElection(_("这个选区已有一次补选正在进行：%(election)s。") % {"election": already.name})
    if found.mandate.until is not None and day <= found.mandate.until:
        raise NoByElection(_("选举日应晚于代表出缺的日期 %(day)s。") % {"day": found.mandate.until})
    if not 1 <= seats <= found.seats:
        raise NoByElection(_("这个选区缺额 %(seats)s 名，补选名额应在 1 至 %(seats)s 之间。") % {"seats": found.seats})


def _election(found: Vacancy, day: date, seats: int) -> dict[str, Any]:
    return {
        "name": found.called(day), "level": found.mandate.level, "term_number": found.mandate.term_number, "by_election": True,
        "election_day": day, "seats": seats, "division": found.congress.pk,
    }  # fmt: skip


def _district(found: Vacancy, election: Election, seats: int) -> dict[str, Any]:
    values: dict[str, Any] = {"election": election.pk, "name": found.name, "seats": seats, "division": found.mandate.division_id}
    old = found.district
    if old is not None:
        values |= {field: getattr(old, field) for field in COPIED}
        values |= {"division": old.division_id, "office": old.office_id}
    return values
