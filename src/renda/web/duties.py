"""Whose duty an open matter is: for one actor, over all declared procedures and over kinds with a single deadline.

A ``Slice`` is a part of the open matters of one register that an index answers by itself: those in one state, or those of which one
period runs. The inbox, the bell, the reminders and the calendar feed are put together from slices and from nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import F, Q, QuerySet

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.procedure import kinds, registry
from renda.procedure.declaration import Procedure, Who
from renda.registers.register import Register
from renda.web.due import matter_registers


@dataclass(frozen=True)
class Desk:
    """A register of matters that the actor may open, with the procedure of its kind (None: a kind with a single deadline)."""

    register: Register
    procedure: Procedure | None


@dataclass(frozen=True)
class Slice:
    """Open matters of one register: in these states, or of which one of these periods runs.

    ``mine``: it is for the actor to act. ``organ`` is the column by which its organ is meant; ``other`` turns that round, to every other
    organ. ``handler`` is the column of the organ that is to act, whoever asks. ``decides``: what another put forward waits for approval.
    ``out_of_turn`` leaves out matters that are the actor's turn anyway.
    """

    desk: Desk
    mine: bool
    states: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    organ: str = ""
    other: bool = False
    handler: str = ""
    decides: bool = False
    out_of_turn: bool = False

    @property
    def key(self) -> str:
        """The kind and its state, as the address of a page names it."""
        return f"{self.desk.register.matter_kind}.{self.states[0] if self.states else ''}"


def desks(actor: Actor) -> list[Desk]:
    """The registers of matters open to the actor whose kind has a procedure or a deadline."""
    found = [(one, registry.of_kind(one.matter_kind)) for one in matter_registers(actor)]
    return [Desk(one, procedure) for one, procedure in found if procedure or kinds.get(one.matter_kind).due]


def by_state(actor: Actor) -> Iterator[Slice]:
    """Every open matter in exactly one slice: by its state, and by whether it is for the actor to act."""
    for desk in desks(actor):
        if desk.procedure is None:
            yield Slice(desk, acts(actor, desk))
            continue
        for state in desk.procedure.states:
            if state.final:
                continue
            organ = state.turn.organ if state.turn else ""
            if not keeps(actor, state.turn):
                yield Slice(desk, False, (state.code,), handler=organ)
                continue
            yield Slice(desk, True, (state.code,), organ=organ, handler=organ, decides=state.decides)
            if organ:
                yield Slice(desk, False, (state.code,), organ=organ, other=True, handler=organ)


def by_period(actor: Actor, *, out_of_turn: bool) -> Iterator[Slice]:
    """The running periods that the actor has to keep, each a slice; ``out_of_turn``: only while it is another's turn."""
    for desk in desks(actor):
        for period in desk.procedure.periods if desk.procedure else ():
            if keeps(actor, period.whose):
                assert period.whose is not None
                yield Slice(desk, True, periods=(period.code,), organ=period.whose.organ, out_of_turn=out_of_turn)


def single(actor: Actor) -> Iterator[Slice]:
    """The actor's matters of kinds with a single deadline."""
    return (Slice(desk, True) for desk in desks(actor) if desk.procedure is None and acts(actor, desk))


def together(slices: Iterable[Slice], apart: Callable[[Slice], Hashable] = lambda _one: None) -> list[Slice]:
    """As few slices as hold the same matters, for counting them: where no order is asked, several states are one condition.

    Those that differ in ``apart`` stay apart.
    """
    groups: dict[Hashable, list[Slice]] = {}
    for one in slices:
        key = (one.desk.register.code, one.mine, bool(one.periods), one.organ, one.other, one.out_of_turn, apart(one))
        groups.setdefault(key, []).append(one)
    return [_joined(several) for several in groups.values()]


def _joined(several: list[Slice]) -> Slice:
    first = several[0]
    states = tuple(code for one in several for code in one.states)
    periods = tuple(code for one in several for code in one.periods)
    return replace(first, states=states, periods=periods)


def rows(actor: Actor, one: Slice) -> QuerySet:
    """The matters of a slice that the actor sees, with ``_due``: the day until which something is to be done."""
    register = one.desk.register
    found = gate.visible_to(actor, register.records()).filter(closed_on__isnull=True).order_by()
    if one.states:
        found = found.filter(phase__in=one.states) if len(one.states) > 1 else found.filter(phase=one.states[0])
    if one.organ:
        own = Q(**{f"{one.organ}_id": actor.organ_id})
        found = found.exclude(own) if one.other else found.filter(own)
    if not one.periods:
        found = found.annotate(_due=F("due_on"))
        return found if one.desk.procedure else found.filter(due_on__isnull=False)
    code = {"deadlines__code__in": one.periods} if len(one.periods) > 1 else {"deadlines__code": one.periods[0]}
    found = found.filter(deadlines__ended_on__isnull=True, **code).annotate(_due=F("deadlines__due_on"))
    return found.exclude(_in_turn(actor, one.desk)) if one.out_of_turn else found


def _in_turn(actor: Actor, desk: Desk) -> Q:
    """The condition under which it is the actor's turn."""
    found = Q(pk__in=[])
    for one in together(s for s in by_state(actor) if s.desk == desk and s.mine):
        own = Q(**{f"{one.organ}_id": actor.organ_id}) if one.organ else Q()
        found |= Q(phase__in=one.states) & own
    return found


def keeps(actor: Actor, who: Who | None) -> bool:
    """Whether the actor is one of those meant, the record's organ apart."""
    return who is not None and actor.role in who.roles and (not who.organ or actor.organ_id is not None)


def acts(actor: Actor, desk: Desk) -> bool:
    """Whether the role ever has to act in matters of this register; one that never has only watches them."""
    if desk.procedure is None:
        return roles.ROLES[actor.role].bound_to_organ or gate.may(actor, roles.EDIT, desk.register.model)
    whos = [one.turn for one in desk.procedure.states] + [one.whose for one in desk.procedure.periods]
    return any(keeps(actor, who) for who in whos)
