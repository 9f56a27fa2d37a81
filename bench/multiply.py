"""A demo county multiplied: every record of the rooms copied many times, its dates spread over earlier years.

Who is where (divisions, organs, people, terms, mandates) stays as it is. Copies break no rule that the database holds: a copy
that would (one vote per project and round) is left out, and so is what hangs on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.db import connection, models

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


def demo_county() -> None:
    """The demo county's ledgers, imported into the empty database."""
    import sys

    from renda.demo.county import County
    from renda.demo.loading import load

    load(County(), lambda line: sys.stderr.write(f"  {line}\n"))


def multiply(copies: int, years: int, rooms: Sequence[str] = ROOMS, registers: Sequence[str] = ()) -> int:
    """Copy each record of the rooms ``copies`` times, the copies' dates moved back by 0 to ``years - 1`` years.

    Search entries are copied for the named registers alone. Returns the records now there.
    """
    tables = list(_tables(rooms))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no triggers: what hangs in the air is taken away below
        for table in tables:
            for copy in range(1, copies + 1):
                cursor.execute(_copy(table, set(tables), copy, copy % years))
            if not connection.in_atomic_block:
                cursor.execute(f'VACUUM ANALYZE "{table._meta.db_table}"')
        for copy in range(1, copies + 1) if registers else ():
            cursor.execute(
                "INSERT INTO registers_searchentry (register, record_id, division_id, label, tokens) SELECT register, record_id + %s, "
                "division_id, label, tokens FROM registers_searchentry WHERE record_id < %s AND register = ANY(%s)",
                [STRIDE * copy, STRIDE, list(registers)],
            )
        while sum(_drop_orphans(cursor, table) for table in tables):
            pass
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")
    return records()


def records() -> int:
    """The records of all registers."""
    from renda.registers import registry

    return sum(model.objects.count() for model in {register.model for register in registry.all_registers()})


def _tables(rooms: Sequence[str]) -> Iterator[type[models.Model]]:
    """The rooms' own tables, parents first (links between records included)."""
    found = [m for room in rooms for m in apps.get_app_config(room).get_models(include_auto_created=True) if m._meta.managed]
    return iter(sorted((m for m in found if not m._meta.proxy), key=lambda m: len(m._meta.get_parent_list())))


def _copy(table: type[models.Model], copied: set[type[models.Model]], copy: int, back: int) -> str:
    fields = table._meta.local_concrete_fields
    columns = ", ".join(f'"{f.column}"' for f in fields)
    values = ", ".join(_moved(f, copied, copy, back) for f in fields)
    where = f'"{fields[0].column}" < {STRIDE}' if fields[0].primary_key else "true"
    return f'INSERT INTO "{table._meta.db_table}" ({columns}) SELECT {values} FROM "{table._meta.db_table}" WHERE {where} ON CONFLICT DO NOTHING'


def _moved(field: models.Field, copied: set[type[models.Model]], copy: int, back: int) -> str:
    name = f'"{field.column}"'
    if field.primary_key or (field.is_relation and field.related_model in copied):
        return f"{name} + {STRIDE * copy}"
    if isinstance(field, models.DateTimeField):
        return f"{name} - interval '{back} years'"
    if isinstance(field, models.DateField):
        return f"({name} - interval '{back} years')::date"
    if field.name == "natural_key":
        return f"{name} || '~{copy}'"
    if field.name == "number" and isinstance(field, models.CharField):
        return f"CASE {name} WHEN '' THEN '' ELSE {name} || '~{copy}' END"
    if field.name == "year" and isinstance(field, models.IntegerField):
        return f"{name} - {back}"
    return name


def _drop_orphans(cursor: object, table: type[models.Model]) -> int:
    """Take away copies whose parent was left out."""
    gone = 0
    for field in table._meta.local_concrete_fields:
        if not field.is_relation or field.related_model is None or field.related_model._meta.app_label not in ROOMS:
            continue
        parent, key = field.related_model._meta, field.target_field.column
        cursor.execute(  # type: ignore[attr-defined]
            f'DELETE FROM "{table._meta.db_table}" c WHERE c."{field.column}" >= {STRIDE} '
            f'AND NOT EXISTS (SELECT 1 FROM "{parent.db_table}" p WHERE p."{key}" = c."{field.column}")'
        )
        gone += cursor.rowcount  # type: ignore[attr-defined]
    return gone
