"""What stands in a database, as digests: equal digests mean equal records."""

from __future__ import annotations

import hashlib
from typing import Any

from psycopg import Connection, sql

STABLE = "SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET intervalstyle = 'postgres'; SET bytea_output = 'hex'; SET extra_float_digits = 1"
TABLES = """
SELECT n.nspname, c.relname,
       coalesce((SELECT array_agg(a.attname ORDER BY k.place) FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k(attnum, place),
                 pg_attribute a WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.attnum), '{}')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1, 2
"""


def tables(connection: Connection[Any]) -> dict[str, dict[str, Any]]:
    """Rows and SHA-256 of each table, in the order of its primary key, as the connection's transaction sees them."""
    connection.execute(STABLE)
    found = connection.execute(TABLES).fetchall()
    return {
        name if schema == "public" else f"{schema}.{name}": _table(connection, schema, name, key) for schema, name, key in found
    }


def _table(connection: Connection[Any], schema: str, name: str, key: list[str]) -> dict[str, Any]:
    table = sql.Identifier(schema, name)
    order: sql.Composable = sql.SQL(", ").join(map(sql.Identifier, key)) if key else sql.SQL('t::text COLLATE "C"')
    statement = sql.SQL("COPY (SELECT * FROM {} AS t ORDER BY {}) TO STDOUT").format(table, order)
    whole, rows = hashlib.sha256(), 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in copy:
            whole.update(line)
            rows += 1
    return {"rows": rows, "sha256": whole.hexdigest()}


def digest(found: dict[str, dict[str, Any]]) -> str:
    """One digest over all tables."""
    lines = [f"{name} {one['rows']} {one['sha256']}\n" for name, one in sorted(found.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def has_data(connection: Connection[Any]) -> bool:
    """Whether the database holds a county: entries in its journal, or accounts."""
    return any(
        connection.execute("SELECT to_regclass(%s)", [table]).fetchone() != (None,)
        and connection.execute(sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(table))).fetchone() == (True,)
        for table in ("journal_entry", "directory_account")
    )
