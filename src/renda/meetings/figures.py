"""Indicators of meetings, agenda, attendance, votes, resolutions and study."""

from __future__ import annotations

from typing import Any

from renda.directory.models.divisions import Level
from renda.directory.models.organs import OrganKind, OrganSystem
from renda.figures import Breakdown, Distinct, Indicator, Ratio, Rows, Sum, SumOf, register
from renda.meetings import calendar, models
from renda.meetings import populations as of

TERM = Breakdown("term", "届次", "term_number")
MEETING = Breakdown("meeting", "会议", "title")
SERIES = Breakdown("series", "会议类别", "meeting__series", labels=models.Series)
SESSION = ("title", "term_number", "ordinal", "starts_on")


def declare() -> None:
    """Register the room's indicators (called once, at start)."""
    calendar.declare()
    for group in (_meetings(), _attendance(), _sit_ins(), _agenda(), _papers(), _satisfaction(), _study()):
        for one in group:
            register(one)


def _figure(code: str, name: str, units: tuple[str, ...], reference: str | None, about: str = "", **more: Any) -> Indicator:
    more.setdefault("kind", "count")
    return Indicator(code=f"meetings.{code}", name=name, units=units, reference=reference, about=about, **more)


def _held(code: str, name: str, reference: str, population: Any, aliases: tuple[str, ...], *dims: Breakdown) -> Indicator:
    return _figure(
        code,
        name,
        ("次",),
        reference,
        f"期间内召开的{name.removesuffix('次数')}，按召开日期计",
        population=population,
        date="starts_on",
        breakdowns=dims or (TERM,),
        evidence=SESSION,
        register="meetings.meetings",
        aliases=aliases,
    )


def _meetings() -> list[Indicator]:
    extended = Breakdown("extended", "扩大会议", "extended")
    body = Breakdown("body", "主体", "series", labels=models.Series)
    return [
        _held(
            "committee", "常委会会议次数", "I002", of.committee, ("常委会会议", "召开常委会会议", "人大常委会会议"), TERM, MEETING
        ),
        _held("chairpersons", "主任会议次数", "I006", of.chairpersons, ("主任会议", "召开主任会议")),
        _held("congress", "人民代表大会会议次数", "I023", of.congresses, ("人代会会议", "召开人民代表大会会议", "人代会次数")),
        _held("party_group", "党组会议次数", "I076", of.party_group, ("党组会议", "党组（扩大）会议", "党组扩大会议"), extended),
        _held("study", "集中学习次数", "I080", of.study, ("集中学习", "党组和支部集中学习"), body),
        _held(
            "study_group",
            "党组理论学习中心组学习会次数",
            "I080",
            of.study_group,
            ("理论学习中心组学习", "党组理论学习中心组学习会议", "中心组学习"),
        ),
    ]


def _heads(code: str, name: str, reference: str, population: Any, field: str, about: str) -> Indicator:
    return _figure(
        code,
        name,
        ("人", "名"),
        reference,
        about,
        kind="persons",
        population=population,
        date="starts_on",
        count=Sum(field),
        breakdowns=(MEETING, TERM),
        evidence=("title", "starts_on", "expected", "present", "on_leave"),
        register="meetings.meetings",
    )


