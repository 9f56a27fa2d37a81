"""Figures of the meetings room, each counted by hand in the comment beside it."""

from datetime import date

import pytest

from renda.directory.gate import OPERATOR
from renda.figures.periods import NoSuchPeriod
from renda.meetings.calendar import between_sessions
from renda.registers import registry
from renda.registers.services import void
from tests.small_county import SmallCounty

SC = "清河县第十一届人大常委会第{}次会议"
PC5, PC6 = "清河县第十一届人民代表大会第五次会议", "清河县第十一届人民代表大会第六次会议"


@pytest.fixture
def year(county: SmallCounty) -> SmallCounty:
    """Meetings of 2021, with neighbours in 2020 and 2022 that must not be counted."""
    county.enter(
        "meetings.meetings",
        [
            {"会议名称": SC.format(34), "日期": "2020-12-31", "应到": 30, "实到": 30},
            {"会议名称": SC.format(35), "日期": "2021-01-01", "应到": 30, "实到": 15, "列席代表": "李娜、王芳"},
            {"会议名称": SC.format(36), "日期": "2021-12-31", "应到": 30, "实到": 27, "列席代表": "李娜", "列席代表人数": 4},
            {"会议名称": "第十一届人大常委会第40次主任会议", "日期": "2021-03-03"},
            {"会议名称": "第十一届人大常委会第41次主任会议", "日期": "2022-01-01"},
            {"会议名称": PC5, "日期": "2020-01-10", "闭会日期": "2020-01-13", "应到": 180, "实到": 175, "请假": 5},
            {"会议名称": PC6, "日期": "2021-01-12", "闭会日期": "2021-01-15", "应到": 178, "实到": 170, "请假": 6},
            {"会议名称": "县人大常委会党组会议", "日期": "2021-02-02"},
            {"会议名称": "县人大常委会党组（扩大）会议", "日期": "2021-06-02"},
            {"会议名称": "党组理论学习中心组第1次学习", "日期": "2021-04-01"},
            {"会议名称": "党组理论学习中心组第2次学习", "日期": "2021-07-01"},
            {"会议名称": "机关支部集中学习", "日期": "2021-07-02"},
            {"会议名称": "龙潭镇第十八届人民代表大会第五次会议", "日期": "2021-01-05", "区划": "龙潭镇"},
        ],
    )
    return county


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("meetings.committee", 2),  # numbers 35 and 36; 34 was on the last day of 2020
        ("meetings.chairpersons", 1),
        ("meetings.congress", 1),  # the township's congress is not the county's
        ("meetings.party_group", 2),
        ("meetings.study", 3),  # two of the study group, one of the branch
        ("meetings.study_group", 2),
    ],
)
def test_meetings_by_series(year: SmallCounty, code: str, count: int) -> None:
    assert year.value(code, 2021) == count


def test_meetings_taken_apart(year: SmallCounty) -> None:
    assert year.parts("meetings.party_group", 2021, "扩大会议") == {"否": 1, "是": 1}
    assert year.parts("meetings.study", 2021, "body") == {"党组理论学习中心组学习会": 2, "支部集中学习": 1}


def test_voided_meetings_leave_the_figures(year: SmallCounty) -> None:
    register = registry.get("meetings.meetings")
    void(register, [register.records().get(title=SC.format(36)).pk], reason="重复登记", actor=OPERATOR)
    assert year.value("meetings.committee", 2021) == 1


def test_attendance_of_congress_and_committee(year: SmallCounty) -> None:
    assert year.value("meetings.congress_due", 2021) == 178
    assert year.value("meetings.congress_present", 2021) == 170
    assert year.value("meetings.congress_leave", 2021) == 6
    assert round(float(year.value("meetings.congress_rate", 2021)), 2) == 95.51  # 170 ÷ 178
    assert (year.value("meetings.committee_due", 2021), year.value("meetings.committee_present", 2021)) == (60, 42)
    assert year.value("meetings.committee_quorate", 2021) == 1  # 15 of 30 is not more than half
    assert float(year.value("meetings.committee_rate", 2021)) == 70.0


def test_ratios_without_a_base_are_not_computed(year: SmallCounty) -> None:
    assert year.value("meetings.congress_rate", 2019) is None
    assert year.value("meetings.satisfied_rate", 2021) is None


def test_head_counts_from_attendance_by_person(county: SmallCounty) -> None:
    county.enter("meetings.meetings", [{"会议名称": PC6, "日期": "2021-01-12"}])
    names = {"张伟": "出席", "李娜": "出席", "王芳": "事假", "赵强": "缺席"}
    rows = [{"会议名称": PC6, "姓名": n, "身份": "人大代表", "出席情况": s, "代表团": "龙潭代表团"} for n, s in names.items()]
    county.enter("meetings.attendance", rows)
    values = [county.value(f"meetings.congress_{part}", 2021) for part in ("due", "present", "leave")]
    assert values == [4, 2, 1]
    assert county.parts("meetings.attended", 2021, "出席情况") == {"到会": 2, "请假": 1, "缺席": 1}
    assert county.parts("meetings.attended", 2021, "代表团", 出席情况="到会") == {"龙潭代表团": 2}


