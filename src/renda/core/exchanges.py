"""Statements on their way to the database: small writes may go together in one exchange, since each exchange costs more than its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

Statement = tuple[str, Sequence[Any]]
_waiting: ContextVar[list[Statement] | None] = ContextVar("renda_exchanges_waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Hold the statements of the block back and send them in one exchange, in their order: at its end, or with the next one that is asked.

    For blocks that read nothing which they write. Where the block raises, what waits is not sent.
    """
    token = _waiting.set([])
    try:
        yield
        flush()
    finally:
        _waiting.reset(token)


def send(sql: str, values: Sequence[Any]) -> None:
    """Execute a statement that gives nothing back; within ``together``, later."""
    waiting = _waiting.get()
    if waiting is None:
        _execute([(sql, values)])
    else:
        waiting.append((sql, values))


def ask(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Execute a statement and return its rows; what waits goes before it in the same exchange."""
    return _execute([*_taken(), (sql, values)], answered=True)


def ask_each(several: Sequence[Statement]) -> list[list[tuple[Any, ...]]]:
    """Execute statements in one exchange and return the rows of each."""
    flush()
    with connection.cursor() as cursor:
        _start(cursor, several)
        answers = [cursor.fetchall()]
        while cursor.nextset():
            answers.append(cursor.fetchall())
    return answers


def flush() -> None:
    """Send what waits."""
    waiting = _taken()
    if waiting:
        _execute(waiting)


def _taken() -> list[Statement]:
    waiting = _waiting.get() or []
    taken = list(waiting)
    waiting.clear()
    return taken


def _execute(several: Sequence[Statement], *, answered: bool = False) -> list[tuple[Any, ...]]:
    """The answer is that of the last statement."""
    with connection.cursor() as cursor:
        _start(cursor, several)
        while answered and cursor.nextset():
            pass
        return cursor.fetchall() if answered else []


def _start(cursor: Any, several: Sequence[Statement]) -> None:
    cursor.execute(";\n".join(sql for sql, _values in several), [value for _sql, values in several for value in values])
