"""Which steps may be taken in a matter now, by whom, and why not the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from renda.procedure import checking, lawful, permission
from renda.procedure.cases import Case
from renda.procedure.declaration import Step
from renda.procedure.models import Deadline
from renda.procedure.permission import Way
from renda.procedure.refusals import Fault


@dataclass(frozen=True)
class Offer:
    """A step that leaves the present state: open to the actor (``way`` says how), or barred with the reason.

    ``due_on`` is the deadline that it keeps, ``article`` what it rests on.
    """

    step: Step
    way: Way
    article: str
    due_on: date | None
    bar: Fault | None = None


def offers(case: Case) -> list[Offer]:
    """The steps out of the matter's state that the actor may take, in the order of the declaration; those barred by law with the reason."""
    if case.record.voided_at:
        return []
    found = []
    for step in case.procedure.steps_from(case.state.code):
        way = permission.way(case.actor, step.who, case.record)
        bar = next(checking.bars(step, case), None)
        if way and not (bar and step.once and case.taken(step.code)):
            found.append(Offer(step, way, lawful.citations(case.under, step.basis, case.on), kept_until(step, case), bar))
    return found


def kept(step: Step, case: Case) -> Deadline | None:
    """The deadline that the step keeps: the earliest running one that its milestone ends."""
    codes = {period.code for period in case.procedure.periods if period.kept_by(step)}
    running = [one for one in case.deadlines if one.ended_on is None and one.code in codes]
    return min(running, key=lambda one: one.due_on, default=None)


def kept_until(step: Step, case: Case) -> date | None:
    """The last day of the deadline that the step keeps."""
    found = kept(step, case)
    return found.due_on if found else None
