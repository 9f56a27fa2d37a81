"""Importing the room's registers: awkward cells, what titles say, what the law makes of counts, what the database refuses."""

from datetime import date

import pytest

from renda.activities.models import Participation
from renda.directory.gate import OPERATOR
from renda.meetings.models import AttendanceRecord, Meeting, Resolution, SatisfactionVote, Vote
from renda.registers import registry
from renda.registers.services import Change, Refused, save, void
from tests.small_county import SmallCounty

COMMITTEE = "清河县第十一届人民代表大会常务委员会第三十六次会议"


def committee(county: SmallCounty, **more: object) -> int:
    """One meeting of the Standing Committee on 26 August 2021."""
    return county.enter("meetings.meetings", [{"会议名称": COMMITTEE, "会议时间": "2021.8.26", **more}])[0]


def test_a_title_tells_series_term_and_number(county: SmallCounty) -> None:
    meeting = Meeting.objects.get(pk=committee(county))
    assert (meeting.series, meeting.term_number, meeting.ordinal) == ("standing_committee", 11, 36)
    assert meeting.starts_on == date(2021, 8, 26)


@pytest.mark.parametrize(
    ("title", "series"),
    [
        ("清河县第十二届人民代表大会第一次会议", "congress"),
        ("县十一届人大常委会第50次主任会议", "chairpersons"),
        ("县人大常委会党组（扩大）会议", "party_group"),
        ("党组理论学习中心组第3次集体学习", "study_group"),
        ("机关党支部6月集中学习", "branch_study"),
        ("龙潭镇第十八届人民代表大会第二次会议", "township_congress"),
        ("龙潭镇人大主席团会议", "presidium"),
        ("县委人大工作会议", "party_committee"),
    ],
)
def test_the_series_is_read_from_the_title(county: SmallCounty, title: str, series: str) -> None:
    reading = county.read("meetings.meetings", [{"会议名称": title, "召开日期": "2021-01-05"}])
    assert reading.faults == {}
    assert reading.values[0]["series"] == series


def test_an_extended_party_group_meeting(county: SmallCounty) -> None:
    reading = county.read("meetings.meetings", [{"会议名称": "党组（扩大）会议", "召开日期": "2021-01-05"}])
    assert reading.values[0]["extended"] is True


def test_a_meeting_without_a_title_gets_one(county: SmallCounty) -> None:
    rows = [
        {"会议类别": "常委会", "届次": 11, "会议次序": 36, "日期": "2021年8月26日"},
        {"会议类别": "党组会", "届次": None, "会议次序": None, "日期": "2021-03-05"},
    ]
    reading = county.read("meetings.meetings", [{"会议名称": None, **row} for row in rows])
    assert reading.faults == {}
    assert [row["title"] for row in reading.values] == ["第十一届人大常委会第三十六次会议", "党组会议（2021-03-05）"]


def test_a_meeting_of_no_known_series_is_refused(county: SmallCounty) -> None:
    reading = county.read("meetings.meetings", [{"会议名称": "碰头会", "召开日期": "2021-01-05"}])
    assert "看不出是哪一类会议" in reading.faults[0]["series"]


def test_more_present_than_expected_is_refused_by_rule_and_database(county: SmallCounty) -> None:
    reading = county.read(
        "meetings.meetings", [{"会议名称": COMMITTEE, "召开日期": "2021-08-26", "应到": 30, "实到": 28, "请假": 3}]
    )
    assert reading.faults == {0: {"present": "实到人数与请假人数之和多于应到人数"}}
    pk = committee(county, 应到=30, 实到=28, 请假=2)
    with pytest.raises(Refused, match="实到人数与请假人数之和多于应到人数"):
        save(registry.get("meetings.meetings"), [Change({"on_leave": 3}, pk)], actor=OPERATOR)


