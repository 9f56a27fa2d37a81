"""What a draft is: the source text, its figures answered for the target year, and the edits that turn one into the other.

Offsets are code points of the source's plain text (newlines made ``\\n``), as `recognise` gives them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

PENDING = "〔待核〕"

Status = Literal["filled", "marked"]
EditKind = Literal["figure", "year", "wording", "name", "missing"]


@dataclass(frozen=True)
class Binding:
    """What a figure of a report counts: an indicator, narrowed by breakdowns, in a period told relative to the report's year.

    `where` maps a breakdown's code to a value or label. `period` is the recogniser's object (``{"type": "year", "year": 2020}``,
    types year, span, term, since, at, plan); ``offset`` in it counts years from the report's own (-1: the year before).
    `form` is value, ratio (of an indicator that is a count: the share of the part that `where` names), change (in per cent; of a
    ratio in percentage points) or difference (in the indicator's own unit), both against the year before.

    `alike` are other readings of the same words: the figure stands only if all of them come to the same value.
    """

    indicator: str
    where: Mapping[str, str] = field(default_factory=dict)
    period: Mapping[str, Any] = field(default_factory=dict)
    form: str = "value"
    confidence: float = 1.0
    alike: tuple[Binding, ...] = ()


@dataclass
class Entry:
    """One figure or blank of the text, in order: what it counts, what it comes to, and what the draft says."""

    number: int
    start: int
    end: int
    old: str
    new: str
    status: Status
    why: str = ""
    phrase: str = ""
    counts: str = ""
    binding: Binding | None = None
    reference: str | None = None
    confidence: float = 0.0
    period: tuple[date, date, str] | None = None
    value: Decimal | int | None = None
    before: Decimal | int | None = None
    unit: str = ""
    records: int = 0
    comment: str = ""
    kind: str = "count"


@dataclass(frozen=True)
class Edit:
    """One place of the text that the draft changes or marks. `start` = `end` inserts (a missing title, a missing signature).

    `text` stands in the draft; where `marked`, it is highlighted and followed at once by `PENDING`. `entry` is the number of the
    figure it belongs to, None for years, wording and what is missing. An insertion with `own_line` is a paragraph of its own,
    before or after the paragraph that it stands at the beginning or the end of.
    """

    start: int
    end: int
    text: str
    kind: EditKind
    marked: bool
    comment: str
    entry: int | None = None
    own_line: Literal["", "before", "after"] = ""


@dataclass(frozen=True)
class Segment:
    """A run of the draft's text with one fate: plain, or an edit's."""

    text: str
    edit: Edit | None = None


@dataclass
class Draft:
    """A whole draft. `edits` are sorted and disjoint; `source` joined with them is the draft's text."""

    source: str
    source_year: int | None
    year: int
    division: str
    entries: list[Entry] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)

    def segments(self) -> Iterator[Segment]:
        """The draft's text from its beginning, in segments; newlines stand in plain segments."""
        position = 0
        for edit in self.edits:
            if edit.start > position:
                yield Segment(self.source[position : edit.start])
            if edit.own_line == "after":
                yield Segment("\n")
            yield Segment(edit.text, edit)
            if edit.own_line == "before":
                yield Segment("\n")
            position = edit.end
        if position < len(self.source):
            yield Segment(self.source[position:])

    def paragraphs(self) -> list[list[Segment]]:
        """The segments of each paragraph."""
        lines: list[list[Segment]] = [[]]
        for segment in self.segments():
            if segment.edit is not None:
                lines[-1].append(segment)
                continue
            first, *others = segment.text.split("\n")
            lines[-1].append(Segment(first))
            lines.extend([Segment(other)] for other in others)
        return [[segment for segment in line if segment.text or segment.edit] for line in lines]

    def text(self) -> str:
        """The draft as plain text, every marked place followed by `PENDING`."""
        return "".join(s.text + (PENDING if s.edit and s.edit.marked else "") for s in self.segments())

    def counts(self) -> dict[str, int]:
        """``found``, ``bound``, ``filled`` and ``marked`` figures."""
        return {
            "found": len(self.entries),
            "bound": sum(entry.binding is not None for entry in self.entries),
            "filled": sum(entry.status == "filled" for entry in self.entries),
            "marked": sum(entry.status == "marked" for entry in self.entries),
        }