def _attendance() -> list[Indicator]:
    several = "台账没有填人数的按逐人出席情况计；期间内有多次会议时为各次之和"
    sitting = Breakdown("sitting", "会议场次", "name")
    return [
        _figure(
            "deputies_due",
            "人代会应到代表数",
            ("名", "人"),
            "I024",
            "时点在任的县级人大代表",
            kind="stock",
            population=of.county_mandates,
            stock=("since", "until"),
            breakdowns=(Breakdown("delegation", "代表团", "delegation"),),
            aliases=("应到代表",),
            evidence=(("person__name", "姓名"), "delegation", "since", "until"),
            register="directory.deputies",
        ),
        _heads("congress_due", "人代会登记应到代表数", "I024", of.congresses, "due", f"人代会台账登记的应到人数；{several}"),
        _heads("congress_present", "人代会实到代表数", "I025", of.congresses, "here", f"人代会实到人数；{several}"),
        _heads("congress_leave", "人代会请假代表数", "I026", of.congresses, "leave", f"人代会请假人数；{several}"),
        _figure(
            "congress_rate",
            "人代会出席率",
            ("%",),
            "I025",
            "实到÷应到",
            kind="ratio",
            count=Ratio("meetings.congress_present", "meetings.congress_due"),
        ),
        _figure(
            "sitting_present",
            "人代会全体会议出席代表人次",
            ("人次",),
            "I025",
            "各次全体会议实到人数之和",
            kind="person_times",
            population=of.sittings,
            date="meeting__starts_on",
            count=Sum("present"),
            breakdowns=(sitting, Breakdown("meeting", "会议", "meeting__title")),
            evidence=(("meeting__title", "会议"), "name", "expected", "present"),
            register="meetings.sittings",
        ),
        _figure(
            "attended",
            "人代会分代表团出席情况",
            ("人",),
            "I025",
            "按逐人出席情况计的代表人数",
            kind="person_times",
            population=_congress_records,
            date="meeting__starts_on",
            breakdowns=(
                Breakdown(
                    "attendance",
                    "出席情况",
                    "attendance",
                    labels=models.AttendanceRecord._meta.get_field("attendance").choices,
                ),
                Breakdown("delegation", "代表团", "delegation"),
                Breakdown("reason", "请假事由", "reason"),
            ),
            evidence=(("person__name", "姓名"), "attendance", "delegation"),
            register="meetings.attendance",
        ),
        _heads("committee_due", "常委会会议应到组成人员", "I027", of.committee_meetings, "due", f"常委会会议应到人数；{several}"),
        _heads(
            "committee_present", "常委会会议实到组成人员", "I027", of.committee_meetings, "here", f"常委会会议实到人数；{several}"
        ),
        _figure(
            "committee_rate",
            "常委会会议出席率",
            ("%",),
            "I027",
            "实到÷应到",
            kind="ratio",
            count=Ratio("meetings.committee_present", "meetings.committee_due"),
        ),
        _figure(
            "committee_quorate",
            "达到法定人数的常委会会议次数",
            ("次",),
            "I027",
            "全体组成人员过半数出席的会议（地方组织法第五十一条第三款）",
            population=of.quorate,
            date="starts_on",
            breakdowns=(MEETING,),
            evidence=(*SESSION, "expected", "present"),
            register="meetings.meetings",
        ),
    ]


def _congress_records() -> Any:
    rows = models.AttendanceRecord.objects.alive().filter(meeting__voided_at__isnull=True)
    return rows.filter(meeting__series=models.Series.CONGRESS, capacity="deputy")


def _sit_ins() -> list[Indicator]:
    more: dict[str, Any] = {"date": "activity__starts_on", "division": "activity__division"}
    level = Breakdown("level", "代表层级", "person__mandates__level", labels=Level)
    shown = (("activity__title", "会议"), ("activity__starts_on", "日期"))
    return [
        _figure(
            "sit_ins_named",
            "列席常委会会议代表人次（列名）",
            ("人次",),
            None,
            "会议台账列名的列席代表",
            kind="person_times",
            population=of.sit_ins,
            breakdowns=(level,),
            evidence=(("person__name", "姓名"), *shown),
            **more,
        ),
        _figure(
            "sit_ins_unnamed",
            "列席常委会会议代表人次（未列名）",
            ("人次",),
            None,
            "会议台账只登记人数的列席代表",
            kind="person_times",
            population=of.unnamed_sit_ins,
            count=Sum("count"),
            evidence=(*shown, ("count", "人数")),
            **more,
        ),
        _figure(
            "sit_ins",
            "代表列席常委会会议人次",
            ("人次", "名"),
            "I089",
            "列名的与未列名的之和",
            kind="person_times",
            count=SumOf("meetings.sit_ins_named", "meetings.sit_ins_unnamed"),
            aliases=("代表列席常委会会议", "列席常委会会议"),
        ),
        _figure(
            "sit_in_deputies",
            "列席过常委会会议的代表人数",
            ("人", "名"),
            "I089",
            "列名的代表，一人多次只计一次",
            kind="persons",
            population=of.sit_ins,
            count=Distinct("person"),
            breakdowns=(level,),
            evidence=(("person__name", "姓名"), *shown),
            **more,
        ),
    ]


