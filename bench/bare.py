"""Tables without the indexes that only help reading, while much is written into them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisunique AND NOT i.indisexclusion
"""


@contextlib.contextmanager
def bare_tables(cursor: Any, tables: Sequence[str]) -> Iterator[None]:
    """Drop the tables' indexes that hold no rule, and build them again at the end. Those that hold one stay."""
    cursor.execute(INDEXES, [list(tables)])
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    cursor.execute("SET maintenance_work_mem = '1GB'")
    for _, definition in indexes:
        cursor.execute(definition)
    cursor.execute("RESET maintenance_work_mem")
