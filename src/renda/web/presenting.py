"""Figures as pages show them: tiles with last year beside, trends, breakdowns. Values come from `series` and `evaluate` alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.directory.models.divisions import Level
from renda.figures import series
from renda.figures.indicators import Indicator
from renda.ui.charts import Chart
from renda.ui.words import said

SPARK_WIDTH, SPARK_HEIGHT = 100, 24
TEN_THOUSAND = Decimal(10_000)
SMALL_BASE = 20
LEAST_YEARS = 3


@dataclass
class Tile:
    """One figure: value with its unit, last year's beside it, and the points of a small trend line."""

    name: str
    about: str
    value: Any
    unit: str
    past: str
    url: str
    points: str = ""
    blank: bool = False


def division_of(actor: Actor) -> Division | None:
    """The division whose figures an actor sees first: its own, else the county."""
    if actor.division_id:
        return Division.objects.get(pk=actor.division_id)
    return Division.objects.filter(level=Level.COUNTY, valid_to__isnull=True).order_by("path").first()


def in_unit(indicator: Indicator, value: Any) -> tuple[Any, str]:
    """A value and its unit as a page shows them: money in 万元 from ten thousand yuan on, ratios in per cent."""
    unit = indicator.units[0] if indicator.units else ""
    if value is None:
        return None, ""
    if indicator.kind == "money":
        return (round(Decimal(value) / TEN_THOUSAND, 2), said("万元")) if abs(value) >= TEN_THOUSAND else (value, said("元"))
    if indicator.kind in ("ratio", "change"):
        return value, unit or "%"
    return value, said(unit)


def tiles(indicators: Sequence[Indicator], year: int, back: int, division: Division, actor: Actor) -> list[Tile]:
    """One tile per indicator, all years in one evaluation."""
    years = range(year - back + 1, year + 1)
    found = series.by_year(indicators, years, division, actor=actor)
    return [tile(indicator, found[indicator.code], year) for indicator in indicators]


def tile(indicator: Indicator, values: Mapping[int, Any], year: int) -> Tile:
    """The tile of one indicator from its values by year."""
    value, unit = in_unit(indicator, values.get(year))
    points = spark(since_first([values.get(y) for y in sorted(values) if y <= year]))
    return Tile(
        said(indicator.name),
        said(indicator.about),
        value,
        unit,
        past(indicator, values.get(year), values.get(year - 1)),
        reverse("figure", args=[indicator.code]) + f"?year={year}",
        " ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        not values.get(year) and not values.get(year - 1),
    )


def past(indicator: Indicator, now: Any, before: Any) -> str:
    """Last year's value and the difference to it; ratios differ by points, all else in per cent where the base is not small."""
    shown, unit = in_unit(indicator, before)
    if shown is None:
        return _("上年无数据")
    words = _("上年 %(value)s") % {"value": f"{_number(shown)} {unit}".strip()}
    if now is None or now == before:
        return words
    if indicator.kind in ("ratio", "change", "rank"):
        return _differing(words, f"{round(Decimal(now) - Decimal(before), 2):+}")
    if abs(before) < SMALL_BASE:
        return words if indicator.kind == "money" else _differing(words, f"{now - before:+,}")
    return _differing(words, f"{round(100 * (Decimal(now) - Decimal(before)) / Decimal(before), 1):+}%")


def _differing(words: str, difference: str) -> str:
    return _("%(last_year)s（%(difference)s）") % {"last_year": words, "difference": difference.replace("-", "−")}


def since_first(values: Sequence[Any]) -> list[Any]:
    """Without the leading years that have no records yet: they are no zeros, they are not known."""
    first = next((place for place, value in enumerate(values) if value), len(values))
    return list(values[first:])


def _number(value: Any) -> str:
    from renda.ui.templatetags.renda import number

    return number(value)


