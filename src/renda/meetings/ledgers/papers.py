"""Resolutions and decisions; what the Party group and the study group studied."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from renda.directory.gate import Access
from renda.meetings import models
from renda.meetings.ledgers.sessions import DIVISION, MEETING_NAMES
from renda.registers.columns import Choice, Day, DivisionRef, Ref, Text
from renda.registers.directory import ordered_days
from renda.registers.register import Register


def registers() -> tuple[Register, ...]:
    """The registers of papers and topics."""
    return _resolutions(), _topics()


def _resolutions() -> Register:
    return Register(
        code="meetings.resolutions",
        name="决议决定",
        words=("决议", "决定", "决议决定台账", "作出决议决定", "决议决定目录"),
        model=models.Resolution,
        key=("title", "adopted_on"),
        label="title",
        other_names=("number",),
        date="adopted_on",
        columns=[
            Text(field="title", synonyms=("名称", "标题", "文件名称", "决议名称", "决定名称", "决议决定")),
            Choice(field="form", synonyms=("类型", "文件类型", "决议/决定", "文件种类"), filtered=True),
            Choice(
                field="adopter",
                synonyms=("机关", "通过机关", "制定机关", "审议机关"),
                filtered=True,
                words={
                    "常委会": "standing_committee",
                    "县人大常委会": "standing_committee",
                    "人代会": "congress",
                    "大会": "congress",
                    "县人民代表大会": "congress",
                    "乡镇人代会": "township_congress",
                    "主席团": "presidium",
                },
            ),
            Choice(
                field="category",
                synonyms=("类别", "事项", "内容类别", "决议类别"),
                filtered=True,
                words={
                    "预算调整": "adjustment",
                    "计划调整": "adjustment",
                    "决算审查": "final_accounts",
                    "重大事项决定": "major",
                    "人事任免": "personnel",
                    "计划报告": "plan",
                    "预算报告": "budget",
                    "接受辞职": "personnel",
                    "换届选举": "election",
                },
            ),
            Text(field="number", synonyms=("发文字号", "编号", "文件号", "公告号")),
            Day(field="adopted_on", synonyms=("通过时间", "日期", "时间", "表决日期", "作出日期")),
            Ref(field="meeting", to="meetings.meetings", synonyms=MEETING_NAMES, listed=False),
            Day(field="published_on", synonyms=("公布时间", "公告日期"), listed=False),
            DivisionRef(synonyms=DIVISION, filtered=True, listed=False),
        ],
        rules=(ordered_days("adopted_on", "published_on", gettext_noop("公布日期早于通过日期")),),
        access=Access("meetings", open_to_bound=True),
        about="人民代表大会及其常委会作出的决议、决定",
    )


def _topics() -> Register:
    return Register(
        code="meetings.topics",
        name="学习和研究议题",
        words=("第一议题", "中心组学习", "学习台账", "党组议题", "党组学习", "理论学习", "党课", "学习专题"),
        model=models.StudyTopic,
        key=("body", "held_on", "topic"),
        label="topic",
        date="held_on",
        columns=[
            Text(field="topic", synonyms=("议题", "专题", "学习专题", "主题", "内容", "学习主题", "第一议题内容")),
            Choice(
                field="body",
                synonyms=("学习主体", "组织", "会议类型", "学习组织"),
                filtered=True,
                words={
                    "党组会议": "party_group",
                    "党组会": "party_group",
                    "中心组": "study_group",
                    "理论学习中心组": "study_group",
                    "支部": "branch",
                    "党支部": "branch",
                    "主任会": "chairpersons",
                    "机关": "office",
                },
            ),
            Choice(
                field="form",
                synonyms=("形式", "类别", "议题类别", "类型"),
                filtered=True,
                words={
                    "第一议题学习": "first_topic",
                    "研讨": "seminar",
                    "交流研讨": "seminar",
                    "学习": "study",
                    "传达学习": "study",
                    "讲党课": "lecture",
                    "专题党课": "lecture",
                    "议题": "discussion",
                    "研究": "discussion",
                },
            ),
            Day(field="held_on", synonyms=("时间", "日期", "学习时间", "会议日期", "会议时间")),
            Ref(field="meeting", to="meetings.meetings", synonyms=MEETING_NAMES, listed=False),
            Text(field="speaker", synonyms=("主讲人", "授课人", "传达人", "领学人员")),
            Text(field="speaker_rank", synonyms=("主讲人职务", "授课人职务", "领学人职务"), listed=False),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        access=Access("meetings"),
        about="党组第一议题、中心组专题、支部学习和党课",
    )
