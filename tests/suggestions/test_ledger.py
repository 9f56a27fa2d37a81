"""Rows of the room's registers as offices write them, and what the database refuses."""

from __future__ import annotations

import datetime as dt

import pytest

from renda.core.cells import DateValue
from renda.directory.gate import OPERATOR
from renda.registers import registry
from renda.registers.services import Refused, save
from renda.suggestions.models import Handling, Suggestion
from renda.suggestions.reading import full_number
from tests.small_county import SmallCounty

CODE = "suggestions.suggestions"


@pytest.mark.parametrize(
    ("written", "number"),
    [("1", "2021-001"), ("第12号", "2021-012"), ("2019年第7号", "2019-007"), ("2019-7", "2019-007"), ("B03", "2021-B03"), ("议2", "2021-议2"),
     ("〔2020〕5", "〔2020〕5"), (" 008 ", "2021-008")],
)  # fmt: skip
def test_numbers_name_their_year(written: str, number: str) -> None:
    assert full_number(written, 2021) == number
    assert full_number(number, 2022) == number


def test_a_row_full_of_bad_habits(county: SmallCounty) -> None:
    row = {
        "建议号": 7, "类型": "建议、批评和意见", "案由": "关于修桥的建议", "大会/闭会": "闭会", "提出代表": "张 伟", "联名代表": "李娜、王芳",
        "主办部门": "交通局、县教育局", "办理情况": "办结", "复函日期": "5月6日", "交办时间": 44256, "代表评价": "基本", "是否优秀": "是",
    }  # fmt: skip
    county.organs["县交通局"].short_name = "交通局"
    county.organs["县交通局"].save()
    (pk,) = county.enter(CODE, [row], year=2021)
    saved = Suggestion.objects.get(pk=pk)
    assert (saved.number, saved.year, saved.title, saved.origin, saved.result) == (
        "2021-007",
        2021,
        "关于修桥的建议",
        "recess",
        "basically",
    )
    assert saved.proposer_id == county.persons["张伟"]
    assert saved.co_signers.count() == 2
    assert {(h.unit.name, h.role) for h in Handling.objects.filter(suggestion=saved)} == {
        ("县交通局", "lead"),
        ("县教育局", "lead"),
    }
    # closed without a day of its own: on the day of the reply; assigned on 2021-03-01 (serial 44256), so answered in time
    assert (saved.closed_on, saved.on_time, saved.state) == (dt.date(2021, 5, 6), True, "closed")
    assert saved.opened_on == dt.date(2021, 1, 1)
    assert saved.milestones.get(code="submitted").precision == "year"


def test_closed_in_a_year_that_alone_is_known(county: SmallCounty) -> None:
    reading = county.read(CODE, [{"编号": "1", "标题": "修路", "领衔代表": "张伟", "年度": "2021年度", "办理状态": "已办结"}])
    assert reading.values[0]["closed"] == DateValue(dt.date(2021, 1, 1), "year")


def faults(county: SmallCounty, **cells: object) -> dict[str, str]:
    """The faults of one row that is otherwise right."""
    row = {"编号": "1", "标题": "修路", "领衔代表": "张伟", "年度": 2021} | cells
    return county.read(CODE, [row]).faults.get(0, {})


def test_the_right_row_has_no_faults(county: SmallCounty) -> None:
    assert faults(county) == {}


@pytest.mark.parametrize(
    ("cells", "field", "reason"),
    [
        ({"年度": None}, "year", "不知是哪一年的"),
        ({"领衔代表": None}, "proposer", "至少要写一项"),
        ({"领衔代表": "孙悟"}, "proposer", "名册中没有"),
        ({"附议代表": "张伟、李娜"}, "co_signers", "不必再列入"),
        ({"附议代表": "王芳、李娜", "附议人数": 1}, "co_signer_count", "却列了 2 个"),
        ({"主办单位": "县交通厅"}, "lead_units", "没有“县交通厅”"),
        ({"往年编号": "12"}, "follows", "没有年份"),
        ({"议案处理": "并案"}, "bill_outcome", "只适用于议案"),
        ({"二次满意度": "满意"}, "result_second", "首次评价"),
        ({"首次提出年份": 2022}, "first_year", "晚于"),
        ({"交办日期": "2021-03-01", "答复日期": "2021-02-01"}, "replied", "早于交办"),
        ({"代表满意度": "还行"}, "result", "没有“还行”"),
    ],
)
def test_what_is_refused_says_why(county: SmallCounty, cells: dict, field: str, reason: str) -> None:
    assert reason in faults(county, **cells)[field]


