"""One import of a roll at a time, and what others do meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from renda.elections.models import Election

_SPACE = 7_220_271  # any number that nothing else locks, in the space of two-number locks of the roll
BOUND_MS = 700
"""How long a page may read a roll that is being imported: nobody waits for a second."""


class Busy(Exception):
    """The roll is being imported, and what was asked for takes too long meanwhile."""


def take(election: Election) -> None:
    """Wait for the turn to import, and keep it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_SPACE, election.pk])


def taken(election: Election) -> bool:
    """Whether an import of this roll is under way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND objsubid = 2 AND granted)",
            [_SPACE, election.pk],
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def bounded(election: Election) -> Iterator[None]:
    """Reading of a roll, which has to step over a million rows that are not there yet while they are imported. Raises Busy where that takes
    too long."""
    if not taken(election):
        yield
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{BOUND_MS}ms"])
            yield
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != "57014":  # query_canceled
            raise
        raise Busy from error
