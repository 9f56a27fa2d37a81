"""The places of a draft that a clerk settles: figures, blanks, and words that are marked; their state, colour and order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from renda.reports.draft.model import Draft, Edit, Entry
from renda.reports.models import Choice, Decision
from renda.reports.services.composing import ordinals

SURE = 0.8
SETTLED, SURE_TONE, UNSURE, OPEN, LEFT = "settled", "sure", "unsure", "open", "left"
TONES = {
    SETTLED: gettext_noop("已定"),
    SURE_TONE: gettext_noop("已填，待确认"),
    UNSURE: gettext_noop("把握不大"),
    OPEN: gettext_noop("待核"),
    LEFT: gettext_noop("留待核实"),
}
KINDS = {
    "figure": gettext_noop("数字"),
    "name": gettext_noop("空缺的名称"),
    "year": gettext_noop("年份、日期或届次"),
    "wording": gettext_noop("措辞"),
    "missing": gettext_noop("缺少的部分"),
}
Place = tuple[int, int, int]


@dataclass(frozen=True)
class Spot:
    """One place: what it was, what the draft says, whether a clerk has settled it."""

    place: Place
    kind: str
    old: str
    new: str
    tone: str
    settled: bool
    marked: bool
    comment: str
    entry: Entry | None
    choice: Choice | None

    @property
    def key(self) -> str:
        """The place as addresses name it."""
        return "-".join(map(str, self.place))

    @property
    def state(self) -> str:
        """The state in words."""
        if self.tone == OPEN and self.choice and self.settled:
            return _("指标已定，还不能填写")
        if self.choice and self.choice.decision == Decision.WRITTEN:
            return _("手工填写")
        return _(TONES[self.tone])


def spots(draft: Draft, choices: Mapping[Place, Choice]) -> list[Spot]:
    """All places of a draft in the order of the text."""
    by_entry = {edit.entry: edit for edit in draft.edits if edit.entry is not None}
    found = [_of_entry(entry, by_entry.get(entry.number), choices.get((entry.start, entry.end, 0))) for entry in draft.entries]
    for edit, nth in zip(draft.edits, ordinals(draft), strict=True):
        choice = choices.get((edit.start, edit.end, nth))
        if edit.entry is None and (edit.marked or choice):
            found.append(_of_edit(draft, edit, nth, choice))
    return sorted(found, key=lambda spot: spot.place)


def _of_entry(entry: Entry, edit: Edit | None, choice: Choice | None) -> Spot:
    choice = choice if choice and choice.decision != Decision.UNDONE else None
    marked = edit.marked if edit else entry.status == "marked"
    kind = "name" if entry.kind == "name" else "figure"
    tone = _tone(marked, choice, entry.confidence)
    return Spot(
        (entry.start, entry.end, 0), kind, entry.old, entry.new, tone, choice is not None, marked, entry.comment, entry, choice
    )


def _of_edit(draft: Draft, edit: Edit, nth: int, choice: Choice | None) -> Spot:
    choice = choice if choice and choice.decision != Decision.UNDONE else None
    old = draft.source[edit.start : edit.end]
    tone = _tone(edit.marked, choice, 0)
    return Spot(
        (edit.start, edit.end, nth), edit.kind, old, edit.text, tone, choice is not None, edit.marked, edit.comment, None, choice
    )


def _tone(marked: bool, choice: Choice | None, confidence: float) -> str:
    if choice and choice.decision == Decision.OPEN:
        return LEFT
    if marked:
        return OPEN
    if choice:
        return SETTLED
    return SURE_TONE if confidence >= SURE else UNSURE


@dataclass(frozen=True)
class Progress:
    """How many places are settled, and how many there are of each tone."""

    settled: int
    total: int
    tones: list[tuple[str, str, int]]
    sure: int

    @property
    def percent(self) -> int:
        """Settled places in per cent."""
        return self.settled * 100 // self.total if self.total else 100


def progress(found: Sequence[Spot]) -> Progress:
    """How far a report is."""
    counts = [(tone, _(words), sum(spot.tone == tone for spot in found)) for tone, words in TONES.items()]
    sure = sum(spot.tone == SURE_TONE for spot in found)
    return Progress(sum(spot.settled for spot in found), len(found), [one for one in counts if one[2]], sure)


def following(found: Sequence[Spot], place: Place) -> Spot | None:
    """The next place that is not settled, from the beginning again after the last."""
    later = [spot for spot in found if spot.place > place and not spot.settled]
    return next(iter(later or [spot for spot in found if not spot.settled]), None)
