"""The shipped template of the candidate form (代表候选人登记表) as a Word document; `python -m renda.elections.candidates.formlayout` writes it.

A table of all fields with their placeholders, and places for signatures. Offices may change it on the page 文书模板. The same code gives the
same file.
"""

from __future__ import annotations

import sys
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Pt

from renda.documents import page
from renda.documents.shipped import packed
from renda.elections.candidates.formfields import LONG, SHIPPED, SHORT

SMALL, TIGHT = Pt(11), Pt(18)


def build() -> bytes:
    """The template; the same bytes each time."""
    document = docx.Document()
    page.set_up_page(document)
    page.set_up_styles(document)
    document.add_paragraph("{{ 选举名称 }}\n代表候选人登记表", style=page.TITLE)
    _line(document.add_paragraph("", style=page.ADDRESSEE), "选区：{{ 选区 }}　　填表日期：{{ 填表日期 }}")
    table = document.add_table(rows=0, cols=4)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for left, right in SHORT:
        cells = table.add_row().cells
        for cell, text in zip(cells, (left, f"{{{{ {left} }}}}", right, f"{{{{ {right} }}}}"), strict=True):
            _line(cell.paragraphs[0], text)
    for word in LONG:
        cells = table.add_row().cells
        whole = cells[1].merge(cells[3])
        _line(cells[0].paragraphs[0], word)
        _line(whole.paragraphs[0], f"{{{{ {word} }}}}")
    words = "本人接受推荐，以上情况如实填写；不实的，由选举委员会向选民通报（{{ 依据 }}）。"
    for text in (words, "被推荐人（签名）：　　　　　　　　年　　月　　日"):
        _line(document.add_paragraph("", style=page.BODY), text)
    return packed(document, "代表候选人登记表")


def _line(paragraph: Any, text: str) -> None:
    paragraph.add_run(text).font.size = SMALL
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing, layout.first_line_indent = WD_LINE_SPACING.EXACTLY, TIGHT, Pt(0)


def main() -> int:
    """Write the shipped template."""
    SHIPPED.write_bytes(build())
    return 0


if __name__ == "__main__":
    sys.exit(main())
