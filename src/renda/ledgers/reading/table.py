"""The table on a sheet: its headings, its data rows, and why each other row is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from renda.core.cells import CellError, CellValue, read_text
from renda.core.cells.numerals import to_digits
from renda.ledgers.reading.headings import Heading, HeadingRows, find_headings, heading_unit, normalise_heading, normalised
from renda.ledgers.reading.workbook import Sheet

_TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年|$|[^\d.\-/])")
_YEARS = re.compile(r"(?:19|20)\d{2}\s*年?\s*(?:至|—|－|-|~|～|到)+\s*(?:19|20)\d{2}")
_UNIT_NOTE = re.compile(r"(?:金额|计量|货币)?单位\s*[:：]\s*(?:人民币)?\s*([十百千万亿]*元)")
_TOTAL = re.compile(r"(?:本页|本年|本月|全年|全县|累计)?(?:合计|小计|总计|共计|累计|总数|合计数)(?:[（(].*[)）])?[:：]?")
_NAMED_TOTAL = re.compile(r".{1,10}(?:合计|小计|总计)[:：]?")
_FOOTNOTE = re.compile(
    r"(?:备\s*注|附\s*注|注|说\s*明|填表说明|填\s*表\s*人?|填报人?|填报单位|填表日期|填报日期|填报时间|"
    r"制\s*表\s*人?|制表日期|"
    r"审\s*核\s*人?|复\s*核\s*人?|经\s*办\s*人|负\s*责\s*人|单位负责人|主管领导|分管领导|联\s*系\s*人|联系电话|"
    r"单位盖章|\(?盖章\)?|统计时间|统计人|报送单位|打印日期|打印时间)\s*[:：]"
)
_PAGE = re.compile(r"第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|-\s*\d+\s*-|\d+\s*/\s*\d+\s*页")
_SECTION = re.compile("(?:N[、.．]|[（(]N[)）]|第N[章节部类])".replace("N", "[一二三四五六七八九十]{1,3}"))

_LONGEST_MARK = 30

HEADING, TITLE, BLANK, TOTAL = "表头", "表题", "空行", "合计行"
REPEATED_HEADING, REPEATED_TITLE = "重复的表头", "重复的表题"
FOOTNOTE, SECTION, SERIAL_ONLY = "表尾说明", "分组标题", "只有序号"


@dataclass(slots=True)
class Table:
    """A table found on a sheet.

    `numbers[i]` is the sheet's own row number (from 1) of `rows[i]`, the cells in sheet columns. `skipped` gives each other row's
    number and reason (Chinese), so that numbers and skipped together are all rows of the sheet. `year` and `unit` come from the
    title and the unit note; `unit` is a unit of money. `above` are the texts over the headings.
    """

    sheet: str
    title: str = ""
    year: int | None = None
    unit: str | None = None
    headings: tuple[Heading, ...] = ()
    numbers: list[int] = field(default_factory=list)
    rows: list[list[CellValue]] = field(default_factory=list)
    skipped: dict[int, str] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)

    @property
    def fields(self) -> dict[str, int]:
        """Known field to its column on the sheet, from 0."""
        return {heading.field: heading.column for heading in self.headings if heading.field}

    @property
    def unknown(self) -> list[Heading]:
        """Headings nobody knows, for the clerk to map; the running number is not among them."""
        return [heading for heading in self.headings if heading.field is None and not heading.serial]

    def column(self, name: str) -> list[CellValue]:
        """All values of the field `name`, one for each data row; raises KeyError when no heading gave it."""
        return self.at(self.fields[name])

    def at(self, column: int) -> list[CellValue]:
        """All values of the sheet's column (from 0), one for each data row."""
        return [row[column] if column < len(row) else "" for row in self.rows]

    def unit_of(self, name: str) -> str | None:
        """The unit of money for a field: its heading's, else the one noted over the table, else None."""
        own = next((heading.unit for heading in self.headings if heading.field == name), None)
        return own or self.unit


def find_table(sheet: Sheet, vocabulary: Mapping[str, str]) -> Table | None:
    """The table whose headings `vocabulary` (heading text to field) knows best, or None when no row names its fields.

    Merged cells in the data are filled down, only where the sheet says that they are merged.
    """
    found = find_headings(sheet, normalised(vocabulary))
    return None if found is None else read_table(sheet, found)


def read_table(sheet: Sheet, found: HeadingRows) -> Table:
    """The table under the heading rows that `find_headings` gave."""
    table = Table(sheet.name, headings=found.headings)
    _read_above(table, sheet, found)
    for row in range(found.first, found.last + 1):
        table.skipped[row + 1] = HEADING
    body = _Body(sheet, found, table)
    for index in range(found.last + 1, len(sheet.rows)):
        cells = body.rows[index]
        reason = body.reason(index, cells)
        if reason is None:
            table.numbers.append(index + 1)
            table.rows.append(body.filled.get(index, cells))
        else:
            table.skipped[index + 1] = reason
    return table


def _read_above(table: Table, sheet: Sheet, found: HeadingRows) -> None:
    for index in range(found.first):
        texts = [text for text in map(_safe_text, sheet.rows[index]) if text]
        table.skipped[index + 1] = TITLE if texts else BLANK
        table.above += texts
    table.title = max((text for text in table.above if not _UNIT_NOTE.search(text)), key=len, default="")
    for text in (*table.above, sheet.name):
        table.unit = table.unit or _unit_note(text)
    table.year = next((year for year in map(year_in, (table.title, *table.above, sheet.name)) if year), None)


