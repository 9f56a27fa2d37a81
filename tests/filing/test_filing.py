"""Filing and review: a hand-counted year, deadlines, awkward rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from renda.directory.gate import OPERATOR
from renda.figures import registry as figures
from renda.figures.evaluate import Question, evaluate, records
from renda.figures.periods import year as whole_year
from renda.filing import deadline
from renda.filing.models import NormativeDocument
from renda.lawbook import services
from renda.registers.services import Refused
from tests import small_county
from tests.small_county import SmallCounty

CODE = "filing.documents"
HEADINGS = (
    "文件名称",
    "制定机关",
    "文号",
    "印发日期",
    "应报备日期",
    "报备日期",
    "审查日期",
    "审查方式",
    "审查结果",
    "意见条数",
    "处理方式",
    "领域",
)
# a filed 2020-12-20, reviewed 2021-01-19 (30 days), clean
# b filed in time, reviewed after 10 days, problem, amended, 3 opinions
# c filed late (due 2021-05-31), reviewed after 20 days, problem, explained, 1 opinion
# d issued, due 2021-06-30, never filed            e issued, due 2021-07-30, filed 2022-02-01
# f filed 2021-12-25, not reviewed                 g reviewed in a month of 2021 that alone is known; filed 2021-03-01; repealed
ROWS = (
    ("甲办法", "县人民政府", "清政发〔2020〕9号", "2020-12-01", "2020-12-31", "2020-12-20", "2021-01-19", "主动审查", "合法", None, None, "城建"),
    ("乙办法", "县人民政府", "清政发〔2021〕1号", "2021-02-01", "2021-03-03", "2021-03-01", "2021-03-11", "主动", "发现问题", "3条", "已修改", "农业"),
    ("丙办法", "县人民政府", "清政发〔2021〕2号", "2021-05-01", "2021-05-31", "2021-06-10", "2021-06-30", "依申请", None, 1, "书面说明", "农业"),
    ("丁办法", "县教育局", "清教〔2021〕1号", "2021-05-31", "2021-06-30", None, None, None, None, None, None, "教育"),
    ("戊办法", "县教育局", "清教〔2021〕2号", "2021-06-30", "2021-07-30", "2022-02-01", None, None, None, None, None, "教育"),
    ("己办法", "县住建局", "清建〔2021〕1号", "2021-12-01", "2021-12-31", "2021-12-25", None, None, None, None, None, "城建"),
    ("庚办法", "县人民政府", None, "2021-02-10", "2021-03-12", "2021-03-01", "2021年4月", "专项", "有问题", 2, "已废止", "城建"),
)  # fmt: skip


@pytest.fixture
def county(db: None) -> SmallCounty:
    return small_county.make()


@pytest.fixture
def year(county: SmallCounty) -> SmallCounty:
    county.enter(CODE, [dict(zip(HEADINGS, row, strict=True)) for row in ROWS])
    return county


COUNTS = {
    "reviewed": 4,  # a (filed the year before), b, c, g
    "filed": 4,  # b, c, f, g
    "filed_late": 1,  # c; e came in 2022
    "problems": 3,  # b, c, g
    "corrected": 2,  # b amended, g repealed; c only explained
    "amended": 1,
    "repealed": 1,
    "opinions": 6,
    "requests": 0,
    "overdue": 2,  # at the year's end: d and e
}


@pytest.mark.parametrize(("code", "expected"), COUNTS.items())
def test_counts(year: SmallCounty, code: str, expected: int) -> None:
    assert year.value(f"filing.{code}", 2021) == expected


def test_overdue_is_a_stock_at_a_day(year: SmallCounty) -> None:
    days = {
        dt.date(2021, 6, 5): 1,
        dt.date(2021, 6, 30): 0,
        dt.date(2021, 7, 1): 1,
        dt.date(2021, 7, 31): 2,
        dt.date(2022, 2, 1): 1,
    }
    # on 06-05 c is late; on 06-30, its last day, d is not yet; e was filed on 2022-02-01
    assert {day: year.value("filing.overdue", day) for day in days} == days


def test_time_of_review_counts_exact_days_only(year: SmallCounty) -> None:
    assert year.value("filing.days", 2021) == Decimal("20.00")  # (30 + 10 + 20) / 3, without g
    assert year.value("filing.days", 2019) is None


def test_rates_and_parts(year: SmallCounty) -> None:
    assert year.value("filing.corrected_rate", 2021) == Decimal("66.67")
    assert year.value("filing.corrected_rate", 2020) is None
    assert year.parts("filing.problems", 2021, "correction") == {"修改": 1, "废止": 1, "说明": 1}
    assert year.value("filing.filed_share", 2021, field="农业") == Decimal("50.00")


def test_reviews_asked_for(county: SmallCounty) -> None:
    county.enter("filing.reviews", [
        {"审查事项": "限行通告", "审查方式": "依申请", "提出人": "某公司", "收到日期": "2021-04-01", "完成日期": "2021-05-01"},
        {"审查事项": "生态环保专项清理", "审查方式": "专项审查", "涉及文件数": 30, "收到日期": "2021-06", "纠正件数": 4},
    ])  # fmt: skip
    assert county.parts("filing.requests", 2021, "way") == {"依申请审查": 1, "专项审查": 1}
    with pytest.raises(Refused, match="多于涉及文件件数"):
        county.enter("filing.reviews", [{"审查事项": "甲", "收到日期": "2021-04-01", "纠正件数": 2}])


def test_regulations_by_stage_and_in_force(county: SmallCounty) -> None:
    county.enter("filing.regulations", [
        {"法规名称": "水资源条例", "形式": "制定", "立项日期": "2019-01-05", "初审日期": "2019-05-05", "通过日期": "2019-12-20", "批准日期": "2020-03-01"},
        {"法规名称": "河道条例", "形式": "新制定", "立项日期": "2021-01-05", "一审日期": "2021-06-01", "通过日期": "2021-12-20"},
        {"法规名称": "水资源条例", "形式": "修订", "一审日期": "2021-06-01"},
        {"法规名称": "水资源条例", "形式": "废止", "通过日期": "2022-05-01"},
    ])  # fmt: skip
    names = (
        "regulations_planned",
        "regulations_deliberated",
        "regulations_passed",
        "regulations_approved",
        "regulations_in_force",
    )
    assert [county.value(f"filing.{name}", 2021) for name in names] == [1, 2, 1, 0, 2]
    assert county.parts("filing.regulations_deliberated", 2021, "aim") == {"制定": 1, "修改": 1}
    assert county.value("filing.regulations_in_force", 2022) == 1  # the one of water was repealed


def test_contact_points_and_opinions_on_drafts(county: SmallCounty) -> None:
    county.enter("filing.points", [
        {"名称": "龙潭镇联系点", "层级": "省", "设立日期": "2019-05-01"}, {"名称": "法学会", "层级": "市级", "设立日期": "2020-05-01", "撤销日期": "2021-06-01"},
        {"名称": "白沙镇联系点", "层级": "县", "设立日期": "2022-01-01"},
    ])  # fmt: skip
    county.enter("filing.consultations", [
        {"征询项目": "《乡村振兴促进条例（草案）》", "征求意见日期": "2021-03-01", "联系点": "龙潭镇联系点", "意见数": "26条", "采纳数": 6},
        {"征询项目": "《河长制条例（草案）》", "征求意见日期": "2021-08-01", "意见数": 14},
    ])  # fmt: skip
    codes = ("points", "consultations", "legislation_opinions", "legislation_adopted", "legislation_adopted_rate")
    assert [county.value(f"filing.{code}", 2021) for code in codes] == [1, 2, 40, 6, Decimal("15.00")]
    assert county.value("filing.points", 2020) == 2
    assert county.value("filing.legislation_adopted_rate", 2020) is None


@pytest.mark.parametrize("indicator", figures.of_room("filing"), ids=lambda i: i.code)
def test_every_indicator_breaks_down_and_shows_its_records(year: SmallCounty, indicator) -> None:  # type: ignore[no-untyped-def]
    question = Question(whole_year(2021), year.division)
    for dimension in indicator.breakdowns:
        for group in evaluate(indicator, question, actor=OPERATOR, by=dimension.code).breakdown:
            narrowed = Question(whole_year(2021), year.division, {dimension.code: group.label})
            assert evaluate(indicator, narrowed, actor=OPERATOR).value == group.amount, (dimension.code, group.label)
    shown = records(indicator, question, actor=OPERATOR)
    if not indicator.made:
        assert len(shown) == evaluate(indicator, question, actor=OPERATOR).records


def test_the_period_is_the_provinces_and_never_guessed(county: SmallCounty) -> None:
    row = {"文件名称": "辛办法", "制定机关": "县人民政府", "文号": "1号", "印发日期": "2021-03-01", "报备日期": "2021-04-10"}
    assert county.read(CODE, [{**row, "应报备日期": None}]).values[0]["file_by"] is None
    services.choose(deadline.FILING, "30", reason="省里规定", actor=OPERATOR, division=county.division)
    assert county.read(CODE, [row]).values[0]["file_by"] == dt.date(2021, 3, 31)
    services.withdraw_choice(deadline.FILING, reason="按省里的包", actor=OPERATOR, division=county.division)
    services.use_packs(["beijing"], reason="试", actor=OPERATOR)
    assert county.read(CODE, [row]).values[0]["file_by"] is None  # the rule of Beijing is younger than the document
    row = row | {"印发日期": "2025-03-03", "报备日期": "2025-03-10"}
    assert county.read(CODE, [row]).values[0]["file_by"] == dt.date(2025, 4, 2)


@pytest.mark.parametrize(
    ("cells", "field", "reason"),
    [
        ({"报备日期": None, "印发日期": None}, "filed", "至少要填一项"),
        ({"报备日期": "2021-02-01"}, "filed", "早于公布"),
        ({"审查结果": "合法", "处理方式": "修改"}, "correction", "未发现问题"),
        ({"制定机关": "县水利局"}, "maker", "没有“县水利局”"),
    ],
)
def test_what_is_refused_says_why(county: SmallCounty, cells: dict, field: str, reason: str) -> None:
    row = {"文件名称": "辛办法", "制定机关": "县人民政府", "印发日期": "2021-03-01", "报备日期": "2021-03-10"} | cells
    assert reason in county.read(CODE, [row]).faults[0][field]


def test_opinions_mean_that_a_problem_was_found(year: SmallCounty) -> None:
    assert NormativeDocument.objects.get(title="丙办法").finding == "problem"


def test_more_opinions_taken_up_than_given_are_refused(county: SmallCounty) -> None:
    row = {"征询项目": "草案", "征求意见日期": "2021-03-01", "意见数": 3, "采纳数": 4}
    assert "多于提出的 3 条" in county.read("filing.consultations", [row]).faults[0]["adopted"]