def spark(values: Sequence[Any]) -> list[tuple[float, float]]:
    """Points of a trend line that starts at zero; empty with fewer than three values or nothing but zeros."""
    known = [(place, float(v)) for place, v in enumerate(values) if v is not None]
    if len(known) < 3 or not any(v for _, v in known):
        return []
    most = max(max(v for _, v in known), 0.0) or 1.0
    step = SPARK_WIDTH / (len(values) - 1)
    return [(place * step, SPARK_HEIGHT - 2 - (SPARK_HEIGHT - 4) * max(v, 0.0) / most) for place, v in known]


def month_chart(indicators: Sequence[Indicator], year: int, division: Division, actor: Actor) -> Chart | None:
    """The first plain, dated indicator by month, last year beside it; None where there is none or nothing was counted."""
    for indicator in indicators:
        if indicator.made or not indicator.date:
            continue
        now, before = (series.by_month(indicator, y, division, actor=actor) for y in (year, year - 1))
        if any(now.values()) or any(before.values()):
            return by_month(indicator, year, now, before)
    return None


def by_month(indicator: Indicator, year: int, now: Mapping[int, Any], before: Mapping[int, Any]) -> Chart:
    """An indicator by month, this year against last."""
    labels = [month_name(m) for m in range(1, 13)]
    several = [
        (_("%(year)d年") % {"year": y}, [_scaled(indicator, v[m]) for m in range(1, 13)])
        for y, v in ((year, now), (year - 1, before))
    ]
    title = _("%(name)s：逐月与上年同期") % {"name": said(indicator.name)}
    return Chart(
        title,
        "bar",
        _("月份"),
        labels,
        several,
        unit=chart_unit(indicator),
        whole=indicator.kind in ("count", "persons", "person_times"),
    )


def month_name(month: int) -> str:
    """1月, Jan."""
    return date_format(date(2000, month, 1), _("n月"))


def trend(indicator: Indicator, values: Mapping[int, Any]) -> Chart:
    """An indicator by year; the title says what the data says where it says something plain."""
    years = sorted(values)
    years = years[min(len(years) - len(since_first([values[y] for y in years])), max(0, len(years) - LEAST_YEARS)) :]
    links = [reverse("figure", args=[indicator.code]) + f"?year={y}" for y in years]
    labels = [str(y) for y in years]
    return Chart(
        finding(indicator, [values[y] for y in years]), "bar", _("年度"), labels,
        [(said(indicator.name), [_scaled(indicator, values[y]) for y in years])], unit=chart_unit(indicator), links=links,
        whole=indicator.kind in ("count", "persons", "person_times"),
    )  # fmt: skip


def finding(indicator: Indicator, values: Sequence[Any]) -> str:
    """信访量连续三年下降 where the last three or more steps say so, else the plain name by year."""
    name = said(indicator.name)
    known = [v for v in values if v is not None]
    for words, goes in ((_("%(name)s连续%(n)d年上升"), lambda a, b: b > a), (_("%(name)s连续%(n)d年下降"), lambda a, b: b < a)):
        steps = 0
        for before, after in zip(reversed(known[:-1]), reversed(known[1:]), strict=True):
            if not goes(before, after) or not before:
                break
            steps += 1
        if steps >= 2:
            return words % {"name": name, "n": steps}
    return _("历年%(name)s") % {"name": name}


def breakdown(indicator: Indicator, name: str, groups: Sequence[Any]) -> Chart:
    """The parts of a figure, the largest first."""
    shown = [g for g in groups if g.amount is not None][:20]
    title = _("%(name)s：按%(by)s") % {"name": said(indicator.name), "by": said(name)}
    size = "tall" if len(shown) > 10 else ""
    return Chart(
        title, "rows", said(name), [said(g.label) for g in shown],
        [(said(indicator.name), [_scaled(indicator, g.amount) for g in shown])], unit=chart_unit(indicator), size=size,
    )  # fmt: skip


def chart_unit(indicator: Indicator) -> str:
    """The unit of an indicator's charts: money always in 万元, so that years compare."""
    return said("万元") if indicator.kind == "money" else said(indicator.units[0] if indicator.units else "")


def _scaled(indicator: Indicator, value: Any) -> Any:
    return round(Decimal(value) / TEN_THOUSAND, 2) if indicator.kind == "money" and value is not None else value
