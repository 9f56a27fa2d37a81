"""Who may take a step: the role and the organ that the declaration names, and the gate for the record itself."""

from __future__ import annotations

from typing import Any, Literal

from renda.directory.gate import OPERATOR, Actor
from renda.procedure.declaration import Step, Who

Way = Literal["own", "outside", ""]


def way(actor: Actor, who: Who, record: Any) -> Way:
    """How an actor who sees the record may act as ``who``: by itself, by recording an act done outside, or not at all."""
    if actor.role == OPERATOR.role:
        return "outside" if who.organ else "own"
    organ = getattr(record, f"{who.organ}_id") if who.organ else None
    if actor.role in who.roles and (not who.organ or (organ is not None and organ == actor.organ_id)):
        return "own"
    if actor.role in who.recorders:
        return "outside"
    return ""


def acting_organ(actor: Actor, step: Step, record: Any) -> int | None:
    """The organ whose act the step is."""
    return getattr(record, f"{step.who.organ}_id") if step.who.organ else actor.organ_id


def is_turn_of(actor: Actor, who: Who | None, record: Any) -> bool:
    """Whether it is this actor who is to act now."""
    return who is not None and actor.role in who.roles and (not who.organ or getattr(record, f"{who.organ}_id") == actor.organ_id)
