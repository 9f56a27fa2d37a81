"""What is due: open matters by their deadline, over all registers that the actor may see. One query each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Value

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.registers import registry
from renda.registers.register import Register
from renda.registers.slimming import slim
from renda.ui import addresses
from renda.ui.templatetags.renda import deadline_words
from renda.ui.words import said

SOON_DAYS = 14
BELL_DAYS = 7
COUNTED = 100


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


@dataclass(frozen=True)
class Burden:
    """What one register has late and due soon, with the lists that show them."""

    name: str
    late: int
    soon: int
    late_url: str
    open_url: str


def burdens(actor: Actor) -> list[Burden]:
    """How much is late and due within two weeks, by register, the heaviest first. One query."""
    today = clock.today()
    late, soon = Q(due_on__lt=today), Q(due_on__gte=today, due_on__lte=today + timedelta(days=SOON_DAYS))
    parts = [
        slim(gate.visible_to(actor, register.records()).filter(closed_on__isnull=True, due_on__isnull=False).order_by())
        .annotate(_code=Value(register.code))
        .values("_code")
        .annotate(_late=Count("pk", filter=late), _soon=Count("pk", filter=soon))
        .values_list("_code", "_late", "_soon")
        for register in matter_registers(actor)
    ]
    rows = united(parts)
    found = [_burden(code, n_late, n_soon) for code, n_late, n_soon in (rows if rows is not None else ()) if n_late or n_soon]
    return sorted(found, key=lambda one: (-one.late - one.soon, one.name))


def _burden(code: str, late: int, soon: int) -> Burden:
    register = registry.get(code)
    return Burden(
        said(register.name), late, soon, addresses.of_list(register, "view=late"), addresses.of_list(register, "view=open")
    )


def nearest(actor: Actor, limit: int) -> list[Item]:
    """What to look at first: deadlines of the next two weeks, soonest first, then what has been late for the shortest time."""
    today = clock.today()
    soon = items(actor, since=today, until=today + timedelta(days=SOON_DAYS), limit=limit)
    rows = _open(actor, today - timedelta(days=1)) if len(soon) < limit else None
    late = [_item(*row) for row in rows.order_by("-due_on", "pk")[: limit - len(soon)]] if rows is not None else []
    return [*soon, *late]


def count(actor: Actor) -> int:
    """How many open matters are late or due within a week, up to a hundred: what the bell shows."""
    rows = _open(actor, clock.today() + timedelta(days=BELL_DAYS))
    return 0 if rows is None else len(rows[:COUNTED])


def items(actor: Actor, *, until: date, since: date | None = None, limit: int = 200) -> list[Item]:
    """Open matters due up to a day, the oldest deadline first."""
    rows = _open(actor, until, since)
    if rows is None:
        return []
    return [_item(*row) for row in rows.order_by("due_on", "pk")[:limit]]


def _item(code: str, pk: int, number: str, title: str, due: date) -> Item:
    register = registry.get(code)
    return Item(said(register.name), title, number, due, addresses.of_record(register, pk), *deadline_words(due, None))