def test_sittings(year: SmallCounty) -> None:
    rows = [{"会议名称": PC6, "场次": f"第{n}次全体会议", "应到": 178, "实到": 160 + i} for i, n in enumerate("一二三")]
    year.enter("meetings.sittings", rows)
    assert year.value("meetings.sitting_present", 2021) == 483  # 160 + 161 + 162
    assert year.parts("meetings.sitting_present", 2021, "会议场次")["第三次全体会议"] == 162


def test_deputies_in_office_at_a_day(county: SmallCounty) -> None:
    rows = [
        {
            "姓名": "张伟",
            "代表层级": "县",
            "届次": 11,
            "任职起始日期": "2017-01-01",
            "任职终止日期": "2021-06-30",
            "代表团": "龙潭",
        },
        {"姓名": "李娜", "代表层级": "县", "届次": 11, "任职起始日期": "2017-01-01", "任职终止日期": "", "代表团": "白沙"},
        {"姓名": "王芳", "代表层级": "县", "届次": 11, "任职起始日期": "2020-05-01", "任职终止日期": "", "代表团": "白沙"},
        {"姓名": "赵强", "代表层级": "乡镇", "届次": 18, "任职起始日期": "2017-01-01", "任职终止日期": "", "代表团": ""},
    ]
    county.enter("directory.deputies", rows)
    assert county.value("meetings.deputies_due", date(2020, 4, 30)) == 2  # 张伟、李娜: 王芳 came by by-election later
    assert county.value("meetings.deputies_due", date(2021, 1, 12)) == 3
    assert county.value("meetings.deputies_due", 2021) == 2  # 张伟 left in June
    assert county.parts("meetings.deputies_due", 2021, "代表团") == {"白沙": 2}


def test_sit_ins_person_times_and_persons(year: SmallCounty) -> None:
    assert year.value("meetings.sit_ins", 2021) == 7  # 李娜 twice, 王芳 once, four unnamed
    assert year.value("meetings.sit_in_deputies", 2021) == 2
    assert year.value("meetings.sit_ins", 2020) == 0


def test_agenda_items(year: SmallCounty) -> None:
    chairs = "第十一届人大常委会第40次主任会议"
    year.enter(
        "meetings.agenda",
        [
            {
                "会议名称": SC.format(34),
                "议题": "去年的议题",
                "议题类别": "议案",
                "提请机关": None,
                "重大事项": "是",
                "审议结果": "听取",
            },
            {
                "会议名称": SC.format(35),
                "议题": "专项报告甲",
                "议题类别": "专项工作报告",
                "提请机关": None,
                "重大事项": "是",
                "审议结果": "听取",
            },
            {
                "会议名称": SC.format(35),
                "议题": "调整方案",
                "议题类别": "议案",
                "提请机关": "县人民政府",
                "重大事项": "是",
                "审议结果": "通过",
            },
            {
                "会议名称": SC.format(36),
                "议题": "人事任免",
                "议题类别": "任免",
                "提请机关": None,
                "重大事项": "否",
                "审议结果": "通过",
            },
            {
                "会议名称": chairs,
                "议题": "教育工作汇报",
                "议题类别": "汇报",
                "提请机关": None,
                "重大事项": "否",
                "审议结果": "听取",
            },
            {"会议名称": chairs, "议题": "学习", "议题类别": "学习", "提请机关": None, "重大事项": "否", "审议结果": ""},
        ],
    )
    assert year.value("meetings.items", 2021) == 5
    assert year.parts("meetings.items", 2021, "会议类别") == {"常委会会议": 3, "主任会议": 2}
    assert year.value("meetings.bills", 2021) == 1
    assert year.parts("meetings.bills", 2021, "提案机关") == {"县人民政府": 1}
    assert year.value("meetings.major", 2021) == 2
    assert year.parts("meetings.major", 2021, "处理方式") == {"听取审议": 1, "通过": 1}
    assert year.value("meetings.briefings", 2021) == 1  # the study item is no report


