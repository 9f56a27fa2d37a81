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
from renda.web import dated_lines, due, duties, inbox
from renda.web.inbox import Found
from renda.web.inbox_lines import Line, lines

MOST = 1500
MOST_DEADLINES = 300
LONGEST_DAYS = 31


@dataclass(frozen=True)
class Happening:
    """Something on a day of the calendar. ``tone`` is empty for activities, late or due for deadlines; ``note`` says what runs out, and why."""

    title: str
    kind: str
    url: str
    tone: str = ""
    note: str = ""


@dataclass(frozen=True)
class Taking:
    """An activity that takes place on a day, or from a day to a last one."""

    pk: int
    day: date
    last: date | None
    title: str
    kind: str
    url: str
    place: str


def activity_registers(actor: Actor) -> list[Register]:
    """Registers of activities that the actor may open."""
    return [r for r in registry.all_registers() if issubclass(r.model, Activity) and gate.may(actor, roles.VIEW, r.model)]


def by_day(actor: Actor, first: date, last: date) -> dict[date, list[Happening]]:
    """What takes place or falls due on each day from first to last."""
    found: dict[date, list[Happening]] = defaultdict(list)
    for one in taking_place(actor, first, last):
        day, end = one.day, min(one.last or one.day, last, one.day + timedelta(days=LONGEST_DAYS))
        while day <= end:
            if day >= first:
                found[day].append(Happening(one.title, one.kind, one.url))
            day += timedelta(days=1)
    for line in deadlines(actor, first, last):
        if line.due:
            note = " · ".join(part for part in (line.period, line.article, line.whose) if part)
            tone = "late" if line.tone == "late" else "due"
            found[line.due].append(Happening(f"{line.number} {line.title}".strip(), line.register, line.url, tone, note))
    return found


def deadlines(actor: Actor, first: date, last: date) -> list[Line]:
    """The running deadlines that end on these days, the nearest first: of every matter the nearest, and the actor's own besides."""
    parts = []
    for one in (*duties.by_state(actor), *duties.by_period(actor, out_of_turn=True)):
        parts.append(inbox.named(one, duties.rows(actor, one).filter(_due__gte=first, _due__lte=last)))
    rows = inbox.nearest(parts, MOST_DEADLINES)
    found = lines(actor, [Found(*row) for row in rows[:MOST_DEADLINES]]) if rows is not None else []
    return dated_lines.merged(found, dated_lines.lines(actor, first, last))


def taking_place(actor: Actor, first: date, last: date) -> list[Taking]:
    """The activities that the actor may see and that touch these days, by their first day. One query."""
    parts = []
    for register in activity_registers(actor):
        within = Q(starts_on__lte=last) & (Q(starts_on__gte=first) | Q(ends_on__gte=first))
        since = first - timedelta(days=LONGEST_DAYS)
        seen = gate.visible_to(actor, register.records()).filter(within, starts_on__gte=since, precision="day").order_by()
        named = seen.annotate(_code=Value(register.code))
        parts.append(named.values_list("_code", "pk", "title", "starts_on", "ends_on", "place"))
    rows = due.united(parts)
    if rows is None:
        return []
    found = []
    for code, pk, title, starts, ends, place in rows.order_by("starts_on", "pk")[:MOST]:
        register = registry.get(code)
        found.append(Taking(pk, starts, ends, title, said(register.name), addresses.of_record(register, pk), place))
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
