"""Meetings, sittings, agenda items, attendance."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from renda.activities.models import ActivityKind
from renda.directory.gate import Access
from renda.meetings import models, participation, rules, titles
from renda.registers.columns import Choice, Day, DivisionRef, HeadCountOf, PeopleRefs, PersonRef, Ref, Text, Whole, YesNo
from renda.registers.directory import ordered_days
from renda.registers.register import Register, SavedView

DIVISION = ("区划", "乡镇（街道）", "乡镇街道", "所在乡镇", "乡镇")
MEETING_NAMES = ("会议名称", "所属会议", "届次会议", "哪次会议", "会次")
SERIES_WORDS = {
    "人代会": "congress",
    "人大会议": "congress",
    "人民代表大会": "congress",
    "代表大会": "congress",
    "大会": "congress",
    "常委会": "standing_committee",
    "人大常委会会议": "standing_committee",
    "县人大常委会会议": "standing_committee",
    "主任会": "chairpersons",
    "主任办公会": "chairpersons",
    "党组会": "party_group",
    "党组（扩大）会议": "party_group",
    "党组扩大会议": "party_group",
    "常委会党组会议": "party_group",
    "中心组学习": "study_group",
    "理论学习中心组": "study_group",
    "党组中心组学习": "study_group",
    "理论学习中心组学习会": "study_group",
    "支部": "branch",
    "党支部会议": "branch",
    "支部党员大会": "branch",
    "支部学习": "branch_study",
    "集中学习": "branch_study",
    "乡镇人代会": "township_congress",
    "镇人代会": "township_congress",
    "乡人代会": "township_congress",
    "主席团会议": "presidium",
    "乡镇主席团会议": "presidium",
    "人大工作会议": "party_committee",
    "县委人大工作会议": "party_committee",
    "专委会会议": "special_committee",
}
HEADS = (
    Whole(field="expected", unit="人", synonyms=("应到", "应出席", "应出席人数", "应到会人数", "应到代表", "应参会人数")),
    Whole(field="present", unit="人", synonyms=("实到", "出席", "出席人数", "实到会人数", "到会人数", "实到代表", "实际到会")),
    Whole(field="on_leave", unit="人", synonyms=("请假", "缺席人数", "请假代表", "请假（缺席）人数", "因事请假")),
)


def _heads() -> list[Whole]:
    from copy import copy

    return [copy(column) for column in HEADS]


def registers() -> tuple[Register, ...]:
    """The registers, parents first."""
    return _meetings(), _sittings(), _agenda(), _attendance()


def _meetings() -> Register:
    return Register(
        code="meetings.meetings",
        name="会议",
        words=("会议台账", "会议登记", "会议情况", "常委会会议", "主任会议", "党组会议", "中心组学习", "人代会", "会议统计"),
        model=models.Meeting,
        fixed={"kind": ActivityKind.MEETING},
        key=("series", "title", "starts_on"),
        label="title",
        date="starts_on",
        columns=[
            Text(
                field="title", name="会议名称", required=False, synonyms=("会议", "名称", "会议届次名称", "会议全称", "届次会议")
            ),
            Choice(
                field="series",
                required=False,
                synonyms=("类别", "会议类型", "会议性质", "会议种类"),
                words=SERIES_WORDS,
                filtered=True,
            ),
            Whole(field="term_number", least=1, most=99, synonyms=("届", "第几届"), filtered=True),
            Whole(field="ordinal", least=1, most=999, synonyms=("次", "第几次", "次序", "会次", "第几次会议")),
            Day(
                field="starts_on",
                name="召开日期",
                synonyms=("会议时间", "会议日期", "时间", "日期", "召开时间", "开会时间", "开幕日期"),
            ),
            Day(field="ends_on", name="闭会日期", synonyms=("结束日期", "结束时间", "闭幕日期"), listed=False),
            Text(field="place", name="会议地点", synonyms=("地点", "开会地点"), listed=False),
            Text(field="chair", synonyms=("主持", "会议主持人"), listed=False),
            *_heads(),
            PeopleRefs(
                field="sit_ins", synonyms=("列席人员", "列席代表姓名", "邀请列席代表", "列席", "列席人大代表"), listed=False
            ),
            HeadCountOf(
                field="sit_in_count",
                people_class="deputy",
                name="未列名列席代表人数",
                synonyms=("列席代表人数", "列席人数"),
                listed=False,
                help="列席代表没有逐一列名时填写人数，已列名的不重复计算",
            ),
            YesNo(field="extended", synonyms=("是否扩大会议", "扩大"), listed=False),
            Text(field="topic", name="会议主题", synonyms=("主题", "主要内容", "主要议题"), listed=False),
            Text(field="summary", name="会议纪要", long=True, synonyms=("会议概况", "备注", "纪要"), listed=False),
            DivisionRef(synonyms=DIVISION, filtered=True, listed=False),
        ],
        prepare=titles.complete,
        rules=(
            titles.known_series,
            ordered_days("starts_on", "ends_on", gettext_noop("闭会日期早于召开日期")),
            rules.not_above(("present", "on_leave"), "expected", "present", "实到人数与请假人数之和多于应到人数"),
        ),
        after_save=participation.after_meetings,
        views=(SavedView("short", "未达法定人数", lambda rows: rows.filter(quorate=False)),),
        access=Access("meetings", people=("participations__person",)),
        about="人代会、常委会、主任会议、党组会议、中心组学习等各类会议",
    )


def _sittings() -> Register:
    return Register(
        code="meetings.sittings",
        name="全体会议场次",
        words=("会议场次", "大会场次", "全体会议签到"),
        model=models.Sitting,
        key=("meeting", "name"),
        label="name",
        date="meeting__starts_on",
        parent="meeting",
        columns=[
            Ref(field="meeting", to="meetings.meetings", synonyms=MEETING_NAMES),
            Text(field="name", synonyms=("全体会议", "场次名称", "第几次全体会议", "会议场次")),
            Day(field="held_on", synonyms=("日期", "会议日期", "时间", "会议时间")),
            *_heads(),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        rules=(rules.not_above(("present", "on_leave"), "expected", "present", "实到人数与请假人数之和多于应到人数"),),
        access=Access("meetings", people=("meeting__participations__person",)),
        about="人代会会议期间各次全体会议的到会情况",
    )


AGENDA_WORDS = {
    "听取专项工作报告": "special_report",
    "听取审议专项工作报告": "special_report",
    "专项报告": "special_report",
    "计划预算": "statutory_report",
    "计划预算报告": "statutory_report",
    "决算报告": "statutory_report",
    "审计工作报告": "statutory_report",
    "执法检查": "enforcement_report",
    "听取执法检查报告": "enforcement_report",
    "调研报告": "survey_report",
    "视察报告": "survey_report",
    "审议意见落实": "opinion_result",
    "整改落实情况报告": "opinion_result",
    "汇报": "briefing",
    "听取汇报": "briefing",
    "工作情况汇报": "briefing",
    "审议议案": "bill",
    "决议草案": "draft_resolution",
    "决定草案": "draft_resolution",
    "决议": "draft_resolution",
    "决定": "draft_resolution",
    "人事": "personnel",
    "任免": "personnel",
    "人事事项": "personnel",
    "任免案": "personnel",
    "第一议题": "first_topic",
    "学习传达": "study",
    "理论学习": "study",
    "测评": "satisfaction",
    "评议": "appraisal",
    "询问": "inquiry",
    "宣誓": "oath",
}


def _agenda() -> Register:
    return Register(
        code="meetings.agenda",
        name="会议议程",
        words=("议程", "议题", "会议议题", "议题台账", "会议议程台账"),
        model=models.AgendaItem,
        key=("meeting", "title"),
        label="title",
        date="meeting__starts_on",
        parent="meeting",
        columns=[
            Ref(field="meeting", to="meetings.meetings", synonyms=MEETING_NAMES, filtered=True),
            Whole(field="ordinal", least=1, most=999, synonyms=("序号", "议程顺序", "议题序号", "议程号")),
            Text(field="title", synonyms=("议程", "议题名称", "议程内容", "议题内容", "审议事项", "会议议题")),
            Choice(field="kind", synonyms=("类别", "议程类别", "议题类型", "事项类型"), words=AGENDA_WORDS, filtered=True),
            Ref(field="organ", to="directory.organs", synonyms=("报告单位", "汇报单位", "报告部门", "汇报部门")),
            Ref(
                field="proposer", to="directory.organs", synonyms=("提案机关", "提请单位", "提案人", "提请审议机关"), listed=False
            ),
            Text(field="reporter", synonyms=("汇报人", "作报告人", "报告人姓名"), listed=False),
            Choice(
                field="manner",
                synonyms=("报告方式", "审议方式", "方式", "听取或书面"),
                filtered=True,
                words={
                    "听取审议": "heard",
                    "口头": "heard",
                    "听取和审议": "heard",
                    "书面审议": "written",
                    "书面报告": "written",
                    "印发": "written",
                },
            ),
            Choice(
                field="outcome",
                synonyms=("结果", "表决结果", "审议情况"),
                filtered=True,
                words={
                    "表决通过": "adopted",
                    "审议通过": "adopted",
                    "已通过": "adopted",
                    "听取": "heard",
                    "审议": "heard",
                    "未获通过": "rejected",
                    "暂缓表决": "deferred",
                    "暂不表决": "deferred",
                },
            ),
            YesNo(field="major", synonyms=("是否重大事项", "重大事项讨论决定"), filtered=True),
            Text(field="matter_title", synonyms=("关联事项", "对应事项", "相关台账事项"), listed=False),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        access=Access("meetings", people=("meeting__participations__person",)),
        about="各次会议的议程和审议结果",
    )


def _attendance() -> Register:
    return Register(
        code="meetings.attendance",
        name="会议出席",
        words=("出席情况", "签到表", "会议签到", "出席会议情况", "出缺席情况", "考勤"),
        model=models.AttendanceRecord,
        key=("meeting", "person"),
        label="person",
        date="meeting__starts_on",
        parent="meeting",
        columns=[
            Ref(field="meeting", to="meetings.meetings", synonyms=MEETING_NAMES, filtered=True),
            PersonRef(field="person", synonyms=("代表姓名", "委员姓名", "出席人", "参会人员", "人员姓名")),
            Choice(
                field="capacity",
                synonyms=("身份", "参会身份", "人员类别"),
                filtered=True,
                words={
                    "委员": "committee_member",
                    "组成人员": "committee_member",
                    "人大代表": "deputy",
                    "列席人员": "sit_in",
                    "列席代表": "sit_in",
                    "工作人员": "staff",
                },
            ),
            Choice(
                field="attendance",
                synonyms=("到会情况", "签到情况", "出缺席", "是否到会", "出勤情况"),
                filtered=True,
                words={
                    "出席": "present",
                    "已到": "present",
                    "到": "present",
                    "是": "present",
                    "√": "present",
                    "实到": "present",
                    "列席": "present",
                    "事假": "on_leave",
                    "病假": "on_leave",
                    "公假": "on_leave",
                    "未到": "absent",
                    "缺": "absent",
                    "否": "absent",
                    "×": "absent",
                },
            ),
            Text(field="delegation", synonyms=("所在代表团", "代表团名称"), filtered=True),
            Text(field="reason", synonyms=("请假原因", "缺席原因", "事由", "请假理由"), listed=False),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        after_save=participation.after_attendance,
        access=Access("meetings", people=("person",)),
        about="每个人出席每次会议的情况，计入本人履职档案",
    )
