"""Answers to bindings, against a county small enough to count by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renda.directory.gate import OPERATOR, Actor
from renda.reports.binding.answers import Answer, answer_all
from renda.reports.binding.periods import resolve
from renda.reports.draft.model import Binding
from tests import small_county
from tests.small_county import SmallCounty

SC = "清河县第十一届人大常委会第{}次会议"
PC = "清河县第十一届人民代表大会第{}次会议"


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> SmallCounty:
    """Committee meetings: one in 2019, two in 2020 (one in the first half), three in 2021. Congress: one session a year.

    Suggestions of 2021: education three, transport one (of them one of the court's); of 2020: two. The term began on 20 December 2020.
    """
    monkeypatch.setenv("RENDA_NOW", "2022-02-01")
    county = small_county.make()
    meetings = [
        ("2019-06-01", 20),
        ("2020-03-01", 25),
        ("2020-09-01", 26),
        ("2021-02-01", 30),
        ("2021-06-30", 31),
        ("2021-12-31", 32),
    ]
    rows: list[dict[str, Any]] = [
        {"会议名称": SC.format(number), "日期": day, "应到": 30, "实到": 20} for day, number in meetings
    ]
    rows += [{"会议名称": PC.format(5), "日期": "2020-01-10", "应到": 180, "实到": 171, "请假": 9},
             {"会议名称": PC.format(6), "日期": "2021-01-12", "应到": 178, "实到": 170, "请假": 8}]  # fmt: skip
    county.enter("meetings.meetings", rows)
    county.enter("directory.terms", [
        {"层级": "县级", "届次": 11, "起始日期": "2016-12-20", "届满日期": "2020-12-19"},
        {"层级": "县级", "届次": 12, "起始日期": "2020-12-20"},
    ])  # fmt: skip
    head = ("编号", "标题", "领衔代表", "所属领域", "主办单位", "提出日期", "交办日期", "答复日期", "代表满意度", "二次满意度")
    county.enter("suggestions.suggestions", [dict(zip(head, row, strict=True)) for row in (
        ("1", "学校", "张伟", "教育文化", "县教育局", "2021-01-13", "2021-02-01", "2021-03-01", "满意", None),
        ("2", "校车", "李娜", "教育文化", "县教育局", "2021-01-13", "2021-02-01", "2021-03-01", "不满意", "满意"),
        ("3", "食堂", "王芳", "教育文化", "县人民法院", "2021-01-14", "2021-02-01", None, None, None),
        ("4", "公交", "张伟", "交通", "县交通局", "2021-07-01", "2021-07-05", None, None, None),
    )], year=2021)  # fmt: skip
    county.enter("suggestions.suggestions", [
        {"编号": "1", "标题": "旧校舍", "领衔代表": "张伟", "所属领域": "教育文化", "主办单位": "县教育局", "提出日期": "2020-01-11"},
        {"编号": "2", "标题": "旧路", "领衔代表": "张伟", "所属领域": "交通", "主办单位": "县交通局", "提出日期": "2020-01-11"},
    ], year=2020)  # fmt: skip
    return county


def ask(county: SmallCounty, code: str, year: int = 2021, form: str = "value", period: Any = None, **where: str) -> Answer:
    """One answer."""
    return answer_all([Binding(code, where, period or {"type": "year"}, form)], year, county.division, OPERATOR)[0]


MEETINGS = "meetings.committee"


@pytest.mark.parametrize(
    ("period", "value", "before", "days"),
    [
        ({}, 3, 2, ("2021-01-01", "2021-12-31")),
        ({"type": "year", "year": 2020, "offset": 0}, 3, 2, ("2021-01-01", "2021-12-31")),
        ({"type": "year", "year": 2019, "offset": -1}, 2, 1, ("2020-01-01", "2020-12-31")),
        ({"type": "span", "words": "上半年"}, 2, 1, ("2021-01-01", "2021-06-30")),
        ({"type": "span", "words": "下半年"}, 1, 1, ("2021-07-01", "2021-12-31")),
        ({"type": "span", "words": "前三季度"}, 2, 2, ("2021-01-01", "2021-09-30")),
        ({"type": "span", "words": "四季度"}, 1, 0, ("2021-10-01", "2021-12-31")),
        ({"type": "span", "words": "1—6月"}, 2, 1, ("2021-01-01", "2021-06-30")),
        ({"type": "span", "words": "前11个月"}, 2, 2, ("2021-01-01", "2021-11-30")),
        ({"type": "year", "until": "6月29日"}, 1, 1, ("2021-01-01", "2021-06-29")),
        ({"type": "year", "until": "2020年11月底"}, 2, 2, ("2021-01-01", "2021-11-30")),
        ({"type": "year", "until": "年底"}, 3, 2, ("2021-01-01", "2021-12-31")),
        ({"type": "year", "until": "目前"}, 3, 2, ("2021-01-01", "2021-12-31")),
        ({"type": "since", "words": "今年以来"}, 3, 2, ("2021-01-01", "2021-12-31")),
        ({"type": "since", "words": "去年以来"}, 5, 3, ("2020-01-01", "2021-12-31")),
        ({"type": "since", "words": "人代会以来"}, 3, 2, ("2021-01-12", "2021-12-31")),
        ({"type": "term"}, 3, 0, ("2020-12-20", "2021-12-31")),
    ],
)
def test_periods_mean_days_of_the_target_year(
    county: SmallCounty, period: dict[str, Any], value: int, before: int, days: tuple[str, str]
) -> None:
    answer = ask(county, MEETINGS, period=period)
    assert (answer.value, answer.unit, answer.records, answer.why) == (value, "次", value, "")
    assert answer.period is not None
    assert (answer.period[0].isoformat(), answer.period[1].isoformat()) == days
    if period.get("type") != "term":
        assert answer.before == before


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ({"type": "plan", "year": 2021}, "下一年的安排，不是已做的工作"),
        ({"type": "span", "words": "某几个月"}, "是哪几个月"),
        ({"type": "year", "until": "13月"}, "是哪一天"),
        ({"type": "year", "until": "那一刻"}, "是哪一天"),
        ({"type": "since", "words": "近年来"}, "没有写明从哪一天算起"),
    ],
)
def test_periods_that_cannot_be_told_have_a_reason(county: SmallCounty, period: dict[str, Any], words: str) -> None:
    answer = ask(county, MEETINGS, period=period)
    assert answer.value is None
    assert words in answer.why


def test_a_term_that_is_not_in_the_ledger_is_said_so(county: SmallCounty) -> None:
    assert "请先登记" in ask(county, MEETINGS, year=2015, period={"type": "term"}).why


def test_a_year_that_still_runs_is_asked_for_as_a_whole(county: SmallCounty) -> None:
    answer = ask(county, MEETINGS, year=2022, period={"type": "since", "words": "今年以来"})
    assert answer.value == 0
    assert answer.period is not None
    assert answer.period[1] == date(2022, 2, 1)


@pytest.mark.parametrize(
    ("code", "form", "where", "value", "before", "unit"),
    [
        (MEETINGS, "change", {}, Decimal("50.00"), 2, "%"),  # three against two
        (MEETINGS, "difference", {}, 1, 2, "次"),
        ("meetings.congress_rate", "value", {}, Decimal("95.51"), Decimal("95.00"), "%"),  # 170 of 178, 171 of 180
        ("meetings.congress_rate", "change", {}, Decimal("0.51"), Decimal("95.00"), "个百分点"),
        ("suggestions.count", "value", {}, 4, 2, "件"),
        ("suggestions.by_system", "ratio", {"system": "法院系统"}, Decimal("25.00"), Decimal("0.00"), "%"),  # one of four
        ("suggestions.field_share", "ratio", {"field": "教育文化"}, Decimal("75.00"), Decimal("50.00"), "%"),
        ("suggestions.change", "change", {}, Decimal("100.00"), None, "%"),
        ("suggestions.by_field", "value", {"field": "~文化和教育方面建议"}, None, None, ""),
    ],
)
def test_forms(county: SmallCounty, code: str, form: str, where: dict[str, str], value: Any, before: Any, unit: str) -> None:
    (answer,) = answer_all([Binding(code, where, {"type": "year"}, form)], 2021, county.division, OPERATOR)
    assert (answer.value, answer.unit) == (value, unit)
    if before is not None:
        assert answer.before == before


@pytest.mark.parametrize(
    ("words", "value"), [("教育文化", 3), ("涉及教育文化方面的", 3), ("文化和教育", None), ("交通类建议", 1), ("水利", None)]
)
def test_words_of_a_text_are_held_against_the_countys_own_labels(county: SmallCounty, words: str, value: int | None) -> None:
    answer = ask(county, "suggestions.by_field", field=f"~{words}")
    assert answer.value == value
    if value is None:
        assert "现有：教育文化、交通" in answer.why


def test_a_figure_of_one_occasion_stays_open_where_there_were_several(county: SmallCounty) -> None:
    assert ask(county, "meetings.congress_due").value == 178
    due = ask(county, "meetings.committee_due")
    assert due.value is None
    assert due.why == "2021年“常委会会议次数”有3次，文中说的是其中哪一次（项），不能确定"
    assert ask(county, "meetings.committee_due", meeting=SC.format(31)).value == 30


def test_other_readings_must_come_to_the_same(county: SmallCounty) -> None:
    other = Binding("suggestions.final_satisfaction", {}, {"type": "year"})
    binding = Binding("suggestions.satisfaction", {}, {"type": "year"}, alike=(other,))
    (answer,) = answer_all([binding], 2021, county.division, OPERATOR)
    assert answer.value is None
    assert "代表满意率 50.00；最终满意率 100.00" in answer.why
    (alone,) = answer_all([Binding("suggestions.satisfaction", {}, {"type": "year"})], 2021, county.division, OPERATOR)
    assert alone.value == Decimal("50.00")
    same = Binding(MEETINGS, {}, {"type": "year"}, alike=(Binding(MEETINGS, {}, {"type": "year"}),))
    assert answer_all([same], 2021, county.division, OPERATOR)[0].value == 3


def test_own_level_follows_the_division_asked_for(county: SmallCounty) -> None:
    levels = [Binding("elections.registered", {"level": "@本级"}, {"type": "year"})]
    for division in (county.division, county.townships["龙潭镇"]):
        (answer,) = answer_all(levels, 2021, division, OPERATOR)
        assert answer.value == 0
        assert any("县级" in line if division == county.division else "乡级" in line for line in answer.working)


def test_city_deputies_of_a_city_of_county_rank_are_not_guessed(county: SmallCounty) -> None:
    binding = [Binding("supervision.tours", {"level": "省级、@市"}, {"type": "year"})]
    assert answer_all(binding, 2021, county.division, OPERATOR)[0].value == 0
    county.division.name = "清河市"
    assert "本市（县级）的还是上级市的" in answer_all(binding, 2021, county.division, OPERATOR)[0].why


def test_unknown_breakdowns_and_indicators_are_answered_with_a_reason(county: SmallCounty) -> None:
    assert "不能按" in ask(county, MEETINGS, field="教育").why
    assert "不在指标目录里" in ask(county, "no.such").why


def test_scope_is_the_actors(county: SmallCounty) -> None:
    town = county.townships["龙潭镇"]
    clerk = Actor("镇人大", "township_clerk", division_id=town.pk, division_path=town.path)
    with pytest.raises(PermissionDenied):
        answer_all([Binding(MEETINGS)], 2021, county.division, clerk)
    assert answer_all([Binding(MEETINGS)], 2021, town, clerk)[0].value == 0


def test_each_question_is_asked_once_and_those_of_the_same_records_together(county: SmallCounty) -> None:
    bindings = [
        Binding(MEETINGS),
        Binding("meetings.congress"),
        Binding(MEETINGS, form="change"),
        Binding("meetings.congress_rate"),
    ]
    with CaptureQueriesContext(
        connection,
    ) as once:
        first = answer_all(bindings, 2021, county.division, OPERATOR)
    with CaptureQueriesContext(connection) as many:
        again = answer_all(bindings * 20, 2021, county.division, OPERATOR)
    assert again == first * 20
    assert len(many) == len(once)
    assert len(once) <= 16


def test_answers_equal_the_figures_engine(county: SmallCounty) -> None:
    for code in (
        MEETINGS,
        "meetings.congress",
        "suggestions.count",
        "suggestions.reply_rate",
        "deputies.in_office",
        "stations.stations",
    ):
        assert ask(county, code).value == county.value(code, 2021)


def test_a_stock_is_taken_at_the_years_end(county: SmallCounty) -> None:
    from renda.figures import registry

    groups = registry.get("deputies.groups")
    assert resolve({"type": "at", "year": 2020, "offset": 0}, 2021, county.division, groups).end == date(2021, 12, 31)
    assert resolve({"type": "at"}, 2022, county.division, groups).end == date(2022, 2, 1)
