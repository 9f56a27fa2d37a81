"""A draft as an official document from nothing but its text: GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from renda.documents import page
from renda.documents.page import HEADING_FACES, LINE, right_indent, set_face
from renda.documents.pagenumber import number_pages
from renda.documents.runs import clean, highlight, new_run
from renda.reports.draft.model import PENDING, Draft, Segment

from .heading import Heading
from .levels import Line, Role, heading_level, lines, markdown_level
from .redhead import write_head
from .remarks import AUTHOR, Remarks

if TYPE_CHECKING:
    from docx.document import Document

_STYLES = {
    Role.TITLE: page.TITLE,
    Role.BELOW_TITLE: page.BELOW_TITLE,
    Role.ADDRESSEE: page.ADDRESSEE,
    Role.BODY: page.BODY,
    Role.ATTACHMENTS: page.BODY,
    Role.SIGNATURE: page.SIGNATURE,
    Role.DATE: page.DATE,
}
_BEFORE_HEADINGS = frozenset({Role.TITLE, Role.BELOW_TITLE})
_SEALED_BLANK, _UNSEALED_BLANK = 4.0, 2.0
_MARKDOWN_TITLE = 1
_LONGEST_PROPERTY = 255


def official_document(draft: Draft, heading: Heading, *, markdown: bool = False) -> Document:
    """The draft laid out by the standard, each edit with its comment. In Markdown, # signs say what a heading is and do not print."""
    import docx

    document = docx.Document()
    page.set_up_page(document)
    page.set_up_styles(document)
    number_pages(document)
    paragraphs = [trimmed for line in draft.paragraphs() if (trimmed := _trimmed(_split(line)))]
    signed = [_unsigned(line) if markdown else (0, line) for line in paragraphs]
    roles = lines([_words(line) for _level, line in signed])
    roles = [_by_sign(role, level, _words(line)) for role, (level, line) in zip(roles, signed, strict=True)]
    writer = _Writer(document, heading, write_head(document, heading))
    writer.write([line for _level, line in signed], roles)
    properties = document.core_properties
    properties.author = properties.last_modified_by = AUTHOR
    title = "".join(_words(line) for (_level, line), role in zip(signed, roles, strict=True) if role.role is Role.TITLE)
    properties.title = clean(title)[:_LONGEST_PROPERTY]
    properties.comments = ""
    return document


class _Writer:
    """Writes paragraphs one after the other."""

    def __init__(self, document: Document, heading: Heading, headed: bool) -> None:
        self.document, self.heading, self.headed = document, heading, headed
        self.remarks = Remarks(document)
        self._body: Any = document.element.body

    def write(self, paragraphs: Sequence[list[Segment]], roles: Sequence[Line]) -> None:
        before: Role | None = None
        width = self._signature_width(paragraphs, roles)
        for line, role in zip(paragraphs, roles, strict=True):
            words = _words(line)
            whole = role.head == len(words)
            paragraph = self.document.add_paragraph(style=_style(role, whole))
            self._space(paragraph, role.role, before)
            if role.role in (Role.SIGNATURE, Role.DATE):
                self._sign(paragraph, role.role, _units(words), width)
            self._runs(paragraph._p, line, role, whole)
            before = role.role
        if self.heading.note:
            self.document.add_paragraph(clean(f"（{self.heading.note}）"), style=page.NOTE)

    def _space(self, paragraph: Any, role: Role, before: Role | None) -> None:
        """Blank lines: two between red line and title, one below the title, one above 附件, two above the signature."""
        lines_above = 0
        if role is Role.TITLE and before is None and self.headed:
            lines_above = 2
        elif (before in _BEFORE_HEADINGS and role not in _BEFORE_HEADINGS) or role is Role.ATTACHMENTS:
            lines_above = 1
        elif role in (Role.SIGNATURE, Role.DATE) and before not in (Role.SIGNATURE, Role.DATE, None):
            lines_above = 2
        if lines_above:
            paragraph.paragraph_format.space_before = Pt(LINE.pt * lines_above)

    def _signature_width(self, paragraphs: Sequence[list[Segment]], roles: Sequence[Line]) -> dict[Role, float]:
        """The widest line of each kind, in characters."""
        found: dict[Role, float] = {}
        for line, role in zip(paragraphs, roles, strict=True):
            found[role.role] = max(found.get(role.role, 0), _units(_words(line)))
        return found

    def _sign(self, paragraph: Any, role: Role, width: float, widest: dict[Role, float]) -> None:
        """Place signature and date: 7.3.5.1 with a seal, 7.3.5.2 without."""
        paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        right_indent(paragraph._p, _right_blank(role, width, widest, self.heading.sealed))

    def _runs(self, paragraph: Any, line: list[Segment], role: Line, whole: bool) -> None:
        """The runs of a paragraph; a heading that the body follows at once has its own face."""
        position = 0
        for segment in line if whole else _cut(line, role.head):
            self._run(paragraph, segment, HEADING_FACES[role.level] if position < role.head and not whole else "")
            position += len(segment.text) + (len(PENDING) if segment.edit and segment.edit.marked else 0)

    def _run(self, paragraph: Any, segment: Segment, face: str) -> None:
        edit = segment.edit
        texts = [segment.text, *([PENDING] if edit and edit.marked else [])]
        runs = [new_run(text) for text in texts if text or edit]
        for run in runs:
            paragraph.append(run)
            if face:
                set_face(run.get_or_add_rPr(), face)
            if edit and edit.marked:
                highlight(run)
        if edit and runs:
            self.remarks.add(edit.comment, runs)