def test_dates_known_to_the_month_are_not_called_out_of_order(county: SmallCounty) -> None:
    assert faults(county, 交办日期="2021-03-20", 答复日期="2021年3月") == {}


def test_rows_without_a_number_are_told_apart_and_get_numbers(county: SmallCounty) -> None:
    rows = [{"标题": title, "领衔代表": "张伟", "年度": 2021} for title in ("修路", "修桥")]
    keys = county.read(CODE, rows).keys
    assert len(set(keys)) == 2
    county.enter(CODE, [{"编号": "1", "标题": "办学", "领衔代表": "张伟", "年度": 2021}])
    ids = county.enter(CODE, rows)
    assert [Suggestion.objects.get(pk=pk).number for pk in ids] == ["2021-002", "2021-003"]


def test_the_same_number_in_another_year_is_another_suggestion(county: SmallCounty) -> None:
    county.enter(CODE, [{"编号": "1", "标题": "办学", "领衔代表": "张伟", "年度": year} for year in (2020, 2021)])
    assert Suggestion.objects.count() == 2


def test_the_deadline_is_three_months_or_six_and_ends_with_the_reply(county: SmallCounty) -> None:
    base = {"领衔代表": "张伟", "年度": 2021, "交办日期": "2021-03-01"}
    ids = county.enter(CODE, [
        {**base, "编号": "1", "标题": "甲"}, {**base, "编号": "2", "标题": "乙", "是否延期": "是"},
        {**base, "编号": "3", "标题": "丙", "答复日期": "2021-04-01"},
    ])  # fmt: skip
    assert [Suggestion.objects.get(pk=pk).due_on for pk in ids] == [dt.date(2021, 6, 1), dt.date(2021, 9, 1), None]


def test_the_database_holds_the_rules_too(county: SmallCounty) -> None:
    register = registry.get(CODE)
    reading = county.read(CODE, [{"编号": "1", "标题": "修路", "领衔代表": "张伟", "年度": 2021}])
    from renda.registers.services import Change

    broken = {**reading.values[0], "proposer": None}
    with pytest.raises(Refused, match="领衔代表和提出代表团"):
        save(register, [Change(broken, None, reading.keys[0], "")], actor=OPERATOR)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"发出票数": 20, "收回票数": 21}, "收回票数多于发出票数"),
        ({"收回票数": 20, "满意票": 15, "不满意票": 6}, "各项票数之和"),
        ({"测评单位": "县教育局", "测评建议编号": "2021-001"}, "只填一项"),
    ],
)
def test_votes_that_cannot_be(county: SmallCounty, cells: dict, words: str) -> None:
    county.enter(CODE, [{"编号": "1", "标题": "修路", "领衔代表": "张伟", "年度": 2021}])
    with pytest.raises(Refused, match=words):
        county.enter("suggestions.tests", [{"测评日期": "2021-11-20", "测评对象": "修路", **cells}])


def test_the_cppcc_cannot_close_more_than_it_has(county: SmallCounty) -> None:
    with pytest.raises(Refused, match="多于提案件数"):
        county.enter("suggestions.cppcc", [{"统计日期": "2021-12-31", "提案数": 10, "办结件数": 11, "数据来源": "政协"}])


def test_headings_do_not_collide() -> None:
    for room in ("suggestions", "petitions", "filing", "appointments"):
        for register in registry.of_room(room):
            headings = [heading for column in register.columns for heading in column.headings]
            twice = {heading for heading in headings if headings.count(heading) > 1}
            assert twice == set(), register.code
