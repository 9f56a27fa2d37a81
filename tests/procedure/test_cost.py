"""What a step costs: how often the database is asked, how long others wait for the journal; and that nothing is lost by that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renda.core import clock
from renda.core.fetching import fetch
from renda.directory.gate import OPERATOR
from renda.petitions.models import Petition
from renda.procedure import cases, services
from renda.procedure.models import Deadline, Milestone, StepTaken
from renda.registers import loading, registry, searching
from renda.registers.models import SearchEntry
from tests import small_county
from tests.small_county import SmallCounty

MOST = 13
"""Exchanges of one step that changes what is searched, the ends of its transaction counted."""


@pytest.fixture
def county(db: None) -> Iterator[SmallCounty]:
    with clock.travel(date(2026, 12, 20)):
        yield small_county.make()


def petitions(county: SmallCounty, first: int, count: int) -> list[int]:
    rows = [
        {
            "编号": f"信2026-{n:04d}",
            "收到日期": "2026-12-01",
            "信访事项": f"反映道路积水{n}",
            "信访形式": "来信",
            "信访人": "周大勇",
        }
        for n in range(first, first + count)
    ]
    return county.enter("petitions.petitions", rows)


def forward(county: SmallCounty, ids: list[int]) -> list[str]:
    """Forward petitions; the statements that it took."""
    answers = {"handler": county.organs["县教育局"].pk, "note": "请核实"}
    with CaptureQueriesContext(connection) as captured:
        services.take(Petition, "petition", "forward", ids, actor=OPERATOR, on=date(2026, 12, 5), answers=answers)
    return [one["sql"] for one in captured.captured_queries]


def test_a_step_asks_the_database_seldom_and_as_often_for_twelve_as_for_one(county: SmallCounty) -> None:
    forward(county, petitions(county, 0, 1))
    one = forward(county, petitions(county, 1, 1))
    twelve = forward(county, petitions(county, 2, 12))
    assert len(one) == len(twelve) <= MOST, "\n".join(sql[:100] for sql in one)
    assert Petition.objects.filter(phase="forwarded").count() == 14


def test_one_exchange_stands_between_the_journal_s_lock_and_the_end_of_the_change(county: SmallCounty) -> None:
    told = forward(county, petitions(county, 0, 3))
    locked = next(place for place, sql in enumerate(told) if '"journal_chain"' in sql and "FOR UPDATE" in sql)
    assert ["journal_entry" in sql for sql in told[locked + 1 :]] == [True, False]
    assert told[-1].startswith(("RELEASE SAVEPOINT", "COMMIT"))


def test_what_is_fetched_in_one_exchange_is_what_the_models_give(county: SmallCounty) -> None:
    ids = petitions(county, 0, 2)
    forward(county, ids)
    models = (Milestone, StepTaken, Deadline)
    for fetched, model in zip(fetch(cases.HELD, [ids]), models, strict=True):
        plain = model._default_manager.filter(matter_id__in=ids)
        assert {one.pk: values(one) for one in fetched} == {one.pk: values(one) for one in plain} != {}
    step = fetch(cases.HELD, [ids[:1]])[1][0]
    assert step.given == {"handler": county.organs["县教育局"].pk, "note": "请核实"}
    assert isinstance(step.before, dict)


def values(record: Any) -> dict[str, Any]:
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def test_the_search_index_says_after_a_step_what_the_records_say(county: SmallCounty) -> None:
    ids, register = petitions(county, 0, 2), registry.get("petitions.petitions")
    forward(county, ids)
    by_step = entries(ids)
    rows = loading.load(register, ids, searching.searched(register))
    searching.index(register, ids, rows, searching.divisions_of(register, ids))
    assert entries(ids) == by_step
    assert all("县教" in tokens for _division, _label, tokens in by_step.values())


def entries(ids: list[int]) -> dict[int, tuple[int, str, str]]:
    found = SearchEntry.objects.filter(register="petitions.petitions", record_id__in=ids)
    return {one.record_id: (one.division_id, one.label, str(one.tokens)) for one in found}
