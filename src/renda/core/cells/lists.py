"""A list in one cell: laws in 《》, units with 、, numbered points."""

from __future__ import annotations

import re

from renda.core.cells.base import CellValue, is_blank, read_text, required_text
from renda.core.cells.people import split_outside_brackets

_LIMIT = 32_767
_MARKS = (
    re.compile(r"(?:^|(?<=[\s；;。，,、]))(?:(\d{1,3})[.、．](?!\d)|[（(](\d{1,3})[)）])\s*"),
    re.compile(r"([①-⑳])\s*"),
    re.compile(r"[（(]([一二三四五六七八九十]{1,3})[)）]\s*|(?:^|(?<=[\s；;。]))([一二三四五六七八九十]{1,3})(?:、|是)\s*"),
)
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》(?:[（(][^（()）]*[)）])?")
_BETWEEN_TITLES = re.compile(r"[\s、，,;；和及与以]*(?:等(?:法律法规|法律|法规)?)?[。.]?")


def split_list(value: CellValue, *, separators: str = "、；;，,\n") -> list[str]:
    """The items of a cell in their order.

    Numbered points (1. 2., （一）（二）, ①②, 一是二是) are taken first; then 《…》 titles that stand side by side, also without a
    separator or joined by 和; else parts between `separators` outside brackets. An empty cell is an empty list, not an error.
    Raises `CellError` for a cell with an error value or above 32,767 characters.
    """
    if is_blank(value, words=True):
        return []
    required_text(value, limit=_LIMIT)
    text = read_text(value, lines=True)
    for mark in _MARKS:
        items = _numbered(text, mark)
        if items:
            return items
    titles = _titles(text)
    if titles:
        return titles
    parts = (part.strip(" 。.;；，,、") for part in split_outside_brackets(text, separators))
    return [item for part in parts if part and part != "等" for item in _organs(_without_etc(part))]


def _numbered(text: str, mark: re.Pattern[str]) -> list[str]:
    """Items behind numbering marks that count up from the first; [] when there are fewer than two."""
    found = list(mark.finditer(text))
    if len(found) < 2 or text[: found[0].start()].strip(" ：:"):
        return []
    ends = [match.start() for match in found[1:]] + [len(text)]
    items = [text[match.end() : end].strip(" \n；;。，,、") for match, end in zip(found, ends, strict=True)]
    return [item.replace("\n", " ") for item in items if item]


def _titles(text: str) -> list[str]:
    """The 《…》 titles when the cell holds nothing else but what joins them; else []."""
    titles = list(_TITLE.finditer(text))
    if not titles or text[: titles[0].start()].strip():
        return []
    ends = [match.start() for match in titles[1:]] + [len(text)]
    if all(_BETWEEN_TITLES.fullmatch(text[match.end() : end].strip()) for match, end in zip(titles, ends, strict=True)):
        return [match[0] for match in titles]
    return []


def _without_etc(part: str) -> str:
    return part.removesuffix("等") if part.endswith(("》等", "）等")) else part


_ORGAN = "[^和及与]+(?:局|委|办|厅|院|镇|乡|街道|政府|中心|公司|大队|支队|站|所)"
_ORGANS_JOINED = re.compile(f"({_ORGAN})(?:以及|[和及与])({_ORGAN})")


def _organs(part: str) -> list[str]:
    """卫健局和水利局 as two; 发展和改革局 stays one."""
    match = _ORGANS_JOINED.fullmatch(part)
    return [match[1], match[2]] if match else [part]
