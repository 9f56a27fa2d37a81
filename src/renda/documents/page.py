"""The page and the styles of an official document: GB/T 9704-2012, 5.1 to 5.2 and 7.3.

Faces are named as offices own them (仿宋_GB2312, 方正小标宋简体); where they lack, `pdf` lends free ones. The grid is one of lines:
one of characters makes LibreOffice stretch every line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length, Mm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document

FANGSONG, KAI, HEI, XIAOBIAOSONG, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
LATIN = "Times New Roman"
SIZE_2, SIZE_3, SIZE_4 = Pt(22), Pt(16), Pt(14)
LINE = Pt(28.95)
"""One line: 22 of them fill the 225 mm of the type area."""
TITLE_LINE = Pt(33)
LINE_PITCH = "579"
TIGHTER = "-5"
"""Twentieths of a point taken off between characters, so that 28 of size 3 fill the 156 mm of a line."""
CHARACTER = 15.75
"""Points that one character of the body takes."""
RED, BLACK = RGBColor(0xE6, 0, 0), RGBColor(0, 0, 0)

TITLE, BELOW_TITLE, ADDRESSEE, BODY, SIGNATURE, DATE, NOTE = (
    "Title", "Subtitle", "主送机关", "公文正文", "发文机关署名", "成文日期", "附注",
)  # fmt: skip
HEADING_FACES = {1: HEI, 2: KAI, 3: FANGSONG, 4: FANGSONG}


def set_up_page(document: Document) -> None:
    """A4, margins and type area, line grid, different odd and even pages."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25.5)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(OxmlElement("w:docGrid", attrs={qn("w:type"): "lines", qn("w:linePitch"): LINE_PITCH}))
    document.settings.odd_and_even_pages_header_footer = True


def set_up_styles(document: Document) -> None:
    """The faces, sizes and spacing of each kind of paragraph."""
    _language(document)
    normal = _style(document, "Normal", FANGSONG, SIZE_3)
    _spacing(normal.paragraph_format, LINE)
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    normal.paragraph_format.widow_control = False
    keep_punctuation_inside(normal.element.get_or_add_pPr())
    title = _style(document, TITLE, XIAOBIAOSONG, SIZE_2)
    _spacing(title.paragraph_format, TITLE_LINE)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    below = _style(document, BELOW_TITLE, KAI, SIZE_3)
    below.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add(document, ADDRESSEE)
    first_line(_add(document, BODY).element, 2)
    _add(document, SIGNATURE).paragraph_format.keep_with_next = True
    _add(document, DATE)
    first_line(_add(document, NOTE).element, 2)
    for level, face in HEADING_FACES.items():
        heading = _style(document, f"Heading {level}", face, SIZE_3)
        _spacing(heading.paragraph_format, LINE)
        heading.paragraph_format.keep_with_next = True
        first_line(heading.element, 2)
        outline = OxmlElement("w:outlineLvl", attrs={qn("w:val"): str(level - 1)})
        heading.element.get_or_add_pPr().append(outline)


def set_face(properties: Any, east: str, latin: str = LATIN) -> None:
    """Name the faces in run properties (w:rPr); those that a theme gave go."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for kind, face in (("ascii", latin), ("hAnsi", latin), ("eastAsia", east), ("cs", latin)):
        fonts.set(qn(f"w:{kind}"), face)


def first_line(element: Any, characters: int) -> None:
    """Indent the first line of a paragraph or style by so many characters."""
    _indent(element, firstLineChars=str(characters * 100), firstLine=str(round(characters * CHARACTER * 20)))


def right_indent(element: Any, characters: float) -> None:
    """Leave so many characters blank at the right."""
    _indent(element, rightChars=str(round(characters * 100)), right=str(round(characters * CHARACTER * 20)))


def left_indent(element: Any, characters: float) -> None:
    """Leave so many characters blank at the left."""
    _indent(element, leftChars=str(round(characters * 100)), left=str(round(characters * CHARACTER * 20)))


def _indent(element: Any, **values: str) -> None:
    indent = element.get_or_add_pPr().get_or_add_ind()
    for name, value in values.items():
        indent.set(qn(f"w:{name}"), value)


def _style(document: Document, name: str, face: str, size: Length) -> Any:
    style: Any = document.styles[name]
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    for old in style.element.findall(qn("w:pPr")):
        style.element.remove(old)
    set_face(properties, face)
    style.font.size = size
    style.font.color.rgb = BLACK
    style.font.bold = False
    spacing = OxmlElement("w:spacing", attrs={qn("w:val"): TIGHTER})
    properties.find(qn("w:color")).addnext(spacing)
    return style


def _add(document: Document, name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    return style


def keep_punctuation_inside(properties: Any) -> None:
    """Keep commas inside the type area: LibreOffice leaves out those that hang into the margin of justified lines. It reads this
    element as its own opposite, and to Word the value is the default."""
    properties.insert_element_before(
        OxmlElement("w:overflowPunct", attrs={qn("w:val"): "1"}),
        "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc",
        "w:outlineLvl",
    )  # fmt: skip


def _spacing(paragraph_format: Any, line: Length) -> None:
    paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph_format.line_spacing = line
    paragraph_format.space_before = paragraph_format.space_after = Pt(0)


def _language(document: Document) -> None:
    """Chinese text: line breaking and punctuation follow its rules."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    set_face(properties, FANGSONG)
    for language in properties.findall(qn("w:lang")):
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
    settings = document.settings.element
    for element in settings.findall(qn("w:themeFontLang")):
        element.set(qn("w:eastAsia"), "zh-CN")
    for element in settings.findall(qn("w:characterSpacingControl")):
        element.set(qn("w:val"), "compressPunctuation")
    for element in settings.findall(qn("w:zoom")):
        element.set(qn("w:percent"), "100")
