"""What the indicators of suggestions share: who is counted, how it may be taken apart, what is shown as proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from renda.directory.models.divisions import Level
from renda.directory.models.organs import OrganKind, OrganSystem
from renda.figures import Breakdown, Distinct, Indicator, Rows, has_reached, register, with_milestones
from renda.suggestions.models import Answer, BillOutcome, Form, HandlingRole, Origin, Rating, State, Suggestion

UNITS = ("件", "条", "项")
EVIDENCE = (("number", "编号"), ("title", "标题"), ("proposer__name", "领衔代表"), ("opened_on", "提出日期"))

__all__ = ["Distinct", "OrganKind", "Rows"]

ORIGIN = Breakdown("origin", "提出时间", "origin", labels=Origin)
FIELD = Breakdown("field", "所属领域", "field")
SUBFIELD = Breakdown("subfield", "领域细类", "subfield")
LEVEL = Breakdown("level", "代表层级", "deputy_level", labels=Level)
FORM = Breakdown("form", "类别", "form", labels=Form)
FROM_BILL = Breakdown("from_bill", "议案转建议", "from_bill")
KEY = Breakdown("key", "重点督办", "key")
STATE = Breakdown("state", "办理状态", "state", labels=State)
EXTENDED = Breakdown("extended", "延期办理", "extended")
ANSWER = Breakdown("answer", "办理结果", "answer", labels=Answer)
SYSTEM = Breakdown("system", "承办系统", "handlings__unit__system", labels=OrganSystem)
UNIT = Breakdown("unit", "承办单位", "handlings__unit__name")
UNIT_KIND = Breakdown("unit_kind", "单位类别", "handlings__unit__kind", labels=OrganKind)
ROLE = Breakdown("role", "办理方式", "handlings__role", labels=HandlingRole)
DIVISION = Breakdown("division", "区划", "division__name")

PLEASED = (Rating.SATISFIED, Rating.BASICALLY)


def received() -> QuerySet:
    """Suggestions, criticisms and opinions, with the bills that were taken as suggestions: what units are asked to handle."""
    taken = Q(form=Form.BILL)
    rows = Suggestion.objects.alive().annotate(from_bill=ExpressionWrapper(taken, BooleanField()))
    return rows.filter(~taken | Q(bill_outcome=BillOutcome.TO_SUGGESTION))


def assigned() -> QuerySet:
    """Those that were passed to a unit: the base of the rates. One without the date counts as assigned when its handling began."""
    begun = Q(state__in=(State.HANDLING, State.REPLIED, State.CLOSED)) | has_reached("assigned")
    return with_milestones(received(), "assigned").filter(begun)


def replied() -> QuerySet:
    """Those that were answered in writing."""
    done = Q(state__in=(State.REPLIED, State.CLOSED)) | has_reached("replied")
    return with_milestones(assigned(), "replied").filter(done)


def closed() -> QuerySet:
    """Those whose handling is at an end."""
    return assigned().filter(state=State.CLOSED)


def count(
    code: str, name: str, population: Callable[[], QuerySet], about: str, *, reference: str | None = None, **more: Any
) -> Indicator:
    """Register a count of suggestions by the day on which they were handed in (unless ``more`` says otherwise)."""
    settings: dict[str, Any] = {
        "units": UNITS, "kind": "count", "date": "opened_on", "count": Rows(), "evidence": EVIDENCE,
        "register": "suggestions.suggestions",
    } | more  # fmt: skip
    return register(
        Indicator(code=f"suggestions.{code}", name=name, population=population, about=about, reference=reference, **settings)
    )


def ratio(code: str, name: str, made: Any, about: str, *, reference: str | None = None, **more: Any) -> Indicator:
    """Register a rate made of two counts, in per cent."""
    settings: dict[str, Any] = {"units": ("%",), "kind": "ratio"} | more
    return register(Indicator(code=f"suggestions.{code}", name=name, count=made, about=about, reference=reference, **settings))
