"""What the records say was done of nomination and lists, for the election's calendar."""

from __future__ import annotations

from django.db.models import Max

from renda.elections.models import (
    STANDING,
    CandidateList,
    Consultation,
    Election,
    ElectoralDistrict,
    ListKind,
    Nomination,
    NominationState,
)
from renda.elections.schedule.recorded import CONSULTATION, NOMINATION, Known, recorded


def declare() -> None:
    """The finders below are known once this module is read; called at start so that it is."""


def _published(election: Election, kind: ListKind) -> Known | None:
    """The last day on which a district's list was published, once every district's is."""
    districts = ElectoralDistrict.objects.alive().filter(election=election)
    rows = CandidateList.objects.alive().filter(district__in=districts, kind=kind)
    if not rows.exists() or districts.exclude(pk__in=rows.values("district")).exists():
        return None
    return Known(rows.aggregate(last=Max("published_on"))["last"])


@recorded("elec.cand.initial_publish")
def first_lists(election: Election) -> Known | None:
    """The first lists of all districts are published (选举法 32(1))."""
    return _published(election, ListKind.FIRST)


@recorded("elec.cand.formal_publish")
def formal_lists(election: Election) -> Known | None:
    """The formal lists of all districts are published (选举法 32(1))."""
    return _published(election, ListKind.FORMAL)


@recorded(NOMINATION)
def nominated(election: Election) -> Known | None:
    """Somebody stands in every district (选举法 30): the last nomination's day."""
    districts = ElectoralDistrict.objects.alive().filter(election=election)
    rows = Nomination.objects.alive().filter(
        district__in=districts, state=NominationState.STANDS, nominee__voided_at__isnull=True, nominee__stage__in=STANDING
    )
    if not rows.exists() or districts.exclude(pk__in=rows.values("district")).exists():
        return None
    return Known(rows.aggregate(last=Max("received_on"))["last"])


@recorded(CONSULTATION)
def consulted(election: Election) -> Known | None:
    """The formal candidates are determined: done with the formal lists; the last discussion's day where one was entered (选举法 32(1))."""
    formal = _published(election, ListKind.FORMAL)
    if formal is None:
        return None
    last = Consultation.objects.filter(district__election=election).aggregate(last=Max("held_on"))["last"]
    return Known(last) if last else formal