def _agenda() -> list[Indicator]:
    kind = Breakdown("kind", "议题类别", "kind", labels=models.AgendaKind)
    manner = Breakdown("manner", "听取方式", "manner", labels=models.Manner)
    organ = Breakdown("organ", "报告机关", "organ__name")
    system = Breakdown("system", "机关系统", "organ__system", labels=OrganSystem)
    more: dict[str, Any] = {
        "date": "meeting__starts_on",
        "register": "meetings.agenda",
        "evidence": ("title", "kind", ("meeting__title", "会议"), ("meeting__starts_on", "日期")),
    }
    return [
        _figure(
            "items",
            "审议议题数",
            ("项", "个"),
            "I022",
            "期间内各类会议的议程条目",
            population=of.agenda,
            breakdowns=(SERIES, kind, manner),
            aliases=("审议议题", "研究议题", "会议议题"),
            **more,
        ),
        _figure(
            "bills",
            "常委会审议议案件数",
            ("件", "项"),
            "I060",
            "常委会会议审议的议案和决议决定草案",
            population=of.bills,
            breakdowns=(Breakdown("proposer", "提案机关", "proposer__name"), kind),
            aliases=("常委会审议议案", "审议议案"),
            **more,
        ),
        _figure(
            "major",
            "重大事项讨论决定项数",
            ("项", "件"),
            "I028",
            "标明为重大事项的议题，听取报告的和作出决定的都计",
            population=of.major,
            breakdowns=(Breakdown("outcome", "处理方式", "outcome", labels=models.AgendaOutcome), SERIES),
            aliases=("讨论决定重大事项", "重大事项"),
            **more,
        ),
        _figure(
            "briefings",
            "主任会议听取汇报项数",
            ("项", "个"),
            "I019",
            "主任会议听取的报告和汇报",
            population=of.briefings,
            breakdowns=(organ, system, kind, manner),
            aliases=("主任会议听取汇报", "主任会议听取专题汇报"),
            **more,
        ),
    ]


def _papers() -> list[Indicator]:
    more: dict[str, Any] = {
        "date": "adopted_on",
        "evidence": ("title", "form", "number", "adopted_on"),
        "register": "meetings.resolutions",
        "breakdowns": (
            Breakdown("form", "文种", "form", labels=models.ResolutionForm),
            Breakdown("category", "事项类别", "category", labels=models.ResolutionCategory),
        ),
    }
    return [
        _figure(
            "resolutions",
            "作出决议决定件数",
            ("项", "件", "个"),
            "I005",
            "常委会表决通过的决议、决定",
            population=of.resolutions,
            aliases=("作出决议决定", "决议决定", "作出决定决议"),
            **more,
        ),
        _figure(
            "congress_resolutions",
            "人代会决议数",
            ("项", "件"),
            "I029",
            "人民代表大会通过的决议、决定",
            population=of.congress_resolutions,
            aliases=("人代会决议", "大会决议"),
            **more,
        ),
        _figure(
            "resolutions_and_opinions",
            "决议决定与审议意见合计",
            ("件", "项"),
            "I030",
            "常委会决议、决定件数与交办的审议意见书份数之和",
            count=SumOf("meetings.resolutions", "supervision.opinions"),
            aliases=("决议决定和审议意见", "决议决定、审议意见"),
        ),
    ]


