"""What stands behind a binding: the plain questions that it comes down to, and the records that answer them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, QuerySet

from renda.core.canonical import canonical
from renda.core.crypto import keyed_digest
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures import combine, evaluate, registry
from renda.figures.evaluate import Question, Unanswerable
from renda.figures.indicators import Indicator
from renda.figures.measures import ChangeOf, RankOf
from renda.figures.periods import NoSuchPeriod
from renda.registers.columns.base import find_field
from renda.reports.binding.answers import earlier_period
from renda.reports.binding.asking import Asker
from renda.reports.binding.labels import resolved
from renda.reports.binding.periods import resolve
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
        period = self.question.period
        return (self.indicator.code, period.start, period.end, tuple(sorted(self.question.where.items())))


def asked(binding: Binding, year: int, asker: Asker) -> tuple[Indicator, Question]:
    """The indicator and the question of a binding, its filters as the county's own labels. KeyError, NoSuchPeriod, Unanswerable."""
    indicator = registry.get(binding.indicator)
    period = resolve(binding.period, year, asker.division, indicator)
    return indicator, Question(period, asker.division, resolved(indicator, binding.where, period, asker))


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
    found = {source.key: source for one in questions for source in _plain(indicator, one)}
    return list(found.values())


def _plain(indicator: Indicator, question: Question) -> Iterator[Source]:
    if not indicator.made:
        yield Source(indicator, question)
        return
    periods = [question.period]
    if isinstance(indicator.count, ChangeOf):
        periods.append(question.period.before)
    for code in [indicator.count.code] if isinstance(indicator.count, RankOf) else evaluate.codes_of(indicator):
        part = registry.get(code)
        for period in periods:
            yield from _plain(part, combine.narrowed(part, replace(question, period=period)))


def asker_of(division: Division, actor: Actor) -> Asker:
    """Who asks about a division. PermissionDenied outside the actor's scope."""
    return Asker(division, actor)


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
