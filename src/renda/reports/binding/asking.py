"""Asking the figures engine: every question once, and plain ones that count the same records in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count

from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures import combine, evaluate
from renda.figures.evaluate import Figure, Question, Unanswerable, Value
from renda.figures.indicators import Indicator
from renda.figures.measures import RankOf
from renda.figures.periods import Period

Asked = tuple[str, Any, Any, tuple[tuple[str, str], ...]]


class Asker:
    """Questions about one division by one actor; remembers the answers. PermissionDenied outside the actor's scope."""

    def __init__(self, division: Division, actor: Actor) -> None:
        evaluate._require(actor, division)
        self.division = division
        self._known: dict[Asked, Figure | Unanswerable] = {}
        self._parts: dict[Any, dict[str, Value]] = {}

    def ask(self, indicator: Indicator, period: Period, where: Mapping[str, str]) -> Figure:
        """The figure of one question. Unanswerable where it does not fit the indicator."""
        return self._figure(indicator, Question(period, self.division, dict(where)))

    def prepare(self, questions: Iterable[tuple[Indicator, Period, dict[str, str]]]) -> None:
        """Ask in sets what plain indicators will be asked for: those of the same records together, in one query."""
        groups: dict[Any, dict[str, tuple[Indicator, Question]]] = defaultdict(dict)
        for indicator, period, where in questions:
            if isinstance(indicator.count, RankOf):
                continue
            for plain, question in evaluate.plain_parts(indicator, Question(period, self.division, where)):
                if _key(plain, question) not in self._known:
                    groups[_together(plain, question)][plain.code] = (plain, question)
        for group in groups.values():
            self._ask_together(list(group.values()))

    def labels(self, indicator: Indicator, period: Period, by: str) -> list[str]:
        """The values that a breakdown has in the records of a period, as people read them."""
        key = (indicator.code, period.start, period.end, by)
        if key not in self._parts:
            figure = evaluate._evaluate(indicator, Question(period, self.division), by)
            self._parts[key] = {group.label: group.amount for group in figure.breakdown}
        return list(self._parts[key])

    def _figure(self, indicator: Indicator, question: Question, by: str = "") -> Figure:
        key = _key(indicator, question)
        if by:
            return evaluate._evaluate(indicator, question, by)
        if key not in self._known:
            self._known[key] = self._evaluated(indicator, question)
        known = self._known[key]
        if isinstance(known, Unanswerable):
            raise known
        return known

    def _evaluated(self, indicator: Indicator, question: Question) -> Figure | Unanswerable:
        try:
            if indicator.made:
                return combine.evaluate(indicator, question, "", self._figure)
            return evaluate._evaluate(indicator, question)
        except Unanswerable as error:
            return error

    def _ask_together(self, group: list[tuple[Indicator, Question]]) -> None:
        first, question = group[0]
        try:
            rows = evaluate.population(first, question).order_by()
        except Unanswerable:
            return
        counts = {f"v{n}": indicator.aggregate() for n, (indicator, _) in enumerate(group)}
        found = rows.aggregate(records_=Count("pk", distinct=True), **counts)
        for n, (indicator, asked) in enumerate(group):
            value, records = evaluate._number(indicator, found[f"v{n}"]), found["records_"]
            self._known[_key(indicator, asked)] = Figure(
                indicator, asked, value, records, evaluate._working(indicator, asked, records)
            )


def _key(indicator: Indicator, question: Question) -> Asked:
    return (indicator.code, *question.key)


def _together(indicator: Indicator, question: Question) -> Any:
    """What must be equal for two indicators to be answered by one query: population, date, filters, and no joins of their own."""
    path = getattr(indicator.count, "path", getattr(indicator.count, "of", ""))
    alone = not isinstance(path, str) or "__" in path or not indicator.aggregate().source_expressions
    return (
        indicator.population, indicator.date, indicator.stock, indicator.division, tuple((one.code, one.path) for one in indicator.breakdowns),
        question.key, indicator.code if alone else "",
    )  # fmt: skip
