"""The declared procedures, and what is wrong with a declaration."""

from __future__ import annotations

from collections.abc import Iterator

from renda.directory.roles import ROLES
from renda.law import keys, uses
from renda.procedure import kinds
from renda.procedure.declaration import Procedure

_procedures: dict[str, Procedure] = {}


def declare(procedure: Procedure) -> Procedure:
    """Add the procedure of a kind of matter that is known. ValueError with everything that is wrong in it."""
    wrong = list(faults(procedure))
    if procedure.kind in _procedures:
        wrong.append("declared twice")
    if wrong:
        raise ValueError(f"procedure {procedure.kind}: {'; '.join(wrong)}")
    _procedures[procedure.kind] = procedure
    uses.declare("deadline", procedure.name, *law_keys(procedure))
    return procedure


def of_kind(kind: str) -> Procedure | None:
    """The procedure of a kind of matter, None where none is declared."""
    return _procedures.get(kind)


def needed(kind: str) -> Procedure:
    """The procedure of a kind of matter; LookupError where none is declared."""
    found = of_kind(kind)
    if found is None:
        raise LookupError(f"no procedure is declared for {kind}")
    return found


def all_procedures() -> list[Procedure]:
    """All procedures, by the code of their kind."""
    return [_procedures[kind] for kind in sorted(_procedures)]


def faults(procedure: Procedure) -> Iterator[str]:
    """What is wrong with a declaration: unknown states, milestones, roles, law keys, letters; states that nothing reaches."""
    try:
        milestones = {code for code, _name in kinds.get(procedure.kind).milestones}
    except KeyError:
        yield "no such kind of matter"
        return
    yield from _structure(procedure, milestones)
    yield from _endings(procedure)
    yield from _names(procedure)


def _structure(procedure: Procedure, milestones: set[str]) -> Iterator[str]:
    states = {one.code for one in procedure.states}
    reached = {procedure.starts} | {state for _milestone, state in procedure.from_milestones}
    dated = {milestone for milestone, _state in procedure.from_milestones}
    for step in procedure.steps:
        reached.add(step.to)
        yield from (f"step {step.code}: no state {one}" for one in {*step.frm, *([step.to] if step.to else [])} - states)
        dated |= {*step.clears, *([step.dates] if step.dates else []), *(ask.milestone for ask in step.asks if ask.milestone)}
        if step.window:
            dated |= {*step.window.starts}
    for period in procedure.periods:
        dated |= {
            *period.starts,
            *period.ends,
            *period.ledger_ends,
            *filter(None, (period.extended[0], period.by, period.anchor, *period.pause)),
        }
    yield from (f"no milestone {one}" for one in sorted(dated - milestones))
    yield from (f"nothing leads to state {one}" for one in sorted(states - reached))
    leaving = {state for step in procedure.steps for state in step.frm}
    yield from (f"no way out of state {one.code}" for one in procedure.states if not one.final and one.code not in leaving)


def _endings(procedure: Procedure) -> Iterator[str]:
    closes = set(kinds.get(procedure.kind).closes)
    for step in procedure.steps:
        if step.to and procedure.state(step.to).final and step.dates not in closes:
            yield f"step {step.code} ends the matter without a closing milestone"


def _names(procedure: Procedure) -> Iterator[str]:
    whos = [step.who for step in procedure.steps] + [one.turn for one in procedure.states] + [p.whose for p in procedure.periods]
    for who in filter(None, whos):
        yield from (f"no role {role}" for role in {*who.roles, *who.recorders} - ROLES.keys())
    letters = {letter.code for letter in procedure.letters}
    for step in procedure.steps:
        yield from (f"step {step.code}: no letter {one}" for one in set(step.letters) - letters)
    yield from (f"no law key {key}" for key in sorted(set(law_keys(procedure)) - set(keys())))


def law_keys(procedure: Procedure) -> Iterator[str]:
    """The law keys that a procedure rests on."""
    for step in procedure.steps:
        yield from step.basis
        if step.window:
            yield step.window.law
    for period in procedure.periods:
        yield from period.law
        if period.extended[1]:
            yield period.extended[1]
