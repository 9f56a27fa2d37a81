"""Writing sets of rows: the journal asks as much for many as for one, and what the database refuses is told in the office's words."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renda.activities.models import Participation
from renda.directory.gate import OPERATOR
from renda.journal.models import Entry
from renda.registers import registry
from renda.registers.columns.satellites import Attended
from renda.registers.services import Change, Refused, save
from tests import small_county
from tests.small_county import SmallCounty

pytestmark = pytest.mark.django_db
VISITS = "supervision.visits"
ROW = {"活动名称": "视察水厂", "活动形式": "视察", "活动日期": "2021-05-06"}


@pytest.fixture
def county() -> SmallCounty:
    return small_county.make()


def by_hand(county: SmallCounty, first: int, count: int) -> tuple[list[int], int]:
    """New visits entered by hand in one set: their ids, and how many queries that took beside the journal's own lines."""
    values = county.read(
        VISITS, [{**ROW, "活动名称": f"视察{n}", "参加代表": "张伟、李娜"} for n in range(first, first + count)]
    ).values
    with CaptureQueriesContext(connection) as captured:
        ids = save(registry.get(VISITS), [Change(one, None, str(first + n)) for n, one in enumerate(values)], actor=OPERATOR)
    return ids, sum('"journal_' not in one["sql"] for one in captured.captured_queries)


def edits(ids: list[int], people: tuple[int, ...]) -> int:
    """How many queries it takes to put other people into these visits, beside the journal's own lines."""
    changes = [Change({"deputies": Attended(people)}, pk) for pk in ids]
    with CaptureQueriesContext(connection) as captured:
        save(registry.get(VISITS), changes, actor=OPERATOR)
    return sum('"journal_' not in one["sql"] for one in captured.captured_queries)


def test_many_rows_by_hand_ask_no_more_than_one(county: SmallCounty) -> None:
    one, few = by_hand(county, 0, 1)
    several, many = by_hand(county, 1, 12)
    assert many == few
    lots, most = by_hand(county, 13, 30)
    assert most <= few + 1  # a few rows are put over those in the search index; many are taken out of it and copied in
    some = tuple(county.persons.values())[2:4]
    assert edits(several, some) == edits(one, some)
    assert len(lots) == 30


def test_the_journal_says_of_each_row_what_changed(county: SmallCounty) -> None:
    ids, _asked = by_hand(county, 0, 2)
    wang, zhao = county.persons["王芳"], county.persons["赵强"]
    changes = [Change({"deputies": Attended((wang,)), "place": "水厂"}, ids[0]), Change({"members": Attended((zhao,))}, ids[1])]
    save(registry.get(VISITS), changes, actor=OPERATOR)
    told = {e.subject_id: e.payload["changes"] for e in Entry.objects.filter(action="record.changed")}
    before = ",".join(str(county.persons[name]) for name in ("张伟", "李娜"))
    assert told == {
        ids[0]: {"deputies": [before, str(wang)], "place": [None, "水厂"]},
        ids[1]: {"members": [None, str(zhao)]},
    }
    created = Entry.objects.get(action="record.created", subject_id=ids[1]).payload["values"]
    assert created["title"] == "视察1"
    assert created["deputies"] == before
    assert "place" not in created


def test_nobody_is_named_in_two_capacities_of_one_activity(county: SmallCounty) -> None:
    rows = [
        {**ROW, "参加代表": "张伟、李娜", "参加的组成人员": "王芳、李娜"},
        {**ROW, "参加代表": "张伟", "参加的组成人员": "王芳"},
    ]
    faults = county.read(VISITS, rows).faults
    assert faults == {0: {"members": "“李娜”已写在“参加代表”一栏，同一个人只写在一栏"}}
    county.enter(VISITS, rows[1:])
    assert Participation.objects.count() == 2


def test_a_rule_of_the_database_without_words_is_named(county: SmallCounty) -> None:
    (pk,) = county.enter(VISITS, [{**ROW, "参加代表": "张伟"}])
    with pytest.raises(Refused, match=r"数据之间有矛盾（participation_once），没有写入任何数据"):
        save(registry.get(VISITS), [Change({"members": Attended((county.persons["张伟"],))}, pk)], actor=OPERATOR)
