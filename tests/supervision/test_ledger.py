"""Importing the room's registers: awkward cells, law names, refusals by rule and by database."""

from datetime import date

import pytest

from renda.activities.models import Activity, HeadCount, Participation
from renda.directory.gate import OPERATOR
from renda.registers import loading, registry
from renda.registers.services import Change, Refused, save
from renda.supervision.laws import kind_of, same_name
from renda.supervision.models import EnforcementInspection, FieldVisit, InspectedLaw, OpinionLetter, SpecialReport
from tests.small_county import SmallCounty


def test_reports_with_awkward_cells(county: SmallCounty) -> None:
    rows = [
        {
            "标题": "关于营商环境的报告",
            "报告单位": "县人民政府",
            "会议类型": "常委会",
            "方式": "听取和审议",
            "时间": "2021.6.29",
            "来源": "重点",
        },
        {
            "标题": "关于环境状况的报告",
            "报告单位": "县人民政府",
            "会议类型": "主任会",
            "方式": "书面审议",
            "时间": "2021年7月",
            "来源": "",
        },
    ]
    ids = county.enter("supervision.reports", rows)
    first, second = SpecialReport.objects.order_by("pk")
    assert (first.forum, first.manner, first.source, first.closed_on) == ("standing_committee", "heard", "key", date(2021, 6, 29))
    assert (second.forum, second.manner) == ("chairpersons", "written")
    register = registry.get("supervision.reports")
    heard = loading.load(register, ids)[ids[1]]["heard"]
    assert heard.precision == "month"


