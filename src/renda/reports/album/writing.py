"""The album as a Word document: cover, contents by chapter, pictures with captions, each described for those who cannot see it.

Every page is laid out by measure, so that the page numbers of the contents are known when they are written.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from renda.reports.album.choice import Choice, Chosen
from renda.reports.album.images import shrunk

SONG, HEI, KAI, FANG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
RED, GREY = RGBColor(0xA6, 0x1B, 0x29), RGBColor(0x59, 0x59, 0x59)
CONTENTS_A_PAGE = 20
LINE_CM = 0.62
"""Height of one line of a caption (12 pt in 17.5 pt)."""
CHARACTER_CM = 0.43


@dataclass(frozen=True)
class Page:
    """A page's measures in centimetres: its size and margins, and what one picture with its caption may take."""

    width: float
    height: float
    side: float
    top: float
    columns: int
    cell_width: float
    cell_height: float


PAGES = {
    2: Page(21.0, 29.7, 2.4, 2.0, 1, 16.2, 11.7),
    4: Page(29.7, 21.0, 2.0, 1.6, 2, 12.6, 8.0),
}


class NothingChosen(ValueError):
    """An album without pictures; the message (Chinese) says what to do."""


def write_album(choice: Choice, path: Path) -> int:
    """Write the album; returns its pages. Raises NothingChosen, and FileNotFoundError where a stored picture is gone."""
    chapters = choice.by_chapter()
    if not chapters:
        raise NothingChosen(_("还没有选图片。请先在页面上勾选要编入图册的图片。"))
    page, document = PAGES[choice.per_page], docx.Document()
    _set_up(document, page, choice)
    _cover(document, page, choice)
    first = 2 + ceil(len(chapters) / CONTENTS_A_PAGE)
    starts, number = {}, first
    for name, pictures in chapters.items():
        starts[name] = number
        number += ceil(len(pictures) / choice.per_page)
    _contents(document, page, chapters, starts)
    for place, (name, pictures) in enumerate(chapters.items(), 1):
        _chapter(document, page, place, name, pictures, choice.per_page)
    document.save(str(path))
    return number - 1


def _set_up(document: Any, page: Page, choice: Choice) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if page.width > page.height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(page.width), Cm(page.height)
    section.left_margin = section.right_margin = Cm(page.side)
    section.top_margin = section.bottom_margin = Cm(page.top)
    section.footer_distance = Cm(0.9)
    section.different_first_page_header_footer = True
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(footer, "— ", FANG, 12)
    _field(footer, "PAGE", "1")
    _run(footer, " —", FANG, 12)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FANG)
    normal.paragraph_format.space_after = Pt(0)
    document.core_properties.title = choice.title
    document.core_properties.subject = choice.division.name
    document.core_properties.author = ""
    document.core_properties.language = "zh-CN"


def _cover(document: Any, page: Page, choice: Choice) -> None:
    tall = page.height > page.width
    _line(document, f"{choice.division.name}人大常委会", HEI, 22, before=70 if tall else 20)
    _line(document, choice.title, SONG, 42, before=24, after=36 if tall else 18, colour=RED)
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _picture(paragraph, choice.pictures[0], page.width - 2 * page.side - 1, 10.5 if tall else 8.5, "封面图片：")
    months = {one.candidate.on for one in choice.pictures}
    _line(document, _chinese_month(choice.year, max(months).month), KAI, 18, before=60 if tall else 14)


def _chinese_month(year: int, month: int) -> str:
    from renda.law.numerals import chinese_number

    digits = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    return f"{digits}年{chinese_number(month)}月"


