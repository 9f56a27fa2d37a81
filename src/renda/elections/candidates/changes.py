"""What the changes of candidates share: the fault of a refused one, the law of election day, a locked district, the journal's line."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from renda.directory import gate
from renda.directory.gate import Actor
from renda.elections import constraints, legal, models
from renda.elections.closed import require_open
from renda.elections.decisions import LegalDate
from renda.elections.models import Election, ElectoralDistrict, Nominee, Voter
from renda.journal.services import Line, record
from renda.law.standing import BY_ELECTION, FIRST, Range, candidate_range

NOMINEE, LIST, DISTRICT, ANNOUNCEMENT = (
    "elections.nominee",
    "elections.candidate_list",
    "elections.districts",
    "elections.announcement",
)
INITIAL, FORMAL, STOP = "elec.cand.initial_publish", "elec.cand.formal_publish", "elec.cand.stop"
_CONSTRAINED = (
    models.Nominee, models.Nomination, models.NominationSigner, models.CandidateList, models.Consultation, models.PreElection,
    models.IntroductionMeeting, models.Announcement,
)  # fmt: skip


class CandidateFault(ValueError):
    """A change that cannot be made; the text (Chinese) says what happened, why, and what to do next."""


def legal_dates(election: Election) -> dict[str, LegalDate]:
    """The legal days of nomination and lists by key; none where the day cannot be counted. A by-election has those of its province."""
    return legal.dates(election, INITIAL, FORMAL, STOP)


def limits_of(district: ElectoralDistrict, election: Election) -> Range:
    """The fewest and the most formal candidates of a district (选举法 31(2), 57(4))."""
    return candidate_range(district.seats, legal.law_on(election), kind=BY_ELECTION if election.by_election else FIRST)


def voters_of(district: ElectoralDistrict, election: Election) -> QuerySet[Voter]:
    """The registered voters of a district, those of the township districts that it consists of included."""
    own = Q(district=district.pk) | Q(district__parent=district.pk)
    rows: QuerySet[Voter] = Voter.objects.registered().filter(own, election_id=election.roll_id)
    return rows


def seen_districts(actor: Actor, election: Election) -> QuerySet[ElectoralDistrict]:
    """The districts of the election that the actor may see, in their order."""
    rows = gate.visible_to(actor, ElectoralDistrict.objects.alive()).filter(election=election)
    return rows.select_related("division", "election").order_by("division__path", "code", "pk")


def district_of(actor: Actor, election: Election, pk: int) -> ElectoralDistrict:
    """A district of the election that the actor may see; 404 otherwise."""
    return get_object_or_404(seen_districts(actor, election), pk=pk)


def nominee_of(actor: Actor, election: Election, pk: int) -> Nominee:
    """A nominee of the election that the actor may see; 404 otherwise."""
    rows = gate.visible_to(actor, Nominee.objects.alive()).select_related("district", "division", "election")
    return get_object_or_404(rows, pk=pk, election=election)


def lock(pk: int) -> ElectoralDistrict:
    """The district with its row locked until the change ends: nominations and lists of one district change one after the other.

    Raises PermissionDenied where the election's file is closed.
    """
    rows = ElectoralDistrict.objects.select_for_update(of=("self",)).select_related("election__division", "division")
    found: ElectoralDistrict = rows.get(pk=pk)
    require_open(found.election)
    return found


def reason_of(text: str, words: str) -> str:
    """A reason that was given, cut to its column. Raises CandidateFault with ``words`` where there is none."""
    if not text.strip():
        raise CandidateFault(words)
    return text.strip()[:300]


def note(actor: Actor, action: str, kind: str, pk: int, label: str, **payload: Any) -> None:
    """Journal a change. ``payload`` holds numbers, days and reasons; of persons only the public names of candidates in ``label``."""
    record(Line(str(actor), action, kind, pk, label, payload))


def said_by_constraints() -> AbstractContextManager[None]:
    """A rule of the database that refuses a change, told in its own words."""
    return constraints.said(CandidateFault, _CONSTRAINED)
