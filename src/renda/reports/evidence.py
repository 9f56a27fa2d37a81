"""The evidence workbook of a draft: a summary of all figures, and a sheet with the records behind each figure that has any.

Records pass the gate; the columns are those that an indicator declares as evidence, which never are secret ones.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures.answering import find_division
from renda.figures.evaluate import Unanswerable
from renda.figures.periods import NoSuchPeriod
from renda.registers import registry as registers
from renda.reports.binding.records import Block, blocks_of
from renda.reports.draft.model import Draft, Entry

ROWS_SHOWN = 20_000
_WIDEST = 60
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_SUMMARY = (
    (gettext_noop("序号"), 6), (gettext_noop("上年文中"), 16), (gettext_noop("本年文中"), 16), (gettext_noop("数的是什么"), 60),
    (gettext_noop("期间"), 14), (gettext_noop("本年值"), 14), (gettext_noop("上年值"), 14), (gettext_noop("单位"), 8),
    (gettext_noop("记录数"), 8), (gettext_noop("状态"), 8), (gettext_noop("为什么（待核的）"), 50), (gettext_noop("依据"), 10),
)  # fmt: skip


def write_evidence(draft: Draft, path: Path, actor: Actor) -> None:
    """Write the workbook to `path`. PermissionDenied where the actor may not ask for figures of the draft's division."""
    with xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    ) as book:
        book.set_properties({"title": _("报告数字依据"), "author": _("人大工作平台")})
        styles = _styles(book)
        summary = book.add_worksheet(_("汇总"))
        division = find_division(draft.division) if draft.entries and draft.division else None
        sheets = {}
        for entry in draft.entries:
            blocks = _blocks(entry, draft.year, division, actor) if division else None
            if blocks is not None:
                sheets[entry.number] = _sheet(book, styles, entry, blocks)
        _summary(summary, styles, draft, sheets)


def _styles(book: xlsxwriter.Workbook) -> dict[str, Format]:
    plain: dict[str, Any] = {"font_name": "宋体", "font_size": 11, "valign": "top"}
    return {
        "title": book.add_format({**plain, "bold": True, "font_size": 14}),
        "head": book.add_format({**plain, "bold": True, "bg_color": "#E7EEF7", "border": 1, "text_wrap": True}),
        "text": book.add_format({**plain, "text_wrap": True}),
        "date": book.add_format({**plain, "num_format": "yyyy-mm-dd", "align": "left"}),
        "link": book.add_format({**plain, "font_color": "#0B57D0", "underline": 1}),
        "open": book.add_format({**plain, "bg_color": "#FFF4CE"}),
    }


def _blocks(entry: Entry, year: int, division: Division, actor: Actor) -> list[Block] | None:
    """The records of a figure, None where it cannot be asked for."""
    if entry.binding is None or entry.period is None:
        return None
    try:
        return blocks_of(entry.binding, year, division, actor)
    except (NoSuchPeriod, Unanswerable, KeyError):
        return None


def _summary(sheet: Worksheet, styles: dict[str, Format], draft: Draft, sheets: dict[int, str]) -> None:
    counts = draft.counts()
    words = _("%(year)d年报告数字依据：共%(found)d处，已对应指标%(bound)d处，已填%(filled)d处，待核%(marked)d处")
    sheet.write_string(0, 0, words % {"year": draft.year, **counts}, styles["title"])
    for column, (heading, width) in enumerate(_SUMMARY):
        sheet.write_string(2, column, _(heading), styles["head"])
        sheet.set_column(column, column, width)
    for row, entry in enumerate(draft.entries, start=3):
        _summary_row(sheet, styles, row, entry, sheets.get(entry.number))
    sheet.freeze_panes(3, 1)
    if draft.entries:
        sheet.autofilter(2, 0, 2 + len(draft.entries), len(_SUMMARY) - 1)


