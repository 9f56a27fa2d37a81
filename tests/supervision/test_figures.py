"""Figures of the supervision room, each counted by hand in the comment beside it."""

from datetime import date

import pytest

from renda.directory.gate import OPERATOR
from renda.figures.periods import span
from renda.registers import registry
from renda.registers.services import void
from tests.small_county import SmallCounty


def test_special_and_routine_reports(county: SmallCounty) -> None:
    base = {"报告机关": "县人民政府", "审议会议": "常委会", "审议方式": "听取", "例行报告类型": "", "报送日期": None}
    county.enter(
        "supervision.reports",
        [
            {**base, "标题": "甲", "报送日期": "2020-12-20", "听取审议日期": "2021-02-25"},  # sent in 2020, heard in 2021
            {**base, "标题": "乙", "报告机关": "县人民法院", "听取审议日期": "2021-06-29", "审议方式": "书面审议"},
            {**base, "标题": "丙", "听取审议日期": "2021年12月"},
            {**base, "标题": "丁", "听取审议日期": "2022-01-01"},
            {**base, "标题": "戊", "审议会议": "主任会", "听取审议日期": "2021-03-01"},
            {**base, "标题": "环境", "例行报告类型": "环境状况", "听取审议日期": "2021-08-26", "审议方式": "书面"},
            {**base, "标题": "未听取", "报送日期": "2021-11-11", "听取审议日期": None},
        ],
    )
    finance = {"审议会议": "常委会", "审议方式": "听取", "审议日期": "2021-08-26"}
    county.enter(
        "supervision.finance",
        [
            {**finance, "事项名称": "决算", "审查类别": "决算"},
            {**finance, "事项名称": "审计", "审查类别": "审计报告", "审议方式": "书面"},
            {**finance, "事项名称": "投资", "审查类别": "政府投资"},
            {**finance, "事项名称": "去年的", "审查类别": "决算", "审议日期": "2020-08-26"},
        ],
    )
    assert county.value("supervision.reports", 2021) == 3  # 甲、乙、丙
    assert county.parts("supervision.reports", 2021, "机关系统") == {"政府系统": 2, "法院系统": 1}
    assert county.parts("supervision.reports", 2021, "方式") == {"听取": 2, "书面": 1}
    assert county.parts("supervision.all_reports", 2021, "会议层级") == {"常委会会议": 3, "主任会议": 1}
    assert county.value("supervision.routine", 2021) == 3  # final accounts, audit, environment; investment is no report
    assert county.parts("supervision.routine", 2021, "报告类型") == {
        "决算": 1,
        "审计工作报告": 1,
        "环境状况和环境保护目标完成情况": 1,
    }
    assert county.value("supervision.written", 2021) == 3  # 乙, environment, audit
    assert county.value("supervision.finance", 2021) == 3
    assert county.value("supervision.reports", 2019) == 0


def test_budget_review_and_investment(county: SmallCounty) -> None:
    county.enter(
        "supervision.finance",
        [
            {
                "事项名称": "决算",
                "审查类别": "决算",
                "审议日期": "2021-08-26",
                "审查会次数": 2,
                "审查报告份数": 1,
                "审查意见条数": 12,
            },
            {
                "事项名称": "预算执行",
                "审查类别": "预算执行",
                "审议日期": "2021-09-26",
                "审查会次数": 1,
                "审查报告份数": 1,
                "审查意见条数": 5,
            },
        ],
    )
    county.enter(
        "supervision.finance",
        [
            {"事项名称": "年中调整", "审查类别": "政府投资", "审议日期": "2021-10-26", "项目类别": "交通", "新增项目数": 4, "调减项目数": 1,
             "整合前": 20, "整合后": 8},
        ],
    )  # fmt: skip
    expected = {"review_meetings": 3, "review_reports": 2, "review_opinions": 17, "projects_added": 4, "projects_removed": 1,
                "funds_before": 20, "funds_after": 8, "funds_merged": 12}  # fmt: skip
    assert {name: county.value(f"supervision.{name}", 2021) for name in expected} == expected
    assert county.parts("supervision.projects_added", 2021, "项目类别")["交通"] == 4
    assert county.value("supervision.review_opinions", 2021, 类型="决算") == 12


