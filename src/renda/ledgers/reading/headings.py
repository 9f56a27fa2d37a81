"""Finding the heading row of a table: on any row, in one row or several with merged parents, in the clerk's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from renda.core.cells import CellError, CellValue, money_unit, read_text
from renda.ledgers.reading.workbook import Sheet

_SEARCH_ROWS = 40
_DEEPEST = 3
_UNIT = re.compile(r"[（(\[【]\s*(?:单位[:：]?\s*)?((?:十|百|千)?万?亿?元|万|亿)\s*[)）\]】]|[/／]\s*((?:千|万|亿)?元)$")
_BRACKETED = re.compile(r"[（(\[【〔][^（()）\[\]【】〔〕]*[)）\]】〕]")
_DROPPED = re.compile(r"[\s*＊:：、，,.。/／\\|_\-—–()（）\[\]【】〔〕“”\"'《》<>＜＞]+")
_SERIAL = frozenset(["序号", "序", "行号", "no", "№", "xh", "顺序号", "项次号"])


@lru_cache(maxsize=50_000)
def normalise_heading(text: str) -> str:
    """A heading reduced to what it says: no blanks, marks, money unit; lower case. 投入资金\\n（万元）* is 投入资金."""
    return _DROPPED.sub("", _UNIT.sub("", text)).lower()


@lru_cache(maxsize=50_000)
def heading_unit(text: str) -> str | None:
    """The unit of money in a heading (万元 in “投入资金（万元）”), or None."""
    match = _UNIT.search(text)
    unit = (match[1] or match[2]) if match else None
    return unit if unit and money_unit(unit) is not None else None


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's heading. `text` is as on the sheet, parents first, joined by “/”; `field` is None when nobody knows it.

    `unit` is the unit of money it states. `problem` says why a heading that looked known was not taken.
    """

    column: int
    text: str
    field: str | None = None
    unit: str | None = None
    problem: str | None = None
    serial: bool = False


@dataclass(frozen=True, slots=True)
class HeadingRows:
    """Where the headings stand: rows `first` to `last` (from 0, both included) and one `Heading` per used column."""

    first: int
    last: int
    headings: tuple[Heading, ...]

    @property
    def fields(self) -> dict[str, int]:
        """Known field to its column."""
        return {heading.field: heading.column for heading in self.headings if heading.field}


def normalised(vocabulary: Mapping[str, str]) -> dict[str, str]:
    """A vocabulary with its headings normalised, as `find_headings` wants it."""
    return {normalise_heading(text): field for text, field in vocabulary.items()}


def find_headings(sheet: Sheet, vocabulary: Mapping[str, str], texts: HeadTexts | None = None) -> HeadingRows | None:
    """The rows whose cells name the most fields of `vocabulary` (normalised heading to field); None when none does.

    At least two fields must be named, or one when the vocabulary or the row has no more. `texts`: the top of the sheet, read beforehand
    where several vocabularies are tried on it.
    """
    texts = texts or HeadTexts(sheet)
    best: HeadingRows | None = None
    for first in range(min(_SEARCH_ROWS, len(sheet.rows))):
        for depth in range(1, _DEEPEST + 1):
            if first + depth > len(sheet.rows):
                break
            found = _match(texts, first, depth, vocabulary)
            if found and _enough(found, vocabulary) and (best is None or _rank(found) > _rank(best)):
                best = found
    if best is None:
        return None
    last = max([best.last, *(region[2] for region in sheet.merged if best.first <= region[0] <= best.last)])
    return replace(best, last=min(last, best.last + _DEEPEST, len(sheet.rows) - 1))


def _rank(found: HeadingRows) -> tuple[int, int]:
    """More recognised headings first (those left to the clerk included), then fewer rows; the upper of equals stays."""
    return sum(1 for heading in found.headings if heading.field or heading.problem), found.first - found.last


def _enough(found: HeadingRows, vocabulary: Mapping[str, str]) -> bool:
    named = sum(1 for heading in found.headings if not heading.serial)
    return len(found.fields) >= min(2, len(set(vocabulary.values())), named)


