"""Lists of candidates in the ledger that figures count and that voting opens rounds from (`Candidate`). Written by the registers' own service."""

from __future__ import annotations

from collections.abc import Sequence

from renda.directory.gate import Actor
from renda.elections.models import Candidate, ElectoralDistrict, NominatedBy, Nomination, NominationKind, NominationState, Nominee
from renda.registers import registry
from renda.registers.reading import natural_key
from renda.registers.services import Change, save, void

CANDIDATES = "elections.candidates"


def write(district: ElectoralDistrict, several: Sequence[Nominee], *, formal: bool, reason: str, actor: Actor) -> None:
    """The district's candidates in their order, in place of those that the ledger had before."""
    clear(district, reason=reason, actor=actor)
    register = registry.get(CANDIDATES)
    kinds = _kinds(several)
    rows = []
    for one in several:
        values = {
            "election": district.election_id,
            "division": district.division_id,
            "district": district.name,
            "name": one.name,
            "nominated_by": kinds.get(one.pk, str(NominatedBy.PARTY)),
            "formal": formal,
        }
        rows.append(Change(values, None, natural_key(register, values)))
    if rows:
        save(register, rows, actor=actor)


def _kinds(several: Sequence[Nominee]) -> dict[int, str]:
    """How each was nominated first."""
    rows = Nomination.objects.alive().filter(nominee__in=several, state=NominationState.STANDS).order_by("-pk")
    return {
        one: str(NominatedBy.VOTERS if kind == NominationKind.VOTERS else NominatedBy.PARTY)
        for one, kind in rows.values_list("nominee", "kind")
    }


def clear(district: ElectoralDistrict, *, reason: str, actor: Actor) -> None:
    """Void what the ledger has of the district's candidates."""
    rows = Candidate.objects.alive().filter(election=district.election_id, district=district.name)
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        void(registry.get(CANDIDATES), ids, reason=reason, actor=actor)


def take_off(district: ElectoralDistrict, several: Sequence[Nominee], *, reason: str, actor: Actor) -> None:
    """Void the ledger's rows of those who no longer stand."""
    names = [one.name for one in several]
    rows = Candidate.objects.alive().filter(election=district.election_id, district=district.name, name__in=names)
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        void(registry.get(CANDIDATES), ids, reason=reason, actor=actor)
