"""The state of matters, as lists and pages show it: stage, deadline and how it came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from renda.core.cells import DateValue
from renda.procedure import kinds
from renda.procedure import registry as procedures
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
    rows = Matter.objects.filter(pk__in=ids).values_list("pk", "stage", "due_on", "closed_on", "phase")
    return {pk: state_of(register.matter_kind, stage, due, closed, phase) for pk, stage, due, closed, phase in rows}


def state_of(kind_code: str, stage: str, due: date | None, closed: date | None, phase: str = "") -> State:
    """The state that a matter's derived fields say: as the procedure names it where one is declared, else the last milestone."""
    kind = kinds.get(kind_code)
    name = phase_name(kind_code, phase) or step_name(dict(kind.milestones).get(stage, stage)) or _("未开始")
    state = State(name, "done" if closed else ("run" if stage or phase else "idle"), due, closed)
    if due:
        state.deadline_tone, state.deadline = deadline_words(due, closed)
    return state


def phase_name(kind_code: str, phase: str) -> str:
    """A state of the kind's procedure in words; empty where no procedure is declared or it has no such state."""
    return dict(phases(kind_code)).get(phase, "")


def phases(kind_code: str) -> list[tuple[str, str]]:
    """The states of the kind's procedure, code and words, in their order; none where no procedure is declared."""
    procedure = procedures.of_kind(kind_code) if kind_code else None
    return [(one.code, said(one.name)) for one in procedure.states] if procedure else []


def step_name(milestone: str) -> str:
    """A milestone as the step that it is: 票决 of the column 票决日期."""
    return said(milestone).removesuffix("日期").removesuffix(" on")


def has_deadlines(register: Register) -> bool:
    """Whether a law sets a deadline for the register's matters."""
    if not register.matter_kind:
        return False
    procedure = procedures.of_kind(register.matter_kind)
    return bool(procedure.periods) if procedure else kinds.get(register.matter_kind).due is not None


def state_heading(register: Register) -> str:
    """What the column of states is called: by a procedure a matter has a state, else it has come as far as a milestone."""
    return _("状态") if procedures.of_kind(register.matter_kind) else _("进展")


def day_words(value: DateValue) -> str:
    """A day as running text writes it, as exactly as it is known."""
    words = {"year": _("%(y)d年"), "month": _("%(y)d年%(m)d月")}.get(value.precision, _("%(y)d年%(m)d月%(d)d日"))
    return words % {"y": value.date.year, "m": value.date.month, "d": value.date.day}


def state_cells(register: Register, state: State) -> list[Cell]:
    """Stage and, where there are such, deadline as cells of a row."""
    stage = Cell(state_heading(register), state.stage, "is-tight", state.tone)
    return [stage, Cell(_("期限"), state.deadline, "is-tight", state.deadline_tone)] if has_deadlines(register) else [stage]


def register_of_kind(kind: str) -> Register | None:
    """The register that keeps matters of a kind."""
    return next(iter(registry.of_kind(kind)), None)
