"""`render_template`: a Word template with Chinese placeholders filled from the records, each value with its comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from renda.documents.package import open_docx
from renda.reports.draft.model import Edit
from renda.reports.papers.flow import Flow, flow_of
from renda.reports.papers.inplace import Editor
from renda.reports.papers.remarks import Remarks
from renda.reports.papers.write import save, stamp

from .answering import Spot, answer_spots
from .grammar import PLACEHOLDER
from .result import Filled

if TYPE_CHECKING:
    from docx.document import Document

    from renda.directory.gate import Actor
    from renda.directory.models import Division

BODY, BOX, MARGINS, NOTES = "正文", "文本框", "页眉页脚", "脚注"
_P, _BOX = qn("w:p"), qn("w:txbxContent")
_MARGIN_PART, _NOTE_PART = re.compile(r"/word/(?:header|footer)\d*\.xml"), re.compile(r"/word/(?:foot|end)notes\.xml")
_AROUND = 20


@dataclass
class _Paragraph:
    """A paragraph that has placeholders."""

    flow: Flow
    place: str
    found: list[re.Match[str]]


def render_template(path: Path, out: Path, *, year: int, division: Division | None, actor: Actor) -> list[Filled]:
    """Fill the placeholders of the .docx `path` for `year` and write it to `out`; what became of each, in order.

    What is open or not understood keeps its words, highlighted and followed by 〔待核〕. Raises Unreadable, and PermissionDenied outside
    the actor's scope.
    """
    document = open_docx(path)
    notes = _note_parts(document)
    paragraphs = [
        *_paragraphs(document.element.body, BODY),
        *(one for root in _margins(document) for one in _paragraphs(root, MARGINS)),
        *(one for _part, root in notes for one in _paragraphs(root, NOTES)),
    ]
    spots = [_spot(paragraph, match) for paragraph in paragraphs for match in paragraph.found]
    results = answer_spots(spots, year=year, division=division, actor=actor)
    _write(document, paragraphs, results)
    for part, root in notes:
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    stamp(document)
    save(document, out)
    return results


def _paragraphs(root: Any, place: str) -> Iterator[_Paragraph]:
    for element in root.iter(_P):
        flow = flow_of([element])
        found = list(PLACEHOLDER.finditer(flow.text))
        if found:
            boxed = next(element.iterancestors(_BOX), None) is not None
            yield _Paragraph(flow, BOX if boxed else place, found)


def _spot(paragraph: _Paragraph, match: re.Match[str]) -> Spot:
    text = paragraph.flow.text
    ahead, behind = text[max(0, match.start() - _AROUND) : match.start()], text[match.end() : match.end() + _AROUND]
    return Spot(match[0], match["inside"], ahead, behind, paragraph.place)


def _write(document: Document, paragraphs: list[_Paragraph], results: list[Filled]) -> None:
    """Write the results; comments only in the body, as Word allows them nowhere else."""
    remarks, rest = Remarks(document), iter(results)
    for paragraph in paragraphs:
        filled = [next(rest) for _ in paragraph.found]
        edits = [
            Edit(match.start(), match.end(), one.text, "figure", one.marked, one.comment)
            for match, one in zip(paragraph.found, filled, strict=True)
        ]
        for edit, runs in zip(edits, Editor(paragraph.flow).apply(edits), strict=True):
            if paragraph.place == BODY:
                remarks.add(edit.comment, runs)


def _margins(document: Document) -> Iterator[Any]:
    """The headers and footers."""
    for part in document.part.package.iter_parts():
        if _MARGIN_PART.fullmatch(str(part.partname)) and hasattr(part, "element"):
            yield part.element


def _note_parts(document: Document) -> list[tuple[Any, Any]]:
    """The footnotes and endnotes, which python-docx leaves as bytes."""
    parts = document.part.package.iter_parts()
    return [(part, parse_xml(part.blob)) for part in parts if _NOTE_PART.fullmatch(str(part.partname))]
