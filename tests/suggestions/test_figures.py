"""The room's figures on the hand-counted year of conftest."""

from decimal import Decimal

import pytest

from renda.directory.gate import OPERATOR
from renda.figures import registry
from renda.figures.evaluate import Question, evaluate, records
from renda.figures.periods import year as whole_year
from tests.small_county import SmallCounty

COUNTS_2021 = {
    "count": 6,  # 1 2 3 4 5 and 议2; 议1 stays a bill
    "in_session": 4,  # 1 2 3 议2
    "recess": 2,
    "key": 2,
    "key_themes": 1,  # both 出行
    "excellent": 1,
    "assigned": 5,  # all but 5
    "met": 2,  # 1 面商, 2 电话
    "replied": 4,  # 1 2 3 议2
    "timed": 4,
    "in_time": 3,  # 2 is a month late; 3 had six months
    "closed": 3,  # 1 2 3, 2 of them in a later year
    "unclosed": 2,  # 4 and 议2
    "extended": 1,
    "closed_in_period": 3,  # 1 and 3, and that of 2020
    "units": 5,  # 教育局 住建局 交通局 法院 组织部
    "led": 5,
    "joined": 1,
    "led_units": 4,
    "joined_units": 1,
    "by_system": 5,
    "answers": 4,
    "solved": 1,
    "grades": 3,
    "wholly_satisfied": 1,
    "pleased_in_the_end": 3,
    "bills": 2,
    "bill_outcomes": 2,
    "bills_to_suggestions": 1,
    "bills_tabled": 1,
    "bills_merged": 0,
    "pursued": 2,  # 1, which follows 2020-001, and that one itself (first raised in 2018): both closed in 2021
    "with_cppcc": 6,
}


@pytest.mark.parametrize(("code", "expected"), COUNTS_2021.items())
def test_counts(year: SmallCounty, code: str, expected: int) -> None:
    assert year.value(f"suggestions.{code}", 2021) == expected


RATES_2021 = {
    "assigned_rate": "83.33",  # 5 of 6
    "met_rate": "40.00",  # 2 of 5
    "reply_rate": "80.00",  # 4 of 5
    "in_time_rate": "75.00",  # 3 of 4
    "close_rate": "60.00",  # 3 of 5
    "solved_rate": "25.00",
    "satisfaction": "66.67",  # 1 and 2 of 3
    "second_satisfaction": "100.00",
    "final_satisfaction": "100.00",
    "wholly_satisfied_rate": "33.33",
    "satisfaction_of_closed": "66.67",
    "share_beside_cppcc": "100.00",
    "change": "500.00",  # 6 against 1
}


@pytest.mark.parametrize(("code", "expected"), RATES_2021.items())
def test_rates(year: SmallCounty, code: str, expected: str) -> None:
    assert year.value(f"suggestions.{code}", 2021) == Decimal(expected)


def test_rates_without_a_base_have_no_value(year: SmallCounty) -> None:
    assert year.value("suggestions.satisfaction", 2019) is None
    assert year.value("suggestions.attitude_satisfaction", 2021) is None
    assert year.value("suggestions.change", 2020) is None


def test_systems_overlap_and_the_total_does_not(year: SmallCounty) -> None:
    figure = year.ask("suggestions.by_system", 2021, "system")
    parts = {g.label: g.amount for g in figure.breakdown}
    # 1 is with the government and the court; 2 is with two units of one system and counts there once
    assert parts == {"政府系统": 4, "法院系统": 1, "党群系统": 1}
    assert figure.value == 5
    assert sum(parts.values()) == 6


def test_lead_units_one_by_one(year: SmallCounty) -> None:
    assert year.parts("suggestions.led", 2021, "unit") == {"县教育局": 2, "县住建局": 2, "县交通局": 1, "县委组织部": 1}
    assert year.parts("suggestions.units", 2021, "role") == {"主办": 4, "协办": 1}


def test_fields_at_two_levels_with_shares(year: SmallCounty) -> None:
    assert year.parts("suggestions.by_field", 2021, "field") == {"教育": 2, "城建": 2, "交通": 2}
    assert year.parts("suggestions.by_field", 2021, "subfield", field="教育") == {"基础教育": 1, "未注明": 1}
    assert year.value("suggestions.field_share", 2021, field="教育") == Decimal("33.33")


def test_classes_of_reply_and_their_shares(year: SmallCounty) -> None:
    parts = year.parts("suggestions.answers", 2021, "answer")
    assert {label[0]: n for label, n in parts.items()} == {"A": 1, "B": 1, "C": 1, "D": 1}
    assert year.value("suggestions.answer_share", 2021, answer="a") == Decimal("25.00")


