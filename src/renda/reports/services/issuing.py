"""Issuing (印发): a frozen snapshot of text, figures and the records behind them, with its digest in the journal; and its drift later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from renda.core import clock
from renda.core.canonical import ALGORITHM, digest
from renda.directory import roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures import registry
from renda.figures.evaluate import Question
from renda.figures.periods import Period
from renda.journal.anchors import Anchor
from renda.journal.services import Line, change, head, record
from renda.reports.binding.answers import Answer, answer_all
from renda.reports.binding.asking import Asker
from renda.reports.draft.model import Draft, Entry
from renda.reports.models import Issue, Report, State
from renda.reports.services import behind, composing
from renda.reports.services.behind import Source
from renda.reports.services.finding import Refused, locked
from renda.reports.services.settling import Outrun
from renda.reports.services.storing import binding_from, number_from, number_text, plain_binding, plain_draft, plain_period

EARLIEST = date(1954, 1, 1)


def issue(pk: int, *, seen: int, issued_on: date, actor: Actor) -> Issue:
    """Issue a report: nothing in it may be open. ``seen`` is the report's version that the actor read.

    Raises Refused (open places, a date that cannot be), Outrun (changed since it was read), PermissionDenied.
    """
    with change():
        report = locked(pk, roles.ISSUE, actor)
        if report.version != seen:
            raise Outrun(_("%(who)s刚刚改动过这份报告，没有印发。请重新通读后再印发。") % {"who": report.changed_by})
        if not EARLIEST <= issued_on <= clock.today():
            raise Refused(_("印发日期不能晚于今天。请核对后再提交。"))
        draft = composing.composed(report, actor=actor)
        _nothing_open(draft)
        with translation.override(composing.PAPER_LANGUAGE):
            content = snapshot(report, draft, issued_on, actor)
        made = Issue.objects.create(
            report=report, content=content, draft=plain_draft(draft), digest=digest(content), issued_on=issued_on, issued_by=str(actor),
            at=clock.now(),
        )  # fmt: skip
        report.state, report.changed_by, report.changed_at, report.draft = State.ISSUED, str(actor), made.at, None
        report.save(update_fields=["state", "changed_by", "changed_at", "draft"])
        said = {"algorithm": ALGORITHM, "digest": made.digest, "figures": len(content["figures"]), "issued_on": issued_on}
        record(Line(str(actor), "report.issued", "reports.report", report.pk, report.title, said))
    return made


def _nothing_open(draft: Draft) -> None:
    open_ = sum(edit.marked for edit in draft.edits)
    if open_:
        raise Refused(_("还有 %(n)d 处〔待核〕，不能印发。请逐处核定：采用、改指标，或手工填写。") % {"n": open_})


def snapshot(report: Report, draft: Draft, issued_on: date, actor: Actor) -> dict[str, Any]:
    """The content of an issued report as plain data: text, figures, and the records behind each distinct question.

    ``journal`` is the journal's head before the issue: who has the report can tell that nothing before it was rewritten.
    """
    asker = Asker(report.division, actor)
    numbers: dict[tuple[Any, ...], int] = {}
    sources: list[Source] = []
    figures = []
    for entry in draft.entries:
        mine = []
        for source in behind.sources(entry.binding, report.year, asker) if entry.binding else []:
            if source.key not in numbers:
                numbers[source.key] = len(sources)
                sources.append(source)
            mine.append(numbers[source.key])
        figures.append(_plain_figure(entry) | {"sources": mine})
    return {
        "algorithm": ALGORITHM, "title": report.title, "heading": report.heading, "year": report.year, "division": report.division.code,
        "division_name": report.division.name, "issued_on": issued_on.isoformat(), "text": draft.text(), "figures": figures,
        "sources": [_plain_source(source) for source in sources], "journal": vars(head()),
    }  # fmt: skip


def anchors() -> list[Anchor]:
    """The journal's heads that issued reports carry: every verification of the journal looks for them."""
    found = Issue.objects.filter(content__has_key="journal").values_list("content__journal", "report__title")
    return [Anchor(said["hash"], said["sequence"], title) for said, title in found]


