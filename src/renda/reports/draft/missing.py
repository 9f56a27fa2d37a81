"""What an official report has and the text lacks: title, addressee, signature, date. Each is told where it belongs, never made up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .layout import Layout, Span
from .model import Edit

_ADDRESSEE = re.compile(r"[^。；！？\n]{1,60}[：:]")
_SPOKEN = re.compile(r"(?:各位|主任|同志|代表|委员).{0,30}[：:]")
_NUMBERED = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十]+[部章])")
_DATE = re.compile(
    r"(?:[（(]?\s*(?:(?:19|20)\d{2}|20[XxＸ×]{2}|[XxＸ×]{2,4}|二〇[〇一二三四五六七八九]{2})\s*年\s*[\dXxＸ×一二三四五六七八九十]{1,3}\s*月(?:\s*[\dXxＸ×一二三四五六七八九十]{1,3}\s*日)?\s*[)）]?)"
)
_SIGNATURE = re.compile(r"(?=.{2,40}$)[^，。；！？：:、\d]*(?:党组|委员会|常委会|办公室|人大|主席团|委|局|院|组)(?:（.{1,12}）)?")
_DATELINE = re.compile(r"(?:——|—|[（(]).{0,40}(?:会议|大会|年)")
_LONGEST_TITLE = 60
_HEAD, _TAIL = 8, 4


@dataclass(frozen=True)
class Parts:
    """Which of the four stand in the text. `spoken`: read out at a meeting, its date stands under the title and nobody signs."""

    title: bool
    addressee: bool
    spoken: bool
    signature: bool
    date: bool
    body: int


def parts(layout: Layout) -> Parts:
    """What the head and the tail of a text hold; `body` is where the title would stand before."""
    lines = layout.filled_lines
    if not lines:
        return Parts(False, False, False, False, False, 0)
    words = [layout.text[line.start : line.end] for line in lines]
    title = is_title(words[0])
    head, tail = words[:_HEAD], words[-_TAIL:] if len(words) > 1 else []
    called = next((word for word in head if _ADDRESSEE.fullmatch(word)), "")
    spoken = bool(called and _SPOKEN.fullmatch(called)) or any(_DATELINE.match(word) and _DATE.search(word) for word in head[1:4])
    return Parts(
        title=title,
        addressee=bool(called),
        spoken=spoken,
        signature=any(_SIGNATURE.fullmatch(word) for word in tail),
        date=any(_DATE.fullmatch(word) for word in tail) or spoken,
        body=lines[0].start,
    )


def is_title(words: str) -> bool:
    """Whether a text's first line may be its title."""
    return len(words) <= _LONGEST_TITLE and not words.endswith(("：", ":", "。", "；", "，")) and not _NUMBERED.match(words)


def missing_edits(layout: Layout, year: int) -> list[Edit]:
    """Insertions, each in a paragraph of its own, for what a report of this kind should have."""
    if not layout.filled_lines:
        return []
    found, last = parts(layout), layout.filled_lines[-1]
    edits = []
    if not found.title:
        edits.append(
            _insert(layout.filled_lines[0], "before", "（标题）", f"原文没有标题，请补写，如“关于{year}年工作情况的报告”。")
        )
    if not found.addressee and not found.spoken:
        edits.append(_addressee(layout, found))
    if not found.spoken:
        if not found.signature:
            place = (_date_line(layout), "before") if found.date else (last, "after")
            edits.append(_insert(*place, "（署名）", "原文没有落款署名，请补写报告机关的全称。"))
        if not found.date:
            edits.append(_insert(last, "after", "（成文日期）", "原文没有成文日期，请补写签发的日期。"))
    return edits


def _date_line(layout: Layout) -> Span:
    """The line of the date, over which the signature stands."""
    lines = layout.filled_lines[-_TAIL:]
    return next((line for line in reversed(lines) if _DATE.fullmatch(layout.text[line.start : line.end])), lines[-1])


def _addressee(layout: Layout, found: Parts) -> Edit:
    first = layout.filled_lines[0]
    why = "原文没有主送机关（称呼），请补写报告送给谁。"
    return _insert(first, "after" if found.title and len(layout.filled_lines) > 1 else "before", "（主送机关）", why)


def _insert(line: Span, side: str, label: str, why: str) -> Edit:
    position = line.start if side == "before" else line.end
    return Edit(position, position, label, "missing", True, why, own_line="before" if side == "before" else "after")
