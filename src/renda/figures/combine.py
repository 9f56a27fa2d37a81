"""Figures made of other figures: sums, ratios, changes, ranks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from renda.figures import registry
from renda.figures.indicators import Breakdown, Indicator
from renda.figures.measures import ChangeOf, Difference, Quotient, RankOf, Ratio, SumOf

if TYPE_CHECKING:
    from renda.figures.evaluate import Figure, Group, Question, Value

Evaluate = Callable[..., "Figure"]


def evaluate(indicator: Indicator, question: Question, by: str, evaluator: Evaluate) -> Figure:
    """Evaluate an indicator that is made of others."""
    from renda.figures.evaluate import Figure

    count = indicator.count
    if not isinstance(count, ChangeOf | RankOf):
        _check_filters(indicator, question)
    if isinstance(count, ChangeOf):
        now, before = (
            evaluator(registry.get(count.code), replace(question, period=p)) for p in (question.period, question.period.before)
        )
        value, parts = change(now.value, before.value, points=_is_ratio(registry.get(count.code))), [now, before]
    elif isinstance(count, RankOf):
        return _rank(indicator, count, question, evaluator)
    else:
        parts = [evaluator(registry.get(code), narrowed(registry.get(code), question)) for code in count.codes]  # type: ignore[union-attr]
        value = join(indicator, [part.value for part in parts])
    figure = Figure(indicator, question, value, sum(part.records for part in parts), _working(indicator, parts, value))
    if by:
        figure.breakdown = _groups(indicator, question, by, evaluator, value)
    return figure


def join(indicator: Indicator, values: list[Value]) -> Value:
    """The value that the parts' values make."""
    count = indicator.count
    if isinstance(count, SumOf):
        return sum((v for v in values if v is not None), start=0) if any(v is not None for v in values) else None
    part, whole = values
    if isinstance(count, Difference):
        return None if part is None or whole is None else part - whole
    if isinstance(count, Quotient):
        return None if part is None or not whole else round(Decimal(part) / Decimal(whole), 2)
    return None if part is None or not whole else round(Decimal(part) * 100 / Decimal(whole), 2)


def change(now: Value, before: Value, *, points: bool) -> Value:
    """The change against before: in per cent of before, or in percentage points between two ratios; None without a base."""
    if now is None or before is None:
        return None
    if points:
        return Decimal(now) - Decimal(before)
    return round((Decimal(now) - Decimal(before)) * 100 / Decimal(before), 2) if before else None


def _is_ratio(indicator: Indicator) -> bool:
    return indicator.kind == "ratio"


def dimensions(indicator: Indicator) -> tuple[Breakdown, ...]:
    """The breakdowns of an indicator; a made one has those that its first part has."""
    if indicator.breakdowns or not indicator.made:
        return indicator.breakdowns
    if isinstance(indicator.count, ChangeOf | RankOf):
        return ()
    return dimensions(registry.get(indicator.count.codes[0]))  # type: ignore[union-attr]


def _check_filters(indicator: Indicator, question: Question) -> None:
    """A filter must hold for every part of a sum or difference, and for the first part of a ratio (its whole may stay whole)."""
    from renda.figures.evaluate import Unanswerable

    codes = indicator.count.codes  # type: ignore[union-attr]
    for code in codes if isinstance(indicator.count, SumOf | Difference) else codes[:1]:
        part = registry.get(code)
        unknown = question.where.keys() - {c for b in dimensions(part) for c in (b.code, b.name)}
        if unknown:
            raise Unanswerable(
                _("“%(name)s”不能按“%(unknown)s”筛选：“%(name2)s”没有这一维度")
                % {"name": _(indicator.name), "unknown": "、".join(sorted(unknown)), "name2": _(part.name)}
            )


def narrowed(part: Indicator, question: Question) -> Question:
    """The question with those filters that the part has."""
    known = {code for b in dimensions(part) for code in (b.code, b.name)}
    return replace(question, where={code: value for code, value in question.where.items() if code in known})


