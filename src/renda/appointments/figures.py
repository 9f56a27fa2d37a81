"""What the room of appointments can count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models import Sum as Total
from django.db.models.functions import Coalesce

from renda.activities.models import HeadCount, Participation
from renda.appointments.models import (
    Action,
    Appointment,
    AssessorBatch,
    DecidedBy,
    DeputyResignation,
    LawExam,
    OathCeremony,
    OathOrganiser,
)  # fmt: skip
from renda.directory.models.divisions import Level
from renda.directory.models.organs import OrganSystem
from renda.figures import Average, Breakdown, Distinct, Indicator, Ratio, Rows, Sum, SumOf, register

ACTION = Breakdown("action", "任免类别", "action", labels=Action)
SYSTEM = Breakdown("system", "所属系统", "system", labels=OrganSystem)
BODY = Breakdown("decided_by", "决定机关", "decided_by", labels=DecidedBy)
POST = Breakdown("post", "职务", "post")
MEETING = Breakdown("meeting", "会议名称", "meeting")
LEVEL = Breakdown("level", "代表层级", "level", labels=Level)
DIVISION = Breakdown("division", "区划", "division__name")
ORGANISER = Breakdown("organised_by", "组织方", "organised_by", labels=OathOrganiser)
EVIDENCE = (
    ("person__name", "姓名"),
    ("action", "任免类别"),
    ("post", "职务"),
    ("decided_on", "通过日期"),
    ("meeting", "会议名称"),
)


def by_committee() -> QuerySet:
    """What the standing committee decided, people's assessors apart."""
    return Appointment.objects.alive().filter(decided_by=DecidedBy.COMMITTEE, assessor=False)


def taking() -> QuerySet:
    """Posts taken by decision of the committee."""
    return by_committee().filter(action__in=Action.taking_office())


def leaving() -> QuerySet:
    """Posts left by decision of the committee."""
    return by_committee().filter(action__in=Action.leaving_office())


def elected() -> QuerySet:
    """Posts filled by election at a congress."""
    return Appointment.objects.alive().filter(action=Action.ELECT)


def assessors() -> QuerySet:
    """Assessors appointed by name."""
    return Appointment.objects.alive().filter(assessor=True, action__in=Action.taking_office())


def assessors_removed() -> QuerySet:
    """Assessors removed by name."""
    return Appointment.objects.alive().filter(assessor=True, action__in=Action.leaving_office())


def count(code: str, name: str, rows: Callable[[], QuerySet], about: str, **more: Any) -> None:
    """Register a count of appointments by the day of the decision (unless ``more`` says otherwise)."""
    settings: dict[str, Any] = {
        "units": ("人次",), "kind": "person_times", "date": "decided_on", "count": Rows(), "evidence": EVIDENCE,
        "register": "appointments.appointments",
    } | more  # fmt: skip
    register(Indicator(code=f"appointments.{code}", name=name, population=rows, about=about, **settings))


def made(code: str, name: str, how: Any, about: str, **more: Any) -> None:
    """Register a figure made of others."""
    settings: dict[str, Any] = {"units": ("人次",), "kind": "person_times"} | more
    register(Indicator(code=f"appointments.{code}", name=name, count=how, about=about, **settings))


def declare() -> None:
    """Register the indicators (called once, at start)."""
    _appointments()
    _assessors()
    _exams()
    _oaths()
    _resignations()


def _appointments() -> None:
    by = (ACTION, SYSTEM, MEETING, DIVISION)
    count(
        "person_times", "任免国家机关工作人员人次", by_committee,
        "常委会通过的任、免事项人次，同一人任一职又免一职计两次；不含人代会选举和人民陪审员", reference="I004",
        aliases=("任免国家机关工作人员", "任免地方国家机关工作人员", "任免国家工作人员", "任免干部", "人事任免"), breakdowns=by,
    )  # fmt: skip
    count("appointed", "任命人次", taking, "常委会通过的任命、决定任命、代理、批准任命人次", reference="I004", aliases=("任命国家机关工作人员", "任命干部"),
          breakdowns=by)  # fmt: skip
    count(
        "removed",
        "免职人次",
        leaving,
        "常委会通过的免职、撤职、接受辞职人次",
        reference="I004",
        aliases=("免去职务", "免职"),
        breakdowns=by,
    )
    persons = {"units": ("人", "名"), "kind": "persons", "count": Distinct("person")}
    count(
        "persons", "任免人员数", by_committee, "常委会任免的不同人数，一人几次只计一人", reference="I032", aliases=("任免人员", "任免人数"),
        breakdowns=(SYSTEM, ACTION), **persons,
    )  # fmt: skip
    count(
        "elected", "选举产生国家机关领导人员数", elected, "人代会选举产生的不同人数", reference="I130",
        aliases=("选举产生", "选举国家机关领导人员", "选举领导人员"), breakdowns=(POST, BODY, SYSTEM, DIVISION), **persons,
    )  # fmt: skip
    count("elections", "选举任职人次", elected, "人代会选举任职的人次", breakdowns=(POST, BODY, SYSTEM))
    made(
        "with_elections", "任免人次（含人代会选举）", SumOf("appointments.person_times", "appointments.elections"), "常委会任免与人代会选举任职的人次之和",
        reference="I004",
    )  # fmt: skip
    made(
        "with_assessors", "任免人次（含人民陪审员）",
        SumOf("appointments.person_times", "appointments.assessors", "appointments.assessors_removed"),
        "常委会任免国家机关工作人员与人民陪审员的人次之和", reference="I004",
    )  # fmt: skip


