"""The records behind a binding, through the gate: one block for each part that the figure is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures import combine, evaluate, registry
from renda.figures.evaluate import Question
from renda.figures.indicators import Indicator
from renda.figures.measures import ChangeOf
from renda.figures.periods import Period
from renda.reports.draft.model import Binding

from .answers import earlier_period
from .asking import Asker
from .labels import resolved
from .periods import resolve

HIDDEN = ("pk", "register")


@dataclass(frozen=True)
class Block:
    """Records of one plain indicator in one period. `counted` are all that the figure counts, `rows` those the actor may see."""

    title: str
    period: str
    counted: int
    rows: list[dict[str, Any]]

    @property
    def headings(self) -> list[str]:
        """The columns of evidence, in the order in which the indicator declares them."""
        return [name for name in (self.rows[0] if self.rows else {}) if name not in HIDDEN]


def blocks_of(binding: Binding, year: int, division: Division, actor: Actor) -> list[Block]:
    """The blocks of records behind a binding in a report on `year`. NoSuchPeriod and Unanswerable as `answer_all` tells them."""
    indicator = registry.get(binding.indicator)
    period = resolve(binding.period, year, division, indicator)
    where = resolved(indicator, binding.where, period, Asker(division, actor))
    asked = [period]
    if binding.form in ("change", "difference"):
        asked += [one for one in [earlier_period(binding, year, division, indicator, period)] if one]
    found: dict[Any, Block] = {}
    for one in asked:
        for part, question in _plain(indicator, Question(one, division, where)):
            key = (part.code, question.period.start, question.period.end, tuple(sorted(question.where.items())))
            if key not in found:
                found[key] = _block(part, question, actor)
    return list(found.values())


def _plain(indicator: Indicator, question: Question) -> Iterator[tuple[Indicator, Question]]:
    if not indicator.made:
        yield indicator, question
        return
    periods: list[Period] = [question.period]
    if isinstance(indicator.count, ChangeOf):
        periods.append(question.period.before)
    for code in evaluate.codes_of(indicator):
        part = registry.get(code)
        for period in periods:
            yield from _plain(part, combine.narrowed(part, replace(question, period=period)))


def _block(indicator: Indicator, question: Question, actor: Actor) -> Block:
    rows = evaluate.records(indicator, question, actor=actor)
    counted = evaluate.population(indicator, question).order_by().values("pk").distinct().count()
    return Block(_(indicator.name), question.period.name, counted, one_row_each(rows))


def one_row_each(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for each record: what a record has several of (laws of an inspection) stands side by side."""
    found: dict[Any, dict[str, Any]] = {}
    for row in rows:
        first = found.setdefault(row["pk"], dict(row))
        if first is not row:
            _join(first, row)
    return list(found.values())


def _join(first: dict[str, Any], row: dict[str, Any]) -> None:
    for name, value in row.items():
        had = first[name]
        if name in HIDDEN or value == had or value in (None, ""):
            continue
        if had in (None, ""):
            first[name] = value
        elif str(value) not in str(had).split("、"):
            first[name] = f"{had}、{value}"
