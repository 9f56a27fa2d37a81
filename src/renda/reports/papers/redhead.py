"""The red head of an official document: organ, number, signatory, red line (GB/T 9704-2012, 7.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.text.run import Run

from renda.documents.page import CHARACTER, HEI, KAI, LINE, RED, XIAOBIAOSONG, left_indent, right_indent, set_face
from renda.documents.runs import clean

from .heading import Heading

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_WIDTH = 442
"""Points of the type area's width."""
_LARGEST, _SMALLEST = 60, 22
_DOWN_TO_MARK = Mm(35)
_BORDER_GAP = "11"
"""Points between the number and the red line: 4 mm."""


def write_head(document: Document, heading: Heading) -> bool:
    """Write secrecy, urgency and the red head where `heading` names them; whether anything was written."""
    tops = [word for word in (heading.secrecy, heading.urgency) if word]
    for word in tops:
        paragraph = document.add_paragraph()
        _run(paragraph, word, HEI)
    if heading.mark:
        _mark(document, heading.mark, Pt(max(0.0, _DOWN_TO_MARK.pt - len(tops) * LINE.pt)))
        _number(document, heading)
    return bool(tops or heading.mark)


def _mark(document: Document, mark: str, down: Any) -> None:
    paragraph = document.add_paragraph()
    size = Pt(max(_SMALLEST, min(_LARGEST, _WIDTH // max(1, len(mark)))))
    layout = paragraph.paragraph_format
    layout.alignment, layout.space_before = WD_ALIGN_PARAGRAPH.CENTER, down
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(size.pt * 1.15)
    run = _run(paragraph, mark, XIAOBIAOSONG)
    run.font.size, run.font.color.rgb = size, RED


def _number(document: Document, heading: Heading) -> None:
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_before = Pt(LINE.pt * 2)
    if heading.signatory:
        layout.alignment = WD_ALIGN_PARAGRAPH.LEFT
        left_indent(paragraph._p, 1)
        right_indent(paragraph._p, 1)
        layout.tab_stops.add_tab_stop(Pt(_WIDTH - CHARACTER), WD_TAB_ALIGNMENT.RIGHT)
        _run(paragraph, f"{heading.number}\t签发人：")
        _run(paragraph, heading.signatory, KAI)
    else:
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, heading.number)
    borders = OxmlElement("w:pBdr")
    line = {"val": "single", "sz": "12", "space": _BORDER_GAP, "color": str(RED)}
    borders.append(OxmlElement("w:bottom", attrs={qn(f"w:{name}"): value for name, value in line.items()}))
    properties: Any = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _run(paragraph: Paragraph, text: str, face: str = "") -> Run:
    run = paragraph.add_run(clean(text))
    if face:
        set_face(cast(Any, run._r).get_or_add_rPr(), face)
    return run