@pytest.mark.parametrize(
    ("title", "expected", "present", "quorate"),
    [
        (COMMITTEE, 30, 15, False),  # more than half of 30 is 16
        (COMMITTEE, 30, 16, True),
        ("清河县第十一届人民代表大会第六次会议", 210, 139, False),  # two thirds of 210 is 140
        ("清河县第十一届人民代表大会第六次会议", 210, 140, True),
        ("第十一届人大常委会第50次主任会议", 6, 2, None),  # the law sets no quorum
    ],
)
def test_quorum_by_law(county: SmallCounty, title: str, expected: int, present: int, quorate: bool | None) -> None:
    row = {"会议名称": title, "召开日期": "2022-08-26", "应到人数": expected, "实到人数": present}
    (pk,) = county.enter("meetings.meetings", [row])
    assert Meeting.objects.get(pk=pk).quorate is quorate


@pytest.mark.parametrize(
    ("electorate", "in_favour", "needed", "passed"),
    [(33, 16, 17, False), (33, 17, 17, True), (30, 15, 16, False), (30, 16, 16, True)],
)
def test_a_vote_passes_by_more_than_half_of_all_members(
    county: SmallCounty, electorate: int, in_favour: int, needed: int, passed: bool
) -> None:
    committee(county)
    row = {
        "会议": COMMITTEE,
        "表决事项": "决算决议草案",
        "全体组成人员": electorate,
        "到会": 20,
        "赞成": in_favour,
        "弃权": "2票",
    }
    (pk,) = county.enter("meetings.votes", [{("会议名称" if k == "会议" else k): v for k, v in row.items()}])
    vote = Vote.objects.get(pk=pk)
    assert (vote.needed, vote.passed) == (needed, passed)
    assert "第五十一条" in vote.basis


def test_votes_of_a_meeting_without_a_rule_of_law_are_not_judged(county: SmallCounty) -> None:
    county.enter("meetings.meetings", [{"会议名称": "第50次主任会议", "会议类别": "主任会议", "召开日期": "2021-08-20"}])
    row = {"会议名称": "第50次主任会议", "表决事项": "年度监督计划", "全体人数": 6, "赞成票": 6}
    (pk,) = county.enter("meetings.votes", [row])
    vote = Vote.objects.get(pk=pk)
    assert (vote.passed, vote.needed) == (None, None)


def test_more_votes_than_people_are_refused(county: SmallCounty) -> None:
    committee(county)
    row = {"会议名称": COMMITTEE, "表决事项": "任免案", "全体人数": 30, "到会人数": 28, "赞成票": 27, "反对票": 1, "弃权票": 1}
    assert "多于到会人数" in county.read("meetings.votes", [row]).faults[0]["in_favour"]
    (pk,) = county.enter("meetings.votes", [{**row, "弃权票": 0}])
    with pytest.raises(Refused, match="之和多于到会人数"):
        save(registry.get("meetings.votes"), [Change({"abstained": 1}, pk)], actor=OPERATOR)


RATED = {
    "测评事项": "审计整改情况",
    "测评日期": "2021-10-28",
    "全体组成人员": 31,
    "发出": 28,
    "收回": 28,
    "基本满意": 5,
    "不满意": 1,
}


@pytest.mark.parametrize(
    ("base", "line", "satisfied", "grade"),
    [
        ("全体组成人员", "过半数", 15, "basically"),  # 15 of 31 is not more than half, 15 + 5 is
        ("全体组成人员", "过半数", 16, "satisfied"),
        ("收回票", "半数以上", 14, "satisfied"),  # 14 of 28 is half, and half is enough
        ("收回票", "过半数", 14, "basically"),
        ("收回票", "80%以上", 17, "dissatisfied"),  # 17 + 5 of 28 is 78.6 %
        ("", "", 22, ""),  # nobody has said which rule applies
    ],
)
def test_grades_by_rule(county: SmallCounty, base: str, line: str, satisfied: int, grade: str) -> None:
    (pk,) = county.enter("meetings.satisfaction", [{**RATED, "满意": satisfied, "得票率基数": base, "等次线": line}])
    assert SatisfactionVote.objects.get(pk=pk).grade == grade