def test_milestones_in_the_wrong_order_are_refused(county: SmallCounty) -> None:
    reading = county.read("supervision.reports", [{"标题": "甲", "报送日期": "2021-06-30", "听取审议日期": "2021-06-29"}])
    assert reading.faults == {0: {"heard": "听取审议日期早于报送日期"}}
    month = county.read("supervision.reports", [{"标题": "甲", "报送日期": "2021-06-30", "听取审议日期": "2021年6月"}])
    assert month.faults == {}  # the month may mean its last day


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("《中华人民共和国水污染防治法》", "law"),
        ("《中华人民共和国劳动合同法（2012年修正）》", "law"),
        ("《优化营商环境条例》", "administrative"),
        ("《东山省物业管理条例》", "local"),
        ("《澜州市市容管理条例》", "local"),
        ("《城市供水条例》", "administrative"),
        ("《保障农民工工资支付条例》", "administrative"),
        ("《市场主体登记管理条例》", "administrative"),
        ("《东山省实施〈中华人民共和国老年人权益保障法〉办法》", "local"),
        ("《城市供水条例》（地方性法规）", "local"),
        ("《清河县村规民约》", "other"),
    ],
)
def test_kinds_of_law(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_one_law_however_it_is_written() -> None:
    names = ("《中华人民共和国水法》", "水法", "《水法（2016修正）》", "《水法》（法律）")
    assert {same_name(name) for name in names} == {"水法"}


def test_laws_of_an_inspection_are_kept_once(county: SmallCounty) -> None:
    row = {"检查名称": "水法律检查", "涉及法律法规": "《水法》《水污染防治法》和《中华人民共和国水法》", "检查时间": "2021-05-06"}
    (pk,) = county.enter("supervision.inspections", [row])
    assert list(InspectedLaw.objects.filter(inspection=pk).values_list("same", flat=True)) == ["水法", "水污染防治法"]
    register = registry.get("supervision.inspections")
    save(register, [Change({"laws": ("《噪声污染防治法》",)}, pk)], actor=OPERATOR)
    assert list(InspectedLaw.objects.values_list("same", "kind")) == [("噪声污染防治法", "law")]


def test_visits_take_names_and_head_counts(county: SmallCounty) -> None:
    county.enter("supervision.inspections", [{"检查名称": "水法律检查", "检查时间": "2021-05-06"}])
    (pk,) = county.enter(
        "supervision.visits",
        [{"活动名称": "实地检查河道", "类型": "执法检查", "活动时间": "2021-05-08", "参加代表": "张伟、李娜等12人", "所属执法检查": "水法律检查",
          "机关干部人数": "６"}],
    )  # fmt: skip
    assert Activity.objects.get(pk=pk).kind == "enforcement_visit"
    assert FieldVisit.objects.get(pk=pk).inspection == EnforcementInspection.objects.get()
    assert Participation.objects.filter(activity=pk).count() == 2
    assert dict(HeadCount.objects.filter(activity=pk).values_list("people_class", "count")) == {"deputy": 10, "staff": 6}


def test_only_site_visits_belong_to_an_inspection(county: SmallCounty) -> None:
    county.enter("supervision.inspections", [{"检查名称": "水法律检查", "检查时间": "2021-05-06"}])
    row = {"活动名称": "视察", "类型": "集中视察", "日期": "2021-05-08", "所属执法检查": "水法律检查"}
    assert "只有执法检查实地检查" in county.read("supervision.visits", [row]).faults[0]["inspection"]
    (pk,) = county.enter("supervision.visits", [{**row, "类型": "执法检查"}])
    with pytest.raises(Refused, match="只有执法检查实地检查"):
        save(registry.get("supervision.visits"), [Change({"form": "tour", "kind": "tour"}, pk)], actor=OPERATOR)


@pytest.mark.parametrize(
    ("level", "count", "refused"), [("人代会", 9, True), ("人代会", 10, False), ("常委会", 2, True), ("常委会", 3, False)]
)
def test_an_interpellation_needs_its_cosigners(county: SmallCounty, level: str, count: int, refused: bool) -> None:
    row = {"案由": "关于供水的质询", "提出时间": level, "受质询机关": "县住建局", "联名人数": count, "提出日期": "2021-01-13"}
    faults = county.read("supervision.interpellations", [row]).faults
    assert bool(faults) is refused
    if refused:
        assert "人以上联名（《" in faults[0]["cosigners"]


def test_an_appraisal_names_its_target(county: SmallCounty) -> None:
    row = {"评议名称": "年度评议", "评议类别": "工作评议", "被评议单位": None, "被评议人": "张伟", "评议日期": "2021-11-01"}
    assert "organ" in county.read("supervision.appraisals", [row]).faults[0]
    assert "person" in county.read("supervision.appraisals", [{**row, "评议类别": "两官", "被评议人": None}]).faults[0]
    (pk,) = county.enter("supervision.appraisals", [{**row, "被评议单位": "县教育局"}])
    with pytest.raises(Refused, match="工作评议须填被评议单位"):
        save(registry.get("supervision.appraisals"), [Change({"organ": None}, pk)], actor=OPERATOR)


def test_inquiries_audiences_and_finance(county: SmallCounty) -> None:
    inquiry = {
        "询问主题": "义务教育",
        "应询单位": "县教育局、县住建局",
        "形式": "联组会",
        "现场测评": "是",
        "询问时间": "2021-08-26",
    }
    (pk,) = county.enter("supervision.inquiries", [inquiry])
    assert len(loading.load(registry.get("supervision.inquiries"), [pk])[pk]["units"]) == 2
    county.enter(
        "supervision.audiences", [{"约见主题": "供水", "约见时间": "2021-03-01", "被约见机关": "县住建局", "参加代表": "8人"}]
    )
    finance = {"事项名称": "2020年决算", "类别": "财政决算", "审议时间": "2021-08-26", "审查意见": "12条", "金额": "3.5亿元"}
    county.enter("supervision.finance", [finance])
    fault = county.read("supervision.finance", [{**finance, "事项名称": "整合", "整合前": 20, "整合后": None}]).faults[0]
    assert fault == {"funds_after": "整合前、整合后资金项目数须同时填写"}


def test_letters_with_items_and_lists_with_problems(county: SmallCounty) -> None:
    letter = {"标题": "关于义务教育的审议意见", "文号": "清人审〔2021〕3号", "交办单位": "县教育局", "交办时间": "2021-09-01"}
    (pk,) = county.enter("supervision.opinions", [letter])
    assert OpinionLetter.objects.get(pk=pk).opened_on == date(2021, 9, 1)
    county.enter(
        "supervision.opinion_items", [{"文号": "清人审〔2021〕3号", "序号": 1, "意见建议": "补齐学位缺口", "办理状态": "已办结"}]
    )
    county.enter(
        "supervision.problem_lists", [{"清单名称": "水法检查问题清单", "整改单位": "县住建局", "交办日期": "2021-06-01"}]
    )
    row = {"问题清单": "水法检查问题清单", "问题内容": "管网漏损", "整改状态": "整改中", "销号日期": "2021-07-01"}
    assert "整改状态应为“已整改”" in county.read("supervision.problems", [row]).faults[0]["state"]
    (problem,) = county.enter("supervision.problems", [{**row, "整改状态": "已销号"}])
    with pytest.raises(Refused, match="尚未整改的问题不能销号"):
        save(registry.get("supervision.problems"), [Change({"state": "going_on"}, problem)], actor=OPERATOR)


def test_a_day_of_correction_says_that_a_problem_is_corrected(county: SmallCounty) -> None:
    county.enter("supervision.problem_lists", [{"清单名称": "清单", "交办日期": "2021-06-01"}])
    rows = [
        {"问题清单名称": "清单", "问题内容": "漏损", "完成日期": "2021.7.1"},
        {"问题清单名称": "清单", "问题内容": "积水", "完成日期": ""},
    ]
    assert [row["state"] for row in county.read("supervision.problems", rows).values] == ["corrected", "going_on"]
