"""Bills of deputies: how many, and what became of them."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Case, CharField, QuerySet, Value, When

from renda.figures import Breakdown, Indicator, Sum, register
from renda.suggestions.figures import base
from renda.suggestions.figures.base import count
from renda.suggestions.models import BillOutcome, BillResult, Form, Suggestion

MOVED_BY = {"joint": "代表联名", "delegation": "代表团"}
OUTCOME = Breakdown("outcome", "处理方式", "bill_outcome", labels=BillOutcome)


def bills() -> QuerySet:
    """Bills, whatever became of them, with who moved them."""
    moved = Case(When(delegation="", then=Value("joint")), When(proposer__isnull=False, then=Value("joint")), default=Value("delegation"),
                 output_field=CharField())  # fmt: skip
    return Suggestion.objects.alive().filter(form=Form.BILL).annotate(moved_by=moved)


def declare() -> None:
    """Register these indicators."""
    count(
        "bills", "代表议案件数", bills, "期间内代表联名或代表团提出的议案，不论后来如何处理", reference="I058",
        aliases=("代表议案", "议案件数", "收到议案", "提出议案"), breakdowns=(Breakdown("moved_by", "提出方式", "moved_by", labels=MOVED_BY), base.FIELD, OUTCOME),
    )  # fmt: skip
    count(
        "bill_outcomes", "议案处理结果件数", lambda: bills().exclude(bill_outcome=""), "已有处理结果的议案，按处理方式分解", reference="I059",
        aliases=("议案处理",), breakdowns=(OUTCOME,), evidence=(*base.EVIDENCE, ("bill_outcome", "议案处理"), ("merged_into", "并入编号")),
    )  # fmt: skip
    for code, name, outcomes, words in (
        ("bills_merged", "议案合并件数", (BillOutcome.MERGED,), ("合并议案", "并案处理")),
        ("bills_to_suggestions", "议案转作建议件数", (BillOutcome.TO_SUGGESTION,), ("议案转建议", "转作建议")),
        ("bills_tabled", "列入审议议案件数", (BillOutcome.TABLED, BillOutcome.COMMITTEE), ("交审议议案", "列入议程议案")),
    ):
        count(
            code,
            name,
            _with(outcomes),
            f"处理方式为{'或'.join(o.label for o in outcomes)}的议案",
            reference="I059",
            aliases=words,
            breakdowns=(base.FIELD,),
        )
    register(
        Indicator(
            code="suggestions.effects", name="议案督办成效", aliases=("议案办理成效",), units=("个", "项", "处", "公里", "万元"), kind="output",
            reference="I062", population=BillResult.objects.alive, date="reported_on", count=Sum("quantity"), outside=True,
            register="suggestions.effects", breakdowns=(Breakdown("name", "成效指标", "name"), Breakdown("unit", "计量单位", "unit")),
            evidence=(("suggestion__title", "议案（建议）"), ("name", "成效指标"), ("quantity", "数值"), ("unit", "计量单位"), ("reporter", "反馈单位")),
            about="承办单位反馈的成效数值，按指标名取数，不由本平台计算",
        )
    )  # fmt: skip


def _with(outcomes: tuple[BillOutcome, ...]) -> Callable[[], QuerySet]:
    return lambda: bills().filter(bill_outcome__in=outcomes)
