"""The calendar's material: activities and deadlines by day, over all registers that the actor may see."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, Value

from renda.activities.models import Activity
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.registers import registry
from renda.registers.register import Register
from renda.ui import addresses
from renda.ui.words import said
from renda.web import due

MOST = 1500
LONGEST_DAYS = 31


@dataclass(frozen=True)
class Happening:
    """Something on a day of the calendar. ``tone`` is empty for activities, late or due for deadlines."""

    title: str
    kind: str
    url: str
    tone: str = ""
    last: date | None = None


def activity_registers(actor: Actor) -> list[Register]:
    """Registers of activities that the actor may open."""
    return [r for r in registry.all_registers() if issubclass(r.model, Activity) and gate.may(actor, roles.VIEW, r.model)]


def by_day(actor: Actor, first: date, last: date) -> dict[date, list[Happening]]:
    """What takes place or falls due on each day from first to last."""
    found: dict[date, list[Happening]] = defaultdict(list)
    for day, one in _activities(actor, first, last):
        end = min(one.last or day, last, day + timedelta(days=LONGEST_DAYS))
        while day <= end:
            if day >= first:
                found[day].append(one)
            day += timedelta(days=1)
    for item in due.items(actor, since=first, until=last, limit=MOST):
        found[item.due].append(Happening(item.title, item.kind, item.url, "late" if item.tone == "late" else "due"))
    return found


def _activities(actor: Actor, first: date, last: date) -> list[tuple[date, Happening]]:
    parts = []
    for register in activity_registers(actor):
        rows = gate.visible_to(actor, register.records())
        within = Q(starts_on__lte=last) & (Q(starts_on__gte=first) | Q(ends_on__gte=first))
        rows = rows.filter(within, starts_on__gte=first - timedelta(days=LONGEST_DAYS), precision="day")
        parts.append(
            rows.order_by().annotate(_code=Value(register.code)).values_list("_code", "pk", "title", "starts_on", "ends_on")
        )
    united = due.united(parts)
    if united is None:
        return []
    found = []
    for code, pk, title, starts, ends in united.order_by("starts_on", "pk")[:MOST]:
        register = registry.get(code)
        found.append((starts, Happening(title, said(register.name), addresses.of_record(register, pk), "", ends)))
    return found


def counts_of_year(actor: Actor, year: int) -> Counter[date]:
    """How many activities begin on each day of a year."""
    parts = [
        gate.visible_to(actor, r.records())
        .filter(starts_on__gte=date(year, 1, 1), starts_on__lte=date(year, 12, 31), precision="day")
        .order_by()
        .values(_day=F("starts_on"))
        .annotate(_n=Count("pk", distinct=True))
        .values_list("_day", "_n")
        for r in activity_registers(actor)
    ]
    rows = due.united(parts)
    found: Counter[date] = Counter()
    for day, number in rows if rows is not None else ():
        found[day] += number
    return found
