"""A step in several matters at once: which steps the chosen matters have in common, and in which of them it can be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.procedure import checking, lawful, permission, previewing
from renda.procedure.cases import Case
from renda.procedure.declaration import Step
from renda.procedure.refusals import Fault
from renda.procedure.registry import of_kind
from renda.registers.query import PHASE
from renda.registers.register import Register
from renda.ui import addresses
from renda.ui.steps import matter_model
from renda.ui.words import said

MOST = 200


@dataclass
class Common:
    """A step that all chosen states have, and in how many of the matters it is open as things stand."""

    code: str
    name: str
    leads: str
    article: str
    open: int
    outside: str = ""


@dataclass
class StateCount:
    """How many of the chosen matters are in a state, and the list of those in it."""

    name: str
    count: int
    url: str


@dataclass
class Row:
    """One of the chosen matters in the preview: what speaks against the step (nothing: it can be taken)."""

    pk: int
    number: str
    title: str
    state: str
    url: str
    seen: int
    faults: list[Fault] = field(default_factory=list)


def may(register: Register, actor: Actor) -> bool:
    """Whether the actor's role takes or records any step of the register's procedure in sets."""
    procedure = of_kind(register.matter_kind) if register.matter_kind else None
    if procedure is None or not gate.may(actor, roles.VIEW, register.model):
        return False
    return any(actor.role in (*one.who.roles, *one.who.recorders, "operator") for one in procedure.steps if one.bulk)


def chosen(register: Register, ids: Sequence[int], actor: Actor, on: date | None = None) -> list[Case]:
    """The chosen matters that the actor may see and that are not voided. Four queries, however many they are."""
    several = previewing.visible(matter_model(register), register.matter_kind, ids, actor=actor, on=on or clock.today())
    return [one for one in several if one.record.voided_at is None]


def common(several: Sequence[Case]) -> list[Common]:
    """The steps that may be taken in sets from every state of the chosen matters and by the actor in one of them at least."""
    if not several:
        return []
    states = {one.state.code for one in several}
    found = []
    for step in several[0].procedure.steps:
        if step.bulk and states <= set(step.frm):
            ready = [one for one in several if permission.way(one.actor, step.who, one.record)]
            open_ = sum(not any(checking.bars(step, one)) for one in ready)
            if ready:
                article = lawful.citations(several[0].under, step.basis, several[0].on)
                for_others = said(step.who.name) if outside(ready, step) else ""
                found.append(Common(step.code, said(step.name), said(step.leads), article, open_, for_others))
    return found


def by_state(register: Register, several: Sequence[Case]) -> list[StateCount]:
    """How many of the chosen matters are in which state, in the order of the procedure."""
    counts = Counter(one.state.code for one in several)
    states = several[0].procedure.states if several else ()
    return [
        StateCount(said(one.name), counts[one.code], addresses.of_list(register, f"{PHASE}={one.code}"))
        for one in states
        if counts[one.code]
    ]


def outside(several: Sequence[Case], step: Step) -> bool:
    """Whether the actor records the step for others in these matters."""
    return any(permission.way(one.actor, step.who, one.record) == "outside" for one in several)


def preview(register: Register, several: Sequence[Case], step: Step, answers: dict[str, Any]) -> list[Row]:
    """The chosen matters with what speaks against the step in each; nothing is written."""
    faults = previewing.faults_by_matter(several, step.code, answers=answers, outside=outside(several, step))
    return [
        Row(
            pk=one.record.pk,
            number=one.record.number,
            title=one.record.title,
            state=said(one.state.name),
            url=addresses.of_record(register, one.record.pk),
            seen=one.record.steps_taken,
            faults=faults[one.record.pk],
        )
        for one in several
    ]