def test_satisfaction_votes_that_cannot_be(county: SmallCounty) -> None:
    row = {**RATED, "满意": 23}
    assert "最多 28" in county.read("meetings.satisfaction", [row]).faults[0]["satisfied"]
    assert "收回票数多于发出票数" in county.read("meetings.satisfaction", [{**row, "满意": 1, "收回": 29}]).faults[0]["returned"]
    fault = county.read("meetings.satisfaction", [{**row, "满意": 1, "得票率基数": "到会人员", "等次线": "过半数"}]).faults[0]
    assert fault == {"present": "得票率按到会人员计算，请填写到会人数"}
    assert (
        "须同时填写"
        in county.read("meetings.satisfaction", [{**row, "满意": 1, "等次线": "过半数", "得票率基数": ""}]).faults[0]["base"]
    )


def test_attendance_becomes_participation_and_follows_changes(county: SmallCounty) -> None:
    pk = committee(county, 列席代表="李娜、王芳")
    rows = [
        {"会议名称": COMMITTEE, "姓名": "张伟", "出席情况": "出席", "身份": "委员"},
        {"会议名称": COMMITTEE, "姓名": "赵强", "出席情况": "病假", "身份": "委员"},
    ]
    ids = county.enter("meetings.attendance", rows)
    parts = set(Participation.objects.filter(activity=pk).values_list("person__name", "capacity", "attendance"))
    assert parts == {
        ("李娜", "sit_in", "present"), ("王芳", "sit_in", "present"), ("张伟", "committee_member", "present"),
        ("赵强", "committee_member", "on_leave"),
    }  # fmt: skip
    register = registry.get("meetings.attendance")
    save(register, [Change({"attendance": "present"}, ids[1])], actor=OPERATOR)
    assert Participation.objects.get(activity=pk, person__name="赵强").attendance == "present"
    void(register, [ids[0]], reason="登记错误", actor=OPERATOR)
    assert not Participation.objects.filter(activity=pk, person__name="张伟").exists()
    save(registry.get("meetings.meetings"), [Change({"sit_ins": (county.persons["王芳"],)}, pk)], actor=OPERATOR)
    assert not Participation.objects.filter(activity=pk, person__name="李娜").exists()
    assert AttendanceRecord.objects.alive().count() == 1


def test_agenda_sittings_resolutions_topics_with_awkward_cells(county: SmallCounty) -> None:
    committee(county)
    county.enter(
        "meetings.agenda",
        [{"会议名称": COMMITTEE, "序号": "１", "议题": "听取县人民政府关于优化营商环境的报告", "议题类别": "听取专项工作报告", "报告机关": "县人民政府",
          "听取方式": "书面审议", "重大事项": "是"}],
    )  # fmt: skip
    county.enter("meetings.sittings", [{"会议名称": COMMITTEE, "场次": "第一次全体会议", "应到": "３０", "实到": "28人"}])
    (pk,) = county.enter(
        "meetings.resolutions", [{"名称": "关于批准2020年决算的决议", "文种": "决议", "事项类别": "决算审查", "通过时间": 44434}]
    )
    assert Resolution.objects.get(pk=pk).adopted_on == date(2021, 8, 26)  # Excel's serial number
    county.enter(
        "meetings.topics", [{"学习内容": "中央人大工作会议精神", "主体": "党组会", "形式": "第一议题学习", "时间": "2021.10.20"}]
    )


def test_a_number_belongs_to_one_resolution(county: SmallCounty) -> None:
    row = {"标题": "决定甲", "文种": "决定", "通过日期": "2021-08-26", "文号": "清人常〔2021〕5号"}
    county.enter("meetings.resolutions", [row])
    with pytest.raises(Refused, match="该文号已被另一件决议决定使用"):
        county.enter("meetings.resolutions", [{**row, "标题": "决定乙"}])
