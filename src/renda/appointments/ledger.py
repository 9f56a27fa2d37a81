"""The room's registers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from renda.activities.models import ActivityKind, Capacity, PeopleClass
from renda.appointments import reading
from renda.appointments.models import Action, Appointment, AssessorBatch, DeputyResignation, LawExam, OathCeremony
from renda.directory.gate import Access
from renda.registers.columns import (
    Choice,
    Column,
    Day,
    DivisionRef,
    Number,
    People,
    PersonRef,
    Ref,
    Text,
    Whole,
    YesNo,
)  # fmt: skip
from renda.registers.directory import LEVEL_WORDS, known_people
from renda.registers.register import Register, SavedView
from renda.registers.registry import register

ACTIONS = {
    "任": "appoint", "任职": "appoint", "任命为": "appoint", "决定": "decide", "代理": "act", "任代理": "act", "批准": "approve", "当选": "elect",
    "选举产生": "elect", "选举任职": "elect", "免": "remove", "免去": "remove", "免去职务": "remove", "撤销职务": "dismiss", "辞职": "resign",
    "接受辞去": "resign", "辞去职务": "resign", "决定免去": "decide_remove", "批准免职": "remove",
}  # fmt: skip
SYSTEMS = {
    "政府": "government", "一府": "government", "监委": "supervision", "监察委": "supervision", "法院": "court", "检察院": "procuratorate",
    "人大": "congress", "常委会机关": "congress", "人大机关": "congress", "党群": "party",
}  # fmt: skip
BODIES = {
    "常委会": "committee", "人大常委会": "committee", "县人大常委会": "committee", "人代会": "congress", "大会": "congress", "县人代会": "congress",
    "人民代表大会": "congress", "乡镇人代会": "township", "镇人代会": "township", "乡人代会": "township",
}  # fmt: skip
ORGANISERS = {
    "县人大常委会": "congress", "人大常委会": "congress", "常委会": "congress", "县政府": "organs", "政府": "organs", "法院": "organs",
    "检察院": "organs", "监委": "organs", "一府两院": "organs", "一府一委两院": "organs", "乡镇人大": "township",
}  # fmt: skip


PASSED = {"合格": True, "通过": True, "及格": True, "优秀": True, "不合格": False, "未通过": False, "不及格": False}


@dataclass(kw_only=True)
class Passed(YesNo):
    """Yes or no, also written 合格 or 不合格."""

    def read_one(self, raw: Any) -> bool:
        word = raw.strip() if isinstance(raw, str) else raw
        return PASSED[word] if word in PASSED else super().read_one(raw)


def person_columns() -> list[Column]:
    """Who it is about: the name, and what tells people of one name apart."""
    return [
        Text(field="person__name", name="姓名", required=True, synonyms=("被任免人", "人员姓名", "任免人员", "拟任人选", "名字")),
        Choice(field="person__sex", words={"男性": "male", "女性": "female"}, listed=False),
        Day(field="person__birth_date", name="出生日期", synonyms=("出生年月日", "生日"), listed=False),
        Text(field="person__employer", synonyms=("工作单位", "现任职务", "单位及职务"), listed=False),
    ]


def appointments() -> Register:
    """Appointments and removals, one post a row."""
    return Register(
        code="appointments.appointments",
        name="人事任免",
        words=("任免", "任免台账", "任免名单", "人事任免事项", "任命名单", "免职名单"),
        model=Appointment,
        person="person",
        key=("person__name", "action", "post", "decided_on"),
        label="person__name",
        date="decided_on",
        columns=[
            *person_columns(),
            Choice(field="action", synonyms=("任免", "任/免", "任免情况", "任免事项", "任免形式"), words=ACTIONS, filtered=True),
            Text(field="post", synonyms=("任免职务", "任（免）职务", "所任免职务", "职务名称", "任命职务")),
            Ref(field="organ", to="directory.organs", synonyms=("任免机关", "任职单位", "所在单位"), filtered=True),
            Choice(field="system", synonyms=("系统", "机关类别", "所属机关"), words=SYSTEMS, filtered=True),
            YesNo(field="assessor", synonyms=("是否人民陪审员", "陪审员"), listed=False, filtered=True),
            Choice(field="decided_by", synonyms=("作出机关", "任免主体", "会议类别"), words=BODIES, filtered=True),
            Day(field="decided_on", synonyms=("任免日期", "任免时间", "通过时间", "会议日期", "表决日期")),
            Text(field="meeting", synonyms=("会议", "会次", "任免会议", "常委会会议")),
            Text(field="document_number", synonyms=("文号", "任免文件号"), listed=False),
            Text(field="proposer", synonyms=("提名人", "提请机关", "提请单位"), listed=False),
            Whole(field="votes_for", unit="票", synonyms=("赞成", "同意票"), listed=False),
            Whole(field="votes_against", unit="票", synonyms=("反对", "不同意票"), listed=False),
            Whole(field="abstentions", unit="票", synonyms=("弃权",), listed=False),
            Whole(field="present", unit="人", synonyms=("到会人数", "实到人数"), listed=False),
            DivisionRef(synonyms=("区划", "乡镇"), listed=False, filtered=True),
        ],
        prepare=reading.prepare,
        rules=(known_people, reading.votes_within),
        views=(
            SavedView("taking", "任职", lambda rows: rows.filter(action__in=Action.taking_office())),
            SavedView("leaving", "免职", lambda rows: rows.filter(action__in=Action.leaving_office())),
        ),
        access=Access("appointments", organs=("organ",), people=("person",)),
        about="常委会和人代会通过的任免、选举、接受辞职事项，一人一职一行",
    )


def batches() -> Register:
    """Assessors by head count."""
    return Register(
        code="appointments.assessors",
        name="人民陪审员任免批次",
        words=("人民陪审员", "陪审员任命", "陪审员"),
        model=AssessorBatch,
        key=("title", "decided_on"),
        label="title",
        date="decided_on",
        columns=[
            Text(field="title", synonyms=("批次名称", "名称", "事项")),
            Day(field="decided_on", synonyms=("任命日期", "任免日期", "通过时间", "会议日期")),
            Text(field="meeting", synonyms=("会议", "会次")),
            Whole(field="appointed", unit="人", synonyms=("任命数", "任命人民陪审员人数", "人数")),
            Whole(field="removed", unit="人", synonyms=("免职数", "免去人数")),
            DivisionRef(synonyms=("区划",), listed=False),
        ],
        rules=(reading.counted,),
        access=Access("appointments"),
        about="成批任免的人民陪审员，只记人数；逐人登记的写入人事任免",
    )


def exams() -> Register:
    """Law exams before appointment."""
    return Register(
        code="appointments.exams",
        name="任前法律考试",
        words=("法律知识考试", "任前考试", "拟任人员考试"),
        model=LawExam,
        person="person",
        key=("person__name", "held_on", "post"),
        label="person__name",
        date="held_on",
        columns=[
            *person_columns(),
            Text(field="post", synonyms=("拟任免职务", "职务", "拟任命职务")),
            Day(field="held_on", synonyms=("考试时间", "时间", "日期")),
            Number(field="score", unit="分", synonyms=("分数", "得分", "考试成绩")),
            Passed(field="passed", synonyms=("合格", "考试结果", "是否通过"), filtered=True),
            YesNo(field="again", synonyms=("补考",), listed=False, filtered=True),
            DivisionRef(synonyms=("区划",), listed=False),
        ],
        prepare=reading.passed,
        rules=(known_people,),
        access=Access("appointments", people=("person",)),
        about="拟任命人员任前法律知识考试的成绩",
    )


def oaths() -> Register:
    """Oath ceremonies and who swore."""
    return Register(
        code="appointments.oaths",
        name="宪法宣誓",
        words=("宣誓", "宣誓仪式", "宪法宣誓仪式"),
        model=OathCeremony,
        fixed={"kind": ActivityKind.OATH.value},
        key=("title", "starts_on"),
        label="title",
        date="starts_on",
        columns=[
            Text(field="title", name="仪式名称", synonyms=("活动名称", "宣誓仪式名称", "名称", "宣誓活动")),
            Day(field="starts_on", name="宣誓日期", synonyms=("日期", "时间", "宣誓时间", "举行日期"), precision="precision"),
            Choice(field="organised_by", synonyms=("组织单位", "组织者", "组织机关"), words=ORGANISERS, filtered=True),
            Text(field="place", synonyms=("宣誓地点", "举行地点")),
            People(
                name="宣誓人员",
                capacity=Capacity.OTHER,
                rest=PeopleClass.OTHER,
                synonyms=("宣誓人", "参加宣誓人员", "宣誓人数", "人员"),
            ),
            Text(field="monitor", synonyms=("监誓", "主持人"), listed=False),
            Text(field="leader", synonyms=("领誓",), listed=False),
            DivisionRef(synonyms=("区划", "乡镇"), listed=False, filtered=True),
        ],
        access=Access("appointments", people=("participations__person",)),
        about="宪法宣誓仪式和宣誓人员，可写姓名，也可只写人数",
    )


def resignations() -> Register:
    """Resignations of deputies that were accepted."""
    return Register(
        code="appointments.resignations",
        name="接受代表辞职",
        words=("代表辞职", "辞去代表职务", "代表变动"),
        model=DeputyResignation,
        key=("person", "level", "accepted_on"),
        label="person",
        date="accepted_on",
        columns=[
            PersonRef(field="person", synonyms=("姓名", "辞职代表", "代表")),
            Choice(field="level", synonyms=("层级", "代表级别", "哪级代表"), words=LEVEL_WORDS, filtered=True),
            Day(field="accepted_on", synonyms=("接受辞职日期", "辞职日期", "通过日期", "会议日期")),
            Choice(field="accepted_by", synonyms=("决定机关", "通过机关"), words=BODIES, filtered=True),
            Text(field="meeting", synonyms=("会议", "会次")),
            Text(field="reason", synonyms=("原因", "辞职事由")),
            DivisionRef(synonyms=("区划", "乡镇"), listed=False, filtered=True),
        ],
        access=Access("appointments", people=("person",)),
        about="常委会或乡镇人代会接受辞去代表职务的人员",
    )


def declare() -> None:
    """Register the room's registers (called once, at start)."""
    for make in (appointments, batches, exams, oaths, resignations):
        register(make())
