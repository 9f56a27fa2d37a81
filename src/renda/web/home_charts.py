"""The charts of home: the year by month against last year, matters by state, a breakdown. Which ones, the role decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Count, F, Q, Value
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures import evaluate, periods, series
from renda.figures.indicators import Indicator
from renda.registers.registry import get as get_register
from renda.ui import addresses
from renda.ui.charts import Chart
from renda.ui.words import said
from renda.web import due, presenting

MOST_REGISTERS = 8
BY_MONTH = {
    "petition_clerk": ("petitions.count", "petitions.closed"),
    "township_clerk": ("deputies.activities", "stations.opinions"),
}
BY_MONTH_ELSE = ("deputies.activities", "petitions.count")
TAKEN_APART = {"petition_clerk": (("petitions.count", "field"), ("petitions.count", "form"))}
TAKEN_APART_ELSE = (("suggestions.count", "field"), ("suggestions.by_field", "field"))


def build(actor: Actor, known: dict[str, Indicator], year: int, division: Division) -> list[Chart]:
    """The charts that have something to show, at most four."""
    by_month = [_month(known[code], year, division, actor) for code in BY_MONTH.get(actor.role, BY_MONTH_ELSE) if code in known]
    parts = [_parts(known[c], by, year, division, actor) for c, by in TAKEN_APART.get(actor.role, TAKEN_APART_ELSE) if c in known]
    found = [*by_month, states(actor, year), next((part for part in parts if part), None)]
    return [chart for chart in found if chart is not None]


def _month(indicator: Indicator, year: int, division: Division, actor: Actor) -> Chart | None:
    now, before = (series.by_month(indicator, y, division, actor=actor) for y in (year, year - 1))
    return presenting.by_month(indicator, year, now, before) if any(now.values()) or any(before.values()) else None


def _parts(indicator: Indicator, by: str, year: int, division: Division, actor: Actor) -> Chart | None:
    name = next((b.name for b in indicator.breakdowns if b.code == by), "")
    if not name:
        return None
    groups = evaluate.evaluate(indicator, evaluate.Question(periods.year(year), division), actor=actor, by=by).breakdown[:8]
    return presenting.breakdown(indicator, name, groups) if len(groups) > 1 else None


State = tuple[Callable[[], str], Q]


def _kinds_of_state() -> Sequence[State]:
    """Closed in time or without a deadline, closed late, open, late: each matter is one of these."""
    today = clock.today()
    in_time = Q(due_on__isnull=True) | Q(closed_on__lte=F("due_on"))
    running = Q(due_on__isnull=True) | Q(due_on__gte=today)
    return (
        (lambda: _("按期办结"), Q(closed_on__isnull=False) & in_time),
        (lambda: _("超期办结"), Q(closed_on__isnull=False) & ~in_time),
        (lambda: _("办理中"), Q(closed_on__isnull=True) & running),
        (lambda: _("逾期未办结"), Q(closed_on__isnull=True) & ~running),
    )


def states(actor: Actor, year: int) -> Chart | None:
    """Where this year's matters stand, register by register. One query."""
    kinds = _kinds_of_state()
    parts = [
        gate.visible_to(actor, r.records())
        .filter(**{f"{r.date}__year": year})
        .order_by()
        .annotate(_code=Value(r.code))
        .values("_code")
        .annotate(**{f"n{place}": Count("pk", filter=condition) for place, (_name, condition) in enumerate(kinds)})
        .values_list("_code", *(f"n{place}" for place in range(len(kinds))))
        for r in due.matter_registers(actor)
        if r.date
    ]
    rows = due.united(parts)
    found = sorted((row for row in (rows if rows is not None else ()) if any(row[1:])), key=lambda row: -sum(row[1:]))[
        :MOST_REGISTERS
    ]
    if not found:
        return None
    registers = [get_register(row[0]) for row in found]
    lines = [(name(), [row[place + 1] for row in found]) for place, (name, _condition) in enumerate(kinds)]
    return Chart(
        _("%(year)d年各类事项办到哪一步") % {"year": year},
        "rows",
        _("事项"),
        [said(r.name) for r in registers],
        [line for line in lines if any(line[1])],
        unit=_("件"),
        links=[addresses.of_list(r, f"year={year}") for r in registers],
        whole=True,
        stack=True,
        tones=[tone for tone, line in zip(("done", "soon", "run", "late"), lines, strict=True) if any(line[1])],
    )