def test_resolutions_of_committee_and_congress(county: SmallCounty) -> None:
    county.enter(
        "meetings.resolutions",
        [
            {"标题": "批准决算的决议", "文种": "决议", "作出机关": "常委会", "事项类别": "决算", "通过日期": "2021-08-26"},
            {
                "标题": "人大换届选举的决定",
                "文种": "决定",
                "作出机关": "常委会",
                "事项类别": "换届选举",
                "通过日期": "2021-09-01",
            },
            {
                "标题": "政府工作报告的决议",
                "文种": "决议",
                "作出机关": "人代会",
                "事项类别": "工作报告",
                "通过日期": "2021-01-15",
            },
            {"标题": "去年的决定", "文种": "决定", "作出机关": "常委会", "事项类别": "人事", "通过日期": "2020-12-31"},
        ],
    )
    assert county.value("meetings.resolutions", 2021) == 2
    assert county.parts("meetings.resolutions", 2021, "文种") == {"决议": 1, "决定": 1}
    assert county.value("meetings.resolutions", 2021, 事项类别="决算") == 1
    assert county.value("meetings.congress_resolutions", 2021) == 1
    letters = [{"标题": f"审议意见{n}", "文号": f"清人审〔2021〕{n}号", "交办日期": "2021-09-01"} for n in (1, 2, 3)]
    county.enter("supervision.opinions", letters)
    assert county.value("meetings.resolutions_and_opinions", 2021) == 5  # two and three


def test_satisfaction_votes(county: SmallCounty) -> None:
    row = {"测评日期": "2021-10-28", "全体组成人员": 30, "发出": 28, "收回": 28, "基数": "全体组成人员", "等次线": "过半数"}
    county.enter(
        "meetings.satisfaction",
        [
            {
                **row,
                "测评事项": "审计整改甲",
                "对象类型": "审计",
                "被测评单位": "县教育局",
                "满意": 20,
                "基本满意": 6,
                "不满意": 2,
            },
            {
                **row,
                "测评事项": "审计整改乙",
                "对象类型": "审计",
                "被测评单位": "县教育局",
                "满意": 14,
                "基本满意": 6,
                "不满意": 8,
            },
            {
                **row,
                "测评事项": "审计整改丙",
                "对象类型": "审计",
                "被测评单位": "龙潭镇人民政府",
                "满意": 2,
                "基本满意": 3,
                "不满意": 23,
            },
            {
                **row,
                "测评事项": "教育局工作评议",
                "对象类型": "部门",
                "被测评单位": "县教育局",
                "满意": 28,
                "基本满意": 0,
                "不满意": 0,
            },
        ],
    )
    assert county.value("meetings.satisfaction", 2021) == 4
    assert county.parts("meetings.satisfaction", 2021, "测评对象类型") == {"审计查出问题整改情况": 3, "部门工作评议": 1}
    assert county.parts("meetings.grades", 2021, "测评等次") == {"满意": 2, "基本满意": 1, "不满意": 1}
    assert county.value("meetings.audit_rated", 2021) == 2  # the education bureau was rated twice
    assert county.value("meetings.votes_satisfied", 2021) == 64  # 20 + 14 + 2 + 28
    assert county.value("meetings.votes_basically", 2021) == 15
    assert county.value("meetings.votes_dissatisfied", 2021) == 33
    assert county.value("meetings.votes_abstained", 2021) == 0
    assert (county.value("meetings.votes_issued", 2021), county.value("meetings.votes_returned", 2021)) == (112, 112)
    assert round(float(county.value("meetings.satisfied_rate", 2021)), 2) == 57.14  # 64 ÷ 112
    assert county.parts("meetings.votes_satisfied", 2021, "被测评单位") == {"县教育局": 62, "龙潭镇人民政府": 2}


def test_study_topics_and_sessions(county: SmallCounty) -> None:
    county.enter(
        "meetings.topics",
        [
            {"学习内容": "专题一", "主体": "党组", "形式": "第一议题", "时间": "2021-03-05", "领学人职级": ""},
            {"学习内容": "专题二", "主体": "党组", "形式": "第一议题", "时间": "2021-03-05", "领学人职级": ""},
            {"学习内容": "专题三", "主体": "中心组", "形式": "第一议题", "时间": "2021-03-05", "领学人职级": ""},
            {"学习内容": "专题四", "主体": "党组", "形式": "第一议题", "时间": "2021-04-02", "领学人职级": ""},
            {"学习内容": "党史", "主体": "支部", "形式": "讲党课", "时间": "2021-07-01", "领学人职级": "支部书记"},
            {"学习内容": "党章", "主体": "党组", "形式": "党课", "时间": "2021-07-01", "领学人职级": "党组书记"},
        ],
    )
    assert county.value("meetings.first_topics", 2021) == 4
    assert county.value("meetings.first_topic_meetings", 2021) == 3  # two of the Party group, one of the study group
    assert county.value("meetings.lectures", 2021) == 2
    assert county.parts("meetings.lectures", 2021, "领学人职级") == {"支部书记": 1, "党组书记": 1}


def test_between_two_sessions(year: SmallCounty) -> None:
    period = between_sessions(6, year.division)
    assert (period.start, period.end) == (date(2020, 1, 10), date(2021, 1, 11))
    assert year.value("meetings.committee", period) == 2  # 31 December 2020 and 1 January 2021
    with pytest.raises(NoSuchPeriod, match="上一次"):
        between_sessions(5, year.division)
    with pytest.raises(NoSuchPeriod, match="没有人民代表大会第7次会议"):
        between_sessions(7, year.division)