def test_grades_of_the_first_rating(year: SmallCounty) -> None:
    assert year.parts("suggestions.grades", 2021, "grade") == {"满意": 1, "基本满意": 1, "不满意": 1}
    assert year.value("suggestions.grades_share", 2021, grade="不满意") == Decimal("33.33")


def test_years_pursued_run_from_the_first_of_the_chain(year: SmallCounty) -> None:
    # both were first raised in 2018 and closed in 2021, though the chain was entered in the wrong order
    assert year.value("suggestions.years_pursued", 2021) == Decimal("3.00")


def test_reply_days_are_placed_by_the_day_of_reply(year: SmallCounty) -> None:
    # 40 (1), 122 (2), 172 (3), 65 (议2) days; that of 2020 (60 days) was answered in 2020
    assert year.value("suggestions.reply_days", 2021) == Decimal("99.75")
    assert year.value("suggestions.reply_days", 2020) == Decimal("60.00")


def test_bills_and_their_outcomes(year: SmallCounty) -> None:
    assert year.parts("suggestions.bill_outcomes", 2021, "outcome") == {"列入会议议程": 1, "转作建议": 1}
    assert year.parts("suggestions.bills", 2021, "moved_by") == {"代表联名": 2}
    assert year.parts("suggestions.count", 2021, "from_bill") == {"否": 5, "是": 1}


def test_levels_of_deputies(county: SmallCounty) -> None:
    county.enter("suggestions.suggestions", [
        {"编号": str(n), "标题": f"事{n}", "领衔代表": "张伟", "代表层级": level, "年度": "2021年"}
        for n, level in enumerate(("县", "市级", "市", None), 1)
    ])  # fmt: skip
    assert county.parts("suggestions.by_level", 2021, "level") == {"县级": 2, "市级": 2}


def test_outside_figures_are_labelled_and_added(year: SmallCounty) -> None:
    year.enter("suggestions.cppcc", [{"统计日期": "2021-12-31", "提案数": "114件", "办结件数": 100, "数据来源": "县政协提案委"}])
    assert year.value("suggestions.cppcc", 2021) == 114
    assert year.value("suggestions.with_cppcc", 2021) == 120
    assert year.value("suggestions.share_beside_cppcc", 2021) == Decimal("5.00")
    assert registry.get("suggestions.cppcc").outside
    assert "不由本平台计算" in registry.get("suggestions.with_cppcc").about


def test_effects_that_a_unit_reports(year: SmallCounty) -> None:
    year.enter("suggestions.effects", [
        {"议案编号": "2021-议2", "指标": "新增停车位", "数量": "320", "单位": "个", "反馈日期": "2021.12.1", "填报单位": "县住建局"},
        {"议案编号": "用地", "指标": "盘活土地", "数量": "12.5", "单位": "亩", "反馈日期": "2021.12.1", "填报单位": "县住建局"},
    ])  # fmt: skip
    assert year.parts("suggestions.effects", 2021, "name") == {"新增停车位": Decimal(320), "盘活土地": Decimal("12.5")}


def test_votes_on_cases_and_on_units(year: SmallCounty) -> None:
    year.enter("suggestions.tests", [
        {"测评日期": "2021-11-20", "测评对象": "学校", "测评建议编号": "2021-001", "发出票数": 25, "收回票数": 25, "满意票": 20},
        {"测评日期": "2021-11-20", "测评对象": "校车", "测评建议编号": "2021-002", "满意票": 12},
        {"测评日期": "2021-11-20", "测评对象": "教育局", "测评单位": "县教育局", "满意票": 20},
        {"测评日期": "2021-12-20", "测评对象": "教育局（再次）", "测评单位": "县教育局", "满意票": 22},
    ])  # fmt: skip
    assert year.value("suggestions.tested", 2021) == 2
    assert year.value("suggestions.tested_units", 2021) == 1  # one unit, tested twice


@pytest.mark.parametrize("indicator", registry.of_room("suggestions"), ids=lambda i: i.code)
def test_every_indicator_breaks_down_and_shows_its_records(year: SmallCounty, indicator) -> None:  # type: ignore[no-untyped-def]
    question = Question(whole_year(2021), year.division)
    for dimension in indicator.breakdowns:
        figure = evaluate(indicator, question, actor=OPERATOR, by=dimension.code)
        assert figure.indicator.code == indicator.code
        for group in figure.breakdown:
            narrowed = Question(whole_year(2021), year.division, {dimension.code: group.label})
            assert evaluate(indicator, narrowed, actor=OPERATOR).value == group.amount, (dimension.code, group.label)
    shown = records(indicator, question, actor=OPERATOR)
    if not indicator.made:
        assert len(shown) == evaluate(indicator, question, actor=OPERATOR).records
