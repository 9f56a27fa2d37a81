"""What objections and transfers do to the roll: voters' rows change with the step, and change back where the step is corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renda.core import bulk, clock
from renda.elections.lists.kinds import OBJECTION, TRANSFER
from renda.elections.models import Objection, Transfer, Voter
from renda.journal.services import Line, record
from renda.procedure import services as procedure
from renda.procedure.cases import Case
from renda.procedure.models import StepTaken

MODELS: Mapping[str, type[Objection] | type[Transfer]] = {OBJECTION.code: Objection, TRANSFER.code: Transfer}
COLUMNS = ("state", "why_off", "district_id", "division_id", "group_id", "name")
SAID = ("state", "why_off", "district_id")
"""What the journal tells of a change; names are not told."""


def apply(case: Case, voter_id: int, values: Mapping[str, Any]) -> None:
    """Change a voter on the roll by the step at hand, and remember what stood there before. Call inside the step's change."""
    voter = Voter.objects.select_for_update().get(pk=voter_id)
    before = {name: getattr(voter, name) for name in values}
    _write(voter, values, str(case.actor), f"{case.record.called}")
    entry = {"place": case.record.steps_taken + 1, "voter": voter_id, "before": before, "after": dict(values)}
    case.record.applied = [*case.record.applied, entry]
    model = type(case.record)
    bulk.update(model, [{"id": case.record.pk, "applied": case.record.applied}], ["applied"])


def _write(voter: Voter, values: Mapping[str, Any], actor: str, why: str) -> None:
    bulk.update(Voter, [{"id": voter.pk, **values, "edited": True, "updated_at": clock.now()}], [*values, "edited", "updated_at"])
    said = {name: [getattr(voter, name), values[name]] for name in SAID if name in values}
    record(Line(actor, "voter.by_matter", "elections.voter", voter.pk, "", {"matter": why, "changes": said}))


@procedure.after_steps
def follow(kind: str, ids: Sequence[int], columns: frozenset[str]) -> None:
    """After a correction: what the corrected step had changed on the roll, and nobody has changed since, is again as it was."""
    model = MODELS.get(kind)
    if model is None:
        return
    for matter in model._default_manager.filter(pk__in=ids).exclude(applied=[]):
        _take_back(model, matter)


def _take_back(model: type[Objection] | type[Transfer], matter: Objection | Transfer) -> None:
    undone = StepTaken.objects.filter(matter_id=matter.pk, undone_at__isnull=False)
    who = dict(undone.values_list("place", "undone_by"))
    if not who.keys() & {entry["place"] for entry in matter.applied}:
        return
    for entry in reversed(matter.applied):
        if entry["place"] in who:
            _restore(entry, who[entry["place"]], matter.called)
    kept = [entry for entry in matter.applied if entry["place"] not in who]
    bulk.update(model, [{"id": matter.pk, "applied": kept}], ["applied"])


def _restore(entry: Mapping[str, Any], actor: str, why: str) -> None:
    voter = Voter.objects.select_for_update().get(pk=entry["voter"])
    if all(getattr(voter, name) == value for name, value in entry["after"].items()):
        _write(voter, entry["before"], actor, why)
