"""The draft of a report in work: made from its text, what is remembered and what clerks settled; kept until one of them changes."""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory.gate import Actor
from renda.files.services import content_of
from renda.journal.models import Entry as JournalEntry
from renda.reports import memory
from renda.reports.draft.model import Binding, Draft, Edit
from renda.reports.models import Choice, Decision, Report, State
from renda.reports.services.storing import binding_from, draft_from, plain_draft

PAPER_LANGUAGE = "zh-hans"
"""Reports, their comments and their evidence are Chinese papers, whatever language the clerk reads the pages in."""
KEPT_ANSWERS = 6
_answers: OrderedDict[tuple[Any, ...], dict[str, Any]] = OrderedDict()
_lock = Lock()
BOUND = (Decision.ACCEPTED, Decision.CHANGED)


def current(report: Report, *, actor: Actor) -> Draft:
    """The draft as it stands: the issued one, the kept one where nothing changed since, else made again and kept.

    Keeping is no change of the report: the draft follows from what is journalled. PermissionDenied outside the actor's scope.
    """
    if report.state == State.ISSUED:
        return draft_from(report.issue.draft, report.source_text)
    last, today = last_change(), clock.today().isoformat()
    if report.draft and report.drafted_after == last and report.draft.get("on") == today:
        return draft_from(report.draft, report.source_text)
    made = composed(report, actor=actor)
    report.draft, report.drafted_after = plain_draft(made) | {"on": today}, last
    Report.objects.filter(pk=report.pk, version=report.version).update(draft=report.draft, drafted_after=last)
    return made


def last_change() -> int:
    """The journal's last entry that may have changed a figure of any report: records, or what is remembered."""
    return _last_entry()[0]


def _last_entry() -> tuple[int, str]:
    """Number and hash of that entry."""
    of_reports = Q(action__startswith="report.") & ~Q(action__in=("report.remembered", "report.forgotten"))
    rows = JournalEntry.objects.exclude(of_reports).exclude(action__startswith="account.")
    return rows.order_by("-sequence").values_list("sequence", "hash").first() or (0, "")


def composed(report: Report, *, actor: Actor) -> Draft:
    """The draft made afresh."""
    from renda.reports.draft.compose import compose

    choices = list(report.choices.all())
    with translation.override(PAPER_LANGUAGE):
        draft = compose(
            report.source_text, source_year=report.source_year, year=report.year, division=report.division, actor=actor,
            memory=memory.references(report.division), choices=chosen(report, choices), asked=_asked(report),
        )  # fmt: skip
        for choice in choices:
            if choice.decision == Decision.WRITTEN:
                write(draft, choice)
    return draft


def _asked(report: Report) -> dict[str, Any]:
    """The answers that drafts of this division and year got from the records as they are now: settling a place asks only what is new."""
    now = (report.division_id, report.year, _last_entry(), clock.today())
    with _lock:
        known = _answers.setdefault(now, {})
        _answers.move_to_end(now)
        while len(_answers) > KEPT_ANSWERS:
            _answers.popitem(last=False)
    return known


def chosen(report: Report, choices: list[Choice]) -> dict[int, Binding | None]:
    """The bindings that hold by where their figures start: what is remembered, over it what was settled in this report."""
    found = memory.bindings_in(report.source_text, report.source_year, report.division)
    for choice in choices:
        if choice.decision in BOUND:
            found[choice.start] = binding_from(choice.binding)
        elif choice.decision in (Decision.OPEN, Decision.WRITTEN) and choice.end > choice.start:
            found[choice.start] = None
    return found


def write(draft: Draft, choice: Choice) -> None:
    """Put what a clerk typed in the place of what the platform would say."""
    said = {"who": choice.by, "text": choice.written}
    comment = _("%(who)s手工填写为“%(text)s”，不由台账计算。") % said
    entry = next((one for one in draft.entries if (one.start, one.end) == (choice.start, choice.end)), None)
    if entry is not None:
        entry.new, entry.status, entry.why, entry.comment = choice.written, "filled", "", comment
        entry.value, entry.binding, entry.counts = None, None, comment
        draft.edits = [e for e in draft.edits if not (choice.start <= e.start < e.end <= choice.end)]
        draft.edits.append(Edit(choice.start, choice.end, choice.written, "figure", False, comment, entry.number))
        draft.edits.sort(key=lambda edit: (edit.start, edit.end))
        return
    for number, (edit, nth) in enumerate(zip(draft.edits, ordinals(draft), strict=True)):
        if (edit.start, edit.end, nth) == choice.place:
            draft.edits[number] = replace(edit, text=choice.written, marked=False, comment=comment)


def ordinals(draft: Draft) -> list[int]:
    """For each edit, which of those at the same place it is."""
    seen: Counter[tuple[int, int]] = Counter()
    found = []
    for edit in draft.edits:
        found.append(seen[edit.start, edit.end])
        seen[edit.start, edit.end] += 1
    return found


def source_file(report: Report, folder: Path) -> Path | None:
    """Last year's file under a name with its suffix in a folder of the caller's; None where it lies there no longer."""
    try:
        content = content_of(report.source)
    except FileNotFoundError:
        return None
    target = folder / f"source{Path(report.source_name).suffix.lower()}"
    target.write_bytes(content)
    return target
