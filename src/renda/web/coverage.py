"""Where voters are, against the deputies and stations that are there for them: by township, by district, by station.

Totals of the last general election's roll; who is missing where, and which deputies a station's next reception days fall to. Everything
in sets: the number of queries does not grow with the county.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Q, QuerySet, Sum

from renda.activities.models import Attendance, Participation
from renda.core import clock
from renda.directory.models import Division, Mandate
from renda.directory.models.divisions import Level
from renda.elections.models import Election, ElectoralDistrict, RollTotal
from renda.elections.roll.totals import by_district
from renda.law.counting import months_before, years_after
from renda.stations.models import ReceptionDay, Station, StationDeputy

QUIET_MONTHS = (1, 3, 6)
USUAL_MONTHS = 3
NEXT_SHOWN = 3


@dataclass
class Turn:
    """A deputy of a station, and the reception days that he or she took part in during the last year."""

    name: str
    days: int = 0


@dataclass
class Place:
    """A station: when voters were last received there, how often in the months looked at, and whose turn comes next."""

    pk: int
    name: str
    area: str
    last: date | None = None
    days: int = 0
    turns: list[Turn] = field(default_factory=list)
    could: list[str] = field(default_factory=list)
    """Where no deputy is placed: deputies of the township who have no station yet."""

    @property
    def next(self) -> list[Turn]:
        """Those of its deputies who took part least; nobody is told whose turn it is not."""
        return sorted(self.turns, key=lambda one: (one.days, one.name))[:NEXT_SHOWN]


@dataclass
class District:
    """A county electoral district of the last general election: its voters (None: not known), seats, and deputies in office."""

    name: str
    area: str
    seats: int
    voters: int | None = None
    deputies: list[str] = field(default_factory=list)

    @property
    def vacant(self) -> int:
        """Seats without a deputy."""
        return max(0, self.seats - len(self.deputies))


@dataclass
class Area:
    """A township: what its districts and stations come to."""

    name: str
    code: str
    districts: list[District] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def voters(self) -> int | None:
        """Voters of its districts; None where no district's number is known."""
        known = [one.voters for one in self.districts if one.voters is not None]
        return sum(known) if known else None

    @property
    def deputies(self) -> int:
        """County deputies in office whom its districts elected."""
        return sum(len(one.deputies) for one in self.districts)

    @property
    def days(self) -> int:
        """Reception days of its stations in the months looked at."""
        return sum(one.days for one in self.places)

    @property
    def last(self) -> date | None:
        """The last reception day of any of its stations."""
        return max((one.last for one in self.places if one.last), default=None)

    @property
    def voters_per_deputy(self) -> int | None:
        """Voters for each county deputy, rounded."""
        return round(self.voters / self.deputies) if self.voters is not None and self.deputies else None

    @property
    def voters_per_place(self) -> int | None:
        """Voters for each station, rounded."""
        return round(self.voters / len(self.places)) if self.voters is not None and self.places else None


@dataclass
class Coverage:
    """A county or a township looked at: since which day stations are looked at, its townships, and what nobody covers."""

    division: Division
    since: date
    election: Election | None
    areas: list[Area]

    @property
    def vacant(self) -> list[District]:
        """Districts with fewer deputies in office than seats."""
        return [one for area in self.areas for one in area.districts if one.vacant]

    @property
    def without_place(self) -> list[Area]:
        """Townships without an open station."""
        return [one for one in self.areas if not one.places]

    @property
    def quiet(self) -> list[Place]:
        """Open stations where nobody was received in the months looked at; those never heard of first."""
        return sorted(
            (one for area in self.areas for one in area.places if not one.days), key=lambda one: (one.last or date.min, one.name)
        )

    @property
    def unmanned(self) -> list[Place]:
        """Open stations in which no deputy is placed."""
        return [one for area in self.areas for one in area.places if not one.turns]


def look(division: Division, months: int = USUAL_MONTHS, today: date | None = None) -> Coverage:
    """The townships of a county, or one township, as they stand on a day; stations by the months before it."""
    today = today or clock.today()
    since = months_before(today, months)
    townships = Division.objects.subtree(division.path).on(today).filter(level=Level.TOWNSHIP).order_by("path")
    areas = {one.pk: Area(one.name, one.code) for one in townships}
    election = _in_office(division, today)
    if election:
        _districts(election, areas, today)
    _places(areas, since, today)
    return Coverage(division, since, election, list(areas.values()))


def _in_office(division: Division, today: date) -> Election | None:
    """The general election whose deputies are in office in the county that the division is or lies in."""
    held = Election.objects.alive().filter(
        level=Level.COUNTY,
        by_election=False,
        rehearsal=False,
        election_day__lte=today,
        division__code__in=division.path.split("."),
    )
    term = _deputies(today).filter(division__in=Division.objects.subtree(division.path)).aggregate(n=Max("term_number"))["n"]
    return held.filter(term_number=term).first() or held.first()


def _deputies(today: date) -> QuerySet[Mandate]:
    """The mandates of county deputies in office on a day."""
    return Mandate.objects.alive().filter(Q(until__isnull=True) | Q(until__gte=today), level=Level.COUNTY, since__lte=today)


def _districts(election: Election, areas: dict[int, Area], today: date) -> None:
    """Put the election's districts into their townships, with voters and deputies. Four queries."""
    drawn = list(ElectoralDistrict.objects.alive().filter(election=election, division__in=areas).order_by("division__path", "pk"))
    counted = by_district(election)
    ledger = RollTotal.objects.alive().filter(election=election).values_list("district").annotate(n=Sum("registered"))
    totals = dict(ledger.order_by())
    sitting = defaultdict(list)
    rows = _deputies(today).filter(division__in=areas, electoral_district__in=[one.name for one in drawn])
    for name, person in rows.order_by("person__name").values_list("electoral_district", "person__name"):
        sitting[name].append(person)
    for one in drawn:
        area = areas[one.division_id]
        voters = counted[one.pk].registered if one.pk in counted else totals.get(one.name)
        area.districts.append(District(one.name, area.name, one.seats, voters, sitting[one.name]))


def _places(areas: dict[int, Area], since: date, today: date) -> None:
    """Put open stations into their townships, with their reception days and whose turn is next. Four queries, whatever the number."""
    open_now = Station.objects.alive().filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=today), division__in=areas, founded_on__lte=today
    )
    places: dict[int, Place] = {}
    for one in open_now.order_by("division__path", "pk"):
        places[one.pk] = Place(one.pk, one.name, areas[one.division_id].name)
        areas[one.division_id].places.append(places[one.pk])
    held = ReceptionDay.objects.alive().filter(station__in=places, starts_on__lte=today).order_by()
    days = held.values_list("station").annotate(last=Max("starts_on"), n=Count("pk", filter=Q(starts_on__gt=since)))
    for station, last, number in days:
        places[station].last, places[station].days = last, number
    placed = StationDeputy.objects.alive().filter(
        Q(until__isnull=True) | Q(until__gt=today), station__in=places, since__lte=today
    )
    took = Counter(
        Participation.objects.filter(
            activity__in=held.filter(starts_on__gt=years_after(today, -1)).values("pk"), attendance=Attendance.PRESENT
        ).values_list("person", flat=True)
    )
    for station, person, name in placed.values_list("station", "deputy", "deputy__name"):
        places[station].turns.append(Turn(name, took[person]))
    busy = {turn.name for place in places.values() for turn in place.turns}
    for area in areas.values():
        free = [name for district in area.districts for name in district.deputies if name not in busy]
        for place in area.places:
            if not place.turns:
                place.could, free = free[:NEXT_SHOWN], free[NEXT_SHOWN:]
