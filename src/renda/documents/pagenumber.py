"""Page numbers: — 1 — in 4号 half-width figures, odd pages at the right, even pages at the left, one character blank (GB/T 9704-2012, 7.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt
from docx.text.run import Run

from .page import SIZE_4, SONG, left_indent, right_indent, set_face
from .runs import new_run

if TYPE_CHECKING:
    from docx.document import Document


def number_pages(document: Document) -> None:
    """Put the page number into the footers of the first section."""
    section = document.sections[0]
    for footer, odd in ((section.footer, True), (section.even_page_footer, False)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        layout = paragraph.paragraph_format
        layout.alignment = WD_ALIGN_PARAGRAPH.RIGHT if odd else WD_ALIGN_PARAGRAPH.LEFT
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(14)
        (right_indent if odd else left_indent)(paragraph._p, 1)
        for part in ("— ", "PAGE", " —"):
            paragraph._p.append(_field(part) if part == "PAGE" else _set(new_run(part)))


def _field(code: str) -> Any:
    field = cast(Any, OxmlElement("w:fldSimple", attrs={qn("w:instr"): f" {code} "}))
    field.append(_set(new_run("1")))
    return field


def _set(run: Any) -> Any:
    set_face(run.get_or_add_rPr(), SONG, SONG)
    Run(run, cast(Any, None)).font.size = SIZE_4
    return run
