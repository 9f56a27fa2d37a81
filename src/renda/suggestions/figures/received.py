"""How many suggestions there were, on what, from whom; key ones, excellent ones, those pursued for years; beside the CPPCC's proposals."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import F, QuerySet
from django.db.models.functions import ExtractYear

from renda.figures import Average, Breakdown, ChangeOf, Distinct, Indicator, Ratio, Sum, SumOf, register
from renda.suggestions.figures import base
from renda.suggestions.figures.base import count, ratio, received
from renda.suggestions.models import Award, CppccProposals, Origin

LEADER = Breakdown("leader", "督办领导", "key_leader")
THEME = Breakdown("theme", "督办主题", "key_theme")


def declare() -> None:
    """Register these indicators."""
    _totals()
    _by_origin_and_level()
    _key()
    _excellent_and_long()
    _beside_the_cppcc()


def _totals() -> None:
    count(
        "count", "代表建议件数", received, "期间内代表提出的建议、批评和意见，含议案转作建议的；按提出日期", reference="I003",
        aliases=("代表建议", "代表意见建议", "建议批评和意见", "代表建议、批评和意见", "意见建议", "收到代表建议", "承办建议"),
        breakdowns=(base.ORIGIN, base.FIELD, base.SUBFIELD, base.SYSTEM, base.LEVEL, base.FROM_BILL, base.KEY, base.FORM, base.STATE,
                    base.UNIT, base.DIVISION),
    )  # fmt: skip
    count("total", "代表建议总件数", received, "计算占比的分母：期间内的全部代表建议，不再分解")
    register(
        Indicator(
            code="suggestions.change", name="代表建议件数同比", aliases=("建议同比", "建议比上年增长"), units=("%",), kind="change",
            count=ChangeOf("suggestions.count"), about="与上年同期相比的增减百分比，分母为上年同期",
        )
    )  # fmt: skip
    count(
        "by_field", "各领域建议件数", received, "各领域的代表建议件数，领域可分两级", reference="I042",
        aliases=("建议领域分布", "涉及领域的建议"), breakdowns=(base.FIELD, base.SUBFIELD),
    )  # fmt: skip
    ratio(
        "field_share", "各领域建议占比", Ratio("suggestions.by_field", "suggestions.total"), "该领域的建议占全部建议的百分比",
        reference="I042", aliases=("占建议总数",),
    )  # fmt: skip


def _by_origin_and_level() -> None:
    for code, name, origin, words in (
        ("in_session", "大会建议件数", Origin.SESSION, ("大会期间建议", "大会期间收到建议", "会议期间代表建议")),
        ("recess", "闭会建议件数", Origin.RECESS, ("闭会期间建议", "闭会期间代表建议", "平时建议")),
    ):
        count(
            code,
            name,
            _from(origin),
            f"{origin.label}提出的代表建议",
            reference="I053",
            aliases=words,
            breakdowns=(base.FIELD, base.LEVEL),
        )
    count(
        "by_level", "按代表层级的建议承办数", received, "承办的上级、本级和乡级代表建议，按代表层级分开", reference="I054",
        aliases=("上级代表建议", "本级代表建议", "市人大代表建议", "省人大代表建议"), breakdowns=(base.LEVEL, base.FIELD),
    )  # fmt: skip


def _from(origin: Origin) -> Callable[[], QuerySet]:
    return lambda: received().filter(origin=origin)


def _key() -> None:
    count(
        "key", "重点督办建议件数", key_ones, "列为重点督办的代表建议", reference="I052",
        aliases=("重点督办建议", "重点建议", "重点督办件"), breakdowns=(LEADER, THEME, base.FIELD, base.UNIT),
    )  # fmt: skip
    count(
        "key_themes", "重点督办方面数", lambda: key_ones().exclude(key_theme=""), "重点督办建议归并成的方面（主题）数，同一主题只计一次",
        reference="I052", aliases=("重点督办主题数", "重点督办方面"), units=("个", "方面", "项"), count=Distinct("key_theme"), breakdowns=(LEADER,),
    )  # fmt: skip


def key_ones() -> QuerySet:
    """Key suggestions."""
    return received().filter(key=True)


def _excellent_and_long() -> None:
    count(
        "excellent", "优秀建议件数", lambda: received().exclude(award=""), "被评为优秀的代表建议，按提出的年份", reference="I056",
        aliases=("优秀建议", "优秀代表建议"), breakdowns=(Breakdown("award", "级别", "award", labels=Award),),
    )  # fmt: skip
    count(
        "years_pursued", "跨年持续督办年数", pursued, "同一事项从首次提出的年份到办结的年份，期间内办结各件的平均年数", reference="I057",
        aliases=("持续督办", "连续督办"), units=("年",), kind="duration", date="closed_on",
        count=Average(ExtractYear("closed_on") - F("chain_year")), breakdowns=(base.FIELD,),
        evidence=(*base.EVIDENCE, ("chain_year", "首次提出年份"), ("closed_on", "办结日期")),
    )  # fmt: skip
    count(
        "pursued", "跨年持续督办件数", pursued, "往年提出过、期间内办结的同一事项件数", aliases=("跨年督办建议",), date="closed_on",
        breakdowns=(base.FIELD,), evidence=(*base.EVIDENCE, ("chain_year", "首次提出年份"), ("closed_on", "办结日期")),
    )  # fmt: skip


def pursued() -> QuerySet:
    """Closed suggestions of issues that were first raised in an earlier year."""
    return received().filter(closed_on__isnull=False, chain_year__lt=F("year"))


def _beside_the_cppcc() -> None:
    for code, name, field, words in (
        ("cppcc", "政协提案件数", "proposals", ("政协提案", "政协委员提案")),
        ("cppcc_closed", "政协提案办结件数", "closed", ("提案办结",)),
    ):
        register(
            Indicator(
                code=f"suggestions.{code}", name=name, aliases=words, units=("件",), kind="count", population=CppccProposals.objects.alive,
                date="as_of", count=Sum(field), outside=True, register="suggestions.cppcc",
                evidence=(("year", "年度"), ("as_of", "截止日期"), ("field", "提案领域"), (field, name), ("source", "数据来源")),
                breakdowns=(base.FIELD,), about="政府办或政协提供的数据，不由本平台计算",
            )
        )  # fmt: skip
    register(
        Indicator(
            code="suggestions.with_cppcc", name="建议与政协提案合计件数", aliases=("建议提案", "代表建议和政协提案", "建议、提案"), units=("件",),
            kind="count", reference="I055", count=SumOf("suggestions.count", "suggestions.cppcc"), outside=True,
            about="代表建议件数（本平台计算）与政协提案件数（外部数据，不由本平台计算）之和",
        )
    )  # fmt: skip
    ratio(
        "share_beside_cppcc", "代表建议占建议提案的比例", Ratio("suggestions.total", "suggestions.with_cppcc"),
        "代表建议占建议、提案合计的百分比；政协提案是外部数据，不由本平台计算", reference="I055", outside=True,
    )  # fmt: skip
