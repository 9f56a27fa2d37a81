"""A letter's template as a Word document: the letter form (信函格式) of GB/T 9704-2012, 10.1, with placeholders in its text.

The issuing organ's mark stands red in the first page's header, its upper edge 30 mm below the paper's; a red double line of 170 mm
below it, another at the foot; the number flush right below the line, the title two lines further down; no page number on page one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt

from renda.documents import page
from renda.documents.page import LINE, RED, XIAOBIAOSONG, left_indent, set_face
from renda.documents.pagenumber import number_pages
from renda.documents.shipped import packed

if TYPE_CHECKING:
    from docx.document import Document

MARK_FROM_TOP = Mm(30)
MARK_SIZE = Pt(32)
OUTDENT_LEFT, OUTDENT_RIGHT = Mm(-8), Mm(-6)
"""A line of 170 mm lies in the middle of the paper; the type area begins 28 mm from the left and ends 26 mm from the right."""
CHARACTERS, SEAL_BLANK, DATE_WIDTH = 28.0, 4.0, 9.0
"""Characters of a line, those that stay blank right of the date, and the usual width of a date."""
TAGGED = "{%p"


@dataclass(frozen=True)
class Text:
    """What a letter says; every part may hold placeholders.

    ``body`` are paragraphs: one that begins with ``# `` is a heading. ``signed`` is the organ, ``dated`` the day, ``note`` stands in
    brackets below (附注), ``attachments`` lists what is enclosed.
    """

    mark: str
    number: str
    title: str
    addressee: str
    body: Sequence[str]
    signed: str
    dated: str
    attachments: str = ""
    note: Sequence[str] = ()


def build(text: Text) -> bytes:
    """The template as .docx; the same text gives the same bytes."""
    import docx

    document = docx.Document()
    page.set_up_page(document)
    page.set_up_styles(document)
    number_pages(document)
    _head(document, text.mark)
    _foot(document)
    if text.number:
        _number(document, text.number)
    _title(document, text.title)
    document.add_paragraph(text.addressee, style=page.ADDRESSEE)
    for paragraph in text.body:
        _body(document, paragraph)
    last = len(document.paragraphs)
    if text.attachments:
        _attachments(document, text.attachments)
    _sign(document, text)
    _keep_together(document, last)
    for line in text.note:
        document.add_paragraph(line, style=page.BODY if line.startswith(TAGGED) else page.NOTE)
    return packed(document, text.title)


def _head(document: Document, mark: str) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = MARK_FROM_TOP
    header = section.first_page_header
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    _wide(paragraph)
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(40)
    layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(mark)
    set_face(cast(Any, run._r).get_or_add_rPr(), XIAOBIAOSONG)
    run.font.size, run.font.color.rgb = MARK_SIZE, RED
    _border(paragraph, "bottom", "thickThinSmallGap", "10")


def _foot(document: Document) -> None:
    section = document.sections[0]
    footer = section.first_page_footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    _wide(paragraph)
    paragraph.paragraph_format.line_spacing_rule, paragraph.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(10)
    _border(paragraph, "top", "thinThickSmallGap", "1")


def _wide(paragraph: Any) -> None:
    """As wide as the lines of the form, which reach beyond the type area."""
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent = OUTDENT_LEFT, OUTDENT_RIGHT
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)


def _border(paragraph: Any, side: str, kind: str, space: str) -> None:
    borders = OxmlElement("w:pBdr")
    line = {"val": kind, "sz": "24", "space": space, "color": str(RED)}
    borders.append(OxmlElement(f"w:{side}", attrs={qn(f"w:{name}"): value for name, value in line.items()}))
    properties: Any = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _number(document: Document, number: str) -> None:
    paragraph = document.add_paragraph(number, style=page.ADDRESSEE)
    paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _title(document: Document, title: str) -> None:
    paragraph = document.add_paragraph(title, style=page.TITLE)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(LINE.pt * 2), Pt(LINE.pt)


def _body(document: Document, paragraph: str) -> None:
    if paragraph.startswith("# "):
        document.add_paragraph(paragraph.removeprefix("# "), style="Heading 1")
    else:
        document.add_paragraph(paragraph, style=page.BODY)


def _attachments(document: Document, word: str) -> None:
    """附件： below the text, numbered where there are several (7.3.4); only where there are any."""
    document.add_paragraph(f"{{%p if {word} %}}", style=page.BODY)
    document.add_paragraph("", style=page.BODY)
    document.add_paragraph(f"{{%p for 项 in {word} %}}", style=page.BODY)
    number = "{% if loop.length > 1 %}{{ loop.index }}.{% endif %}"
    document.add_paragraph("{% if loop.first %}附件：{% else %}　　　{% endif %}" + number + "{{ 项 }}", style=page.BODY)
    document.add_paragraph("{%p endfor %}", style=page.BODY)
    document.add_paragraph("{%p endif %}", style=page.BODY)


def _sign(document: Document, text: Text) -> None:
    """Organ and date set for a seal (7.3.5.1): the date four characters from the right, the organ centred above it."""
    for words, style, above in ((text.signed, page.SIGNATURE, 2), (text.dated, page.DATE, 0)):
        paragraph = document.add_paragraph(words, style=style)
        paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(LINE.pt * above)
        left_indent(paragraph._p, CHARACTERS - 2 * (SEAL_BLANK + DATE_WIDTH / 2))


def _keep_together(document: Document, last: int) -> None:
    """No page bears signature and date alone: the end of the text goes over with them."""
    signed = next(place for place, one in enumerate(document.paragraphs) if one.style and one.style.name == page.SIGNATURE)
    for paragraph in document.paragraphs[last - 1 : signed]:
        paragraph.paragraph_format.keep_with_next = True
