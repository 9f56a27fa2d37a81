"""Several populations of one table in one query: what tells them apart becomes a filter of each count.

Only populations of the same shape go together: the same tables joined in the same way, and conditions that a scan answers
row by row. Milestones that matters may or may not have reached are no part of the shape: joining them changes no number of rows.
Populations that ask other tables row by row (EXISTS) stay alone: as filters they would cost more than they spare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Aggregate, Count, Exists, Model, QuerySet, Subquery
from django.db.models.sql import Query
from django.db.models.sql.where import WhereNode

from renda.figures.indicators import Indicator
from renda.figures.measures import Average, Distinct, Rows, Sum
from renda.figures.milestones import DAY, is_one_milestone, is_optional


def shape(indicator: Indicator) -> Any:
    """What indicators must share to be answered together; the population itself or the code where nothing can be shared."""
    rows = indicator.population()  # type: ignore[misc]
    if _counted_over_links(indicator, rows.model):
        return indicator.code
    annotations = rows.query.annotations
    if any(_asks_elsewhere(one) for one in (*_conditions(rows.query.where), *_inside(annotations.values()))):
        return indicator.population
    joins = tuple((name, _join(table)) for name, table in rows.query.alias_map.items() if not is_optional(table))
    said = tuple((name, repr(one)) for name, one in annotations.items() if not name.startswith(DAY))
    return indicator.population if " object at 0x" in repr((joins, said)) else (rows.model, joins, said)


def together(group: Sequence[Indicator]) -> tuple[QuerySet, list[Any]]:
    """One queryset that holds the populations of all these indicators, and the filter that gives each of them back (None: all of it)."""
    populations = list(dict.fromkeys(indicator.population for indicator in group))
    rows = {population: population().order_by() for population in populations}  # type: ignore[misc]
    base = rows[populations[0]]
    if len(populations) == 1:
        return base, [None] * len(group)
    filters = [rows[indicator.population].query.where for indicator in group]
    base = base.all()
    base.query.where = WhereNode()
    for other in rows.values():
        _take_joins(base.query, other.query)
    return base, filters


def _take_joins(query: Query, other: Query) -> None:
    """Join the milestones that another population looks at."""
    for alias, join in other.alias_map.items():
        if alias not in query.alias_map:
            query.alias_map[alias] = join
            query.alias_refcount[alias] = 1
            query.table_map.setdefault(join.table_name, []).append(alias)


def aggregate(indicator: Indicator, rows: QuerySet, where: Any) -> Aggregate:
    """How an indicator counts its part of the rows. Where no join repeats a record, records need not be told apart."""
    if isinstance(indicator.count, Rows) and not _repeats(rows):
        return Count("pk", filter=where)
    counted = indicator.aggregate()
    counted.filter = where if where is not None else counted.filter
    return counted


def _counted_over_links(indicator: Indicator, model: type[Model]) -> bool:
    """Whether what is counted joins tables of its own, or is reckoned."""
    path = getattr(indicator.count, "path", getattr(indicator.count, "of", ""))
    if not isinstance(indicator.count, Rows | Distinct | Sum | Average) or not isinstance(path, str):
        return True
    return "__" in path or path in _many(model)


def _many(model: type[Model]) -> set[str]:
    """The links of a model that lead from one record to many."""
    return {field.name for field in model._meta.get_fields() if field.many_to_many or field.one_to_many}


def _conditions(node: Any) -> Iterator[Any]:
    for child in getattr(node, "children", []):
        if hasattr(child, "children"):
            yield from _conditions(child)
        else:
            yield child


def _inside(expressions: Iterable[Any]) -> Iterator[Any]:
    """Expressions with all that they are made of."""
    for one in expressions:
        yield one
        yield from _inside(part for part in one.get_source_expressions() if part is not None)


def _asks_elsewhere(condition: Any) -> bool:
    sides = (condition, getattr(condition, "lhs", None), getattr(condition, "rhs", None))
    return any(isinstance(side, Exists | Subquery | Query | QuerySet) for side in sides)


def _join(table: Any) -> tuple[Any, ...]:
    """How a table is joined, in words that say the same of no other join (the name of an object in memory may be another's later)."""
    filtered = getattr(table, "filtered_relation", None)
    condition = (filtered.relation_name, repr(filtered.condition)) if filtered else None
    return (table.table_name, table.parent_alias, table.join_type, str(getattr(table, "join_cols", "")), condition)


def _repeats(rows: QuerySet) -> bool:
    """Whether a join leads from one record to many."""
    joins = (getattr(table, "join_field", None) for table in rows.query.alias_map.values() if not is_one_milestone(table))
    return any(join is not None and (join.one_to_many or join.many_to_many) for join in joins)
