"""How suggestions were handled: by whom, assigned, met, answered, closed, in time."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet

from renda.figures import AverageDays, Breakdown, Distinct, Ratio, at_milestone, has_reached, with_milestones
from renda.suggestions.figures import base
from renda.suggestions.figures.base import assigned, closed, count, ratio, received, replied
from renda.suggestions.models import Contact, HandlingRole, State, Suggestion

USUAL = (base.FIELD, base.ORIGIN, base.LEVEL, base.SYSTEM, base.UNIT)
CONTACT = Breakdown("contact", "见面方式", "contact", labels=Contact)


def declare() -> None:
    """Register these indicators."""
    _assigned()
    _answered()
    _closed()
    _units()


def _assigned() -> None:
    count(
        "assigned",
        "交办件数",
        assigned,
        "期间内提出、已交承办单位办理的代表建议",
        aliases=("建议交办", "交办建议"),
        breakdowns=USUAL,
    )
    ratio(
        "assigned_rate", "建议交办率", Ratio("suggestions.assigned", "suggestions.count"), "已交办件数占收到件数的百分比", reference="I048",
        aliases=("交办率",),
    )  # fmt: skip
    count(
        "met", "见面沟通件数", met, "办理中与代表见面或沟通过的代表建议", reference="I048", aliases=("面商件数", "与代表面商"),
        breakdowns=(CONTACT, *USUAL),
    )  # fmt: skip
    ratio(
        "met_rate", "面商率", Ratio("suggestions.met", "suggestions.assigned"), "与代表见面沟通的件数占交办件数的百分比", reference="I048",
        aliases=("见面率", "沟通率", "代表见面率"),
    )  # fmt: skip


def met() -> QuerySet:
    """Assigned suggestions whose handler met or reached the deputy: by the way written, or by the day."""
    return with_milestones(assigned(), "met").filter(~Q(contact="") | has_reached("met"))


def _answered() -> None:
    count(
        "replied",
        "答复件数",
        replied,
        "期间内提出、已书面答复代表的建议",
        aliases=("已答复", "办复件数", "书面答复"),
        breakdowns=USUAL,
    )
    ratio(
        "reply_rate", "建议办复率", Ratio("suggestions.replied", "suggestions.assigned"), "已书面答复件数占交办件数的百分比", reference="I046",
        aliases=("办复率", "答复率", "按期答复率"),
    )  # fmt: skip
    count(
        "timed", "可判断是否按期的答复件数", lambda: received().filter(on_time__isnull=False), "交办、答复日期都记到日的件数",
        breakdowns=USUAL,
    )  # fmt: skip
    count(
        "in_time", "按期答复件数", lambda: received().filter(on_time=True),
        "自交办之日起三个月内答复的，批准延期的六个月内（代表法第五十一条）", aliases=("按时答复",), breakdowns=USUAL,
    )  # fmt: skip
    ratio(
        "in_time_rate",
        "按时答复率",
        Ratio("suggestions.in_time", "suggestions.timed"),
        "按期答复的占能判断的件数的百分比",
        aliases=("按期办复率",),
    )
    count(
        "reply_days", "建议平均答复天数", answered_to_the_day, "从交办到答复的平均天数，只计两个日期都记到日的", units=("天", "日"),
        kind="duration", date="replied__on", count=AverageDays("assigned__on", "replied__on"), breakdowns=(base.FIELD,),
    )  # fmt: skip


def answered_to_the_day() -> QuerySet:
    """Suggestions whose days of assignment and reply are both known exactly."""
    return at_milestone(at_milestone(received(), "assigned", "assigned", exact=True), "replied", "replied", exact=True)


def _closed() -> None:
    count("closed", "办结件数", closed, "期间内提出、已办结的代表建议", aliases=("建议办结", "已办结"), breakdowns=USUAL)
    ratio(
        "close_rate", "建议办结率", Ratio("suggestions.closed", "suggestions.assigned"), "已办结件数占交办件数的百分比", reference="I047",
        aliases=("办结率",),
    )  # fmt: skip
    count(
        "unclosed", "未办结件数", lambda: assigned().filter(state__in=(State.HANDLING, State.REPLIED, State.RECEIVED)),
        "期间内提出、尚未办结的代表建议", reference="I047", aliases=("在办件数", "未办结建议"), breakdowns=(base.STATE, base.EXTENDED, *USUAL),
    )  # fmt: skip
    count(
        "extended",
        "延期办理件数",
        lambda: assigned().filter(extended=True),
        "经同意延期办理的代表建议",
        reference="I047",
        breakdowns=USUAL,
    )
    count(
        "closed_in_period", "期间内办结件数（含往年建议）", lambda: at_milestone(received(), "closed"),
        "办结日期在期间内的代表建议，不论哪一年提出", date="at__on", aliases=("当年办结",),
        breakdowns=(Breakdown("year", "提出年度", "year"), base.FIELD), evidence=(*base.EVIDENCE, ("closed_on", "办结日期")),
    )  # fmt: skip


def _units() -> None:
    count(
        "units", "承办单位数", _linked("handlings"), "承办代表建议的不同单位数，主办、协办同一单位只计一次", reference="I049",
        aliases=("建议承办单位", "承办单位", "承办部门"), units=("个", "家"), count=Distinct("handlings__unit"),
        breakdowns=(base.ROLE, base.UNIT_KIND, base.SYSTEM),
    )  # fmt: skip
    for code, name, role in (("led", "主办件数", HandlingRole.LEAD), ("joined", "协办件数", HandlingRole.JOINT)):
        link = "lead_units" if role == HandlingRole.LEAD else "joint_units"
        count(
            code, name, _linked(link), f"有{role.label}单位的代表建议；按单位分解时，几个单位{role.label}的各计一次", reference="I050",
            aliases=(f"{role.label}建议",), breakdowns=(Breakdown("unit", "承办单位", f"{link}__name"),),
        )  # fmt: skip
        count(
            f"{code}_units", f"{role.label}单位数", _linked(link), f"{role.label}代表建议的不同单位数", reference="I050", units=("个", "家"),
            count=Distinct(link), breakdowns=(Breakdown("unit_kind", "单位类别", f"{link}__kind", labels=base.OrganKind),),
        )  # fmt: skip
    count(
        "by_system", "按承办系统的建议件数", _linked("handlings"),
        "各系统承办的代表建议，几个系统合办的在各系统各计一次，总数只计一次", reference="I051",
        aliases=("政府系统承办", "法院承办", "检察院承办", "党群系统承办"), breakdowns=(base.SYSTEM, base.ROLE),
    )  # fmt: skip


def _linked(link: str) -> Callable[[], QuerySet]:
    """Suggestions that have a unit. By primary key: a filter on the link itself would count units apart from the one asked for."""
    return lambda: received().filter(pk__in=Suggestion.objects.filter(**{f"{link}__isnull": False}).values("pk"))
