"""The test database itself."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_worker_has_a_migrated_database_of_its_own() -> None:
    tables = connection.introspection.table_names()
    assert "django_content_type" in tables
    assert "procrastinate_jobs" in tables


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_committed_rows_are_gone_in_the_next_test(turn: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('left_over')")
        assert cursor.fetchone() == (None,), turn
        cursor.execute("CREATE TABLE left_over (n int)")
