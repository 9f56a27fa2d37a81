"""Choosing what a figure counts: indicators found by name, alias, code or pinyin; their breakdowns, periods and forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from renda.core.pinyin import full_pinyin, initials
from renda.core.text import nearest, normalise
from renda.figures import combine, registry
from renda.figures.indicators import Indicator
from renda.figures.periods import NoSuchPeriod
from renda.reports.binding.answers import Answer
from renda.reports.binding.asking import Asker
from renda.reports.binding.periods import resolve
from renda.reports.draft.model import Binding

MOST_FOUND, MOST_LABELS = 12, 120

PERIODS: dict[str, tuple[str, dict[str, Any]]] = {
    "year": (gettext_noop("本年"), {"type": "year", "offset": 0}),
    "last": (gettext_noop("上年"), {"type": "year", "offset": -1}),
    "end": (gettext_noop("年底"), {"type": "at", "offset": 0}),
    "term": (gettext_noop("本届以来"), {"type": "term"}),
    "session": (gettext_noop("人代会以来"), {"type": "since", "words": "人代会以来"}),
    "h1": (gettext_noop("上半年"), {"type": "span", "words": "上半年", "offset": 0}),
    "h2": (gettext_noop("下半年"), {"type": "span", "words": "下半年", "offset": 0}),
    "q3": (gettext_noop("前三季度"), {"type": "span", "words": "前三季度", "offset": 0}),
}
FORMS = {
    "value": gettext_noop("数值"),
    "ratio": gettext_noop("占总数的百分比"),
    "change": gettext_noop("比上年增减的百分比（比率为百分点）"),
    "difference": gettext_noop("比上年增减的数量"),
}
OWN = "own"


@dataclass(frozen=True)
class Keys:
    """What an indicator is found by."""

    code: str
    names: tuple[str, ...]
    letters: tuple[str, ...]


@cache
def _keys() -> tuple[Keys, ...]:
    found = []
    for indicator in registry.all_indicators():
        names = tuple(normalise(name) for name in (indicator.name, *indicator.aliases))
        letters = tuple(word for name in names for word in (initials(name), full_pinyin(name)))
        found.append(Keys(indicator.code, names, letters))
    return tuple(found)


def search(words: str) -> list[Indicator]:
    """Indicators that fit what was typed, the best first; the nearest names where none does."""
    wanted = normalise(words).casefold()
    if not wanted:
        return []
    ranked = sorted((rank, len(keys.names[0]), keys.code) for keys in _keys() if (rank := _rank(keys, wanted)) is not None)
    if not ranked:
        by_name = {name: keys.code for keys in _keys() for name in keys.names}
        return [registry.get(code) for code in dict.fromkeys(by_name[name] for name in nearest(wanted, by_name, 6))]
    return [registry.get(code) for _rank_, _length, code in ranked[:MOST_FOUND]]


def _rank(keys: Keys, wanted: str) -> int | None:
    """The lower, the better; None where nothing fits. Several words must all be found."""
    if wanted in (keys.code, *keys.names):
        return 0
    if any(name.startswith(wanted) for name in keys.names):
        return 1
    if any(wanted in name for name in keys.names) or wanted in keys.code:
        return 2
    terms = wanted.split()
    if len(terms) > 1 and all(any(term in name for name in (*keys.names, keys.code)) for term in terms):
        return 3
    if wanted.isascii():
        if any(word.startswith(wanted) for word in keys.letters):
            return 4
        if len(wanted) > 1 and any(wanted in word for word in keys.letters):
            return 5
    return None


@dataclass(frozen=True)
class Option:
    """One entry of a select."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Dimension:
    """A breakdown to narrow by, with the labels that the records have."""

    code: str
    name: str
    options: list[Option]


def dimensions(binding: Binding, year: int, asker: Asker) -> list[Dimension]:
    """The breakdowns of a binding's indicator, each with the labels found in its period; a label in force is always among them."""
    indicator = registry.get(binding.indicator)
    try:
        period = resolve(binding.period, year, asker.division, indicator)
    except NoSuchPeriod:
        period = resolve({"type": "year"}, year, asker.division, indicator)
    found = []
    for one in combine.dimensions(indicator):
        now = binding.where.get(one.code) or binding.where.get(one.name) or ""
        labels = asker.labels(indicator, period, one.code)[:MOST_LABELS]
        labels = labels if not now or now in labels else [now, *labels]
        options = [Option(label, _(label) if label else label, label == now) for label in labels]
        found.append(Dimension(one.code, _(one.name), options))
    return found


def periods(binding: Binding, own: Binding | None) -> list[Option]:
    """The periods to choose from: the text's own one first, where it is none of the plain ones."""
    now = period_code(binding.period)
    found = [Option(code, _(name), code == now) for code, (name, _plain) in PERIODS.items()]
    if own is not None and period_code(own.period) == OWN:
        found.insert(0, Option(OWN, _("原文所说的期间"), now == OWN))
    return found


def period_code(period: Mapping[str, Any]) -> str:
    """Which of the plain periods it is, or the text's own."""
    kind, offset = period.get("type", "year"), int(period.get("offset", 0))
    if kind == "year" and "until" not in period:
        return "last" if offset == -1 else "year"
    if kind == "at" and "until" not in period and not offset:
        return "end"
    if kind == "term":
        return "term"
    plain = {key: period[key] for key in ("type", "words", "offset") if key in period}
    return next((code for code, (_name, known) in PERIODS.items() if known == plain), OWN)


def forms(binding: Binding) -> list[Option]:
    """How the indicator's value may be told."""
    indicator = registry.get(binding.indicator)
    made = indicator.kind in ("ratio", "change")
    return [Option(code, _(name), code == binding.form) for code, name in FORMS.items() if not (made and code == "ratio")]


def from_form(params: Mapping[str, str], own: Binding | None) -> Binding | None:
    """The binding that the panel's selects say; None without a known indicator."""
    try:
        indicator = registry.get(params.get("indicator", ""))
    except KeyError:
        return None
    code = params.get("period", "")
    period = dict(own.period) if own is not None and (code == OWN or not code) else dict(PERIODS.get(code, PERIODS["year"])[1])
    where = {one.code: params[f"where.{one.code}"] for one in combine.dimensions(indicator) if params.get(f"where.{one.code}")}
    form = params.get("form", "")
    return Binding(indicator.code, where, period, form if form in FORMS else (own.form if own else "value"))


def default_period(indicator: Indicator, period: Mapping[str, Any]) -> dict[str, Any]:
    """The period to begin with when an indicator is picked: a stock is asked for at the year's end."""
    plain = period_code(period)
    if indicator.stock and plain == "year":
        return dict(PERIODS["end"][1])
    return dict(PERIODS["year"][1]) if not indicator.stock and plain == "end" else dict(period)


def shown(answer: Answer) -> str:
    """An answer's value with its unit, money in 万元 from ten thousand yuan on."""
    return said_value(answer.value, answer.unit)


def said_value(value: Any, unit: str) -> str:
    """A value with its unit as a page shows it; money in 万元 from ten thousand yuan on."""
    from renda.ui.templatetags.renda import number

    if value is None:
        return ""
    if unit == "元" and abs(value) >= 10_000:
        value, unit = round(value / 10_000, 2), "万元"
    said = _(unit) if unit else ""
    return f"{number(value)}{' ' if said[:1].isascii() and said[:1].isalpha() else ''}{said}"
