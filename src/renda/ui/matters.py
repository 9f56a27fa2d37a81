"""The state of matters, as lists and pages show it: stage, deadline and how it came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from renda.procedure import kinds
from renda.procedure.models import Matter
from renda.registers import registry
from renda.registers.register import Register
from renda.ui.cells import Cell
from renda.ui.templatetags.renda import deadline_words
from renda.ui.words import said


@dataclass
class State:
    """Where a matter stands."""

    stage: str
    tone: str
    due: date | None
    closed: date | None
    deadline_tone: str = ""
    deadline: str = ""


def states(register: Register, ids: Sequence[int]) -> dict[int, State]:
    """The states of these records; empty for registers that are no matters. One query."""
    if not register.matter_kind:
        return {}
    rows = Matter.objects.filter(pk__in=ids).values_list("pk", "stage", "due_on", "closed_on")
    return {pk: state_of(register.matter_kind, stage, due, closed) for pk, stage, due, closed in rows}


def state_of(kind_code: str, stage: str, due: date | None, closed: date | None) -> State:
    """The state that a matter's derived fields say."""
    kind = kinds.get(kind_code)
    names = dict(kind.milestones)
    name = step_name(names.get(stage, stage)) or _("未开始")
    state = State(name, "done" if closed else ("run" if stage else "idle"), due, closed)
    if due:
        state.deadline_tone, state.deadline = deadline_words(due, closed)
    return state


def step_name(milestone: str) -> str:
    """A milestone as the step that it is: 票决 of the column 票决日期."""
    return said(milestone).removesuffix("日期").removesuffix(" on")


def has_deadlines(register: Register) -> bool:
    """Whether a law sets a deadline for the register's matters."""
    return bool(register.matter_kind) and kinds.get(register.matter_kind).due is not None


def state_cells(register: Register, state: State) -> list[Cell]:
    """Stage and, where there are such, deadline as cells of a row."""
    stage = Cell(_("进展"), state.stage, "is-tight", state.tone)
    return [stage, Cell(_("期限"), state.deadline, "is-tight", state.deadline_tone)] if has_deadlines(register) else [stage]


def register_of_kind(kind: str) -> Register | None:
    """The register that keeps matters of a kind."""
    return next((one for one in registry.all_registers() if one.matter_kind == kind), None)
