"""Many indicators over many years at once: one query per population, grouped by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import F
from django.db.models.functions import ExtractMonth, ExtractYear

from renda.core.side_by_side import side_by_side
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures import combine, distinct, evaluate, periods, registry
from renda.figures.indicators import Indicator
from renda.figures.measures import ChangeOf, Distinct, RankOf, Rows
from renda.figures.together import aggregate, shape, together
from renda.registers.slimming import slim

Series = dict[int, evaluate.Value]


def by_year(indicators: Sequence[Indicator], years: Iterable[int], division: Division, *, actor: Actor) -> dict[str, Series]:
    """Values of indicators per year (code → year → value)."""
    gate.require(actor, roles.FIGURES)
    wanted = sorted(set(years))
    span = [wanted[0] - 1, *wanted]
    plain = _with_parts(indicators)
    reads = [partial(_one_query, group, span, division) for group in _grouped(plain)]
    reads += [partial(_stock_of, indicator, wanted, division) for indicator in plain if indicator.stock]
    found: dict[str, Series] = {code: values for part in side_by_side(reads) for code, values in part.items()}
    return {i.code: {y: _made(i, y, division, found) if i.made else found[i.code].get(y) for y in wanted} for i in indicators}


def by_month(indicator: Indicator, year: int, division: Division, *, actor: Actor) -> Series:
    """Values of a plain, dated indicator per month of a year."""
    gate.require(actor, roles.FIGURES)
    rows = evaluate.population(indicator, evaluate.Question(periods.year(year), division))
    found = rows.order_by().annotate(_month=ExtractMonth(indicator.date)).values("_month").annotate(v=indicator.count.aggregate())  # type: ignore[union-attr]
    values = {row["_month"]: evaluate._number(indicator, row["v"]) for row in found}
    return {month: values.get(month, evaluate._number(indicator, None)) for month in range(1, 13)}


def _with_parts(indicators: Iterable[Indicator]) -> list[Indicator]:
    plain: dict[str, Indicator] = {}

    def visit(indicator: Indicator) -> None:
        if not indicator.made:
            plain[indicator.code] = indicator
        for code in evaluate.codes_of(indicator):
            visit(registry.get(code))

    for one in indicators:
        visit(one)
    return list(plain.values())


def _grouped(plain: Iterable[Indicator]) -> list[list[Indicator]]:
    """Indicators that one query can answer: the same records joined in the same way, placed by the same date."""
    groups: dict[Any, list[Indicator]] = defaultdict(list)
    for indicator in plain:
        if not indicator.stock:
            groups[(shape(indicator), indicator.date, indicator.division)].append(indicator)
    return list(groups.values())


def _one_query(group: Sequence[Indicator], years: Sequence[int], division: Division) -> dict[str, Series]:
    first = group[0]
    period = periods.span(periods.year(years[0]).start, periods.year(years[-1]).end)
    rows, filters = together(group)
    rows = evaluate.in_area_and_period(first, rows, division, period)
    names = {f"v{n}": indicator for n, indicator in enumerate(group)}
    if not any(filters) and all(isinstance(one.count, Rows) for one in group):
        rows = slim(rows)
    counts = {f"v{n}": aggregate(one, rows, where) for n, (one, where) in enumerate(zip(group, filters, strict=True))}
    rows = rows.order_by().annotate(_year=ExtractYear(first.date))
    if path := distinct.thing(group, list(counts.values())):
        answers = distinct.per_year(rows, path, dict(zip(names, zip(group, filters, strict=True), strict=True)))
    else:
        answers = list(rows.values("_year").annotate(**counts))
    found = {row["_year"]: row for row in answers}
    return {i.code: {y: evaluate._number(i, found[y][name] if y in found else None) for y in years} for name, i in names.items()}


def _stock_of(indicator: Indicator, years: Sequence[int], division: Division) -> dict[str, Series]:
    return {indicator.code: _stock(indicator, years, division)}


def _stock(indicator: Indicator, years: Sequence[int], division: Division) -> Series:
    """A stock at the end of each year: what is counted is read once, with the days on which it begins and ends."""
    if not (isinstance(indicator.count, Rows | Distinct) and indicator.stock):
        return {y: _value(indicator, y, division) for y in years}
    rows = evaluate.within(indicator, division).order_by()
    counted = indicator.count.path if isinstance(indicator.count, Distinct) else "pk"
    rows = rows.filter(**{f"{counted}__isnull": False}).annotate(_begun=F(indicator.stock[0]), _ended=F(indicator.stock[1]))
    spans = list(rows.values_list("_begun", "_ended", counted).distinct())
    return {y: _standing(spans, periods.year(y).end) for y in years}


def _standing(spans: Iterable[tuple[date | None, date | None, Any]], day: date) -> int:
    """How many different things stand at a day."""
    return len({one for begun, ended, one in spans if (begun is None or begun <= day) and (ended is None or ended > day)})


def _value(indicator: Indicator, year: int, division: Division) -> evaluate.Value:
    return evaluate._evaluate(indicator, evaluate.Question(periods.year(year), division)).value


def _made(indicator: Indicator, year: int, division: Division, found: dict[str, Series]) -> evaluate.Value:
    if not indicator.made:
        series = found[indicator.code]
        return series[year] if year in series else _value(indicator, year, division)
    if isinstance(indicator.count, RankOf):
        return None
    if isinstance(indicator.count, ChangeOf):
        part = registry.get(indicator.count.code)
        now, before = (_made(part, y, division, found) for y in (year, year - 1))
        return combine.change(now, before, points=part.kind == "ratio")
    return combine.join(indicator, [_made(registry.get(code), year, division, found) for code in evaluate.codes_of(indicator)])
