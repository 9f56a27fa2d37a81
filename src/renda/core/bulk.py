"""Writing in sets: rows go into PostgreSQL by COPY, changes by one UPDATE from arrays. Multi-table models are understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain, islice
from typing import Any

from django.db import connection, models
from django.utils import timezone

from renda.core.exchanges import ask, flush, send
from renda.core.fields import KeyedHashField

Row = dict[str, Any]
FEW = 20


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """``count`` fresh primary keys of the model's root table, in ascending order."""
    table = _tables(model)[0]._meta
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table.db_table, table.pk.column, count],
        )
        return sorted(row[0] for row in cursor.fetchall())


def insert(model: type[models.Model], rows: Sequence[Row], ids: Sequence[int] | None = None) -> list[int]:
    """Insert rows (field name or attname → value) by COPY; returns their primary keys in the order of the rows."""
    if not rows:
        return []
    tables = _tables(model)
    if ids is None and len(tables) == 1 and len(rows) <= FEW and _own_fields(model):
        return _insert_few(model, rows)
    keys = list(ids) if ids is not None else new_ids(model, len(rows))
    for table in tables:
        _copy(table, rows, keys)
    return keys


def _insert_few(model: type[models.Model], rows: Sequence[Row]) -> list[int]:
    """The database gives the keys: one exchange instead of two."""
    fields = _own_fields(model)
    lines = [[_prepared(f, row) for f in fields] for row in rows]
    sql = f"{_inserting(model._meta.db_table, tuple(str(f.column) for f in fields), len(lines))} RETURNING {_quote(str(model._meta.pk.column))}"
    return [row[0] for row in ask(sql, [value for line in lines for value in line])]


def insert_plain(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert rows of a single-table model whose primary keys the database gives (link tables, for instance)."""
    fields = _own_fields(model)
    _copy_rows(model._meta.db_table, fields, ([_prepared(f, row) for f in fields] for row in rows))


def put(model: type[models.Model], rows: Sequence[Row], key: Sequence[str]) -> None:
    """Insert a few rows of a single-table model, or change those that have the same ``key`` (field names of a unique constraint)."""
    fields = _own_fields(model)
    lines = [[_prepared(f, row) for f in fields] for row in rows]
    columns = {f.name: str(f.column) for f in fields}
    put_lines(model._meta.db_table, list(columns.values()), lines, [columns[name] for name in key])


def put_lines(
    table: str, names: Sequence[str], lines: Sequence[Sequence[Any]], key: Sequence[str], renewed: Sequence[str] = ()
) -> None:
    """Put a few lines (values in the order of the columns' ``names``) into a table, or over the row with the same ``key`` columns.

    ``renewed`` columns are given by the database, anew for a row that is written over.
    """
    if not lines:
        return
    sets = ", ".join(f"{_quote(name)} = excluded.{_quote(name)}" for name in (*names, *renewed) if name not in key)
    sql = f"{_inserting(table, tuple(names), len(lines))} ON CONFLICT ({', '.join(map(_quote, key))}) DO UPDATE SET {sets}"
    send(sql, [value for line in lines for value in line])


def update(model: type[models.Model], rows: Sequence[Row], names: Iterable[str]) -> None:
    """Set the named fields of the rows (each with ``id``) in one UPDATE per table."""
    wanted = set(names)
    for table in _tables(model):
        fields = [f for f in table._meta.local_concrete_fields if not f.primary_key and _named(f, wanted)]
        if fields and rows:
            _update_from_arrays(table, fields, rows)


def _tables(model: type[models.Model]) -> list[type[models.Model]]:
    concrete: type[models.Model] = model._meta.concrete_model  # type: ignore[assignment]
    return [*reversed(concrete._meta.get_parent_list()), concrete]


@cache
def _own_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields of a table without its key."""
    return [f for f in model._meta.local_concrete_fields if not f.primary_key]


@cache
def _quote(name: str) -> str:
    return connection.ops.quote_name(name)


@lru_cache(maxsize=1_000)
def _inserting(table: str, names: tuple[str, ...], count: int) -> str:
    row = f"({', '.join(['%s'] * len(names))})"
    return f"INSERT INTO {_quote(table)} ({', '.join(map(_quote, names))}) VALUES {', '.join([row] * count)}"  # noqa: S608 (names come from the models)


def _named(field: models.Field, wanted: set[str]) -> bool:
    return field.name in wanted or field.attname in wanted or (isinstance(field, KeyedHashField) and field.source in wanted)


def _copy(table: type[models.Model], rows: Sequence[Row], keys: Sequence[int]) -> None:
    fields = table._meta.local_concrete_fields
    readers = [_reader(f) for f in fields]
    _copy_rows(table._meta.db_table, fields, ([read(row, key) for read in readers] for row, key in zip(rows, keys, strict=True)))


def _copy_rows(table: str, fields: Sequence[models.Field], lines: Iterable[list[Any]]) -> None:
    insert_lines(table, [str(f.column) for f in fields], lines)


def insert_lines(table: str, names: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    """Put lines (values in the order of the columns' ``names``) into a table: many by COPY, a few by one INSERT.

    One INSERT is one exchange with the database where COPY takes three.
    """
    waiting = iter(lines)
    few = list(islice(waiting, FEW + 1))
    if not few:
        return
    if len(few) <= FEW:
        send(_inserting(table, tuple(names), len(few)), [value for line in few for value in line])
        return
    flush()
    sql = f"COPY {_quote(table)} ({', '.join(map(_quote, names))}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(sql) as copy:
        for line in chain(few, waiting):
            copy.write_row(line)


def _reader(field: models.Field) -> Any:
    if field.primary_key:
        return lambda row, key: key
    return lambda row, key: _prepared(field, row)


def _prepared(field: models.Field, row: Row) -> Any:
    return field.get_db_prep_save(_value(field, row), connection)


def _value(field: models.Field, row: Row) -> Any:
    if isinstance(field, KeyedHashField):
        return field.derive(row.get(field.source))
    if field.attname in row:
        return row[field.attname]
    if field.name in row:
        value = row[field.name]
        return value.pk if isinstance(value, models.Model) else value
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now()
    return field.get_default()


def _update_from_arrays(table: type[models.Model], fields: Sequence[models.Field], rows: Sequence[Row]) -> None:
    columns = [_quote(str(f.column)) for f in fields]
    key = _quote(str(table._meta.pk.column))
    if len(rows) == 1:
        sql = f"UPDATE {_quote(table._meta.db_table)} SET {', '.join(f'{column} = %s' for column in columns)} WHERE {key} = %s"  # noqa: S608
        send(sql, [*(_prepared(f, rows[0]) for f in fields), rows[0]["id"]])
        return
    types = [f.rel_db_type(connection) if f.is_relation else f.db_type(connection) for f in fields]
    arrays = ", ".join(["%s::bigint[]", *(f"%s::{kind}[]" for kind in types)])
    sets = ", ".join(f"{column} = fresh.{column}" for column in columns)
    sql = (
        f"UPDATE {_quote(table._meta.db_table)} AS old SET {sets} "  # noqa: S608 (names come from the models)
        f"FROM unnest({arrays}) AS fresh(row_id, {', '.join(columns)}) WHERE old.{key} = fresh.row_id"
    )
    send(sql, [[row["id"] for row in rows], *([_prepared(f, row) for row in rows] for f in fields)])
