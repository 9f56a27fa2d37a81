"""What steps do beside the matter itself: the roll changes with a decision, a judgment, an agreed transfer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from renda.core import bulk
from renda.elections.lists import roll_changes
from renda.elections.models import Objection, RollMeasure, RollState, Transfer
from renda.procedure.cases import Case
from renda.procedure.models import Matter


def correct_roll(several: Sequence[Case]) -> None:
    """Do to the roll what the decision or judgment says."""
    for one in several:
        objection: Objection = one.record
        values = _values(one, objection)
        if values and objection.voter_id:
            roll_changes.apply(one, objection.voter_id, values)


def _values(case: Case, objection: Objection) -> dict[str, Any]:
    if case.answers.get("outcome") != "corrected":
        return {}
    match case.answers.get("measure"):
        case RollMeasure.ADD:
            district = objection.district
            return {
                "state": RollState.REGISTERED.value, "why_off": "", "district_id": district.pk, "division_id": district.division_id,
                "group_id": None,
            }  # fmt: skip
        case RollMeasure.REMOVE:
            return {"state": RollState.OFF.value, "why_off": case.answers["why_off"]}
        case RollMeasure.NAME:
            return {"name": case.answers["new_name"]}
    return {}


def hand_over(several: Sequence[Case]) -> None:
    """A released transfer lies with the office of the district that receives."""
    rows = [{"id": one.record.pk, "division": one.record.to_district.division_id} for one in several]
    bulk.update(Matter, rows, ["division"])


def move(several: Sequence[Case]) -> None:
    """The voter belongs to the new district, and to no voter group there yet."""
    for one in several:
        transfer: Transfer = one.record
        district = transfer.to_district
        roll_changes.apply(
            one, transfer.voter_id, {"district_id": district.pk, "division_id": district.division_id, "group_id": None}
        )
