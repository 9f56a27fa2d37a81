"""A county with every register filled, made once for a whole module."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from renda.core import clock
from tests import database
from tests.registers import filled as filling
from tests.registers.filled import Filled


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[Filled]:
    """Thirty records in every register; the database is a fresh one again when the module is done."""
    with django_db_blocker.unblock(), clock.travel(date(2021, 11, 20)):
        yield filling.make()
        database.fresh()
