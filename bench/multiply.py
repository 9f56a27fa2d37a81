"""A demo county multiplied: every record of the rooms copied many times, its dates spread over earlier years.

Who is where (divisions, organs, people, terms, mandates) stays as it is. Copies break no rule that the database holds: a copy
that would (one vote per project and round) is left out, and so is what hangs on it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from bench.bare import bare_tables
from django.apps import apps
from django.db import connection, models

from renda.registers.register import Register

ROOMS = [
    "activities",
    "appointments",
    "deputies",
    "elections",
    "filing",
    "meetings",
    "outreach",
    "petitions",
    "planning",
    "procedure",
    "projects",
    "stations",
    "suggestions",
    "supervision",
]
STRIDE = 10_000_000
SEARCH = "registers_searchentry"
Tables = Collection[type[models.Model]]


def demo_county() -> None:
    """The demo county's ledgers, imported into the empty database."""
    import sys

    from renda.demo.county import County
    from renda.demo.loading import load

    load(County(), lambda line: sys.stderr.write(f"  {line}\n"))


def multiply(copies: int, years: int) -> int:
    """Copy each record of the rooms ``copies`` times, the copies' dates moved back by 0 to ``years - 1`` years.

    Search entries are not copied: figures do not read them. Returns the records now there.
    """
    tables = list(_tables(ROOMS))
    with _growing([table._meta.db_table for table in tables]) as cursor:
        short = {table for table in tables if _copy(cursor, table, tables, copies, years)}
        while short:
            short = {table for table in tables if _drop_orphans(cursor, table, short)}
    return records()


def multiply_matters(register: Register, copies: int, years: int) -> int:
    """Copy the matters of one register ``copies`` times, with their milestones and search entries. Returns the matters now there."""
    milestone = apps.get_model("procedure", "Milestone")
    matter = milestone._meta.get_field("matter").related_model
    tables = [matter, register.model, milestone]
    of_kind = '"id" IN (SELECT id FROM procedure_matter WHERE kind = \'' + register.matter_kind + "')"
    with _growing([*(table._meta.db_table for table in tables), SEARCH]) as cursor:
        for table, which in ((matter, of_kind), (register.model, "true"), (milestone, of_kind.replace('"id"', "matter_id"))):
            assert not _copy(cursor, table, tables, copies, years, which), f"copies of {table.__name__} were left out"
        _copy_search(cursor, copies, register.code)
    return register.model.objects.count()


@contextlib.contextmanager
def _growing(tables: Sequence[str]) -> Iterator[Any]:
    """A cursor for writing much into these tables; at the end they are indexed, swept and known to the planner."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no triggers: what hangs in the air is taken away by the caller
        with bare_tables(cursor, tables):
            yield cursor
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")


def records() -> int:
    """The records of all registers."""
    from renda.registers import registry

    return sum(model.objects.count() for model in {register.model for register in registry.all_registers()})


def _tables(rooms: Sequence[str]) -> Iterator[type[models.Model]]:
    """The rooms' own tables, parents first (links between records included)."""
    found = [m for room in rooms for m in apps.get_app_config(room).get_models(include_auto_created=True) if m._meta.managed]
    return iter(sorted((m for m in found if not m._meta.proxy), key=lambda m: len(m._meta.get_parent_list())))


def _copy(cursor: Any, table: type[models.Model], copied: Tables, copies: int, years: int, which: str = "true") -> bool:
    """Copy a table's records; whether copies had to be left out. One order of the copies: the same ones are left out at each run."""
    name, fields = table._meta.db_table, table._meta.local_concrete_fields
    columns = ", ".join(f'"{f.column}"' for f in fields)
    values = ", ".join(_moved(f, copied) for f in fields)
    cursor.execute(f'SELECT count(*) FROM "{name}" WHERE {which}')
    there = cursor.fetchone()[0]
    cursor.execute(
        f'INSERT INTO "{name}" ({columns}) SELECT {values} FROM generate_series(1, %s) AS copy(n) '
        f'CROSS JOIN LATERAL (SELECT copy.n %% %s AS years) AS back CROSS JOIN (SELECT * FROM "{name}" WHERE {which}) AS one '
        f'ORDER BY copy.n, one."{fields[0].column}" ON CONFLICT DO NOTHING',
        [copies, years],
    )
    return bool(cursor.rowcount < there * copies)


def _moved(field: models.Field, copied: Tables) -> str:
    """What stands in the column of a copy: keys and numbers of its own, dates some years back."""
    name = f'one."{field.column}"'
    if field.primary_key or (field.is_relation and field.related_model in copied):
        return f"{name} + {STRIDE} * copy.n::bigint"
    if isinstance(field, models.DateTimeField):
        return f"{name} - make_interval(years => back.years)"
    if isinstance(field, models.DateField):
        return f"({name} - make_interval(years => back.years))::date"
    if field.name == "natural_key":
        return f"{name} || '~' || copy.n"
    if field.name == "number" and isinstance(field, models.CharField):
        return f"CASE {name} WHEN '' THEN '' ELSE {name} || '~' || copy.n END"
    if field.name == "year" and isinstance(field, models.IntegerField):
        return f"{name} - back.years"
    return name


def _copy_search(cursor: Any, copies: int, register: str) -> None:
    cursor.execute(
        f"INSERT INTO {SEARCH} (register, record_id, division_id, label, tokens) "
        "SELECT one.register, one.record_id + %s * copy.n::bigint, one.division_id, one.label, one.tokens "
        f"FROM generate_series(1, %s) AS copy(n) CROSS JOIN {SEARCH} AS one WHERE one.register = %s ORDER BY copy.n",
        [STRIDE, copies, register],
    )


def _drop_orphans(cursor: Any, table: type[models.Model], short: Tables) -> int:
    """Take away copies whose parent, in one of the tables that fell short, was left out."""
    gone = 0
    for field in table._meta.local_concrete_fields:
        if not field.is_relation or field.related_model not in short:
            continue
        parent, key = field.related_model._meta, field.target_field.column
        cursor.execute(
            f'DELETE FROM "{table._meta.db_table}" c WHERE c."{field.column}" >= {STRIDE} '
            f'AND NOT EXISTS (SELECT 1 FROM "{parent.db_table}" p WHERE p."{key}" = c."{field.column}")'
        )
        gone += cursor.rowcount
    return gone