def _plain_figure(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number, "start": entry.start, "end": entry.end, "old": entry.old, "text": entry.new, "counts": entry.counts,
        "binding": plain_binding(entry.binding), "value": number_text(entry.value), "before": number_text(entry.before), "unit": entry.unit,
        "period": plain_period(entry.period), "records": entry.records,
    }  # fmt: skip


def _plain_source(source: Source) -> dict[str, Any]:
    period, indicator = source.question.period, source.indicator
    return {
        "indicator": indicator.code, "name": indicator.name, "about": indicator.about, "where": dict(source.question.where),
        "period": plain_period((period.start, period.end, period.name)), "register": indicator.register or "",
        "records": {str(pk): mark for pk, mark in behind.record_digests(source).items()},
    }  # fmt: skip


def intact(issued: Issue) -> bool:
    """Whether the stored snapshot still has its digest."""
    return digest(issued.content) == issued.digest


@dataclass(frozen=True)
class RecordDrift:
    """What happened since to the records of one question: primary keys."""

    indicator: str
    name: str
    register: str
    added: tuple[int | str, ...]
    removed: tuple[int | str, ...]
    changed: tuple[int | str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass
class FigureDrift:
    """A figure of an issued report that would read otherwise today, or whose records changed. ``why`` where it cannot be asked."""

    number: int
    text: str
    counts: str
    unit: str
    then: Any
    now: Any
    why: str = ""
    records: list[RecordDrift] = field(default_factory=list)

    @property
    def value_changed(self) -> bool:
        """Whether the value itself is another one."""
        return bool(self.then != self.now)


def drift(issued: Issue, *, actor: Actor) -> list[FigureDrift]:
    """The figures of an issued report that drifted since, in the order of the text."""
    content, division = issued.content, issued.report.division
    changes = [_source_drift(source, division) for source in content["sources"]]
    figures = [one for one in content["figures"] if one["binding"]]
    answers = _answers([one["binding"] for one in figures], content["year"], division, actor)
    found = [_figure_drift(one, answer, changes) for one, answer in zip(figures, answers, strict=True)]
    return [one for one in found if one.value_changed or one.records]


def _answers(bindings: list[Mapping[str, Any]], year: int, division: Division, actor: Actor) -> list[Answer]:
    known = [binding for binding in (binding_from(one) for one in bindings) if binding is not None]
    return answer_all(known, year, division, actor)


def _figure_drift(figure: Mapping[str, Any], answer: Answer, changes: list[RecordDrift]) -> FigureDrift:
    records = [changes[number] for number in figure["sources"] if changes[number]]
    return FigureDrift(
        figure["number"],
        figure["text"],
        figure["counts"],
        figure["unit"],
        number_from(figure["value"]),
        answer.value,
        answer.why,
        records,
    )


def _source_drift(plain: Mapping[str, Any], division: Division) -> RecordDrift:
    then = {_key(pk): mark for pk, mark in plain["records"].items()}
    now = _records_now(plain, division)
    return RecordDrift(
        plain["indicator"], plain["name"], plain["register"],
        tuple(sorted(now.keys() - then.keys(), key=str)), tuple(sorted(then.keys() - now.keys(), key=str)),
        tuple(sorted((pk for pk in then.keys() & now.keys() if then[pk] != now[pk]), key=str)),
    )  # fmt: skip


def _key(text: str) -> int | str:
    """A primary key as the database has it; those of populations that join several tables are texts."""
    return int(text) if text.isdigit() else text


def _records_now(plain: Mapping[str, Any], division: Division) -> dict[int | str, str]:
    """The records that the question counts today, by the definition of today."""
    try:
        indicator = registry.get(plain["indicator"])
    except KeyError:
        return {}
    first, last, name = plain["period"]
    period = Period(date.fromisoformat(first), date.fromisoformat(last), name)
    return behind.record_digests(Source(indicator, Question(period, division, plain["where"])))
