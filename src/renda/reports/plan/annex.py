"""The annex of a report: what became of last year's arrangement, as a Word table of its own or behind a report."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import docx
from django.utils import translation
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.reports.models import Report
from renda.reports.plan.outcome import Outcome, counts, outcomes

SONG, HEI, FANG = "方正小标宋简体", "黑体", "仿宋_GB2312"
WIDTHS = (1.1, 5.2, 3.0, 2.2, 4.1)
"""Centimetres of the columns; together the 15.6 of an official page's line."""


def title_of(year: int, division: Division) -> str:
    """青禾县人大常委会2021年工作安排落实情况."""
    return f"{division.name}人大常委会{year}年工作安排落实情况"


def write_annex(found: list[Outcome], year: int, division: Division, path: Path) -> None:
    """Write the table as a document of its own."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Cm(3.7), Cm(3.5), Cm(2.8), Cm(2.6)
    _write(document, found, year, division, first=True)
    document.core_properties.title = title_of(year, division)
    document.core_properties.author = ""
    document.save(str(path))


def append_annex(report: Path, found: list[Outcome], year: int, division: Division) -> None:
    """Put the table behind a report's .docx, on a page of its own headed 附件."""
    document = docx.Document(str(report))
    _write(document, found, year, division, first=False)
    document.save(str(report))


def append_to_report(report: Report, path: Path, *, actor: Actor) -> None:
    """Put what became of the year's plan behind a report's .docx; a year without a plan gets no annex."""
    with translation.override("zh-hans"):  # the paper is Chinese, whatever language its reader has chosen
        found = outcomes(report.year, report.division, actor=actor)
    if found:
        append_annex(path, found, report.year, report.division)


def _write(document: Any, found: list[Outcome], year: int, division: Division, *, first: bool) -> None:
    if not first:
        mark = _paragraph(document, "附件", HEI, 16, centred=False)
        mark.paragraph_format.page_break_before = True
    _paragraph(document, title_of(year, division), SONG, 22)
    told = counts(found)
    words = f"共 {told['all']} 项：完成 {told['done']} 项，正在推进 {told['run']} 项，逾期未完成 {told['late']} 项。"
    _paragraph(document, words, FANG, 14, centred=False)
    table = document.add_table(rows=1, cols=len(WIDTHS))
    _lines(table)
    _row(table.rows[0], ["序号", "工作安排", "责任单位", "完成时限", "落实情况"], HEI)
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for number, one in enumerate(found, 1):
        _row(table.add_row(), [str(number), one.item.title, one.owner, _day(one.item.planned_on), _told(one)], FANG)
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = Cm(width)


def _told(one: Outcome) -> str:
    """State, what the clerk wrote, and the record that proves it where one is of the same work; nothing that is only likely."""
    written = "" if one.item.outcome in ("", "已完成", "完成") else one.item.outcome
    proof = next((f"（{proof.label}）" for proof in one.proofs if proof.fits and one.tone == "done"), "")
    return "\n".join(filter(None, [one.state, written, proof]))


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _lines(table: Any) -> None:
    """Thin lines round every cell, whatever styles the report's document has."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _row(row: Any, texts: list[str], font: str) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        layout = paragraph.paragraph_format
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(18)
        layout.first_line_indent, layout.space_after = Pt(0), Pt(0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        _run(paragraph, text, font, 12)


def _paragraph(document: Any, text: str, font: str, size: float, *, centred: bool = True) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.first_line_indent, paragraph.paragraph_format.space_after = Pt(0), Pt(8)
    _run(paragraph, text, font, size)
    return paragraph


def _run(paragraph: Any, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
