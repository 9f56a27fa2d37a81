"""A piece of work while it runs: what others may see of it, and whether it still lives.

Both go over a connection of their own: progress must be seen while the work's own transaction is open, and the advisory lock that
says "still running" must vanish with the process, however it ends.
"""

from __future__ import annotations

import contextlib
import json
import time
import zlib
from types import TracebackType

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.db.models import Model

from renda.core import clock

INTERVAL_S = 0.5


class Running:
    """A record's work under way (a context manager). The model needs a JSON field ``progress``.

    ``progress`` is written as done, total, what, started_at (ISO instant), at most twice a second; other keys stay. ``taken`` is False where another
    process is at the same work already; then nothing may be done.
    """

    def __init__(self, model: type[Model], pk: int) -> None:
        self.table = model._meta.db_table
        self.pk = pk
        self.started_at = clock.real_now().isoformat()
        self.last = 0.0
        self.stage = ""

    def __enter__(self) -> Running:
        self.connection = connections.create_connection(DEFAULT_DB_ALIAS)
        with self.connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_space(self.table), self.pk])
            self.taken = bool(cursor.fetchone()[0])
        if self.taken:
            self.report(0, 0, "")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with contextlib.suppress(Error), self.connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")  # closing alone lets go a moment later
        self.connection.close()

    def report(self, done: int, total: int, what: str) -> None:
        """Say how far the work is. What cannot be said now (the row is locked) is left out: progress is no result."""
        moment = time.monotonic()
        if self.last and moment - self.last < INTERVAL_S and what == self.stage and done < total:
            return
        self.last, self.stage = moment, what
        said = json.dumps({"done": done, "total": total, "what": what, "started_at": self.started_at}, ensure_ascii=False)
        quoted = self.connection.ops.quote_name(self.table)
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(f"UPDATE {quoted} SET progress = progress || %s::jsonb WHERE id = %s", [said, self.pk])  # noqa: S608 (the model's table)
        except Error:
            self.last = moment


def is_running(model: type[Model], pk: int) -> bool:
    """Whether a living process is at this record's work."""
    place = [_space(model._meta.db_table), pk]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", place)
        free = bool(cursor.fetchone()[0])
        if free:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", place)
    return not free


def _space(table: str) -> int:
    """The table's own space of advisory locks (a signed 32-bit number)."""
    return zlib.crc32(table.encode()) - 2**31