def _contents(document: Any, page: Page, chapters: dict[str, list[Chosen]], starts: dict[str, int]) -> None:
    for place, (name, pictures) in enumerate(chapters.items()):
        if place % CONTENTS_A_PAGE == 0:
            title = _line(document, "目　录", SONG, 22, after=18)
            title.paragraph_format.page_break_before = True
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            Cm(page.width - 2 * page.side), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
        paragraph.paragraph_format.line_spacing_rule, paragraph.paragraph_format.line_spacing = (
            WD_LINE_SPACING.EXACTLY,
            Pt(24 if page.columns == 2 else 32),
        )
        _run(paragraph, name, HEI, 15)
        _run(paragraph, f"（{len(pictures)}幅）", FANG, 13, GREY)
        _run(paragraph, "\t", FANG, 13)
        _field(paragraph, f"PAGEREF chapter{place + 1} \\h", str(starts[name]))


def _chapter(document: Any, page: Page, place: int, name: str, pictures: Sequence[Chosen], per_page: int) -> None:
    for start in range(0, len(pictures), per_page):
        heading = document.add_paragraph(style="Heading 1" if start == 0 else "Normal")
        heading.paragraph_format.page_break_before = True
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(0), Pt(6)
        heading.paragraph_format.keep_with_next = True
        if start == 0:
            _bookmark(heading, place, lambda paragraph: _run(paragraph, name, HEI, 18, RED))
        else:
            _run(heading, f"{name}（续）", HEI, 12, GREY)
        _grid(document, page, pictures[start : start + per_page])


def _grid(document: Any, page: Page, pictures: Sequence[Chosen]) -> None:
    table = document.add_table(rows=0, cols=page.columns)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for start in range(0, len(pictures), page.columns):
        row = pictures[start : start + page.columns]
        lines = max(ceil(len(one.caption) * CHARACTER_CM / (page.cell_width - 0.6)) for one in row)
        told = lines * LINE_CM + 0.5
        above, below = table.add_row(), table.add_row()
        above.height, above.height_rule = Cm(page.cell_height - told), WD_ROW_HEIGHT_RULE.EXACTLY
        below.height, below.height_rule = Cm(told), WD_ROW_HEIGHT_RULE.AT_LEAST
        _keep_whole(above)
        for place, one in enumerate(row):
            _framed(above.cells[place], one, page.cell_width - 0.6, page.cell_height - told - 0.3)
            _captioned(below.cells[place], one)
    for column in table.columns:
        for cell in column.cells:
            cell.width = Cm(page.cell_width)


def _framed(cell: Any, one: Chosen, width: float, height: float) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    _picture(paragraph, one, width, height)


def _captioned(cell: Any, one: Chosen) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing, layout.space_before = WD_LINE_SPACING.EXACTLY, Pt(17.5), Pt(3)
    _run(paragraph, one.caption, KAI, 12)


def _picture(paragraph: Any, one: Chosen, width: float, height: float, before: str = "") -> None:
    """The picture as large as fits, with its caption as the text for those who cannot see it."""
    content, wide, high = shrunk(one.candidate.digest)
    scale = min(width / wide, height / high)
    shape = paragraph.add_run().add_picture(io.BytesIO(content), width=Cm(wide * scale))
    described = shape._inline.docPr
    described.set("descr", f"{before}{one.caption}")
    described.set("name", one.candidate.title)


def _line(
    document: Any, text: str, font: str, size: float, *, before: float = 0, after: float = 0, colour: RGBColor | None = None
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    _run(paragraph, text, font, size, colour)
    return paragraph


def _run(paragraph: Any, text: str, font: str, size: float, colour: RGBColor | None = None) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.font.bold = Pt(size), "Times New Roman", False
    run.font.color.rgb = colour or RGBColor(0, 0, 0)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _field(paragraph: Any, code: str, shown: str) -> None:
    """A field with the result that it has until Word computes it anew."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = _run(paragraph, shown if kind == "shown" else "", FANG, 12)
        if kind == "code":
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {code} "
            run._element.append(text)
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)


def _bookmark(paragraph: Any, place: int, write: Any) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(place))
    start.set(qn("w:name"), f"chapter{place}")
    paragraph._p.append(start)
    write(paragraph)
    paragraph._p.append(end)


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
