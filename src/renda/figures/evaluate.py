"""Evaluating indicators: values, breakdowns and the records behind, in sets, in the database.

A figure says how it came about (``working``). Totals are scoped by division; records pass the gate besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db.models import CharField, F, Q, QuerySet, TextField
from django.utils.translation import gettext as _

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures import combine, registry
from renda.figures.indicators import Breakdown, Indicator
from renda.figures.measures import Average, AverageDays, ChangeOf, Sum
from renda.figures.periods import Period
from renda.registers.columns.base import find_field
from renda.registers.registry import kind_of

Value = int | Decimal | None


class Unanswerable(ValueError):
    """The question does not fit the indicator; the text says what does."""


@dataclass(frozen=True)
class Group:
    """One part of a breakdown. ``share`` is in per cent of the whole (None where parts overlap or nothing is counted)."""

    value: Any
    label: str
    amount: Value
    share: Decimal | None = None


@dataclass(frozen=True)
class Question:
    """What is asked: the period, the division subtree, filters on breakdowns (code → value or label)."""

    period: Period
    division: Division
    where: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two questions about one division the same."""
        return (self.period.start, self.period.end, tuple(sorted(self.where.items())))


@dataclass
class Figure:
    """The answer: value, number of records, and how it came about."""

    indicator: Indicator
    question: Question
    value: Value
    records: int
    working: list[str]
    breakdown: list[Group] = field(default_factory=list)


def evaluate(indicator: Indicator, question: Question, *, actor: Actor, by: str = "") -> Figure:
    """Evaluate an indicator. Raises PermissionDenied outside the actor's scope, Unanswerable for an unknown breakdown."""
    _require(actor, question.division)
    return _evaluate(indicator, question, by)


def _evaluate(indicator: Indicator, question: Question, by: str = "") -> Figure:
    if indicator.made:
        return combine.evaluate(indicator, question, by, _evaluate)
    rows = population(indicator, question, by)
    value, records = _value(indicator, rows), rows.order_by().values("pk").distinct().count()
    figure = Figure(indicator, question, value, records, _working(indicator, question, records))
    if by:
        figure.breakdown = _groups(indicator, rows, _breakdown(indicator, by), value)
    return figure


def _require(actor: Actor, division: Division) -> None:
    gate.require(actor, roles.FIGURES)
    inside = (
        not actor.division_path or division.path == actor.division_path or division.path.startswith(actor.division_path + ".")
    )
    if not inside:
        raise PermissionDenied(
            _("%(actor)s只能查看本区划范围内的指标，不能查看%(division)s。") % {"actor": actor, "division": division}
        )


def population(indicator: Indicator, question: Question, by: str = "") -> QuerySet:
    """The records that a plain indicator counts for this question, ready to be taken apart ``by`` a breakdown."""
    assert indicator.population is not None
    rows = in_area_and_period(indicator, indicator.population(), question.division, question.period)
    narrowing = [(_breakdown(indicator, code), value) for code, value in question.where.items()]
    apart = [one for one, value in narrowing] + ([_breakdown(indicator, by)] if by else [])
    for one in {one.code: one for one in apart}.values():
        rows = one.rows(rows)
    for one, value in narrowing:
        rows = _narrowed(rows, one, value)
    return rows


def within(indicator: Indicator, division: Division) -> QuerySet:
    """The population of a plain indicator in a division and those beneath it, of any period."""
    assert indicator.population is not None
    return _in_area(indicator, indicator.population(), division)


def in_area_and_period(indicator: Indicator, rows: QuerySet, division: Division, period: Period) -> QuerySet:
    """Those of a plain indicator's records that lie in a division subtree and in a period."""
    return _in_period(indicator, _in_area(indicator, rows, division), period)


def _in_area(indicator: Indicator, rows: QuerySet, division: Division) -> QuerySet:
    rows = rows.filter(**{f"{indicator.division}__in": Division.objects.subtree(division.path).values("pk")})
    kind = kind_of(rows.model)
    return (
        rows.filter(kind=kind) if kind else rows
    )  # changes nothing but the plan: an index on kind and day is read, not all matters


def _narrowed(rows: QuerySet, one: Breakdown, value: Any) -> QuerySet:
    """Rows of one value of a breakdown, or of several written side by side (视察、调研)."""
    wanted = [one.value(part) if isinstance(part, str) else part for part in _several(one, value)]
    condition = Q(**{f"{one.path}__in": [w for w in wanted if w is not None]})
    if None in wanted:
        condition |= Q(**{f"{one.path}__isnull": True}) | _empty(rows, one)
    return rows.filter(condition)


def _several(one: Breakdown, value: Any) -> list[Any]:
    """The values that a filter names: 、 parts them, unless the whole is itself a value's name."""
    if not isinstance(value, str) or "、" not in value or one.value(value) != value:
        return [value]
    return [value, *value.split("、")]


