"""The plain text of a Word document together with the places where each of its code points stands.

Paragraphs and table rows in the order of the text, one a line; the cells of a row are parted by a tab, a merged cell counts once.
Tracked insertions, links and content controls are text, tracked deletions and field codes are not. What reads a report and what
writes into it walk the document by this one function, so that an offset means the same to both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document

_TRANSPARENT = frozenset(
    qn(tag) for tag in ("w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:fldSimple", "w:customXml", "w:sdt", "w:sdtContent")
)
_SIGNS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_P, _R, _T, _BR, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "r", "t", "br", "tbl", "tr", "tc"))
_SDT, _SDT_CONTENT, _CUSTOM = qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")
_SDT_PROPERTIES, _GALLERY, _TYPE, _VALUE = qn("w:sdtPr"), qn("w:docPartGallery"), qn("w:type"), qn("w:val")


@dataclass
class Piece:
    """Text that stands in one element (w:t, w:tab, w:br …) from `at` on; `node` is None for what parts paragraphs and cells."""

    start: int
    text: str
    node: Any = None
    at: int = 0

    @property
    def end(self) -> int:
        """The offset after its last code point."""
        return self.start + len(self.text)


@dataclass
class Place:
    """A paragraph and the offsets of its text."""

    start: int
    end: int
    element: Any


@dataclass
class Flow:
    """A document's text and where it stands. Pieces are in order, without gaps."""

    pieces: list[Piece] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """The plain text."""
        return "".join(piece.text for piece in self.pieces)

    def covering(self, start: int, end: int) -> list[Piece]:
        """The pieces that hold code points of [start, end)."""
        first = max(0, bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1)
        found = []
        for piece in self.pieces[first:]:
            if piece.start >= end:
                break
            if piece.end > start:
                found.append(piece)
        return found

    def place(self, offset: int) -> Place:
        """The paragraph around an offset; one with text rather than an empty one of the same cell."""
        last = max(0, bisect_right(self.places, offset, key=lambda place: place.start) - 1)
        for place in map(self.places.__getitem__, range(last, -1, -1)):
            if place.end < offset:
                break
            if place.start < place.end:
                return place
        return self.places[last]

    def add(self, text: str, node: Any = None, at: int = 0) -> None:
        """Append text."""
        if text:
            self.pieces.append(Piece(self.length, text, node, at))
            self.length += len(text)


def read_flow(document: Document) -> Flow:
    """The flow of a document's body."""
    return flow_of(_blocks(document.element.body))


def flow_of(blocks: Iterable[Any]) -> Flow:
    """The flow of some paragraphs and tables."""
    flow = Flow()
    for number, line in enumerate(_lines(blocks)):
        if number:
            flow.add("\n")
        if line.tag == _P:
            _add_paragraph(flow, line)
        else:
            _add_row(flow, line)
    return flow


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables, those in content controls too; a table of contents is made by Word and left out."""
    for child in parent:
        if child.tag in (_P, _TBL):
            yield child
        elif child.tag in (_SDT, _CUSTOM, _SDT_CONTENT) and not _table_of_contents(child):
            yield from _blocks(child)


def _table_of_contents(control: Any) -> bool:
    properties = control.find(_SDT_PROPERTIES)
    return properties is not None and any("Contents" in (one.get(_VALUE) or "") for one in properties.iter(_GALLERY))


def _lines(blocks: Iterable[Any]) -> Iterator[Any]:
    for block in blocks:
        if block.tag == _P:
            yield block
        else:
            yield from _within(block, _TR)


def _within(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, content controls around them looked through."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (_SDT, _CUSTOM, _SDT_CONTENT):
            yield from _within(child, tag)


def _add_paragraph(flow: Flow, paragraph: Any) -> None:
    start = flow.length
    for text, node in texts(paragraph):
        flow.add(text, node)
    flow.places.append(Place(start, flow.length, paragraph))


def _add_row(flow: Flow, row: Any) -> None:
    for number, cell in enumerate(_within(row, _TC)):
        if number:
            flow.add("\t")
        _add_cell(flow, cell)


def _add_cell(flow: Flow, cell: Any) -> None:
    """A cell's paragraphs (those of tables in it too), parted by blanks, without blanks at its ends."""
    inside = Flow()
    for number, paragraph in enumerate(_cell_paragraphs(cell)):
        if number:
            inside.add(" ")
        place = Place(inside.length, 0, paragraph)
        for text, node in texts(paragraph):
            inside.add(text.replace("\n", " "), node)
        place.end = inside.length
        inside.places.append(place)
    text = inside.text
    first = len(text) - len(text.lstrip())
    last = max(first, len(text.rstrip()))
    base = flow.length - first
    for piece in inside.pieces:
        cut = max(0, first - piece.start)
        flow.add(piece.text[cut : max(cut, last - piece.start)], piece.node, piece.at + cut)
    for place in inside.places:
        begin, end = (base + min(max(offset, first), last) for offset in (place.start, place.end))
        flow.places.append(Place(begin, end, place.element))


def _cell_paragraphs(cell: Any) -> Iterator[Any]:
    for block in _blocks(cell):
        if block.tag == _P:
            yield block
            continue
        for row in _within(block, _TR):
            for inner in _within(row, _TC):
                yield from _cell_paragraphs(inner)


def texts(parent: Any) -> Iterator[tuple[str, Any]]:
    """The texts of a paragraph with the elements that hold them, in order."""
    for child in parent:
        if child.tag == _R:
            yield from _run_texts(child)
        elif child.tag in _TRANSPARENT:
            yield from texts(child)


def _run_texts(run: Any) -> Iterator[tuple[str, Any]]:
    for child in run:
        if child.tag == _T:
            text = (child.text or "").replace("\r", "\n")
        elif child.tag == _BR:
            text = "\n" if child.get(_TYPE) in (None, "textWrapping") else ""
        else:
            text = _SIGNS.get(child.tag, "")
        if text:
            yield text, child
