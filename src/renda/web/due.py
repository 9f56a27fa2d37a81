"""Registers of matters that an actor may open, and one query over several of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.registers import registry
from renda.registers.register import Register


def matter_registers(actor: Actor) -> list[Register]:
    """Registers of matters that the actor may open."""
    return [r for r in registry.all_registers() if r.matter_kind and gate.may(actor, roles.VIEW, r.model)]


def united(parts: Iterable[QuerySet]) -> QuerySet | None:
    """One query over several registers; None where there are none."""
    several = list(parts)
    if not several:
        return None
    return several[0].union(*several[1:], all=True) if len(several) > 1 else several[0]
