"""What stands behind a binding: the plain questions that it comes down to, and the records that answer them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, QuerySet

from renda.core.canonical import canonical
from renda.core.crypto import keyed_digest
from renda.figures import evaluate
from renda.figures.evaluate import Question, Unanswerable
from renda.figures.indicators import Indicator
from renda.figures.periods import NoSuchPeriod
from renda.registers.columns.base import find_field
from renda.reports.binding.answers import asked, earlier_period
from renda.reports.binding.asking import Asker
from renda.reports.draft.model import Binding

UNKNOWN = (KeyError, NoSuchPeriod, Unanswerable)


@dataclass(frozen=True)
class Source:
    """A plain indicator and the question that it is asked: its records are counted."""

    indicator: Indicator
    question: Question

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two sources one."""
        return (self.indicator.code, *self.question.key)


def sources(binding: Binding, year: int, asker: Asker) -> list[Source]:
    """The plain questions behind a binding, each once; none where it cannot be asked."""
    try:
        indicator, question = asked(binding, year, asker)
    except UNKNOWN:
        return []
    questions = [question]
    if binding.form in ("change", "difference") and indicator.kind != "change":
        earlier = earlier_period(binding, year, asker.division, indicator, question.period)
        questions += [replace(question, period=earlier)] if earlier else []
    if binding.form == "ratio" and indicator.kind not in ("ratio", "change") and question.where:
        questions.append(replace(question, where={}))
    plain = [Source(*part) for one in questions for part in evaluate.plain_parts(indicator, one)]
    return list({source.key: source for source in plain}.values())


def record_digests(source: Source) -> dict[int | str, str]:
    """The records that a source counts, each with a keyed digest of all that decides about its being counted and of its evidence."""
    try:
        rows = evaluate.population(source.indicator, source.question)
    except Unanswerable:
        return {}
    paths = _paths(source.indicator, rows)
    lines: dict[int | str, list[bytes]] = {}
    for pk, *values in rows.order_by("pk").values_list("pk", *map(F, paths)).distinct():
        lines.setdefault(pk, []).append(canonical(values))
    return {pk: keyed_digest(b"\n".join(sorted(several)).decode()) for pk, several in lines.items()}


def _paths(indicator: Indicator, rows: QuerySet) -> list[str]:
    count = indicator.count
    counted = [getattr(count, name, None) for name in ("path", "of", "start", "end")]
    evidence = [entry if isinstance(entry, str) else entry[0] for entry in indicator.evidence]
    breakdowns = [one.path for one in indicator.breakdowns]
    wanted: Sequence[Any] = [*evidence, *breakdowns, indicator.date, *(indicator.stock or ()), *counted]
    known = set(rows.query.annotations)
    return list(
        dict.fromkeys(path for path in wanted if isinstance(path, str) and path and (path in known or _is_field(rows, path)))
    )


def _is_field(rows: QuerySet, path: str) -> bool:
    """Whether a path names a field; a path through a filtered relation (the date of a milestone) is taken at its word."""
    try:
        return find_field(rows.model, path) is not None
    except (FieldDoesNotExist, AttributeError):
        return path.split("__")[0] in rows.query._filtered_relations  # type: ignore[attr-defined]
