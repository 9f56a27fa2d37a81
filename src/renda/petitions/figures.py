"""What the room of petitions can count. Petitioners are never shown as proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import ExtractYear

from renda.figures import Breakdown, ChangeOf, Indicator, Ratio, Rows, Sum, at_milestone, has_reached, reached, register
from renda.petitions.models import Against, Form, Petition, Result, Source, VisitLevel

FORM = Breakdown("form", "信访形式", "form", labels=Form)
SOURCE = Breakdown("source", "信访来源", "source", labels=Source)
LEVEL = Breakdown("visit_level", "到访层级", "visit_level", labels=VisitLevel)
FIELD = Breakdown("field", "反映领域", "field")
AGAINST = Breakdown("against", "反映对象类别", "against", labels=Against)
COLLECTIVE = Breakdown("collective", "集体访", "collective")
RESULT = Breakdown("result", "处理结果", "result", labels=Result)
DIVISION = Breakdown("division", "区划", "division__name")
GROUPS = (FORM, SOURCE, LEVEL, FIELD, AGAINST, COLLECTIVE, DIVISION)
EVIDENCE = (("number", "编号"), ("opened_on", "收到日期"), ("form", "信访形式"), ("field", "反映领域"), ("stage", "进展"))


def received() -> QuerySet:
    """All petitions received."""
    return Petition.objects.alive()


def accepted() -> QuerySet:
    """Those accepted, by the day or since they were passed on; those refused acceptance are not."""
    return reached(received(), "accepted", "forwarded", "assigned", "closed").exclude(result=Result.NOT_ACCEPTED)


def passed_on() -> QuerySet:
    """Accepted petitions that were forwarded or assigned to a unit."""
    return reached(accepted(), "forwarded", "assigned")


def closed() -> QuerySet:
    """Accepted petitions that are at an end."""
    return accepted().filter(closed_on__isnull=False)


def visits() -> QuerySet:
    """Visits in person."""
    return received().filter(form=Form.VISIT)


def collective() -> QuerySet:
    """Collective visits."""
    return received().filter(collective=True)


def repeated() -> QuerySet:
    """Petitions that raise again what was raised before."""
    return received().filter(Q(repeated=True) | ~Q(repeats=""))


def from_above() -> QuerySet:
    """Petitions assigned by a congress or organ above."""
    return received().filter(source=Source.SUPERIOR)


def closed_within_the_year() -> QuerySet:
    """Of those assigned from above, those closed in the year in which they came."""
    return from_above().annotate(came=ExtractYear("opened_on"), ended=ExtractYear("closed_on")).filter(came=F("ended"))


def count(code: str, name: str, rows: Callable[[], QuerySet], about: str, **more: Any) -> None:
    """Register a count of petitions by the day on which they came (unless ``more`` says otherwise)."""
    settings: dict[str, Any] = {
        "units": ("件", "件次"), "kind": "count", "date": "opened_on", "count": Rows(), "breakdowns": GROUPS,
        "evidence": EVIDENCE, "register": "petitions.petitions",
    } | more  # fmt: skip
    register(Indicator(code=f"petitions.{code}", name=name, population=rows, about=about, **settings))


def made(code: str, name: str, how: Any, about: str, **more: Any) -> None:
    """Register a rate or a change."""
    settings: dict[str, Any] = {"units": ("%",), "kind": "ratio"} | more
    register(Indicator(code=f"petitions.{code}", name=name, count=how, about=about, **settings))


def declare() -> None:
    """Register the indicators (called once, at start)."""
    _received()
    _handled()


def _received() -> None:
    words = ("信访件", "信访总量", "来信来访", "受理信访", "受理群众来信来访", "接待来信来访", "信访案件")
    count("count", "信访件次", received, "期间内收到的来信、来访、来电、网信件数", reference="I134", aliases=words)
    count("total", "信访总件次", received, "计算占比的分母：期间内收到的全部信访件，不再分解", breakdowns=())
    count(
        "by_group",
        "信访分组件数",
        received,
        "按形式、到访层级、领域、反映对象分组的件数",
        reference="I136",
        aliases=("来信件数", "来访件数", "网上信访件数"),
    )
    made(
        "group_share",
        "信访分组占比",
        Ratio("petitions.by_group", "petitions.total"),
        "某一组占全部信访件的百分比",
        reference="I136",
    )
    made("change", "信访同比", ChangeOf("petitions.count"), "与上年同期相比的增减百分比，分母为上年同期", kind="change", reference="I137",
         aliases=("信访量同比", "信访总量同比"))  # fmt: skip
    people: dict[str, Any] = {"units": ("人次", "人"), "kind": "person_times", "count": Sum("persons"), "reference": "I135"}
    count(
        "visitors",
        "来访人次",
        visits,
        "来访的人数之和，集体访按人数计",
        aliases=("接待来访群众", "接待群众来访", "来访群众"),
        **people,
    )
    count(
        "visits",
        "来访批次",
        visits,
        "来访的批数，一次来访计一批",
        units=("批", "批次", "件"),
        reference="I135",
        aliases=("接待来访",),
    )
    count(
        "collective",
        "集体访批次",
        collective,
        "集体访的批数",
        units=("批", "批次"),
        reference="I135",
        aliases=("集体访", "集体上访"),
    )
    count("collective_people", "集体访人次", collective, "集体访的人数之和", aliases=("集体上访人次",), **people)
    count("people", "信访人次", received, "来信来访涉及的人数之和", **people)
    count("repeated", "重复信访件数", repeated, "重复反映同一事项的件数", reference="I139", aliases=("重复信访", "重信重访"))


def _handled() -> None:
    groups = (*GROUPS, RESULT)
    count(
        "accepted", "信访受理件数", accepted, "期间内收到并受理的件数，不予受理的除外", aliases=("受理件数",), breakdowns=groups
    )
    count(
        "passed_on",
        "信访转办件数",
        passed_on,
        "受理后转送、交办的件数",
        aliases=("转办信访件", "转办件数", "转交办"),
        breakdowns=groups,
    )
    count("closed", "信访办结件数", closed, "期间内收到的信访件中已经办结的", aliases=("办结信访件",), breakdowns=groups)
    made("close_rate", "信访办结率", Ratio("petitions.closed", "petitions.accepted"), "已办结占受理的百分比", reference="I138")
    made(
        "pass_on_rate", "信访转办率", Ratio("petitions.passed_on", "petitions.accepted"), "已转办占受理的百分比", reference="I138"
    )
    count(
        "from_above", "上级交办信访件数", from_above, "上级人大和机关交办的信访件", aliases=("上级交办信访件",), breakdowns=groups
    )
    count(
        "from_above_closed",
        "上级交办信访当年办结件数",
        closed_within_the_year,
        "上级交办、收到当年办结的件数",
        reference="I138",
        breakdowns=groups,
    )
    made(
        "from_above_close_rate", "上级交办信访当年办结率", Ratio("petitions.from_above_closed", "petitions.from_above"),
        "上级交办件中当年办结的百分比", reference="I138",
    )  # fmt: skip
    count(
        "closed_in_period", "期间内办结信访件数（含往年收到）", lambda: at_milestone(received(), "closed"), "办结日期在期间内的信访件，不论何时收到",
        date="at__on", breakdowns=groups,
    )  # fmt: skip
    unfinished = lambda: accepted().filter(~has_reached("forwarded", "assigned"), closed_on__isnull=True)  # noqa: E731
    count(
        "unhandled",
        "未转办也未办结的信访件数",
        unfinished,
        "受理后既没有转办、交办，也没有办结的件数；为零即“均已转办或办结”",
        breakdowns=groups,
    )