def _satisfaction() -> list[Indicator]:
    subject = Breakdown("subject", "测评事项", "subject")
    kind = Breakdown("kind", "测评对象类型", "subject_kind", labels=models.SubjectKind)
    grade = Breakdown("grade", "测评等次", "grade", labels=models.Grade)
    turn = Breakdown("round", "测评次数", "round")
    organ = Breakdown("organ", "被测评单位", "organ__name")
    more: dict[str, Any] = {
        "date": "held_on",
        "register": "meetings.satisfaction",
        "evidence": ("subject", "held_on", "issued", "returned", "satisfied", "basically", "dissatisfied", "abstained", "grade"),
    }
    votes = [
        _figure(
            f"votes_{field}",
            name,
            ("票", "张"),
            "I068",
            f"各项测评的{name}合计",
            population=of.satisfaction,
            count=Sum(field),
            breakdowns=(subject, organ, kind, turn),
            **more,
        )
        for field, name in (
            ("satisfied", "满意票数"),
            ("basically", "基本满意票数"),
            ("dissatisfied", "不满意票数"),
            ("abstained", "弃权票数"),
            ("issued", "测评发出票数"),
            ("returned", "测评收回票数"),
        )
    ]
    return [
        _figure(
            "satisfaction",
            "满意度测评项数",
            ("项", "次"),
            "I066",
            "期间内开展的满意度测评，二次测评另计一次",
            population=of.satisfaction,
            breakdowns=(kind, turn, grade, organ),
            aliases=("满意度测评", "开展满意度测评"),
            **more,
        ),
        _figure(
            "grades",
            "测评等次结果数",
            ("项", "个"),
            "I067",
            "按所定基数和等次线判定等次的测评对象",
            population=of.graded,
            breakdowns=(grade, kind, turn),
            aliases=("测评为满意", "测评等次"),
            **more,
        ),
        *votes,
        _figure(
            "satisfied_rate",
            "测评满意率",
            ("%",),
            "I068",
            "满意票÷收回票",
            kind="ratio",
            count=Ratio("meetings.votes_satisfied", "meetings.votes_returned"),
        ),
        _figure(
            "audit_rated",
            "审计整改测评对象数",
            ("个", "家"),
            "I070",
            "审计查出问题整改情况满意度测评的部门、乡镇，一个单位只计一次",
            population=of.audit_rated,
            count=Distinct("organ"),
            breakdowns=(Breakdown("organ_kind", "对象类型", "organ__kind", labels=OrganKind), grade),
            **more,
        ),
    ]


def _study() -> list[Indicator]:
    body = Breakdown("body", "会议类型", "body", labels=models.TopicBody)
    rank = Breakdown("rank", "领学人职级", "speaker_rank")
    more: dict[str, Any] = {"date": "held_on", "evidence": ("topic", "body", "held_on"), "register": "meetings.topics"}
    return [
        _figure(
            "first_topics",
            "第一议题学习专题数",
            ("个", "项"),
            "I077",
            "第一议题学习的专题",
            population=of.first_topics,
            breakdowns=(body,),
            aliases=("第一议题专题", "学习专题"),
            **more,
        ),
        _figure(
            "first_topic_meetings",
            "第一议题学习次数",
            ("次", "场"),
            "I077",
            "安排第一议题学习的会议次数，同一主体同日只计一次",
            population=of.first_topics,
            count=Distinct("session"),
            breakdowns=(body,),
            aliases=("第一议题学习",),
            **more,
        ),
        _figure(
            "lectures",
            "党课场次",
            ("场", "次"),
            "I081",
            "领导干部讲党课的场次",
            population=of.lectures,
            count=Rows(),
            breakdowns=(rank, body),
            aliases=("讲党课", "党课"),
            **more,
        ),
    ]
