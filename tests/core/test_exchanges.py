"""Small writes in one exchange: their order, what is asked behind them, what an exception leaves unsent; rows written over."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from renda.core import bulk, exchanges
from renda.procedure.models import Thread
from renda.registers.models import SearchEntry
from tests import small_county

pytestmark = pytest.mark.django_db
ADD = "INSERT INTO procedure_thread (title, created_at) VALUES (%s, now())"
RENAME = "UPDATE procedure_thread SET title = %s WHERE title = %s"
COUNT = "SELECT count(*) FROM procedure_thread"
LINE, ONCE = ("register", "record_id", "division_id", "label", "tokens"), ("register", "record_id")


def titles() -> list[str]:
    return list(Thread.objects.order_by("pk").values_list("title", flat=True))


def broken() -> None:
    with exchanges.together():
        exchanges.send(ADD, ["甲"])
        raise KeyError


def against_a_rule() -> None:
    with transaction.atomic(), exchanges.together():
        exchanges.send(ADD, ["甲"])
        exchanges.send("INSERT INTO procedure_thread (title, created_at) VALUES (%s, NULL)", ["乙"])


def test_what_goes_together_is_one_exchange_in_its_order() -> None:
    with CaptureQueriesContext(connection) as captured, exchanges.together():
        exchanges.send(ADD, ["甲"])
        exchanges.send(RENAME, ["乙", "甲"])
        exchanges.send(ADD, ["甲"])
        assert not captured.captured_queries
    assert len(captured.captured_queries) == 1
    assert titles() == ["乙", "甲"]


def test_what_is_asked_sees_what_waited() -> None:
    with exchanges.together():
        exchanges.send(ADD, ["甲"])
        exchanges.send(ADD, ["乙"])
        assert exchanges.ask(COUNT, []) == [(2,)]
        exchanges.send(ADD, ["丙"])
    assert exchanges.ask_each([(COUNT, []), ("SELECT 'a', %s::int", [1])]) == [[(3,)], [("a", 1)]]


def test_a_block_that_raises_sends_nothing_and_leaves_nothing_waiting() -> None:
    with pytest.raises(KeyError):
        broken()
    exchanges.send(ADD, ["乙"])
    assert titles() == ["乙"]


def test_a_rule_of_the_database_that_one_of_them_breaks_stops_all() -> None:
    with pytest.raises(IntegrityError):
        against_a_rule()
    assert titles() == []


@pytest.mark.parametrize("count", [3, bulk.FEW, bulk.FEW + 1])
def test_new_rows_have_their_keys_in_their_order_however_many(count: int) -> None:
    named = [f"线索{n}" for n in range(count)]
    with exchanges.together():
        exchanges.send(ADD, ["先"])
        keys = bulk.insert(Thread, [{"title": one} for one in named])
    assert len(titles()) == count + 1
    assert [Thread.objects.get(pk=pk).title for pk in keys] == named


def test_a_line_with_a_known_key_is_written_over_and_renewed() -> None:
    place = small_county.make().division.pk
    lines = [("a.b", n, place, f"第{n}", "'x':1") for n in (1, 2)]
    bulk.put_lines("registers_searchentry", LINE, lines, ONCE, renewed=["id"])
    newest = SearchEntry.objects.get(register="a.b", record_id=2).pk
    bulk.put_lines("registers_searchentry", LINE, [("a.b", 1, place, "改", "'y':1")], ONCE, renewed=["id"])
    found = {one.record_id: one for one in SearchEntry.objects.filter(register="a.b")}
    assert {pk: one.label for pk, one in found.items()} == {1: "改", 2: "第2"}
    assert found[1].pk > newest == found[2].pk
