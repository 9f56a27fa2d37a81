"""Different things of each year, counted by gathering first: per year and thing, then per year.

``COUNT(DISTINCT …)`` sorts all rows for each count; gathered once, the same rows answer every count of a group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connections
from django.db.models import Count, F, QuerySet

from renda.figures.indicators import Indicator
from renda.figures.measures import Distinct, Rows


def thing(group: Sequence[Indicator], aggregates: Sequence[Any]) -> str:
    """The look-up whose different values these indicators count; empty where they count something besides that and plain rows."""
    paths = {one.count.path for one in group if isinstance(one.count, Distinct)}
    rows = [aggregate for one, aggregate in zip(group, aggregates, strict=True) if isinstance(one.count, Rows)]
    fits = all(isinstance(one.count, Rows | Distinct) for one in group) and not any(one.distinct for one in rows)
    return paths.pop() if len(paths) == 1 and fits else ""


def per_year(rows: QuerySet, path: str, counts: Mapping[str, tuple[Indicator, Any]]) -> list[dict[str, Any]]:
    """``_year`` and each count by its name; ``rows`` carry ``_year``, a count has its indicator and its part of the rows (None: all)."""
    each = {name: Count("pk", filter=where) for name, (_, where) in counts.items()}
    gathered = rows.order_by().annotate(_thing=F(path)).values("_year", "_thing").annotate(**each)
    sql, parameters = gathered.query.sql_with_params()
    said = ", ".join(_said(name, indicator) for name, (indicator, _) in counts.items())
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f'SELECT "_year", {said} FROM ({sql}) AS gathered GROUP BY "_year"', parameters)  # noqa: S608 - Django's own text of the query, and names made here
        return [dict(zip(("_year", *counts), row, strict=True)) for row in cursor.fetchall()]


def _said(name: str, indicator: Indicator) -> str:
    if isinstance(indicator.count, Distinct):
        return f'COUNT("_thing") FILTER (WHERE "{name}" > 0)'
    return f'SUM("{name}")::bigint'