def _summary_row(sheet: Worksheet, styles: dict[str, Format], row: int, entry: Entry, name: str | None) -> None:
    state = _("已填") if entry.status == "filled" else _("待核")
    period = entry.period[2] if entry.period else ""
    cells = [
        entry.number, entry.old, entry.new, entry.counts or entry.phrase, period, entry.value, entry.before, entry.unit, entry.records, state,
        entry.why,
    ]  # fmt: skip
    for column, cell in enumerate(cells):
        _write(sheet, styles, row, column, cell, styles["open"] if column == 9 and entry.status == "marked" else None)
    if name:
        sheet.write_url(row, len(cells), f"internal:'{name}'!A1", styles["link"], _("查看记录"))


def _sheet(book: xlsxwriter.Workbook, styles: dict[str, Format], entry: Entry, blocks: list[Block]) -> str:
    """The sheet of one figure; its name."""
    title = blocks[0].title if blocks else entry.phrase
    name = f"{entry.number} {_NOT_IN_NAME.sub('', title)}"[:31].strip()
    sheet = book.add_worksheet(name)
    sheet.write_url(0, 0, f"internal:'{_('汇总')}'!A1", styles["link"], _("返回汇总"))
    sheet.write_string(1, 0, entry.counts or title, styles["title"])
    line = 2
    for words, cell in (
        (_("本年值"), entry.value),
        (_("上年值"), entry.before),
        (_("单位"), entry.unit),
        (_("记录数"), entry.records),
    ):
        sheet.write_string(line, 0, words, styles["head"])
        _write(sheet, styles, line, 1, cell)
        line += 1
    widths: dict[int, int] = {}
    for block in blocks:
        line = _write_block(sheet, styles, line + 1, block, widths)
    for column, width in {0: 12, 1: 22, **widths}.items():
        sheet.set_column(column, column, width)
    return name


def _write_block(sheet: Worksheet, styles: dict[str, Format], line: int, block: Block, widths: dict[int, int]) -> int:
    """Write a block beginning at a line; the line after it."""
    told = {"title": block.title, "period": block.period, "n": block.counted}
    sheet.write_string(line, 0, _("%(title)s（%(period)s）：%(n)d条记录") % told, styles["title"])
    notes = []
    if len(block.rows) < block.counted:
        notes.append(_("其中%(seen)d条您有权查看") % {"seen": len(block.rows)})
    if len(block.rows) > ROWS_SHOWN:
        notes.append(_("以下列出前%(shown)d条") % {"shown": ROWS_SHOWN})
    if notes:
        line += 1
        sheet.write_string(line, 0, "，".join(notes), styles["text"])
    headings = [_("序号"), _("台账"), *block.headings]
    line += 1
    for column, heading in enumerate(headings):
        sheet.write_string(line, column, heading, styles["head"])
        widths[column] = max(widths.get(column, 0), _width(heading))
    for number, row in enumerate(block.rows[:ROWS_SHOWN], start=1):
        line += 1
        cells = [number, _register(row["register"]), *(row[name] for name in block.headings)]
        for column, cell in enumerate(cells):
            _write(sheet, styles, line, column, cell)
            widths[column] = max(widths[column], _width(cell))
    return line + 1


def _register(code: str | None) -> str:
    if not code:
        return ""
    try:
        return str(registers.get(code).name)
    except KeyError:
        return code


def _width(cell: Any) -> int:
    text = str(cell)
    return min(_WIDEST, 2 + sum(1 if character.isascii() else 2 for character in text[:_WIDEST]))


def _write(sheet: Worksheet, styles: dict[str, Format], row: int, column: int, cell: Any, style: Format | None = None) -> None:
    """Write a cell by its type; a text is always a text, never a formula."""
    if cell is None or cell == "":
        sheet.write_blank(row, column, None, style or styles["text"])
    elif isinstance(cell, bool):
        sheet.write_string(row, column, _("是") if cell else _("否"), style or styles["text"])
    elif isinstance(cell, datetime | date):
        sheet.write_datetime(row, column, cell, style or styles["date"])
    elif isinstance(cell, int | float | Decimal):
        sheet.write_number(row, column, cell, style or styles["text"])
    else:
        sheet.write_string(row, column, str(cell), style or styles["text"])
