"""What a page does while a roll is being imported: it reads on, but never for long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from renda.elections.roll import turns
from tests.elections.roll import desk as desks
from tests.elections.roll.desk import Desk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk() -> Desk:
    return desks.make()


@pytest.fixture
def importing(desk: Desk) -> Iterator[Desk]:
    """An import of the roll is under way in another connection."""
    other = connections.create_connection(DEFAULT_DB_ALIAS)
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [turns._SPACE, desk.election.pk])
    yield desk
    other.rollback()
    other.close()


def read(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])


def test_reading_is_cut_off_while_the_roll_is_imported(importing: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "BOUND_MS", 100)
    assert turns.taken(importing.election)
    with pytest.raises(turns.Busy), turns.bounded(importing.election):
        read(5)
    with turns.bounded(importing.election):
        read(0)
    read(0.2)  # what is read elsewhere has all its time


def test_reading_has_its_time_where_nothing_is_imported(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "BOUND_MS", 100)
    assert not turns.taken(desk.election)
    with turns.bounded(desk.election):
        read(0.2)
