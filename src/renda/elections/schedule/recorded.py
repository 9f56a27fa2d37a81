"""What the records themselves say was done of an election's calendar: areas tell here how the day of an act is read from their tables.

``@recorded("elec.list.publish")`` above a function of the election that gives the day (or ``Known`` without one), None where it is not done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Sum

from renda.directory.models.divisions import Level
from renda.elections.models import (
    BodyKind,
    Elected,
    Election,
    ElectionBody,
    ElectoralDistrict,
    Publication,
    SeatDecision,
    Turnout,
)

QUOTA, COMMITTEE, DISTRICTS = "quota_fixed", "committee_appointed", "districts_drawn"
REGISTRATION, NOMINATION, CONSULTATION = "registration", "nomination", "consultation"
VOTING, RESULT, REVIEW = "voting", "result", "qualification_review"


@dataclass(frozen=True)
class Known:
    """That an act was done, and on which day where the records say."""

    on: date | None = None


Finder = Callable[[Election], Known | None]
_finders: dict[str, Finder] = {}


def recorded(key: str) -> Callable[[Finder], Finder]:
    """Tell how the act with this key is found in the records. ValueError where that is told twice."""

    def tell(finder: Finder) -> Finder:
        if key in _finders and _finders[key].__qualname__ != finder.__qualname__:
            raise ValueError(f"{key} is told twice")
        _finders[key] = finder
        return finder

    return tell


def of_election(election: Election) -> dict[str, Known]:
    """All acts that the records show as done. A query or two for each act that an area told of."""
    found = {}
    for key, finder in _finders.items():
        known = finder(election)
        if known is not None:
            found[key] = known
    return found


@recorded(QUOTA)
def quota_fixed(election: Election) -> Known | None:
    """The seats of every congress of the election are fixed (选举法 12-14): the last decision's day."""
    decisions = SeatDecision.objects.alive().filter(election=election)
    if election.level == Level.TOWNSHIP:
        areas = ElectoralDistrict.objects.alive().filter(election=election).values("division")
        if areas.exclude(division__in=decisions.values("division")).exists():
            return None
    last = decisions.aggregate(last=Max("decided_on"))["last"]
    return Known(last) if last else None


@recorded(COMMITTEE)
def committee_appointed(election: Election) -> Known | None:
    """A committee was appointed (选举法 10): the first appointment's day."""
    rows = ElectionBody.objects.alive().filter(election=election, kind=BodyKind.COMMITTEE)
    first = rows.aggregate(first=Min("appointed_on"))["first"]
    return Known(first) if first else None


@recorded(DISTRICTS)
def districts_drawn(election: Election) -> Known | None:
    """The districts share out the seats that were fixed (选举法 25, 26); the records do not say on which day."""
    if not election.seats:
        return None
    shared = ElectoralDistrict.objects.alive().filter(election=election).aggregate(n=Sum("seats"))["n"]
    return Known() if shared == election.seats else None


@recorded("elec.list.publish")
def lists_published(election: Election) -> Known | None:
    """Every district's voter list was published (选举法 28): the day of the last one."""
    from renda.elections.lists.districts import of_election

    published = Publication.objects.alive().filter(number=0, district__in=of_election(election).order_by().values("pk"))
    found = published.aggregate(last=Max("published_on"), n=Count("pk"))
    return Known(found["last"]) if found["n"] and found["n"] == of_election(election).count() else None


@recorded(VOTING)
def voted(election: Election) -> Known | None:
    """Votes were cast (选举法 36-43): the first day of voting."""
    first = Turnout.objects.alive().filter(election=election).aggregate(first=Min("voted_on"))["first"]
    return Known(first) if first else None


@recorded(RESULT)
def result_known(election: Election) -> Known | None:
    """Somebody was elected (选举法 46); the day of the announcement is the office's to say."""
    return Known() if Elected.objects.alive().filter(election=election).exists() else None