@pytest.fixture
def inspected(county: SmallCounty) -> SmallCounty:
    """Three inspections of 2021, one of 2020 whose report was considered in 2021."""
    county.enter(
        "supervision.inspections",
        [
            {"检查名称": "水", "启动日期": "2021-05-06", "报告日期": "2021-08-26", "组织形式": "本级", "法律法规": "《水法》《城市供水条例》", "来源": "重点"},
            {"检查名称": "水污染", "启动日期": "2021-06-06", "报告日期": None, "组织形式": "联动", "法律法规": "《中华人民共和国水法》《水污染防治法》",
             "来源": "上下联动"},
            {"检查名称": "物业", "启动日期": "2021-12-31", "报告日期": "2022-02-26", "组织形式": "本级", "法律法规": "《东山省物业管理条例》", "来源": ""},
            {"检查名称": "旧", "启动日期": "2020-10-06", "报告日期": "2021-02-26", "组织形式": "本级", "法律法规": "《教育法》", "来源": "法定"},
        ],
    )  # fmt: skip
    return county


def test_inspections_and_distinct_laws(inspected: SmallCounty) -> None:
    assert inspected.value("supervision.inspections", 2021) == 3
    assert inspected.parts("supervision.inspections", 2021, "组织形式") == {"本级组织": 2, "上下联动": 1}
    assert inspected.value("supervision.inspected_laws", 2021) == 4  # 水法 twice but once, 供水条例, 水污染防治法, 物业条例
    assert inspected.parts("supervision.inspected_laws", 2021, "法律类别") == {"法律": 2, "行政法规": 1, "地方性法规": 1}
    assert inspected.value("supervision.inspected_laws", 2021, 法律类别="法律") == 2
    figure = inspected.ask("supervision.inspected_laws", 2021)
    assert figure.records == 3


VISITS = [
    {"名称": "集中视察", "形式": "视察", "日期": "2021-11-10", "参加代表": "张伟、李娜等30人", "组织主体": "县人民政府"},
    {"名称": "专题视察", "形式": "专题视察", "日期": "2021-06-10", "参加代表": "张伟", "组织主体": ""},
    {"名称": "教育调研", "形式": "调研", "日期": "2021-04-10", "参加代表": "", "组织主体": ""},
    {"名称": "河道实地检查", "形式": "执法检查", "日期": "2021-05-08", "参加代表": "5人", "组织主体": ""},
    {"名称": "去年的视察", "形式": "视察", "日期": "2020-11-10", "参加代表": "张伟", "组织主体": ""},
]


def test_tours_surveys_and_who_took_part(county: SmallCounty) -> None:
    county.enter("supervision.visits", VISITS)
    assert county.value("supervision.tours", 2021) == 2
    assert county.value("supervision.surveys", 2021) == 1
    assert county.value("supervision.visits", 2021) == 3  # a site visit belongs to its inspection
    assert county.parts("supervision.visits", 2021, "活动形式") == {"视察": 2, "调研": 1}
    assert county.value("supervision.visitors", 2021) == 36  # 30 + 1 + 0 + 5 person-times
    assert county.value("supervision.visitors", 2021, 活动形式="视察") == 31
    assert county.parts("supervision.tours", 2021, "组织主体")["县人民政府"] == 1


