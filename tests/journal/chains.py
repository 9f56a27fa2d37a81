"""Journals for the tests, and hands that reach into the database behind the platform's back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from renda.journal.models import Entry
from renda.journal.services import HASHED, Line, change, entry_hash, record

HARD = {
    "文字": '引号"、反斜杠\\、换\n行、\t制表、\x7f、😀',
    "数": [0, -3, 2.5, 1e-7, 1e22, -0.0, 123456789012345678],
    "空": None,
    "表": {"b": 1, "a": []},
}


def write(count: int) -> None:
    """A change with that many entries, whose content is hard to copy exactly."""
    with change():
        for n in range(count):
            record(Line("测试“员”\\", "test.done", "test", n if n % 3 else None, f'第{n}条 "甲"\t乙', {"n": n, **HARD}))


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Whatever the block does to the database is undone after it."""
    with contextlib.suppress(_Undo), transaction.atomic():
        yield
        raise _Undo


class _Undo(Exception):
    pass


def tamper(*statements: str | tuple[str, list[Any]]) -> None:
    """Run SQL as somebody with all power over the database: no trigger fires, no reference is checked."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        try:
            for statement in statements:
                cursor.execute(*((statement,) if isinstance(statement, str) else statement))
        finally:
            cursor.execute("SET session_replication_role = origin")


def rehash(first: int, last: int, **changed: Any) -> None:
    """Rewrite entries ``first`` to ``last`` so that each has the right hash and follows the one before; the first one says something else."""
    rows = list(Entry.objects.filter(sequence__gte=first - 1, sequence__lte=last).order_by("sequence").values(*HASHED, "hash"))
    previous = rows[0]["hash"] if rows[0]["sequence"] == first - 1 else "0" * 64
    for row in rows:
        if row["sequence"] < first:
            continue
        row |= {"previous_hash": previous} | (changed if row["sequence"] == first else {})
        previous = entry_hash(row)
        names = list(changed)
        sets = ", ".join(["previous_hash = %s", "hash = %s", *(f"{name} = %s" for name in names)])
        values = [row["previous_hash"], previous, *(row[name] for name in names), row["sequence"]]
        tamper((f"UPDATE journal_entry SET {sets} WHERE sequence = %s", values))
