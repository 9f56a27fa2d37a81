"""A binding as one Chinese sentence: what is counted, of which part, in which period, by which definition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from renda.figures import combine, registry
from renda.figures.indicators import Indicator
from renda.reports.draft.model import Binding

_UNTIL = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[底末份])?|(?:\d{4})?年[底末]|目前|现在|当前|日前")


def sentence(binding: Binding, year: int) -> str:
    """What a binding counts in a report on `year`, as one sentence for a clerk: 2021年执法检查次数（组织形式：本级组织），……"""
    try:
        indicator = registry.get(binding.indicator)
    except KeyError:
        return _("指标 %(code)s 不在指标目录里") % {"code": binding.indicator}
    parts = [f"{dimension_name(indicator, by)}：{label_text(label)}" for by, label in binding.where.items()]
    narrowed = f"（{'；'.join(parts)}）" if parts else ""
    words = f"{period_words(binding.period, year, indicator)}{_(indicator.name)}{narrowed}{_form_words(binding, indicator)}"
    about = _(indicator.about).rstrip("。") if indicator.about else ""
    return words + (f"，{about}。" if about else "。")


def dimension_name(indicator: Indicator, by: str) -> str:
    """The Chinese name of a breakdown of an indicator."""
    return next((_(one.name) for one in combine.dimensions(indicator) if by in (one.code, one.name)), by)


def label_text(label: str) -> str:
    """A filter's label as people read it; one that the county's own words decide stands in quotes."""
    return f"“{label[1:]}”" if label.startswith("~") else label.replace("@", "")


def period_words(asked: Mapping[str, Any], year: int, indicator: Indicator) -> str:
    """The period in words, before it is known which days it means."""
    own = {"year": year + int(asked.get("offset", 0))}
    kind = asked.get("type", "year")
    if kind == "term":
        return _("本届以来")
    if kind == "since":
        return str(asked.get("words", ""))
    if kind == "span":
        return _("%(year)d年") % own + str(asked.get("words", ""))
    if "until" in asked:
        until = _UNTIL.match(str(asked["until"]))
        return _("%(year)d年截至%(day)s") % {**own, "day": until[0] if until else asked["until"]}
    return _("%(year)d年底") % own if indicator.stock else _("%(year)d年") % own


def _form_words(binding: Binding, indicator: Indicator) -> str:
    if binding.form == "change" and indicator.kind != "change":
        return _("比上年变化的百分点") if indicator.kind == "ratio" or binding.form == "ratio" else _("比上年增减的百分比")
    if binding.form == "difference":
        return _("比上年增减的数量")
    if binding.form == "ratio" and indicator.kind != "ratio":
        return _("占总数的百分比")
    return ""