def _assessors() -> None:
    for code, name, rows, field, reference in (
        ("assessors", "任命人民陪审员人数", assessors, "appointed", "I033"),
        ("assessors_removed", "免去人民陪审员人数", assessors_removed, "removed", None),
    ):
        people = {"units": ("名", "人"), "kind": "persons"}
        count(
            f"{code}_named",
            f"{name}（逐人登记）",
            rows,
            "在人事任免中逐人登记的人民陪审员",
            count=Distinct("person"),
            breakdowns=(MEETING,),
            **people,
        )
        count(
            f"{code}_batched", f"{name}（按批登记）", AssessorBatch.objects.alive, "成批任免、只记人数的人民陪审员", count=Sum(field),
            register="appointments.assessors", breakdowns=(Breakdown("batch", "批次", "title"), MEETING),
            evidence=(("title", "批次"), ("decided_on", "通过日期"), (field, "人数")), **people,
        )  # fmt: skip
        made(
            code, name, SumOf(f"appointments.{code}_batched", f"appointments.{code}_named"), "逐人登记的与按批登记的人数之和，同一批不要两处登记",
            reference=reference, aliases=("任命人民陪审员", "人民陪审员") if reference else (), **people,
        )  # fmt: skip


def _exams() -> None:
    shown = (("person__name", "姓名"), ("post", "拟任职务"), ("held_on", "考试日期"), ("score", "成绩"))
    usual = {
        "date": "held_on",
        "register": "appointments.exams",
        "evidence": shown,
        "breakdowns": (Breakdown("again", "补考", "again"),),
    }
    count(
        "examined",
        "任前法律考试人次",
        LawExam.objects.alive,
        "参加任前法律考试的人次，补考另计一次",
        aliases=("任前法律知识考试", "法律考试"),
        **usual,
    )
    count("exam_passed", "任前法律考试合格人次", lambda: LawExam.objects.alive().filter(passed=True), "考试合格的人次", **usual)
    made(
        "exam_pass_rate", "任前法律考试合格率", Ratio("appointments.exam_passed", "appointments.examined"), "合格人次占参加人次的百分比",
        units=("%",), kind="ratio",
    )  # fmt: skip
    count(
        "exam_average",
        "任前法律考试平均分",
        LawExam.objects.alive,
        "成绩的平均数",
        count=Average("score"),
        **usual | {"units": ("分",), "kind": "count"},
    )


def ceremonies() -> QuerySet:
    """Oath ceremonies with ``heads``: those named and those counted without a name."""
    named = Participation.objects.filter(activity=OuterRef("pk"), attendance="present").order_by().values("activity")
    unnamed = HeadCount.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
    return OathCeremony.objects.alive().annotate(
        heads=Coalesce(Subquery(named.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
        + Coalesce(Subquery(unnamed.annotate(n=Total("count")).values("n"), output_field=IntegerField()), 0)
    )


def _oaths() -> None:
    usual: dict[str, Any] = {
        "date": "starts_on", "register": "appointments.oaths", "breakdowns": (ORGANISER, DIVISION),
        "evidence": (("title", "仪式名称"), ("starts_on", "宣誓日期"), ("organised_by", "组织方"), ("heads", "宣誓人数")),
    }  # fmt: skip
    count(
        "oath_takers", "宪法宣誓人次", ceremonies, "参加宪法宣誓的人次，写了姓名的与只记人数的相加", reference="I034", count=Sum("heads"),
        aliases=("宪法宣誓", "进行宪法宣誓", "组织宪法宣誓"), **usual,
    )  # fmt: skip
    count(
        "oaths", "宪法宣誓仪式场次", ceremonies, "期间内举行的宪法宣誓仪式次数", reference="I035", units=("次", "场", "场次"), kind="count",
        aliases=("宪法宣誓仪式", "宣誓仪式"), **usual,
    )  # fmt: skip


def _resignations() -> None:
    count(
        "deputies_resigned", "接受代表辞职人数", DeputyResignation.objects.alive, "常委会、乡镇人代会接受辞去代表职务的不同人数", reference="I031",
        units=("人", "名"), kind="persons", date="accepted_on", count=Distinct("person"), aliases=("接受代表辞职", "辞去代表职务"),
        breakdowns=(LEVEL, Breakdown("accepted_by", "接受机关", "accepted_by", labels=DecidedBy), DIVISION), register="appointments.resignations",
        evidence=(("person__name", "代表姓名"), ("level", "代表层级"), ("accepted_on", "接受日期"), ("reason", "辞职原因")),
    )  # fmt: skip
