"""Answering a question about an indicator as plain data, for the command line and the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from renda.core.text import nearest
from renda.directory.gate import OPERATOR, Actor
from renda.directory.models import Division
from renda.figures import evaluate, periods, registry
from renda.figures.indicators import Indicator


class NotUnderstood(ValueError):
    """No such indicator, division or period; the text names the nearest."""


def find_indicator(word: str) -> Indicator:
    """The indicator that a code, a name or an alias means. NotUnderstood with the nearest names."""
    found = registry.find(word)
    if found is None:
        known = {name: i for i in registry.all_indicators() for name in (i.code, i.name, *i.aliases)}
        found_near = dict.fromkeys(known[name].code for name in nearest(word, list(known)))
        near = "、".join(f"{_(registry.get(code).name)}（{code}）" for code in found_near)
        raise NotUnderstood(
            _("没有“%(word)s”这个指标") % {"word": word}
            + (_("，相近的有：%(near)s") % {"near": near} if near else _("，可用 renda figures list 查看全部指标"))
        )
    return found


def find_division(word: str) -> Division:
    """A division by code or name; the county of this deployment where none is named. NotUnderstood where there is none."""
    if word:
        found = list(
            Division.objects.filter(code=word, valid_to__isnull=True) or Division.objects.filter(name=word, valid_to__isnull=True)
        )
        if len(found) != 1:
            raise NotUnderstood(
                _("没有“%(word)s”这一区划") % {"word": word}
                if not found
                else _("有 %(found_count)s 个区划叫“%(word)s”，请用区划代码") % {"found_count": len(found), "word": word}
            )
        return found[0]
    county = Division.objects.filter(level="county").order_by("path").first()
    if county is None:
        raise NotUnderstood(_("还没有登记任何区划，请先导入台账或装入示范县"))
    return county


def period_of(
    division: Division, *, year: int | None = None, first: date | None = None, last: date | None = None, term: int | None = None,
    level: str = "county", session: int | None = None, at: date | None = None,
) -> periods.Period:  # fmt: skip
    """The one period that was asked for. NotUnderstood where none or several were."""
    asked = [
        name
        for name, value in (("year", year), ("from", first or last), ("term", term), ("session", session), ("at", at))
        if value
    ]
    if len(asked) != 1:
        raise NotUnderstood(_("请指明一个期间：--year、--from 与 --to、--term、--session、--at 任选其一"))
    if year:
        if not 1949 <= year <= 2200:
            raise NotUnderstood(_("年度 %(year)s 不合理") % {"year": year})
        return periods.year(year)
    if term:
        return periods.term(term, level, division)
    if session:
        return periods.session(session, division)
    if at:
        return periods.up_to(at)
    if not (first and last):
        raise NotUnderstood(_("--from 与 --to 须同时给出"))
    return periods.span(first, last)


def answer(
    code: str, *, division: str = "", where: Sequence[str] = (), by: str = "", compare_with: int | None = None,
    with_records: bool = False, actor: Actor = OPERATOR, **asked: Any,
) -> dict[str, Any]:  # fmt: skip
    """The value of an indicator with its working, breakdown, comparison and records, as plain data."""
    indicator, area = find_indicator(code), find_division(division)
    period = period_of(area, **asked)
    filters = _filters(where)
    question = evaluate.Question(period, area, filters)
    figure = evaluate.evaluate(indicator, question, actor=actor, by=by)
    result: dict[str, Any] = {
        "code": indicator.code, "name": indicator.name, "reference": indicator.reference, "kind": indicator.kind,
        "period": {"start": period.start, "end": period.end, "name": period.name},
        "division": {"code": area.code, "name": area.name}, "where": filters,
        "value": figure.value, "unit": indicator.units[0] if indicator.units else "", "shown": shown(indicator, figure.value),
        "records": figure.records, "working": figure.working,
        "breakdown": [{"value": g.value, "label": g.label, "amount": g.amount, "share": g.share} for g in figure.breakdown],
    }  # fmt: skip
    for group in result["breakdown"]:
        group["value"] = group.pop("amount") if by else group["value"]
    if compare_with:
        result["comparison"] = _comparison(indicator, question, figure, compare_with, actor)
    if with_records:
        result["record_rows"] = evaluate.records(indicator, question, actor=actor)
    return result


def _filters(where: Sequence[str]) -> dict[str, str]:
    filters: dict[str, str] = {}
    for one in where:
        name, sign, value = one.partition("=")
        if not sign or not name:
            raise NotUnderstood(_("“%(one)s”不是“维度=值”的写法") % {"one": one})
        filters[name] = f"{filters[name]}、{value}" if name in filters else value
    return filters


def _comparison(
    indicator: Indicator, question: evaluate.Question, figure: evaluate.Figure, year: int, actor: Actor
) -> dict[str, Any]:
    from renda.figures.combine import change

    then = shifted(question.period, year)
    before = evaluate.evaluate(indicator, evaluate.Question(then, question.division, question.where), actor=actor)
    points = indicator.kind == "ratio"
    return {
        "period": then.name,
        "value": before.value,
        "change": change(figure.value, before.value, points=points),
        "in": "百分点" if points else "%",
    }


def shifted(period: periods.Period, year: int) -> periods.Period:
    """The same period, ending in another year."""
    back = period.end.year - year
    whole = period == periods.year(period.start.year)
    return (
        periods.year(year)
        if whole
        else periods.span(periods._years_back(period.start, back), periods._years_back(period.end, back))
    )


def shown(indicator: Indicator, value: Any) -> str:
    """A value with its unit, as a report would write it."""
    if value is None:
        return "无法计算（没有基数）"
    unit = indicator.units[0] if indicator.units else ""
    if indicator.kind == "money":
        from renda.core.money import format_money

        return format_money(value)
    return f"{value:,}{unit}"
