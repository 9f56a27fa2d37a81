"""The records behind a binding, through the gate: one block for each part that the figure is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures import evaluate
from renda.figures.evaluate import Question
from renda.figures.indicators import Indicator
from renda.reports.draft.model import Binding

from .answers import asked, earlier_period
from .asking import Asker

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
    indicator, question = asked(binding, year, Asker(division, actor))
    questions = [question]
    if binding.form in ("change", "difference"):
        earlier = earlier_period(binding, year, division, indicator, question.period)
        questions += [replace(question, period=earlier)] if earlier else []
    found: dict[Any, Block] = {}
    for one in questions:
        for part, plain in evaluate.plain_parts(indicator, one):
            key = (part.code, *plain.key)
            if key not in found:
                found[key] = _block(part, plain, actor)
    return list(found.values())


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
