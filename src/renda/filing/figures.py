"""What the room of filing can count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from renda.figures import AverageDays, Breakdown, Indicator, Ratio, Rows, Sum, at_milestone, register
from renda.filing.models import (
    BillAim,
    ContactPoint,
    Correction,
    DocumentKind,
    Finding,
    LegislationConsultation,
    NormativeDocument,
    PointLevel,
    RegulationBill,
    ReviewRequest,
    Way,
)  # fmt: skip

MAKER = Breakdown("maker", "制定机关", "maker__name")
KIND = Breakdown("kind", "文件类别", "document_kind", labels=DocumentKind)
FIELD = Breakdown("field", "所属领域", "field")
WAY = Breakdown("way", "审查方式", "way", labels=Way)
FINDING = Breakdown("finding", "审查结果", "finding", labels=Finding)
CORRECTION = Breakdown("correction", "处理方式", "correction", labels=Correction)
AIM = Breakdown("aim", "立法形式", "aim", labels=BillAim)
POINT = Breakdown("level", "级别", "level", labels=PointLevel)
DIVISION = Breakdown("division", "区划", "division__name")
DOCUMENT = (("title", "文件名称"), ("document_number", "文号"), ("maker__name", "制定机关"), ("at__on", "日期"))


def documents() -> QuerySet:
    """All living documents."""
    return NormativeDocument.objects.alive()


def at(code: str, **filters: Any) -> Callable[[], QuerySet]:
    """Documents that reached a milestone, by its day."""
    return lambda: at_milestone(documents().filter(**filters), code)


def overdue() -> QuerySet:
    """Documents from the day after their last day to be filed, until they are filed."""
    day_after = Cast(ExpressionWrapper(F("file_by") + Value(timedelta(days=1)), output_field=DateField()), DateField())
    rows = documents().filter(file_by__isnull=False).annotate(overdue_from=day_after)
    return rows.alias(filed=FilteredRelation("milestones", condition=Q(milestones__code="filed")))


def filed_late() -> QuerySet:
    """Documents filed after their last day."""
    return at_milestone(documents(), "filed").filter(at__on__gt=F("file_by"))


def reviewed_to_the_day() -> QuerySet:
    """Documents whose days of filing and of review are both known exactly."""
    return at_milestone(at_milestone(documents(), "filed", "filed", exact=True), "reviewed", "reviewed", exact=True)


def count(code: str, name: str, rows: Callable[[], QuerySet], about: str, **more: Any) -> None:
    """Register a count of documents by the day of a milestone (unless ``more`` says otherwise)."""
    settings: dict[str, Any] = {
        "units": ("件", "份"), "kind": "count", "date": "at__on", "count": Rows(), "evidence": DOCUMENT, "register": "filing.documents",
    } | more  # fmt: skip
    register(Indicator(code=f"filing.{code}", name=name, population=rows, about=about, **settings))


def made(code: str, name: str, how: Any, about: str, **more: Any) -> None:
    """Register a figure made of others."""
    settings: dict[str, Any] = {"units": ("%",), "kind": "ratio"} | more
    register(Indicator(code=f"filing.{code}", name=name, count=how, about=about, **settings))


def declare() -> None:
    """Register the indicators (called once, at start)."""
    _documents()
    _problems()
    _reviews()
    _regulations()
    _legislation()


def _documents() -> None:
    by = (MAKER, KIND, FIELD, WAY, FINDING, DIVISION)
    words = ("备案审查规范性文件", "审查规范性文件", "规范性文件备案审查", "备案审查件数", "备案审查")
    count(
        "reviewed",
        "备案审查件数（审查）",
        at("reviewed"),
        "期间内完成审查的规范性文件",
        reference="I037",
        aliases=words,
        breakdowns=by,
    )
    count(
        "filed", "备案接收件数", at("filed"), "期间内接收报送备案的规范性文件", reference="I038",
        aliases=("报送备案", "接收备案", "备案规范性文件", "接收报备"), breakdowns=(MAKER, KIND, FIELD, DIVISION),
    )  # fmt: skip
    count("filed_total", "备案接收总件数", at("filed"), "计算占比的分母，不再分解")
    made(
        "filed_share",
        "备案接收分组占比",
        Ratio("filing.filed", "filing.filed_total"),
        "某一组占接收备案件数的百分比",
        reference="I038",
    )
    count(
        "overdue", "应报未报件数", overdue, "到时点为止，已过应报备日期仍未报送的规范性文件；期限由本省规定，未定期限的不计", reference="I040",
        kind="stock", date="", stock=("overdue_from", "filed__on"), aliases=("逾期未报", "应报未报"), breakdowns=(MAKER, KIND),
        evidence=(("title", "文件名称"), ("document_number", "文号"), ("maker__name", "制定机关"), ("file_by", "应报备日期")),
    )  # fmt: skip
    count(
        "filed_late",
        "逾期报备件数",
        filed_late,
        "期间内接收的文件中，晚于应报备日期报送的",
        aliases=("逾期报送",),
        breakdowns=(MAKER, KIND),
    )
    count(
        "days", "备案审查平均时长", reviewed_to_the_day, "从报送备案到完成审查的平均天数，只计两个日期都记到日的", reference="I041", units=("天", "日"),
        kind="duration", date="reviewed__on", count=AverageDays("filed__on", "reviewed__on"), breakdowns=(WAY, KIND),
        evidence=(("title", "文件名称"), ("filed__on", "报备日期"), ("reviewed__on", "审查完成日期")),
    )  # fmt: skip


def _problems() -> None:
    by = (MAKER, KIND, FIELD)
    problem = {"finding": Finding.PROBLEM}
    count(
        "problems", "备案审查发现问题件数", at("reviewed", **problem), "期间内完成审查并发现问题的文件", reference="I039",
        aliases=("发现问题文件", "审查发现问题"), breakdowns=(*by, CORRECTION),
    )  # fmt: skip
    mended = {"correction__in": (Correction.AMENDED, Correction.REPEALED, Correction.ANNULLED)}
    count(
        "corrected", "督促纠正件数", at("reviewed", **mended), "期间内完成审查的文件中，已修改、废止或被撤销的", reference="I039",
        aliases=("纠正文件", "督促修改废止", "督促纠正"), breakdowns=(*by, CORRECTION),
    )  # fmt: skip
    for code, name, way in (("amended", "督促修改件数", Correction.AMENDED), ("repealed", "督促废止件数", Correction.REPEALED)):
        count(code, name, at("reviewed", correction=way), f"处理方式为{way.label}的文件", reference="I039", breakdowns=by)
    count(
        "opinions", "备案审查意见条数", at("reviewed"), "期间内完成审查的文件提出的审查意见条数之和", reference="I039", units=("条",),
        count=Sum("opinions"), aliases=("审查意见",), breakdowns=(*by, WAY), evidence=(*DOCUMENT, ("opinions", "审查意见条数")),
    )  # fmt: skip
    made("corrected_rate", "问题文件纠正率", Ratio("filing.corrected", "filing.problems"), "已纠正的占发现问题的百分比")


def _reviews() -> None:
    count(
        "requests", "审查要求和建议件数", lambda: ReviewRequest.objects.alive(), "期间内收到的审查要求、审查建议和开展的专项、移送、联合审查",
        date="opened_on", register="filing.reviews", aliases=("审查建议", "专项审查", "依申请审查"), breakdowns=(WAY, FINDING),
        evidence=(("title", "审查事项"), ("way", "审查方式"), ("opened_on", "收到日期"), ("finding", "审查结果")),
    )  # fmt: skip


STAGES = (
    ("planned", "立项", "regulations_planned"), ("first_reading", "审议", "regulations_deliberated"), ("passed", "通过", "regulations_passed"),
    ("approved", "批准", "regulations_approved"),
)  # fmt: skip


def _regulations() -> None:
    for milestone, name, code in STAGES:
        count(
            code, f"法规案{name}件数", _bills_at(milestone), f"期间内{name}的地方性法规、单行条例案（审议按一审计）", reference="I061",
            units=("件", "部"), aliases=(f"{name}法规", f"{name}地方性法规", f"{name}单行条例"), breakdowns=(AIM, FIELD),
            register="filing.regulations", evidence=(("title", "法规名称"), ("aim", "立法形式"), ("at__on", "日期")),
        )  # fmt: skip
    count(
        "regulations_in_force", "现行法规存量", _in_force, "到时点为止已批准（通过）、未被废止的法规部数，只计在本平台登记的制定案减废止案", kind="stock",
        reference="I061", units=("部", "件"), date="", stock=("since__on", "ended_on"), register="filing.regulations",
        evidence=(("title", "法规名称"), ("since__on", "通过日期")),
    )  # fmt: skip


def _bills_at(milestone: str) -> Callable[[], QuerySet]:
    return lambda: at_milestone(RegulationBill.objects.alive(), milestone)


def _in_force() -> QuerySet:
    """Regulations made, each until the day on which a bill of the same title repealed it."""
    repeals = at_milestone(RegulationBill.objects.alive().filter(aim=BillAim.REPEAL), "passed").filter(
        title=OuterRef("title"), division=OuterRef("division")
    )
    made_ones = at_milestone(RegulationBill.objects.alive().filter(aim=BillAim.MAKE), "passed", "since")
    return made_ones.annotate(ended_on=Subquery(repeals.values("at__on")[:1]))


def _legislation() -> None:
    register(
        Indicator(
            code="filing.points", name="基层立法联系点数", aliases=("立法联系点", "基层立法联系点"), units=("个",), kind="stock", reference="I145",
            population=ContactPoint.objects.alive, stock=("founded_on", "closed_on"), breakdowns=(POINT, DIVISION), register="filing.points",
            evidence=(("name", "联系点名称"), ("level", "级别"), ("founded_on", "设立日期")), about="到时点为止在册的基层立法联系点",
        )
    )  # fmt: skip
    for code, name, measure, units, words in (
        ("consultations", "立法征询项目数", Rows(), ("项", "件", "部"), ("立法征询", "征求意见项目", "立法征求意见")),
        ("legislation_opinions", "立法意见条数", Sum("opinions"), ("条",), ("立法意见", "立法意见建议")),
        ("legislation_adopted", "立法意见采纳条数", Sum("adopted"), ("条",), ("采纳意见", "意见被采纳")),
    ):
        register(
            Indicator(
                code=f"filing.{code}", name=name, aliases=words, units=units, kind="count", reference="I145", date="asked_on", count=measure,
                population=LegislationConsultation.objects.alive, breakdowns=(POINT,), register="filing.consultations",
                evidence=(("draft", "征询项目"), ("asked_on", "征询日期"), ("opinions", "意见条数"), ("adopted", "采纳条数")),
                about="期间内对法律法规草案的征询",
            )
        )  # fmt: skip
    made(
        "legislation_adopted_rate", "立法意见采纳率", Ratio("filing.legislation_adopted", "filing.legislation_opinions"),
        "采纳条数占意见条数的百分比", reference="I145",
    )  # fmt: skip
