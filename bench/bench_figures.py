"""All indicators for ten years, against one pass of the ORM over each table with everything counted in Python.

The reference reads each table that indicators count once, as model objects with the records they point to, and places every
object in its year. What an object does not carry itself (laws of an inspection, dates of milestones, days reckoned between two
dates) is read once by its look-up; which objects belong to a population is asked once as primary keys. Both are given to the
reference: a program of one's own would have to do that in Python as well. Values are asserted equal for every indicator and year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bench.measure import Comparison, phase
from bench.multiply import demo_county, multiply

SIZES = {"quick": 2, "full": 54}
YEARS = range(2012, 2022)
Values = dict[str, dict[int, Any]]


def run(copies: int) -> dict[str, Comparison]:
    """Evaluate all indicators both ways over the demo county, its records copied ``copies`` times over ten years."""
    from renda.directory.gate import OPERATOR
    from renda.figures import series
    from renda.figures.answering import find_division
    from renda.figures.registry import all_indicators

    demo_county()
    records = multiply(copies, years=8)
    county, indicators = find_division(""), all_indicators()
    with phase("one pass over each table") as reference:
        theirs = by_objects(indicators, YEARS)
    with phase("in sets") as ours:
        found = series.by_year(indicators, YEARS, county, actor=OPERATOR)
    different = [code for code in found if found[code] != theirs[code]]
    assert not different, [(code, found[code], theirs[code]) for code in different[:5]]
    assert sum(any(values.values()) for values in found.values()) > len(indicators) * 0.8, "most indicators are empty"
    assert copies < SIZES["full"] or records >= 1_000_000, records
    return {f"all indicators, {len(YEARS)} years, {records // 10_000 * 10_000:,} records": Comparison(ours, reference)}


def by_objects(indicators: Sequence[Any], years: Iterable[int]) -> Values:
    """The values of all indicators per year, counted in Python."""
    from renda.figures.series import _with_parts

    span = list(years)
    plain = _with_parts(indicators)
    tables: dict[Any, list[Any]] = defaultdict(list)
    for indicator in plain:
        tables[indicator.population().model].append(indicator)
    values: Values = {}
    for model, group in tables.items():
        values |= _pass(model, group, [span[0] - 1, *span])
    return {i.code: {y: _value(i, y, values) for y in span} for i in indicators}


class Tally:
    """What one indicator counts, object by object."""

    def __init__(self, indicator: Any, years: Sequence[int]) -> None:
        self.indicator, self.years = indicator, years
        self.found: dict[int, list[Any]] = {year: [] for year in years}

    def add(self, key: Any, first: Any, last: Any, counted: Any) -> None:
        """One object (or one row of what is joined to it) with its dates and what is counted of it."""
        for year in self._years(_day(first), _day(last)):
            self.found[year].append((key, counted))

    def _years(self, first: date | None, last: date | None) -> Iterable[int]:
        if not self.indicator.stock:
            return (first.year,) if first and first.year in self.found else ()
        ends = {year: date(year, 12, 31) for year in self.years}
        return [y for y, end in ends.items() if (first is None or first <= end) and (last is None or last > end)]

    def values(self) -> dict[int, Any]:
        """The value of each year."""
        return {year: self._count(rows) for year, rows in self.found.items()}

    def _count(self, rows: list[tuple[Any, Any]]) -> Any:
        kind = type(self.indicator.count).__name__
        if kind == "Rows":
            return len({key for key, _ in rows})
        if kind == "Distinct":
            return len({counted for _, counted in rows if counted is not None})
        known = [counted for _, counted in rows if counted is not None]
        if kind == "Sum":
            total = sum(known)
            return total if isinstance(total, int) else Decimal(total)
        return round(Decimal(sum(known)) / len(known), 2) if known else None


def _day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def _pass(model: Any, group: Sequence[Any], years: Sequence[int]) -> Values:
    """One pass over a table for all indicators that count it."""
    tallies = [(Tally(i, years), _members(i), _reader(i)) for i in group]
    carried = [(tally, members, read) for tally, members, read in tallies if read is not None]
    if carried:
        related = sorted(
            {"__".join(path.split("__")[:-1]) for i in group for path in _paths(i) if _plain(model, path) and "__" in path}
        )
        rows = model._base_manager.select_related(*related) if related else model._base_manager.all()
        for one in rows.iterator(chunk_size=2000):
            for tally, members, read in carried:
                if one.pk in members:
                    tally.add(one.pk, *read(one))
    for tally, _, read in tallies:
        if read is None:
            _by_rows(tally)
    return {tally.indicator.code: tally.values() for tally, _, _ in tallies}


def _members(indicator: Any) -> set[Any]:
    return set(indicator.population().order_by().values_list("pk", flat=True))


def _paths(indicator: Any) -> list[str]:
    """The look-ups an indicator reads: its date or the two of a stock, and what it counts."""
    dates = list(indicator.stock or (indicator.date,))
    count = indicator.count
    counted = [
        getattr(count, "path", None),
        getattr(count, "of", None),
        getattr(count, "start", None),
        getattr(count, "end", None),
    ]
    return dates + [path for path in counted if path is not None]


def _plain(model: Any, path: Any) -> bool:
    """Whether an object carries the look-up itself, over links that lead to one record."""
    if not isinstance(path, str):
        return False
    *links, last = path.split("__")
    for name in links:
        field = next((f for f in model._meta.get_fields() if f.name == name), None)
        if field is None or not field.is_relation or not (field.many_to_one or field.one_to_one) or field.auto_created:
            return False
        model = field.related_model
    if last == "pk":
        return True
    field = next((f for f in model._meta.get_fields() if f.name == last), None)
    return field is not None and getattr(field, "concrete", False) and not field.many_to_many


def _reader(indicator: Any) -> Callable[[Any], tuple[Any, Any, Any]] | None:
    """How an object tells first day, last day and what is counted; None where it cannot."""
    model, kind = indicator.population().model, type(indicator.count).__name__
    if kind == "AverageDays" or not all(_plain(model, path) for path in _paths(indicator)):
        return None
    first, last = indicator.stock or (indicator.date, "")
    counted = "" if kind == "Rows" else getattr(indicator.count, "path", getattr(indicator.count, "of", ""))
    chains = [_chain(model, path) for path in (first, last, counted)]
    return lambda one: (chains[0](one), chains[1](one), chains[2](one))


def _chain(model: Any, path: str) -> Callable[[Any], Any]:
    if not path:
        return lambda one: None
    *links, last = path.split("__")
    for name in links:
        model = model._meta.get_field(name).related_model
    last = "pk" if last == "pk" else model._meta.get_field(last).attname

    def read(one: Any) -> Any:
        for name in links:
            one = getattr(one, name)
            if one is None:
                return None
        return getattr(one, last)

    return read


def _by_rows(tally: Tally) -> None:
    """Rows of look-ups for what objects do not carry."""
    from django.db.models import F

    indicator = tally.indicator
    count, kind = indicator.count, type(indicator.count).__name__
    first, last = indicator.stock or (indicator.date, indicator.date)
    rows = indicator.population().order_by()
    if kind == "AverageDays":
        for key, start, a, b in (
            rows.annotate(_first=F(first)).values_list("pk", "_first", count.start, count.end).iterator(chunk_size=5000)
        ):
            tally.add(key, start, None, None if a is None or b is None else (b - a).days)
        return
    counted = "pk" if kind == "Rows" else getattr(count, "path", getattr(count, "of", None))
    rows = rows.annotate(_first=F(first), _last=F(last), _counted=F(counted) if isinstance(counted, str) else counted)
    for key, start, end, what in rows.values_list("pk", "_first", "_last", "_counted").iterator(chunk_size=5000):
        tally.add(key, start, end, what)


def _value(indicator: Any, year: int, values: Values) -> Any:
    """The value of a year; those made of others by plain arithmetic."""
    from renda.figures import registry

    if not indicator.made:
        return values[indicator.code].get(year)
    kind = type(indicator.count).__name__
    if kind == "RankOf":
        return None
    if kind == "ChangeOf":
        part = registry.get(indicator.count.code)
        now, before = _value(part, year, values), _value(part, year - 1, values)
        if now is None or before is None:
            return None
        if part.kind == "ratio":
            return Decimal(now) - Decimal(before)
        return round((Decimal(now) - Decimal(before)) * 100 / Decimal(before), 2) if before else None
    parts = [_value(registry.get(code), year, values) for code in indicator.count.codes]
    if kind == "SumOf":
        known = [part for part in parts if part is not None]
        return sum(known) if known else None
    part, whole = parts
    if kind == "Difference":
        return None if part is None or whole is None else part - whole
    if part is None or not whole:
        return None
    return round(Decimal(part) / Decimal(whole), 2) if kind == "Quotient" else round(Decimal(part) * 100 / Decimal(whole), 2)
