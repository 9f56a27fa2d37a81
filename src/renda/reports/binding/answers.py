"""Answering bindings for a target year: each distinct question once, plain ones of the same records in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures import combine, registry
from renda.figures.evaluate import Question, Unanswerable, Value
from renda.figures.indicators import Indicator
from renda.figures.periods import NoSuchPeriod, Period
from renda.reports.draft.model import Binding

from .asking import Asker
from .labels import resolved
from .periods import each_once, resolve
from .table import once

POINTS, PER_CENT = "个百分点", "%"


@dataclass(frozen=True)
class Answer:
    """What a binding comes to: the value, last year's, the number of records, and why there is no value where there is none.

    Money is in yuan; a ratio and a relative change are in per cent; the change of a ratio is in percentage points.
    """

    value: Value = None
    before: Value = None
    records: int = 0
    unit: str = ""
    period: tuple[date, date, str] | None = None
    working: list[str] = field(default_factory=list)
    why: str = ""


def answer_all(bindings: Sequence[Binding], year: int, division: Division, actor: Actor) -> list[Answer]:
    """The answer to each binding in a report on `year` about `division`. PermissionDenied outside the actor's scope."""
    asker = Asker(division, actor)
    with each_once():
        asker.prepare(_questions(bindings, year, division))
        return [_answer(binding, year, asker) for binding in bindings]


def _questions(bindings: Sequence[Binding], year: int, division: Division) -> list[tuple[Indicator, Period, dict[str, str]]]:
    """What will be asked, as far as it is known beforehand, so that it can be asked in sets."""
    found = []
    for binding in bindings:
        for one in (binding, *binding.alike):
            try:
                indicator = registry.get(one.indicator)
                period = resolve(one.period, year, division, indicator)
                earlier = earlier_period(one, year, division, indicator, period)
            except (KeyError, NoSuchPeriod):
                continue
            if not any(label.startswith(("~", "@")) for label in one.where.values()):
                found += [(indicator, asked, dict(one.where)) for asked in (period, earlier) if asked]
    return found


def asked(binding: Binding, year: int, asker: Asker) -> tuple[Indicator, Question]:
    """The indicator and the question of a binding, its filters as the county's own labels. KeyError, NoSuchPeriod, Unanswerable."""
    indicator = registry.get(binding.indicator)
    period = resolve(binding.period, year, asker.division, indicator)
    return indicator, Question(period, asker.division, resolved(indicator, binding.where, period, asker))


def earlier_period(binding: Binding, year: int, division: Division, indicator: Indicator, period: Period) -> Period | None:
    """What a report of the year before meant by the same words; the term before, where the change within a term is told."""
    if binding.form in ("change", "difference") and binding.period.get("type") == "term":
        return period.before
    try:
        return resolve(binding.period, year - 1, division, indicator)
    except NoSuchPeriod:
        return None


def _answer(binding: Binding, year: int, asker: Asker) -> Answer:
    try:
        indicator = registry.get(binding.indicator)
    except KeyError:
        return Answer(why=_("指标 %(code)s 不在指标目录里") % {"code": binding.indicator})
    try:
        period = resolve(binding.period, year, asker.division, indicator)
        where = resolved(indicator, binding.where, period, asker)
        answer = _computed(binding, indicator, where, year, period, asker)
    except (NoSuchPeriod, Unanswerable) as error:
        return Answer(why=str(error))
    why = _not_once(binding, period, asker) or _differing(binding, answer, year, asker)
    return replace(answer, value=None, why=why) if why else answer


def _computed(binding: Binding, indicator: Indicator, where: dict[str, str], year: int, period: Period, asker: Asker) -> Answer:
    earlier_on = earlier_period(binding, year, asker.division, indicator, period)
    now = asker.ask(indicator, period, where)
    before = asker.ask(indicator, earlier_on, where).value if earlier_on else None
    unit = indicator.units[0] if indicator.units else ""
    value, working = now.value, list(now.working)
    if indicator.kind != "change" and binding.form in ("change", "difference"):
        value, unit = _changed(binding.form, indicator, now.value, before, unit)
        working += [_("上年同期：%(value)s") % {"value": _shown(before)}]
    elif binding.form == "ratio" and indicator.kind not in ("ratio", "change"):
        whole = asker.ask(indicator, period, {}).value
        working += [_("总数：%(value)s") % {"value": _shown(whole)}]
        value, unit = _share(now.value, whole), PER_CENT
        before = _share(before, asker.ask(indicator, earlier_on, {}).value) if earlier_on else None
    why = "" if value is not None else _("没有基数，无法计算")
    return Answer(value, before, now.records, unit, (period.start, period.end, period.name), working, why)


def _changed(form: str, indicator: Indicator, now: Value, before: Value, unit: str) -> tuple[Value, str]:
    """The change against the value before, with its unit."""
    if form == "difference":
        return (None if now is None or before is None else now - before), unit
    points = indicator.kind == "ratio"
    return combine.change(now, before, points=points), POINTS if points else PER_CENT


def _share(part: Value, whole: Value) -> Value:
    return None if part is None or not whole else round(Decimal(part) * 100 / Decimal(whole), 2)


def _not_once(binding: Binding, period: Period, asker: Asker) -> str:
    """Why a figure that belongs to one occasion cannot be told of a period with several."""
    occasions = once().get(binding.indicator)
    if not occasions or binding.where:
        return ""
    counted = registry.get(occasions)
    number = asker.ask(counted, period, {}).value
    if number in (0, 1, None):
        return ""
    names = {"period": period.name, "what": _(counted.name), "n": number, "unit": counted.units[0]}
    return _("%(period)s“%(what)s”有%(n)s%(unit)s，文中说的是其中哪一次（项），不能确定") % names


def _differing(binding: Binding, answer: Answer, year: int, asker: Asker) -> str:
    """Why the figure stays open where other readings of the same words come to another value."""
    found = []
    for one in binding.alike:
        other = _answer(one, year, asker)
        if other.value is not None and other.value != answer.value:
            found.append(f"{_name(one)} {_shown(other.value)}")
    if not found:
        return ""
    return _("文中的说法有几种理解，数值不同：%(readings)s，请选定") % {
        "readings": "；".join([f"{_name(binding)} {_shown(answer.value)}", *found])
    }


def _name(binding: Binding) -> str:
    labels = "、".join(label.lstrip("~@") for label in binding.where.values())
    return _(registry.get(binding.indicator).name) + (f"（{labels}）" if labels else "")


def _shown(value: Value) -> str:
    return _("无法计算") if value is None else f"{value:,}"
