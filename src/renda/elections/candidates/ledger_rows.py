"""Lists of candidates in the ledger that figures count and that voting opens rounds from (`Candidate`). Written by the registers' own service."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from renda.directory.gate import Actor
from renda.elections.models import Candidate, ElectoralDistrict, NominatedBy, Nomination, NominationKind, NominationState, Nominee
from renda.registers import registry
from renda.registers.services import enter, void

CANDIDATES = "elections.candidates"


def write(district: ElectoralDistrict, several: Sequence[Nominee], *, formal: bool, reason: str, actor: Actor) -> None:
    """The district's candidates in their order, in place of those that the ledger had before."""
    clear(district, reason=reason, actor=actor)
    kinds = _kinds(several)
    shared = {"election": district.election_id, "division": district.division_id, "district": district.name, "formal": formal}
    rows = [{**shared, "name": one.name, "nominated_by": kinds.get(one.pk, str(NominatedBy.PARTY))} for one in several]
    if rows:
        enter(CANDIDATES, rows, actor=actor)


def _kinds(several: Sequence[Nominee]) -> dict[int, str]:
    """How each was nominated first."""
    rows = Nomination.objects.alive().filter(nominee__in=several, state=NominationState.STANDS).order_by("-pk")
    return {
        one: str(NominatedBy.VOTERS if kind == NominationKind.VOTERS else NominatedBy.PARTY)
        for one, kind in rows.values_list("nominee", "kind")
    }


def clear(district: ElectoralDistrict, *, reason: str, actor: Actor) -> None:
    """Void what the ledger has of the district's candidates."""
    _void(_rows(district), reason, actor)


def take_off(district: ElectoralDistrict, several: Sequence[Nominee], *, reason: str, actor: Actor) -> None:
    """Void the ledger's rows of those who no longer stand."""
    _void(_rows(district).filter(name__in=[one.name for one in several]), reason, actor)


def _rows(district: ElectoralDistrict) -> QuerySet[Candidate]:
    rows: QuerySet[Candidate] = Candidate.objects.alive().filter(election=district.election_id, district=district.name)
    return rows


def _void(rows: QuerySet[Candidate], reason: str, actor: Actor) -> None:
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        void(registry.get(CANDIDATES), ids, reason=reason, actor=actor)