def test_any_combination_of_supervision_work(inspected: SmallCounty) -> None:
    inspected.enter("supervision.visits", VISITS)
    inspected.enter("supervision.inquiries", [{"询问主题": "教育", "应询单位": "县教育局", "询问日期": "2021-08-26"}])
    assert inspected.value("supervision.work", 2021) == 7  # three inspections, two tours, one survey, one inquiry
    assert inspected.value("supervision.work", 2021, 监督方式="执法检查、视察、调研") == 6
    assert inspected.value("supervision.work", 2021, kind="inspection") == 3
    assert inspected.parts("supervision.work", 2021, "监督方式") == {"执法检查": 3, "视察": 2, "调研": 1, "专题询问": 1}
    assert inspected.value("supervision.by_source", 2021) == 2
    assert inspected.parts("supervision.by_source", 2021, "来源类别") == {"重点监督": 1, "上下联动监督": 1}
    register = registry.get("supervision.visits")
    void(register, [register.records().get(title="集中视察").pk], reason="重复", actor=OPERATOR)
    assert inspected.value("supervision.work", 2021) == 6


def test_inquiries_audiences_and_interpellations(county: SmallCounty) -> None:
    county.enter(
        "supervision.inquiries",
        [
            {
                "询问主题": "教育",
                "应询单位": "县教育局、县住建局",
                "会议形式": "联组",
                "现场测评": "是",
                "询问日期": "2021-08-26",
            },
            {
                "询问主题": "交通",
                "应询单位": "县交通局、县住建局",
                "会议形式": "常委会",
                "现场测评": "否",
                "询问日期": "2021-10-26",
            },
            {"询问主题": "旧", "应询单位": "县人民法院", "会议形式": "常委会", "现场测评": "否", "询问日期": "2020-10-26"},
        ],
    )
    assert county.value("supervision.inquiries", 2021) == 2
    assert county.parts("supervision.inquiries", 2021, "现场测评") == {"是": 1, "否": 1}
    assert county.value("supervision.questioned", 2021) == 3  # the housing bureau answered twice
    county.enter(
        "supervision.audiences",
        [
            {"约见主题": "供水", "日期": "2021-03-01", "被约见机关": "县住建局", "参加代表": "张伟、李娜"},
            {"约见主题": "公交", "日期": "2021-04-01", "被约见机关": "县交通局", "参加代表": "张伟等6人"},
        ],
    )
    assert county.value("supervision.audiences", 2021) == 2
    assert county.value("supervision.audience_deputies", 2021) == 8  # person-times: 2 + 6
    assert county.parts("supervision.audience_deputies", 2021, "机关") == {"县住建局": 2, "县交通局": 6}
    row = {"案由": "供水", "提出时间": "人代会", "受质询机关": "县住建局", "联名人数": 12, "提出日期": "2021-01-13"}
    county.enter("supervision.interpellations", [row])
    assert county.parts("supervision.interpellations", 2021, "对象") == {"县住建局": 1}


def test_appraisals_of_units_and_persons(county: SmallCounty) -> None:
    unit = {"评议名称": "工作评议", "评议类别": "工作评议", "评议等次": "满意"}
    county.enter(
        "supervision.appraisals",
        [
            {**unit, "被评议单位": "县教育局", "评议日期": "2020-10-01"},
            {**unit, "被评议单位": "县教育局", "评议日期": "2021-10-01"},
            {**unit, "被评议单位": "县住建局", "评议日期": "2021-11-01", "评议等次": "基本满意"},
        ],
    )
    person = {"评议名称": "履职评议", "评议类别": "履职", "述职方式": "书面述职"}
    county.enter(
        "supervision.appraisals",
        [
            {**person, "被评议人": "张伟", "职务类别": "部门负责人", "评议日期": "2021-03-01"},
            {**person, "被评议人": "张伟", "职务类别": "部门负责人", "评议日期": "2021-09-01"},
            {**person, "被评议人": "李娜", "职务类别": "副县长", "评议日期": "2021-09-01", "述职方式": "口头"},
            {**person, "评议类别": "两官", "被评议人": "王芳", "职务类别": "员额法官", "评议日期": "2020-05-01"},
            {**person, "评议类别": "两官", "被评议人": "赵强", "职务类别": "员额检察官", "评议日期": "2021-05-01"},
        ],
    )
    assert county.value("supervision.work_appraisals", 2021) == 2
    both = span(date(2020, 1, 1), date(2021, 12, 31))
    assert county.value("supervision.work_appraisals", both) == 3
    assert county.value("supervision.appraised_units", both) == 2  # the education bureau twice
    assert county.value("supervision.appraised_officials", 2021) == 2  # 张伟 twice
    assert county.parts("supervision.appraised_officials", 2021, "职务") == {"部门主要负责人": 1, "副县长": 1}
    assert county.value("supervision.appraised_judges", 2021) == 1
    assert county.value("supervision.appraised_judges", both) == 2
    assert county.value("supervision.appraised_judges", both, 职务="法官") == 1


