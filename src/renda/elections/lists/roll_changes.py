"""What objections and transfers do to the roll: voters' rows change with the step, and change back where the step is corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renda.core import bulk
from renda.elections.lists.kinds import OBJECTION, TRANSFER
from renda.elections.models import Objection, Transfer
from renda.elections.roll import services as roll
from renda.procedure import services as procedure
from renda.procedure.cases import Case
from renda.procedure.models import StepTaken

MODELS: Mapping[str, type[Objection] | type[Transfer]] = {OBJECTION.code: Objection, TRANSFER.code: Transfer}


def apply(case: Case, voter_id: int, values: Mapping[str, Any]) -> None:
    """Change a voter on the roll by the step at hand, and remember what stood there before. Call inside the step's change."""
    before = roll.by_matter(voter_id, values, matter=case.record.called, actor=str(case.actor))
    entry = {"place": case.record.steps_taken + 1, "voter": voter_id, "before": before, "after": dict(values)}
    case.record.applied = [*case.record.applied, entry]
    model = type(case.record)
    bulk.update(model, [{"id": case.record.pk, "applied": case.record.applied}], ["applied"])


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
    roll.by_matter(entry["voter"], entry["before"], matter=why, actor=actor, unless_changed_from=entry["after"])
