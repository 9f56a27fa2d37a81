"""The statistics of a term as a workbook and as a Word table."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import xlsxwriter
from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from renda.figures.evaluate import Value
from renda.reports.term.statistics import Line, Statistics
from renda.ui import rooms
from renda.ui.words import said

SONG, HEI, FANG = "方正小标宋简体", "黑体", "仿宋_GB2312"
CHARTED = 5
FIRST_ROW = 3


def notes(statistics: Statistics) -> list[str]:
    """What a reader must know beside the numbers."""
    found = [_("“全届”一栏按整届期间直接计算，不由各年相加：人数去重，比率按全届分子分母计算，时点数取届末。金额单位为万元。")]
    if statistics.bare:
        found.append(_("%(years)s没有登记台账，其数值为空，不表示没有开展工作。") % {"years": "、".join(statistics.bare)})
    return found


def headings(statistics: Statistics) -> list[str]:
    """The headings of the table."""
    return [_("指标"), _("单位"), *(span.label for span in statistics.spans), _("全届"), _("全届口径")]


def cells(statistics: Statistics, line: Line) -> list[Value]:
    """The values of a row; years without any records stay empty, unless the indicator is a stock."""
    bare = set(statistics.bare) if line.rule != _("届末数") else set()
    years = [None if span.label in bare else value for span, value in zip(statistics.spans, line.values, strict=True)]
    return [*years, line.total]


def write_workbook(statistics: Statistics, path: Path) -> None:
    """The workbook: one sheet of figures with a chart, one of definitions."""
    with xlsxwriter.Workbook(str(path)) as book:
        _figures(book, statistics)
        _definitions(book, statistics)


def _figures(book: xlsxwriter.Workbook, statistics: Statistics) -> None:
    sheet = book.add_worksheet(_("届次统计"))
    head = book.add_format({"bold": True, "bg_color": "#F1ECE6", "border": 1, "text_wrap": True, "valign": "vcenter"})
    room_format = book.add_format({"bold": True, "font_color": "#A61B29", "top": 1})
    whole, parts = book.add_format({"num_format": "#,##0", "border": 1}), book.add_format({"num_format": "#,##0.00", "border": 1})
    text = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    sheet.write(0, 0, statistics.title, book.add_format({"bold": True, "font_size": 16}))
    sheet.write(1, 0, " ".join(notes(statistics)))
    sheet.write_row(FIRST_ROW - 1, 0, headings(statistics), head)
    row, charted = FIRST_ROW, []
    for room, lines in statistics.rooms().items():
        sheet.write(row, 0, rooms.label(room), room_format)
        row += 1
        for line in lines:
            sheet.write(row, 0, said(line.indicator.name), text)
            sheet.write(row, 1, line.unit, text)
            for place, value in enumerate(cells(statistics, line), 2):
                sheet.write(row, place, _plain(value), parts if isinstance(value, Decimal) else whole)
            sheet.write(row, len(statistics.spans) + 3, line.rule, text)
            charted += [row] if line.indicator.kind == "count" and line.total else []
            row += 1
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, len(statistics.spans) + 2, 14)
    sheet.set_column(len(statistics.spans) + 3, len(statistics.spans) + 3, 24)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST_ROW - 1)
    if charted:
        _chart(book, sheet, statistics, charted[:CHARTED], row + 1)


def _chart(book: xlsxwriter.Workbook, sheet: Any, statistics: Statistics, rows: list[int], below: int) -> None:
    chart = book.add_chart({"type": "column"})
    name, last = sheet.get_name(), len(statistics.spans) + 1
    for row in rows:
        chart.add_series({
            "name": [name, row, 0], "categories": [name, FIRST_ROW - 1, 2, FIRST_ROW - 1, last], "values": [name, row, 2, row, last],
        })  # fmt: skip
    chart.set_title({"name": statistics.title, "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 900, "height": 360})
    sheet.insert_chart(below, 0, chart, {"description": _("各年数量对比图，数据见上表")})


def _definitions(book: xlsxwriter.Workbook, statistics: Statistics) -> None:
    sheet = book.add_worksheet(_("口径"))
    head = book.add_format({"bold": True, "bg_color": "#F1ECE6"})
    sheet.write_row(0, 0, [_("指标"), _("代码"), _("口径"), _("全届口径"), _("上一届")], head)
    for row, line in enumerate(statistics.lines, 1):
        one = line.indicator
        sheet.write_row(row, 0, [said(one.name), one.code, said(one.about), line.rule])
        sheet.write(row, 4, _plain(line.before))
    sheet.set_column(0, 1, 30)
    sheet.set_column(2, 2, 60)
    sheet.set_column(3, 4, 24)


def _plain(value: Value) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def write_document(statistics: Statistics, path: Path) -> None:
    """The Word table, on A4 across, the headings repeated on every page."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, statistics.title, SONG, 22)
    titles = headings(statistics)
    table = document.add_table(rows=1, cols=len(titles), style="Table Grid")
    _row(table.rows[0], titles, HEI)
    _repeat(table.rows[0])
    for room, lines in statistics.rooms().items():
        merged = table.add_row().cells
        cell = merged[0].merge(merged[-1])
        _run(cell.paragraphs[0], rooms.label(room), HEI, 12)
        for line in lines:
            shown = [number(value) for value in cells(statistics, line)]
            _row(table.add_row(), [said(line.indicator.name), line.unit, *shown, line.rule], FANG)
    _widths(table, len(statistics.spans))
    for note in notes(statistics):
        _run(document.add_paragraph(), note, FANG, 10.5)
    document.core_properties.title = statistics.title
    document.core_properties.author = ""
    document.save(str(path))


def _widths(table: Any, years: int) -> None:
    """The names wide, the years alike, 25.7 cm in all."""
    name, unit, rule = 6.2, 1.7, 3.8
    each = (25.7 - name - unit - rule) / (years + 1)
    table.autofit = False
    for column, width in zip(table.columns, [name, unit, *[each] * (years + 1), rule], strict=True):
        column.width = Cm(width)


def number(value: Value) -> str:
    """A value as a table shows it; a dash where there is none."""
    if value is None:
        return "—"
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _row(row: Any, texts: list[str], font: str) -> None:
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        if 2 <= place < len(texts) - 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(paragraph, text, font, 10.5)


def _run(paragraph: Any, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _repeat(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