def test_letters_and_items(county: SmallCounty) -> None:
    letter = {"意见类别": "审议意见", "反馈日期": None, "落实报告审议日期": None, "落实报告审议方式": ""}
    county.enter(
        "supervision.opinions",
        [
            {**letter, "标题": "甲", "文号": "1号", "交办单位": "县教育局、县住建局", "交办日期": "2021-09-01"},
            {**letter, "标题": "乙", "文号": "2号", "交办单位": "县教育局", "交办日期": "2021-10-01", "意见类别": "建议函"},
            {**letter, "标题": "旧", "文号": "9号", "交办单位": "县交通局", "交办日期": "2020-12-01", "落实报告审议日期": "2021-03-01",
             "落实报告审议方式": "书面"},
        ],
    )  # fmt: skip
    items = [("1号", "一"), ("1号", "二"), ("1号", "三"), ("2号", "四"), ("9号", "五")]
    county.enter(
        "supervision.opinion_items", [{"文号": n, "意见": t, "落实情况": "完成" if t == "一" else "推进中"} for n, t in items]
    )
    assert county.value("supervision.opinions", 2021) == 2  # "2 件 4 条"
    assert county.value("supervision.opinion_items", 2021) == 4
    assert county.parts("supervision.opinions", 2021, "意见类别") == {"审议意见": 1, "建议函": 1}
    assert county.parts("supervision.opinions", 2021, "交办对象") == {"县教育局": 2, "县住建局": 1}  # overlapping
    assert county.parts("supervision.opinion_items", 2021, "意见书") == {"甲": 3, "乙": 1}
    assert county.value("supervision.opinion_items", 2021, 落实情况="已落实") == 1
    assert county.value("supervision.opinion_results", 2021) == 1  # handed over in 2020, reported in 2021
    assert county.parts("supervision.opinion_results", 2021, "方式") == {"书面": 1}


def test_problem_lists_and_correction(county: SmallCounty) -> None:
    lists = [{"清单名称": "甲", "交办日期": "2021-06-01"}, {"清单名称": "旧", "交办日期": "2020-06-01"}]
    county.enter("supervision.problem_lists", lists)
    row = {"整改状态": "整改中", "完成整改日期": None}
    county.enter(
        "supervision.problems",
        [
            {"所属清单": "甲", "问题": "一", "整改状态": "已整改", "完成整改日期": "2021-09-01"},
            {"所属清单": "甲", "问题": "二", "整改状态": "已整改", "完成整改日期": "2022-01-10"},
            {**row, "所属清单": "甲", "问题": "三"},
            {"所属清单": "旧", "问题": "四", "整改状态": "已整改", "完成整改日期": "2021-02-01"},
        ],
    )
    assert county.value("supervision.problem_lists", 2021) == 1
    assert county.value("supervision.problems", 2021) == 3
    assert county.parts("supervision.problems", 2021, "整改状态") == {"已整改": 2, "正在整改": 1}
    assert county.value("supervision.problems_corrected", 2021) == 2  # 一, and 四 of the year before; 二 came in 2022
    assert county.value("supervision.problems_settled", 2021) == 2  # 一 and 二, whenever
    assert round(float(county.value("supervision.correction_rate", 2021)), 2) == 66.67
    assert county.value("supervision.correction_rate", 2019) is None
