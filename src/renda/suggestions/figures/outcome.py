"""What came of the handling: classes of reply, deputies' ratings, votes on the handling."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from renda.directory.models.organs import OrganKind
from renda.figures import Breakdown, Indicator, Ratio, register
from renda.suggestions.figures import base
from renda.suggestions.figures.base import PLEASED, count, ratio, received
from renda.suggestions.models import Answer, Rating, SatisfactionTest, VotedBy

USUAL = (base.FIELD, base.ORIGIN, base.LEVEL, base.SYSTEM, base.UNIT)


def declare() -> None:
    """Register these indicators."""
    _answers()
    _grades()
    _satisfaction()
    _tests()


def answered() -> QuerySet:
    """Suggestions whose reply has a class."""
    return received().exclude(answer="")


def _answers() -> None:
    count(
        "answers", "办理结果分类件数", answered, "答复已分类的代表建议，按 A、B、C、D 类分解", reference="I043",
        aliases=("办理结果", "A类件", "B类件", "C类件", "已解决", "正在解决", "列入规划"), breakdowns=(base.ANSWER, *USUAL),
    )  # fmt: skip
    count("answers_total", "答复已分类件数", answered, "计算各类占比的分母：答复已分类的代表建议，不再分解")
    ratio(
        "answer_share", "办理结果分类占比", Ratio("suggestions.answers", "suggestions.answers_total"), "某一类的件数占答复已分类件数的百分比",
        reference="I043", aliases=("办理结果占比",),
    )  # fmt: skip
    count(
        "solved", "已解决件数", lambda: answered().filter(answer=Answer.A), "答复为 A 类（已经解决或采纳）的代表建议", breakdowns=USUAL,
        aliases=("解决件数", "办成件数"),
    )  # fmt: skip
    ratio(
        "solved_rate",
        "建议解决率",
        Ratio("suggestions.solved", "suggestions.answers"),
        "A 类占答复已分类件数的百分比",
        aliases=("办成率", "解决率"),
    )


def _rated(field: str) -> Callable[[], QuerySet]:
    return lambda: received().exclude(**{field: ""})


def _pleased(field: str) -> Callable[[], QuerySet]:
    return lambda: received().filter(**{f"{field}__in": PLEASED})


def final() -> QuerySet:
    """Rated suggestions, with the rating that stands in the end: the second where there was one."""
    last = Coalesce(NullIf(F("result_second"), Value("")), F("result"))
    return received().exclude(result="").annotate(final=last)


def _grades() -> None:
    for code, name, field in (
        ("grades", "代表反馈等次件数", "result"),
        ("attitude_grades", "代表对办理态度的反馈等次件数", "attitude"),
    ):
        count(
            code, name, _rated(field), "代表已反馈的建议，按满意、基本满意、不满意分解（首次评价）", reference="I045",
            aliases=("反馈等次件数", "已反馈件数") if field == "result" else ("态度反馈等次件数",),
            breakdowns=(Breakdown("grade", "等次", field, labels=Rating), *USUAL),
        )  # fmt: skip
        count(f"{code}_total", f"{name}合计", _rated(field), "计算等次占比的分母，不再分解")
        ratio(
            f"{code}_share", name.replace("件数", "占比"), Ratio(f"suggestions.{code}", f"suggestions.{code}_total"),
            "某一等次占已反馈件数的百分比", reference="I045",
        )  # fmt: skip


def _satisfaction() -> None:
    for code, name, field, words in (
        ("satisfaction", "代表满意率", "result", ("满意率", "代表满意和基本满意率", "满意和基本满意率", "建议满意率")),
        ("attitude_satisfaction", "办理态度满意率", "attitude", ("态度满意率",)),
        ("second_satisfaction", "二次测评满意率", "result_second", ("再次办理满意率",)),
        ("second_attitude_satisfaction", "二次测评态度满意率", "attitude_second", ()),
    ):
        count(f"{code}_rated", f"{name}的已反馈件数", _rated(field), "代表已评价的建议", breakdowns=USUAL)
        count(f"{code}_pleased", f"{name}的满意和基本满意件数", _pleased(field), "评价为满意或基本满意的建议", breakdowns=USUAL)
        ratio(
            code, name, Ratio(f"suggestions.{code}_pleased", f"suggestions.{code}_rated"),
            "满意和基本满意的件数占已反馈件数的百分比；没有反馈的不计入", reference="I044", aliases=words,
        )  # fmt: skip
    count(
        "pleased_in_the_end", "最终满意和基本满意件数", lambda: final().filter(final__in=PLEASED),
        "以再次评价为准，没有再次评价的以首次评价为准", breakdowns=USUAL,
    )  # fmt: skip
    ratio(
        "final_satisfaction", "最终满意率", Ratio("suggestions.pleased_in_the_end", "suggestions.satisfaction_rated"),
        "不满意再办后，满意和基本满意的占已反馈件数的百分比", reference="I044",
    )  # fmt: skip
    count(
        "wholly_satisfied",
        "满意件数（不含基本满意）",
        lambda: received().filter(result=Rating.SATISFIED),
        "首次评价为满意的，不含基本满意",
        aliases=("满意件数",),
        breakdowns=USUAL,
    )
    ratio(
        "wholly_satisfied_rate", "满意率（不含基本满意）", Ratio("suggestions.wholly_satisfied", "suggestions.satisfaction_rated"),
        "满意的件数占已反馈件数的百分比", reference="I044",
    )  # fmt: skip
    count(
        "closed_and_pleased",
        "办结且满意件数",
        lambda: base.closed().filter(result__in=PLEASED),
        "已办结且评价为满意或基本满意的",
        breakdowns=USUAL,
    )
    ratio(
        "satisfaction_of_closed", "代表满意率（以办结件为分母）", Ratio("suggestions.closed_and_pleased", "suggestions.closed"),
        "办结件中满意和基本满意的百分比；没有反馈的办结件计入分母", reference="I044",
    )  # fmt: skip


def _tests() -> None:
    by = Breakdown("tested_by", "测评主体", "tested_by", labels=VotedBy)
    evidence = (
        ("subject", "测评对象"),
        ("held_on", "测评日期"),
        ("satisfied", "满意票"),
        ("basically", "基本满意票"),
        ("dissatisfied", "不满意票"),
    )
    for code, name, one, words, dimension in (
        ("tested", "建议办理满意度测评件数", Q(unit__isnull=True), ("逐件测评", "建议满意度测评"), by),
        ("tested_units", "建议办理满意度测评部门数", Q(unit__isnull=False), ("测评部门", "测评单位"),
         Breakdown("unit_kind", "单位类别", "unit__kind", labels=OrganKind)),
    ):  # fmt: skip
        register(
            Indicator(
                code=f"suggestions.{code}", name=name, aliases=words, units=("件",) if code == "tested" else ("个", "家"), kind="count",
                reference="I069", population=_tests_of(one), date="held_on",
                count=base.Rows() if code == "tested" else base.Distinct("unit"), breakdowns=(dimension,) if dimension is by else (dimension, by),
                evidence=evidence, register="suggestions.tests", about="期间内逐件测评的建议数" if code == "tested" else "期间内被测评的不同部门数",
            )
        )  # fmt: skip


def _tests_of(one: Q) -> Callable[[], QuerySet]:
    return lambda: SatisfactionTest.objects.alive().filter(one)
