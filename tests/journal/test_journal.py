"""The journal: written with the change or not at all, append-only, and every kind of tampering is found."""

import pytest
from django.db import DatabaseError, connection, transaction

from renda.journal.models import Chain, Entry
from renda.journal.services import JournalError, Line, change, record, verify

pytestmark = pytest.mark.django_db


def write(count: int) -> None:
    with change():
        for n in range(count):
            record(Line("测试", "test.done", "test", n, f"第{n}条", {"n": n, "文字": "内容"}))


def test_entries_follow_one_another_and_verify() -> None:
    write(3)
    write(2)
    found = list(Entry.objects.order_by("sequence").values_list("sequence", flat=True))
    assert found == [1, 2, 3, 4, 5]
    verdict = verify()
    assert (verdict.entries, verdict.fault) == (5, None)
    assert verdict.head == Chain.objects.get().head_hash


def test_nothing_is_recorded_outside_a_change() -> None:
    with pytest.raises(JournalError):
        record(Line("测试", "test.done", "test"))


def test_a_failed_change_leaves_no_entry() -> None:
    write(1)

    def fail() -> None:
        with change():
            record(Line("测试", "test.done", "test"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert Entry.objects.count() == 1
    assert verify().fault is None


def test_a_nested_change_writes_its_entries_once_with_the_outer_one() -> None:
    with change():
        record(Line("测试", "outer", "test"))
        with change():
            record(Line("测试", "inner", "test"))
        assert Entry.objects.count() == 0
    assert list(Entry.objects.values_list("action", flat=True)) == ["outer", "inner"]


@pytest.mark.parametrize("sql", ["UPDATE journal_entry SET actor = 'x'", "DELETE FROM journal_entry", "TRUNCATE journal_entry"])
def test_the_database_refuses_to_change_entries(sql: str) -> None:
    write(2)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    ("sql", "at"),
    [
        ("UPDATE journal_entry SET actor = '别人' WHERE sequence = 2", 2),
        ("UPDATE journal_entry SET payload = '{\"n\": 9}' WHERE sequence = 3", 3),
        ("DELETE FROM journal_entry WHERE sequence = 2", 2),
        ("DELETE FROM journal_entry WHERE sequence = 4", 4),
        ("UPDATE journal_entry SET sequence = CASE sequence WHEN 2 THEN 103 ELSE 102 END WHERE sequence IN (2, 3)", 2),
    ],
    ids=["changed actor", "changed payload", "removed inside", "removed at the end", "reordered"],
)
def test_tampering_behind_the_platform_is_found(sql: str, at: int) -> None:
    write(4)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
    verdict = verify()
    assert verdict.fault
    assert verdict.at_sequence == at
