"""A query of a child table that asks nothing of it, put to its parent's table alone.

A matter is two rows, one in the table of all matters and one in its kind's own. A list of a million that is narrowed and ordered
by what every matter has (its kind, division, dates, number) is counted and paged in a third of the time when the second table is
left out: an index of the first then answers by itself. Each child row has exactly one parent row; the converse holds only of the kind
that stands in that child table alone, so a query that does not ask for this kind is left as it is.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.db.models.expressions import Col, OrderBy
from django.db.models.lookups import Exact
from django.db.models.sql import Query
from django.db.models.sql.datastructures import BaseTable
from django.db.models.sql.where import AND, WhereNode

from renda.registers import registry


def slim(rows: QuerySet) -> QuerySet:
    """The same records, by the same primary keys in the same order, as rows of the parent's model where only the parent is asked."""
    query, parents = rows.query, list(rows.model._meta.parents.items())
    if len(parents) != 1 or not _plain(query) or not _ordered_by_parent(query, parents[0][0]):
        return rows
    (parent, link), child = parents[0], query.base_table
    inner = [alias for alias, join in query.alias_map.items() if getattr(join, "join_field", None) is link]
    if child is None or len(inner) != 1:
        return rows
    kind = registry.kind_of(rows.model)
    if kind is None or not _of_kind(query.where, inner[0], kind):
        return rows
    where = _on_parent(query.where, child, Col(inner[0], parent._meta.pk))
    joins = [join for alias, join in query.alias_map.items() if alias not in (child, inner[0])]
    asked = [*where.leaves(), *query.annotations.values()]
    if _names(asked, child) or any(join.parent_alias == child for join in joins):
        return rows
    slimmed = parent._base_manager.using(rows.db).all()
    slimmed.query = _moved(query, parent, child, inner[0], where)
    return slimmed


def _of_kind(where: WhereNode, alias: str, kind: str) -> bool:
    """Whether the conditions hold for rows of this one kind only."""
    return (
        where.connector == AND
        and not where.negated
        and any(
            isinstance(one, Exact)
            and isinstance(one.lhs, Col)
            and (one.lhs.alias, one.lhs.target.name, one.rhs) == (alias, "kind", kind)
            for one in where.children
        )
    )


def _plain(query: Query) -> bool:
    """Whether nothing is asked but conditions and an order."""
    taken = (query.distinct, query.combinator, query.group_by, query.annotation_select, query.extra, query.select_related)
    return not any(taken) and not query.is_sliced


def _ordered_by_parent(query: Query, parent: type[Model]) -> bool:
    known = ("pk", *query._filtered_relations)  # type: ignore[attr-defined]
    names = [_name(one.expression if isinstance(one, OrderBy) else one) for one in query.order_by]
    return all(name in known or _has(parent, name) for name in names)


def _name(one: Any) -> str:
    """The first name of what is ordered by; empty where it is an expression."""
    path = one if isinstance(one, str) else getattr(one, "name", "")
    return path.lstrip("-").split("__")[0]


def _has(parent: type[Model], name: str) -> bool:
    try:
        return bool(parent._meta.get_field(name).concrete)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return False


def _on_parent(where: WhereNode, child: str, key: Col) -> WhereNode:
    """The conditions with the child's primary key replaced by the parent's."""
    moved = WhereNode(connector=where.connector, negated=where.negated)
    for one in where.children:
        if isinstance(one, WhereNode):
            moved.children.append(_on_parent(one, child, key))
            continue
        left, kept = getattr(one, "lhs", None), copy.copy(one)
        if isinstance(left, Col) and left.alias == child and left.target.primary_key:
            kept.lhs = key  # type: ignore[union-attr]
        moved.children.append(kept)
    return moved


def _names(asked: Sequence[Any], child: str) -> bool:
    """Whether conditions name the child's table (what a subquery takes from outside included), or do not say what they name."""
    if not all(hasattr(one, "get_source_expressions") for one in asked):
        return True
    columns: Iterable[Any] = Query._gen_cols(asked, include_external=True)  # type: ignore[attr-defined]
    return any(column.alias == child for column in columns)


def _moved(query: Query, parent: type[Model], child: str, alias: str, where: WhereNode) -> Query:
    moved = query.clone()
    moved.__dict__.pop("base_table", None)
    moved.model, moved.where = parent, where
    rest = {name: join for name, join in query.alias_map.items() if name not in (child, alias)}
    moved.alias_map = {alias: BaseTable(parent._meta.db_table, alias), **rest}
    moved.alias_refcount = {name: count for name, count in query.alias_refcount.items() if name != child}
    moved.table_map = {table: [name for name in names if name != child] for table, names in query.table_map.items()}
    return moved