def _empty(rows: QuerySet, one: Breakdown) -> Q:
    try:
        text = isinstance(find_field(rows.model, one.path), CharField | TextField)
    except (FieldDoesNotExist, AttributeError):
        text = False
    return Q(**{one.path: ""}) if text else Q()


def _in_period(indicator: Indicator, rows: QuerySet, period: Period) -> QuerySet:
    if indicator.stock:
        first, last = indicator.stock
        begun = Q(**{f"{first}__isnull": True}) | Q(**{f"{first}__lte": period.end})
        return rows.filter(begun, Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gt": period.end}))
    dated = rows.alias(_dated=F(indicator.date))  # a condition on the look-up itself would join a milestone a second time
    return dated.filter(_dated__gte=period.start, _dated__lte=period.end)


def _breakdown(indicator: Indicator, code: str) -> Breakdown:
    try:
        return indicator.breakdown(code)
    except KeyError:
        known = "、".join(f"{b.name}（{b.code}）" for b in indicator.breakdowns) or "没有"
        raise Unanswerable(
            _("“%(name)s”不能按“%(code)s”分解，可用的分解维度：%(known)s")
            % {"name": _(indicator.name), "code": code, "known": known}
        ) from None


def _value(indicator: Indicator, rows: QuerySet) -> Value:
    return _number(indicator, rows.order_by().aggregate(v=indicator.aggregate())["v"])


def _number(indicator: Indicator, raw: Any) -> Value:
    if raw is None:
        return None if isinstance(indicator.count, Average | AverageDays) else 0
    if isinstance(indicator.count, Average | AverageDays):
        return round(Decimal(raw), 2)
    return Decimal(raw) if isinstance(indicator.count, Sum) and not isinstance(raw, int) else int(raw)


def _groups(indicator: Indicator, rows: QuerySet, one: Breakdown, whole: Value) -> list[Group]:
    found = rows.order_by().values(one.path).annotate(v=indicator.aggregate()).values_list(one.path, "v")
    groups = [Group(value, one.label(value), _number(indicator, raw)) for value, raw in found]
    groups.sort(key=lambda g: (g.amount is None, -(g.amount or 0), g.label))
    return with_shares(groups, whole)


def with_shares(groups: Sequence[Group], whole: Value) -> list[Group]:
    """Shares of the whole, where the parts make it up; parts that overlap (one matter, two units) get a share each all the same."""
    if not whole:
        return list(groups)
    return [replace(g, share=None if g.amount is None else round(Decimal(g.amount) * 100 / Decimal(whole), 2)) for g in groups]


def _working(indicator: Indicator, question: Question, records: int) -> list[str]:
    scope = {"period": question.period.name, "division": question.division.name}
    if indicator.stock:
        lines = [_("时点：%(period)s；范围：%(division)s及其下级区划；作废的记录不计") % scope]
    else:
        lines = [_("期间：%(period)s；范围：%(division)s及其下级区划；作废的记录不计") % scope]
    for code, value in question.where.items():
        one = indicator.breakdown(code)
        lines.append(_("只计%(name)s为“%(value)s”的") % {"name": _(one.name), "value": _(one.label(value))})
    lines.append(_("口径：%(about)s") % {"about": _(indicator.about or indicator.name)})
    return [*lines, _("依据记录 %(n)s 条") % {"n": records}]


def records(indicator: Indicator, question: Question, *, actor: Actor, limit: int | None = None) -> list[dict[str, Any]]:
    """The records behind a figure that the actor may see: primary key, register and evidence columns by Chinese heading."""
    _require(actor, question.division)
    if indicator.made:
        parts = [
            records(registry.get(code), combine.narrowed(registry.get(code), question), actor=actor, limit=limit)
            for code in codes_of(indicator)
        ]
        return [row for part in parts for row in part][:limit]
    rows = population(indicator, question)
    try:
        rows = gate.visible_to(actor, rows)
    except LookupError:
        if actor.role not in ("operator", "congress_clerk", "director", "petition_clerk", "township_clerk"):
            return []
    from renda.figures.evidence import rows_of

    return rows_of(indicator, rows, limit)


def plain_parts(indicator: Indicator, question: Question) -> Iterator[tuple[Indicator, Question]]:
    """The plain indicators that a figure comes down to, each with what it is asked; a change asks both periods."""
    if not indicator.made:
        yield indicator, question
        return
    periods = [question.period, *([question.period.before] if isinstance(indicator.count, ChangeOf) else [])]
    for code in codes_of(indicator):
        part = registry.get(code)
        for period in periods:
            yield from plain_parts(part, combine.narrowed(part, replace(question, period=period)))


def codes_of(indicator: Indicator) -> tuple[str, ...]:
    """The indicators that a made one is made of."""
    return () if not indicator.made else indicator.count.codes  # type: ignore[union-attr]
