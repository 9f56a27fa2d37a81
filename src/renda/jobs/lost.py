"""Jobs that a dead worker was at. They are taken up again: every task looks at the state of its record first, so that doing it twice
does no harm. One that was lost too often is given up, for it may be what kills the worker.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS, connection, connections

MOST_ATTEMPTS = 3
SILENT_S = 30
"""Workers tell that they live every 10 seconds."""

_ALIVE = 7_220_262  # any number that nothing else locks (a test looks)
_TAKE_UP = """
UPDATE procrastinate_jobs AS job SET worker_id = NULL, abort_requested = false,
       status = (CASE WHEN attempts < %s THEN 'todo' ELSE 'failed' END)::procrastinate_job_status
WHERE status = 'doing' AND (%s OR NOT EXISTS (
    SELECT 1 FROM procrastinate_workers AS worker WHERE worker.id = job.worker_id AND last_heartbeat > now() - make_interval(secs => %s)))
RETURNING id, task_name, status
"""
logger = logging.getLogger(__name__)


@contextlib.contextmanager
def living() -> Iterator[bool]:
    """Be known as a living worker for as long as the block runs, however the process ends. Gives whether this is the only one."""
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ALIVE])
            alone = bool(cursor.fetchone()[0])
            cursor.execute("SELECT pg_advisory_lock_shared(%s)", [_ALIVE])
            if alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ALIVE])
        yield alone
    finally:
        own.close()


def take_up_lost(*, alone: bool) -> int:
    """Queue the jobs of dead workers again; how many there were. Where this is the only worker, all that are under way are lost."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_UP, [MOST_ATTEMPTS, alone, SILENT_S])
        found = cursor.fetchall()
    for pk, task, status in found:
        logger.warning("job %s (%s) was lost with its worker: %s", pk, task, "queued again" if status == "todo" else "given up")
    return len(found)
