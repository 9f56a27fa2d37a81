"""A draft told to programs and on the terminal: how many figures were filled, and of each why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .model import PENDING, Draft, Edit, Entry

_KINDS = {"year": "年份、届次", "wording": "措辞", "missing": "缺项"}


def as_json(draft: Draft) -> dict[str, Any]:
    """The object that `renda report draft --json` prints: counts, `figures` (each with its why) and `marks` (what else was marked)."""
    return {
        "year": draft.year,
        "source_year": draft.source_year,
        "division": draft.division,
        **draft.counts(),
        "figures": [_figure(entry) for entry in draft.entries],
        "marks": [_mark(draft, edit) for edit in other_marks(draft)],
    }


def other_marks(draft: Draft) -> Iterator[Edit]:
    """Marked places that are no figures: years, wording, what is missing."""
    return (edit for edit in draft.edits if edit.marked and edit.entry is None)


def _figure(entry: Entry) -> dict[str, Any]:
    binding = entry.binding
    return {
        "number": entry.number,
        "start": entry.start,
        "end": entry.end,
        "old": entry.old,
        "new": entry.new,
        "status": entry.status,
        "why": entry.why or entry.counts,
        "kind": entry.kind,
        "phrase": entry.phrase,
        "counts": entry.counts,
        "reference": entry.reference,
        "indicator": binding.indicator if binding else None,
        "where": dict(binding.where) if binding else {},
        "form": binding.form if binding else None,
        "confidence": entry.confidence,
        "period": {"start": entry.period[0], "end": entry.period[1], "name": entry.period[2]} if entry.period else None,
        "value": entry.value,
        "before": entry.before,
        "unit": entry.unit,
        "records": entry.records,
        "comment": entry.comment,
    }


def _mark(draft: Draft, edit: Edit) -> dict[str, Any]:
    return {
        "start": edit.start,
        "end": edit.end,
        "old": draft.source[edit.start : edit.end],
        "kind": edit.kind,
        "why": edit.comment,
    }


def lines(draft: Draft) -> Iterator[str]:
    """One line for each figure and each other mark, for a reader at a terminal."""
    for entry in draft.entries:
        said = f"{entry.old} → {entry.new}" if entry.status == "filled" else f"{entry.old}{PENDING}"
        yield f"{entry.number}\t{said}\t{entry.why or entry.counts}"
    for edit in other_marks(draft):
        yield f"{_KINDS.get(edit.kind, '')}\t{edit.text}{PENDING}\t{edit.comment}"


def summary(draft: Draft) -> str:
    """The counts as one sentence."""
    n = draft.counts()
    others = sum(1 for _ in other_marks(draft))
    return (
        f"{draft.year}年初稿：共 {n['found']} 处数字和空缺，已对应指标 {n['bound']} 处，已填 {n['filled']} 处，待核 {n['marked']} 处；"
        f"另有年份、措辞、缺项待核 {others} 处。"
    )