def _unit_note(text: str) -> str | None:
    match = _UNIT_NOTE.search(text)
    return heading_unit(f"（{match[1]}）") if match else heading_unit(text)


def year_in(text: str) -> int | None:
    """The one year that a title names (2021年度…, 二〇二一年…); None for none and for a span of years."""
    digits = to_digits(text)
    if _YEARS.search(digits):
        return None
    years = {int(match[1]) for match in _TITLE_YEAR.finditer(digits)}
    return years.pop() if len(years) == 1 else None


def _safe_text(value: CellValue) -> str:
    if value == "" or value is None:
        return ""
    try:
        return read_text(value)
    except CellError as error:
        return error.reason


class _Body:
    """Sorts the rows under the headings into data and the rest."""

    def __init__(self, sheet: Sheet, found: HeadingRows, table: Table) -> None:
        self.rows = sheet.rows
        self.columns = [heading.column for heading in found.headings if not heading.serial]
        self.serials = {heading.column for heading in found.headings if heading.serial}
        self.words = {h.column: normalise_heading(h.text.rpartition("/")[2]) for h in found.headings}
        self.heads = {normalise_heading(part) for h in found.headings for part in h.text.split("/")}
        self.titles = {normalise_heading(text) for text in table.above}
        self.known = {heading.column for heading in found.headings if heading.field}
        self.filled: dict[int, list[CellValue]] = {}
        self.spans: set[int] = set()
        self.ended = False
        self._take_merges(sheet, found.last + 1)

    def _take_merges(self, sheet: Sheet, start: int) -> None:
        """Fill merged cells down; note the rows that one merged cell spans across most columns."""
        width = max(len(self.columns), 1)
        for top, left, bottom, right in sheet.merged:
            if top < start or top >= len(self.rows) or left >= len(self.rows[top]):
                continue
            value = self.rows[top][left]
            if bottom == top and right - left + 1 > width / 2:
                self.spans.add(top)
            if value in ("", None) or bottom == top:
                continue
            for row in range(top + 1, min(bottom, len(self.rows) - 1) + 1):
                cells = self.filled.get(row)
                if cells is None:
                    cells = self.filled[row] = list(self.rows[row])
                cells.extend([""] * (left + 1 - len(cells)))
                cells[left] = value

    def reason(self, index: int, cells: list[CellValue]) -> str | None:
        """Why a row is no data, or None when it is."""
        filled = len(cells) - cells.count("") - cells.count(None)
        if filled > 2 and filled * 2 > len(self.columns) and not self._odd(cells):
            return None
        used = [column for column, value in enumerate(cells) if value != "" and value is not None]
        texts = [(column, text) for column in used if (text := _safe_text(cells[column]))]
        if not texts:
            return BLANK
        if all(column in self.serials and _is_number(text) for column, text in texts):
            return SERIAL_ONLY
        if self._is_total(texts):
            return TOTAL
        if self._is_heading(texts):
            return REPEATED_HEADING
        return self._aside(index, texts)

    def _odd(self, cells: list[CellValue]) -> bool:
        """Whether one of a full row's first cells could begin a total or repeat a heading; spares the rest a closer look."""
        seen = 0
        for value in cells:
            if value == "" or value is None:
                continue
            if type(value) is str and len(value) <= _LONGEST_MARK and self._is_mark(value):
                return True
            seen += 1
            if seen == 3:
                break
        return False

    def _is_mark(self, text: str) -> bool:
        """Cheap and generous: a word like a total, a heading or a footnote's label."""
        return "计" in text or "数" in text or normalise_heading(text) in self.heads or bool(_FOOTNOTE.match(text))

    def _is_total(self, texts: list[tuple[int, str]]) -> bool:
        if any(_TOTAL.fullmatch(_squeezed(text)) for _, text in texts[:3]):
            return True
        words = [text for _, text in texts if not _is_number(text)]
        return len(words) == 1 and len(texts) > 1 and bool(_NAMED_TOTAL.fullmatch(_squeezed(words[0])))

    def _is_heading(self, texts: list[tuple[int, str]]) -> bool:
        """A printed page's heading row in the middle: nearly every cell says one of the heading words, over its own column."""
        same = sum(1 for column, text in texts if normalise_heading(text) == self.words.get(column))
        heads = sum(1 for _, text in texts if normalise_heading(text) in self.heads)
        return heads >= 2 and heads * 5 >= len(texts) * 4 and (same >= 1 or heads == len(texts))

    def _aside(self, index: int, texts: list[tuple[int, str]]) -> str | None:
        first = texts[0][1]
        few = len(texts) <= 2 or len(texts) * 2 <= len(self.columns)
        if few and (_FOOTNOTE.match(first) or all(_PAGE.fullmatch(text) for _, text in texts)):
            self.ended = self.ended or first.startswith(("注", "备", "说", "附", "填表说明"))
            return FOOTNOTE
        if len(texts) > 1:
            self.ended = self.ended and all(_FOOTNOTE.match(text) for _, text in texts)
            return FOOTNOTE if self.ended else None
        if normalise_heading(first) in self.titles:
            return REPEATED_TITLE
        if self.ended:
            return FOOTNOTE
        if len(self.columns) > 1 and (index in self.spans or (_SECTION.match(first) and index not in self.filled)):
            return SECTION
        return None


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?[\d,]+(?:\.\d+)?%?", text))