def _style(line: Line, whole: bool) -> str:
    if line.role is not Role.HEADING:
        return _STYLES[line.role]
    return f"Heading {line.level}" if whole else page.BODY


def _right_blank(role: Role, width: float, widest: dict[Role, float], sealed: bool) -> float:
    """Characters left blank at the right of a signature or a date."""
    name, day = widest.get(Role.SIGNATURE, 0), widest.get(Role.DATE, 0)
    if sealed:
        centre = max(_SEALED_BLANK + day / 2, name / 2)
        return max(0.0, centre - width / 2)
    if name - 2 >= day or not day:  # the date begins two characters to the right of the name's first
        return _UNSEALED_BLANK if role is Role.SIGNATURE else max(0.0, _UNSEALED_BLANK + name - 2 - width)
    return _UNSEALED_BLANK if role is Role.DATE else max(0.0, _UNSEALED_BLANK + day + 2 - width)


def _units(text: str) -> float:
    """The width of a text in Han characters; Latin letters and figures take half of one."""
    return sum(0.5 if ord(sign) < 0x2000 else 1.0 for sign in text)


def _words(line: Iterable[Segment]) -> str:
    return "".join(s.text + (PENDING if s.edit and s.edit.marked else "") for s in line)


def _split(line: list[Segment]) -> list[Segment]:
    """Blanks for what would break a line inside an edit, so that a paragraph stays one."""
    return [replace(s, text=s.text.replace("\n", " ")) if s.edit and "\n" in s.text else s for s in line]


def _trimmed(line: list[Segment]) -> list[Segment]:
    """A line without blanks at its ends: the indent comes from the style. Empty where nothing is left."""
    line = list(line)
    while line and line[0].edit is None:
        line[0] = Segment(line[0].text.lstrip())
        if line[0].text:
            break
        line.pop(0)
    while line and line[-1].edit is None:
        line[-1] = Segment(line[-1].text.rstrip())
        if line[-1].text:
            break
        line.pop()
    return line


def _cut(line: list[Segment], at: int) -> list[Segment]:
    """The segments with a plain one cut where the heading in it ends."""
    found: list[Segment] = []
    position = 0
    for segment in line:
        end = position + len(segment.text)
        if segment.edit is None and position < at < end:
            found += [Segment(segment.text[: at - position]), Segment(segment.text[at - position :])]
        else:
            found.append(segment)
        position = end + (len(PENDING) if segment.edit and segment.edit.marked else 0)
    return found


def _unsigned(line: list[Segment]) -> tuple[int, list[Segment]]:
    """The level that # signs give a line, and the line without them."""
    if line[0].edit is not None:
        return 0, line
    level, length = markdown_level(line[0].text)
    return (level, _trimmed([Segment(line[0].text[length:]), *line[1:]]) or line) if level else (0, line)


def _by_sign(role: Line, level: int, words: str) -> Line:
    """A Markdown heading's role: # is the title, ## and so on the levels, unless the line's own number says otherwise."""
    if not level or role.role in (Role.TITLE, Role.HEADING):
        return role
    if level == _MARKDOWN_TITLE:
        return Line(Role.TITLE)
    return Line(Role.HEADING, min(4, heading_level(words) or level - 1), len(words))
