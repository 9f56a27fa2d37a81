"""增长 and 下降: the word before a change must be true of the new change."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .layout import Layout

_UP = "增长|增加|增幅|提高|提升|上升|上涨|扩大|新增|多|高|增|升"
_DOWN = "下降|减少|降低|回落|压减|降幅|缩短|压缩|减幅|少|低|降|减"
_WORD = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
_AFTER = re.compile(r"的?(?:(?P<up>增长|增幅|提升|提高)|(?P<down>下降|降幅|减少))")
_TO = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:到了?|至|为)(?=(?:近|约|超过|逾)?$)")
_BASE = re.compile(
    rf"(?:(?<![同环占])比(?!例|重)|较|与)(?P<base>[^，。；比较\n]{{2,12}}?)(?:相比|相较)?(?:，)?(?:净|共|又|约|再|总体|有所)?(?:{_UP}|{_DOWN})"
)
_LAST_YEAR = re.compile(r"上年|去年|上一年|同期")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_REACH, _FAR = 12, 80


@dataclass(frozen=True)
class Direction:
    """The word that says which way something changed: +1 up, -1 down."""

    text: str
    sign: int
    start: int
    end: int


def direction_of(layout: Layout, start: int, end: int) -> Direction | None:
    """The word of the change at `start` to `end`: the nearest before it in its clause, else right after it."""
    left = max(layout.clause(start).start, start - _REACH)
    found = list(_WORD.finditer(layout.text, left, start))
    if found:
        return _made(found[-1], 0)
    match = _AFTER.match(layout.text, end)
    return _made(match, 1 if match[0].startswith("的") else 0) if match else None


def towards(layout: Layout, start: int) -> Direction | None:
    """The word that says a figure was reached by a rise or a fall (提高到98%, 降至12件)."""
    left = max(layout.clause(start).start, start - _REACH)
    match = _TO.search(layout.text, left, start)
    return _made(match, 0) if match else None


def other_base(layout: Layout, start: int, own: int | None) -> str:
    """What a change is told against where that is not the year before (比上届, 比2016年, 环比); empty where it is, or is not said."""
    left = layout.text[max(layout.clause(start).start, start - _FAR) : start]
    if "环比" in left:
        return "上一期"
    match = _BASE.search(left)
    if match is None or _LAST_YEAR.search(match["base"]):
        return ""
    year = _YEAR.search(match["base"])
    return "" if year and own is not None and int(year[1]) == own - 1 else match["base"]


def _made(match: re.Match[str], skip: int) -> Direction:
    start = match.start() + skip
    return Direction(match.string[start : match.end()], 1 if match["up"] else -1, start, match.end())
