"""What is due: open matters by their deadline, over all registers that the actor may see. One query each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Value

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.registers import registry
from renda.registers.register import Register
from renda.ui import addresses
from renda.ui.templatetags.renda import deadline_words
from renda.ui.words import said


@dataclass(frozen=True)
class Item:
    """One open matter with its deadline."""

    kind: str
    title: str
    number: str
    due: date
    url: str
    tone: str
    words: str


def matter_registers(actor: Actor) -> list[Register]:
    """Registers of matters that the actor may open."""
    return [r for r in registry.all_registers() if r.matter_kind and gate.may(actor, roles.VIEW, r.model)]


def _open(actor: Actor, until: date, since: date | None = None) -> QuerySet | None:
    parts = []
    for register in matter_registers(actor):
        rows = gate.visible_to(actor, register.records()).filter(closed_on__isnull=True, due_on__lte=until)
        if since:
            rows = rows.filter(due_on__gte=since)
        parts.append(rows.order_by().annotate(_code=Value(register.code)).values_list("_code", "pk", "number", "title", "due_on"))
    return united(parts)


def united(parts: Iterable[QuerySet]) -> QuerySet | None:
    """One query over several registers; None where there are none."""
    several = list(parts)
    if not several:
        return None
    return several[0].union(*several[1:], all=True) if len(several) > 1 else several[0]


def items(actor: Actor, *, until: date, since: date | None = None, limit: int = 200) -> list[Item]:
    """Open matters due up to a day, the oldest deadline first."""
    rows = _open(actor, until, since)
    if rows is None:
        return []
    return [_item(*row) for row in rows.order_by("due_on", "pk")[:limit]]


def _item(code: str, pk: int, number: str, title: str, due: date) -> Item:
    register = registry.get(code)
    return Item(said(register.name), title, number, due, addresses.of_record(register, pk), *deadline_words(due, None))
