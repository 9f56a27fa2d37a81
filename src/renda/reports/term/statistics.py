"""Computing the statistics of a term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures import evaluate, periods, registry, series
from renda.figures.indicators import Indicator
from renda.figures.measures import Average, AverageDays, ChangeOf, Difference, Distinct, Quotient, RankOf, Ratio
from renda.figures.periods import Period
from renda.law.numerals import chinese_number
from renda.ui import rooms
from renda.ui.words import said

WAN = Decimal(10_000)
Value = evaluate.Value


@dataclass(frozen=True)
class Span:
    """A year of the term; the first and the last are cut to the term's days."""

    year: int
    period: Period

    @property
    def whole(self) -> bool:
        """Whether the term has all of the year."""
        return (self.period.start, self.period.end) == (date(self.year, 1, 1), date(self.year, 12, 31))

    @property
    def label(self) -> str:
        """2019年, or 2021年（至12月19日） where the term has only a part of it."""
        name = _("%(year)d年") % {"year": self.year}
        parts = []
        if self.period.start > date(self.year, 1, 1):
            parts.append(_("%(day)s起") % {"day": _day(self.period.start)})
        if self.period.end < date(self.year, 12, 31):
            parts.append(_("至%(day)s") % {"day": _day(self.period.end)})
        return _("%(year)s（%(part)s）") % {"year": name, "part": " ".join(parts)} if parts else name


@dataclass
class Line:
    """One indicator: its values by year (in the order of the spans) and over the term. Money is in 万元."""

    indicator: Indicator
    unit: str
    values: list[Value]
    total: Value
    before: Value
    rule: str


@dataclass
class Statistics:
    """The statistics of one term of one division."""

    division: Division
    number: int
    period: Period
    spans: list[Span]
    lines: list[Line] = field(default_factory=list)

    @property
    def title(self) -> str:
        """青禾县第十一届人大工作统计."""
        number = chinese_number(self.number) if (get_language() or "zh").startswith("zh") else self.number
        return _("%(division)s第%(number)s届人大工作统计") % {"division": self.division.name, "number": number}

    @property
    def bare(self) -> list[str]:
        """The years for which nothing was registered: their zeros say nothing."""
        counted = [line.values for line in self.lines if not (line.indicator.stock or line.rule == _("届末数"))]
        return [span.label for place, span in enumerate(self.spans) if counted and not any(values[place] for values in counted)]

    def rooms(self) -> dict[str, list[Line]]:
        """The lines by room, in the order in which the rooms are shown."""
        by_room: dict[str, list[Line]] = {}
        for line in self.lines:
            by_room.setdefault(line.indicator.code.split(".")[0], []).append(line)
        order = list(rooms.ROOMS)
        return {room: by_room[room] for room in sorted(by_room, key=order.index)}

    def drop_empty(self) -> None:
        """Leave out the indicators that come to nothing in every year."""
        self.lines = [line for line in self.lines if line.total or any(line.values)]


def spans_of(term: Period) -> list[Span]:
    """The years of a term, cut to its days."""
    found = []
    for year in range(term.start.year, term.end.year + 1):
        first, last = max(term.start, date(year, 1, 1)), min(term.end, date(year, 12, 31))
        whole = periods.year(year)
        found.append(Span(year, whole if (first, last) == (whole.start, whole.end) else periods.span(first, last)))
    return found


def choose(within: Sequence[str] = (), codes: Sequence[str] = ()) -> list[Indicator]:
    """The indicators asked for, else those of the rooms that real reports state. KeyError for an unknown code; ranks have no term."""
    if codes:
        return [registry.get(code) for code in codes]
    stated = [i for i in registry.all_indicators() if i.reference and not isinstance(i.count, RankOf)]
    return [i for i in stated if not within or i.code.split(".")[0] in within]


def gather(indicators: Sequence[Indicator], number: int, level: str, division: Division, *, actor: Actor) -> Statistics:
    """The statistics of a term. Raises NoSuchPeriod where the term is not registered, PermissionDenied outside the actor's scope."""
    gate.require(actor, roles.FIGURES)
    term = _until_the_next(periods.term(number, level, division), number, level, division)
    found = Statistics(division, number, term, spans_of(term))
    whole = [span for span in found.spans if span.whole]
    by_year = series.by_year(indicators, [s.year for s in whole], division, actor=actor) if whole and indicators else {}
    for indicator in indicators:
        values = [
            by_year[indicator.code].get(s.year) if s.whole else _ask(indicator, s.period, division, actor) for s in found.spans
        ]
        comparable = term.earlier or not isinstance(indicator.count, ChangeOf)  # a first term has nothing to be compared with
        total = _ask(indicator, term, division, actor) if comparable else None
        before = _ask(indicator, term.earlier, division, actor) if term.earlier else None
        scaled = [_scaled(indicator, value) for value in (*values, total, before)]
        found.lines.append(Line(indicator, unit_of(indicator), scaled[:-2], scaled[-2], scaled[-1], rule_of(indicator)))
    return found


def _until_the_next(term: Period, number: int, level: str, division: Division) -> Period:
    """A term that is over ends on the eve of the next one, when its own deputies were still in office."""
    try:
        following = periods.term(number + 1, level, division)
    except periods.NoSuchPeriod:
        return term
    eve = following.start - timedelta(days=1)
    return replace(term, end=eve) if term.start < eve < term.end else term


def _ask(indicator: Indicator, period: Period, division: Division, actor: Actor) -> Value:
    return evaluate.evaluate(indicator, evaluate.Question(period, division), actor=actor).value


def _scaled(indicator: Indicator, value: Value) -> Value:
    return round(Decimal(value) / WAN, 2) if indicator.kind == "money" and value is not None else value


def unit_of(indicator: Indicator) -> str:
    """The unit of a table's row: money always in 万元, so that years compare."""
    return said("万元") if indicator.kind == "money" else said(indicator.units[0]) if indicator.units else ""


def rule_of(indicator: Indicator) -> str:
    """How the value over the term comes about, in a few words."""
    count = indicator.count
    if indicator.stock or _of_stock(indicator):
        return _("届末数")
    if isinstance(count, ChangeOf):
        return _("与上一届相比")
    if isinstance(count, Difference):
        return _("全届合计相减")
    if isinstance(count, Quotient):
        return _("全届合计相除")
    if isinstance(count, Ratio):
        return _("按全届的分子、分母计算")
    if isinstance(count, Average | AverageDays):
        return _("全届平均")
    if isinstance(count, Distinct):
        return _("全届去重")
    return _("全届合计")


def _of_stock(indicator: Indicator) -> bool:
    """Whether it is made of stocks alone (the share of women among deputies)."""
    if isinstance(indicator.count, ChangeOf):
        return False
    codes = evaluate.codes_of(indicator)
    return bool(codes) and all(registry.get(code).stock or _of_stock(registry.get(code)) for code in codes)


def _day(day: date) -> str:
    return _("%(m)d月%(d)d日") % {"m": day.month, "d": day.day}