class HeadTexts:
    """Texts of the top of a sheet, with merged headings spread over their span."""

    def __init__(self, sheet: Sheet) -> None:
        self.rows = [[_text(value) for value in row] for row in sheet.rows[: _SEARCH_ROWS + _DEEPEST]]
        self.width = max((len(row) for row in self.rows), default=0)
        for row in self.rows:
            row.extend([""] * (self.width - len(row)))
        self.merges_known = bool(sheet.merged)
        self._words: dict[tuple[int, int], frozenset[str]] = {}
        for top, left, bottom, right in sheet.merged:
            if top < len(self.rows) and right - left < self.width and (bottom > top or right > left):
                self._spread(top, left, min(bottom, len(self.rows) - 1), min(right, self.width - 1))

    def _spread(self, top: int, left: int, bottom: int, right: int) -> None:
        if bottom - top >= _DEEPEST or left >= self.width:
            return
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self.rows[row][column] = self.rows[row][column] or self.rows[top][left]

    def words(self, first: int, depth: int) -> frozenset[str]:
        """Everything that headings in these rows could say, normalised; worked out once however many vocabularies ask."""
        known = self._words.get((first, depth))
        if known is None:
            paths = (self.path(first, depth, column) for column in range(self.width))
            known = frozenset(normalise_heading(words) for path in paths if path for words, _ in _readings(path))
            self._words[first, depth] = known
        return known

    def path(self, first: int, depth: int, column: int) -> list[str]:
        """The texts over a column from the top heading row down, repeats of a merged one left out."""
        result: list[str] = []
        for row in range(first, first + depth):
            text = self.rows[row][column]
            if not text and row < first + depth - 1 and not self.merges_known:
                text = self._parent_without_merges(row, column)
            if text and (not result or text != result[-1]):
                result.append(text)
        return result

    def _parent_without_merges(self, row: int, column: int) -> str:
        """In text tables a parent stands over its first child only; it reaches right over empty cells with a child below."""
        if not self.rows[row + 1][column]:
            return ""
        while column > 0 and not self.rows[row][column]:
            column -= 1
        return self.rows[row][column]


def _text(value: CellValue) -> str:
    if value == "" or value is None:
        return ""
    try:
        return read_text(value)
    except CellError:
        return ""


def _match(texts: HeadTexts, first: int, depth: int, vocabulary: Mapping[str, str]) -> HeadingRows | None:
    if texts.words(first, depth).isdisjoint(vocabulary):
        return None
    headings = []
    for column in range(texts.width):
        path = texts.path(first, depth, column)
        if path:
            headings.append(_heading(column, path, vocabulary))
    headings = list(_settle(headings))
    if not any(heading.field for heading, _ in headings):
        return None
    return HeadingRows(first, first + depth - 1, tuple(heading for heading, _ in headings))


def _heading(column: int, path: list[str], vocabulary: Mapping[str, str]) -> tuple[Heading, bool]:
    """The heading and whether only its lowest part is known, which is weaker where parents differ."""
    text = "/".join(path)
    unit = next((unit for unit in map(heading_unit, reversed(path)) if unit), None)
    if len(path) == 1 and normalise_heading(path[0]) in _SERIAL and normalise_heading(path[0]) not in vocabulary:
        return Heading(column, text, serial=True), False
    for words, bare in _readings(path):
        field = vocabulary.get(normalise_heading(words))
        if field:
            return Heading(column, text, field, unit), bare and len(path) > 1
    return Heading(column, text, unit=unit), False


def _readings(path: list[str]) -> Iterator[tuple[str, bool]]:
    """Ways to read a heading, best first: parents with child, child with parent, child alone; then without bracketed notes."""
    plain = [_BRACKETED.sub("", part) for part in path]
    for parts in (path, plain) if plain != path else (path,):
        if len(parts) > 1:
            yield "".join(parts), False
            yield parts[-2] + parts[-1], False
            yield parts[-1] + parts[-2], False
        yield parts[-1], True


def _settle(headings: list[tuple[Heading, bool]]) -> Iterator[tuple[Heading, bool]]:
    """One column per field: of several the full reading wins; equals under different parents are all left open."""
    by_field = Counter(heading.field for heading, _ in headings if heading.field)
    full = {heading.field for heading, bare in headings if heading.field and not bare}
    taken: set[str] = set()
    for heading, bare in headings:
        if heading.field is None or by_field[heading.field] == 1:
            yield heading, bare
        elif bare and heading.field not in full:
            yield replace(heading, field=None, problem="上级表头不同而名称相同，分不清是哪一列"), bare
        elif (bare and heading.field in full) or heading.field in taken:
            yield replace(heading, field=None, problem="与前面的列重复"), bare
        else:
            taken.add(heading.field)
            yield heading, bare