def _groups(indicator: Indicator, question: Question, by: str, evaluator: Evaluate, whole: Value) -> list[Group]:
    from renda.figures.evaluate import Group, Unanswerable, with_shares

    if isinstance(indicator.count, ChangeOf | RankOf):
        raise Unanswerable(_("“%(name)s”不能再分解") % {"name": _(indicator.name)})
    parts = [registry.get(code) for code in indicator.count.codes]  # type: ignore[union-attr]
    having = [by in {c for b in dimensions(p) for c in (b.code, b.name)} for p in parts]
    if not having[0]:
        known = "、".join(f"{b.name}（{b.code}）" for b in dimensions(indicator)) or "没有"
        raise Unanswerable(
            _("“%(name)s”不能按“%(by)s”分解，可用的分解维度：%(known)s") % {"name": _(indicator.name), "by": by, "known": known}
        )
    figures = [evaluator(p, narrowed(p, question), by if has else "") for p, has in zip(parts, having, strict=True)]
    amounts = [{g.label: g for g in f.breakdown} if has else None for f, has in zip(figures, having, strict=True)]
    labels = dict.fromkeys(label for groups in amounts if groups is not None for label in groups)
    found = []
    for label in labels:
        values = [f.value if groups is None else _amount(groups.get(label)) for f, groups in zip(figures, amounts, strict=True)]
        value = next(groups[label].value for groups in amounts if groups and label in groups)
        found.append(Group(value, label, join(indicator, values)))
    found.sort(key=lambda g: (g.amount is None, -(g.amount or 0), g.label))
    return with_shares(found, whole) if isinstance(indicator.count, SumOf) else found


def _amount(group: Group | None) -> Value:
    return 0 if group is None else group.amount


def _rank(indicator: Indicator, count: RankOf, question: Question, evaluator: Evaluate) -> Figure:
    from renda.figures.evaluate import Figure, Group, Unanswerable

    wanted = question.where.get(count.by)
    rest = {code: value for code, value in question.where.items() if code != count.by}
    whole = evaluator(registry.get(count.code), replace(question, where=rest), count.by)
    places = [
        Group(g.value, g.label, 1 + sum((o.amount or 0) > (g.amount or 0) for o in whole.breakdown)) for g in whole.breakdown
    ]
    mine = [g.amount for g in places if wanted is not None and wanted in (g.label, str(g.value))]
    if wanted is not None and not mine:
        raise Unanswerable(
            _("“%(wanted)s”不在排名之列，可选：%(choices)s")
            % {"wanted": wanted, "choices": "、".join(g.label for g in places[:10]) or _("无")}
        )
    order = _("按“%(name)s”由多到少排序，数值相同名次相同，共 %(n)s 个") % {"name": _(whole.indicator.name), "n": len(places)}
    working = [*whole.working, order]
    return Figure(indicator, question, mine[0] if mine else None, whole.records, working, places)


def _working(indicator: Indicator, parts: list[Figure], value: Value) -> list[str]:
    lines = [
        _("%(name)s（%(period)s）＝ %(value)s（依据记录 %(n)s 条）")
        % {"name": _(part.indicator.name), "period": part.question.period.name, "value": _text(part.value), "n": part.records}
        for part in parts
    ]
    count = indicator.count
    sign = "＋" if isinstance(count, SumOf) else "－" if isinstance(count, Difference) else "÷"
    if isinstance(count, ChangeOf):
        rule = _("两期相减，单位为百分点") if _is_ratio(registry.get(count.code)) else _("（本期－上年同期）÷上年同期×100%")
    else:
        rule = sign.join(_(part.indicator.name) for part in parts) + ("×100%" if type(count) is Ratio else "")
    return [*lines, f"{_(indicator.name)}＝{rule}＝{_text(value)}"]


def _text(value: Value) -> str:
    return _("无法计算（没有基数）") if value is None else f"{value:,}"
