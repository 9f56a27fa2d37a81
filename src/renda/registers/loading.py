"""Reading records back as values by column, in a constant number of queries however many records there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model

from renda.core.cells import DateValue
from renda.registers.columns import Column, Day
from renda.registers.register import Register, Values


def load(register: Register, ids: Sequence[int], columns: Sequence[Column] | None = None) -> dict[int, Values]:
    """Values of these records (record id → field → value): one query for what stands in the record, one per related column."""
    chosen = list(register.columns if columns is None else columns)
    own = [c for c in chosen if not c.related]
    found = _own_values(register, ids, own)
    for column in chosen:
        if column.related:
            for pk, value in column.load(list(found)).items():
                found[pk][column.field] = value
    return {pk: found[pk] for pk in ids if pk in found}


def held(records: Iterable[Model], columns: Sequence[Column]) -> dict[int, Values]:
    """Values of records at hand, as ``load`` gives them; one query per related column."""
    found = {one.pk: {c.field: getattr(one, _path(c)) for c in columns if not c.related} for one in records}
    for column in columns:
        if column.related:
            for pk, value in column.load(list(found)).items():
                found[pk][column.field] = value
    return found


def _own_values(register: Register, ids: Sequence[int], own: Sequence[Column]) -> dict[int, Values]:
    paths = {c.field: _path(c) for c in own}
    precisions = {c.field: c.precision for c in own if isinstance(c, Day) and c.precision}
    wanted = ["pk", *dict.fromkeys([*paths.values(), *precisions.values()])]
    found: dict[int, Values] = {}
    for row in register.model._default_manager.filter(pk__in=list(ids)).values(*wanted):
        values = {name: row[path] for name, path in paths.items()}
        for name, precision in precisions.items():
            values[name] = DateValue(row[name], row[precision]) if row[name] else None
        found[row["pk"]] = values
    return found


def _path(column: Column) -> str:
    return f"{column.field}_id" if column.kind in ("division", "ref", "person") else column.field


def as_cells(columns: Sequence[Column], rows: Sequence[Values]) -> list[list[Any]]:
    """Values as rows of cells, column by column (a constant number of queries for names and labels)."""
    by_column = [column.cells([row.get(column.field) for row in rows]) for column in columns]
    return [list(row) for row in zip(*by_column, strict=True)] if rows else []
