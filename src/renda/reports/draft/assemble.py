"""From judged figures to a draft: every edit of the text, sorted and disjoint. Pure; `compose` asks the records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .backcheck import check_back
from .claims import Ask, claim_edits, claims
from .comments import comment
from .judge import Case, Finding, judge
from .layout import Layout
from .missing import missing_edits
from .model import Draft, Edit
from .ordinals import ordinal_edits
from .relations import contradict
from .years import year_edits


@dataclass(frozen=True)
class Setting:
    """What a draft is made for. `same_term` are terms of the congress that run in the text's year and in the target year."""

    year: int
    source_year: int | None
    division: str = ""
    accept: float = 0.6
    same_term: Sequence[int] = field(default_factory=tuple)


def nothing_known(_binding: object) -> tuple[None, str]:
    """The answer of a platform without records."""
    return None, "没有台账记录"


def assemble(layout: Layout, findings: list[Finding], setting: Setting, ask: Ask = nothing_known) -> Draft:
    """The draft of a text whose figures have been answered."""
    cases = judge(findings, layout, accept=setting.accept, own=setting.source_year)
    check_back(cases, layout, setting.source_year, setting.year)
    contradict(cases, layout)
    draft = Draft(layout.text, setting.source_year, setting.year, setting.division)
    taken = bytearray(len(layout.text))
    edits: list[Edit] = []
    for case in cases:
        case.entry.comment = comment(case)
        draft.entries.append(case.entry)
        edits += _figure_edits(case, layout, taken)
    figured = bytes(taken)
    edits += _words(cases, layout, taken)
    edits += _years(layout, setting, taken)
    found = claims(layout, setting.source_year, setting.year)
    edits += claim_edits(layout, found, ask, setting.year, taken, figured)
    edits += missing_edits(layout, setting.year)
    draft.edits = sorted(edits, key=lambda edit: (edit.start, edit.end))
    return draft


def _figure_edits(case: Case, layout: Layout, taken: bytearray) -> list[Edit]:
    """A figure's own edit; where 余 or 多 inside it is not true, that word is an edit of its own."""
    start, end = case.figure.start, case.figure.end
    taken[start:end] = b"\x01" * (end - start)
    entry, approximation = case.entry, case.approximation
    if not case.filled or approximation is None:
        kind = "name" if case.figure.kind == "name" else "figure"
        return [Edit(start, end, entry.old, kind, True, entry.comment, entry.number)]  # type: ignore[arg-type]
    word = approximation.word
    if not approximation.untrue or word is None or not word.inside:
        return [Edit(start, end, entry.new, "figure", False, entry.comment, entry.number)]
    at = start + _about_at(entry.old, word.text)
    return [
        Edit(start, at, approximation.written.head, "figure", False, entry.comment, entry.number),
        Edit(at, at + 1, word.text, "wording", True, approximation.untrue),
    ]


def _about_at(old: str, word: str) -> int:
    """Where 余 stands in a figure: the number before it is never empty."""
    return old.index(word, 1)


def _words(cases: Iterable[Case], layout: Layout, taken: bytearray) -> list[Edit]:
    """Marks for words beside figures that are not true of them: 近, 超过, 增长."""
    edits = []
    for case in cases:
        marks: list[tuple[int, int, str]] = []
        approximation = case.approximation
        if approximation and approximation.word and approximation.untrue and not approximation.word.inside:
            marks.append((approximation.word.start, approximation.word.end, approximation.untrue))
        if case.untrue_direction and case.direction:
            marks.append((case.direction.start, case.direction.end, case.untrue_direction))
        for start, end, why in marks:
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                edits.append(Edit(start, end, layout.text[start:end], "wording", True, why))
    return edits


def _years(layout: Layout, setting: Setting, taken: bytearray) -> list[Edit]:
    """Ordinals first: a session's name is one expression. Then dates and years."""
    edits = ordinal_edits(layout, setting.source_year, setting.year, taken, setting.same_term)
    found = year_edits(layout, setting.source_year, setting.year, taken)
    for edit in found:
        taken[edit.start : edit.end] = b"\x01" * (edit.end - edit.start)
    return edits + found
