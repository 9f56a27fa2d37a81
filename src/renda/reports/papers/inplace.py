"""Writing a draft into the very .docx it came from: only what changes is touched, every format, picture, table and header stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import qn

from renda.documents.runs import drop, first_run, highlight, new_paragraph, new_run, split
from renda.reports.draft.model import PENDING, Edit

from .flow import Flow, Piece

_TBL, _P_PROPERTIES = qn("w:tbl"), qn("w:pPr")
_OF_A_NUMBER = frozenset("0123456789０１２３４５６７８９零〇一二三四五六七八九十百千万亿两.,，．%％XxＸｘ×余多近")


class Editor:
    """Carries out edits in a document whose text was read as `flow`. Edits are sorted and disjoint; each is done once."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.text = flow.text
        self._before: dict[Any, Any] = {}

    def apply(self, edits: Sequence[Edit]) -> list[list[Any]]:
        """Carry them out; for each edit the runs (w:r) that now show it, for its comment. From the last to the first, so that
        the offsets of those still to be done hold."""
        shown = [self._apply(edit) for edit in reversed(edits)]
        return shown[::-1]

    def _apply(self, edit: Edit) -> list[Any]:
        if edit.own_line:
            runs = self._paragraph(edit)
        elif edit.start == edit.end or not self._nodes(edit):
            runs = [self._insert(edit.start, edit.text)]
        else:
            runs = self._replace(edit.start, edit.end, edit.text)
        if edit.marked:
            pending = new_run(PENDING, runs[-1])
            runs[-1].addnext(pending)
            runs.append(pending)
            for run in runs:
                highlight(run)
        return runs

    def _nodes(self, edit: Edit) -> bool:
        return any(piece.node is not None for piece in self.flow.covering(edit.start, edit.end))

    def _paragraph(self, edit: Edit) -> list[Any]:
        """A paragraph of its own; beside a table's cell it goes before or after the whole table."""
        beside = self.flow.place(edit.start).element
        like = beside
        for table in beside.iterancestors(_TBL):
            beside = table
        paragraph = new_paragraph(edit.text, like)
        if edit.own_line == "after":
            beside.addnext(paragraph)
        else:
            self._before.get(beside, beside).addprevious(paragraph)
            self._before[beside] = paragraph
        return [paragraph.findall(qn("w:r"))[-1]]

    def _insert(self, offset: int, text: str) -> Any:
        """A run at an offset, in the format of what stands before it in the paragraph, else of what follows."""
        place = self.flow.place(offset)
        left = [piece for piece in self.flow.covering(max(place.start, offset - 1), offset) if piece.node is not None]
        if left:
            piece = left[-1]
            split(piece.node, piece.at + offset - piece.start)
            beside = piece.node.getparent()
            run = new_run(text, beside)
            beside.addnext(run)
            return run
        right = [p for p in self.flow.covering(offset, min(place.end, offset + 1)) if p.node is not None]
        if right and right[0].node.getparent() is not None:
            return self._insert_before(right[0], text)
        return self._begin(place.element, new_run(text, first_run(place.element)))

    def _insert_before(self, piece: Piece, text: str) -> Any:
        """A run before a piece, and before what was inserted there already."""
        after = split(piece.node, piece.at)
        beside = (piece.node if after is None else after).getparent()
        run = new_run(text, beside)
        if after is None:
            beside.addnext(run)
        else:
            self._before.get(after, beside).addprevious(run)
            self._before[after] = run
        return run

    def _begin(self, paragraph: Any, run: Any) -> Any:
        properties = paragraph.find(_P_PROPERTIES)
        if properties is not None:
            properties.addnext(run)
        else:
            paragraph.insert(0, run)
        return run

    def _replace(self, start: int, end: int, text: str) -> list[Any]:
        """New words for old ones. Words that stay, stay in their own runs; numbers are never cut."""
        head, tail = _kept(self.text[start:end], text)
        words = text[head : len(text) - tail]
        after = self._isolate(end - tail, end)
        middle = self._isolate(start + head, end - tail)
        before = self._isolate(start, start + head)
        new = []
        if words or not (before or after):
            new = [self._written(words, before, middle, after)]
        kept_before, kept_after = _runs(before), _runs(after)
        for node in middle:
            drop(node)
        return [*kept_before, *new, *kept_after]

    def _written(self, words: str, before: list[Any], middle: list[Any], after: list[Any]) -> Any:
        beside = (middle or after or before)[0 if middle or after else -1].getparent()
        run = new_run(words, beside)
        if middle or after:
            beside.addprevious(run)
        else:
            beside.addnext(run)
        return run

    def _isolate(self, start: int, end: int) -> list[Any]:
        """The text elements that hold [start, end) exactly, in runs that hold nothing else of the text."""
        if start >= end:
            return []
        pieces = [piece for piece in self.flow.covering(start, end) if piece.node is not None]
        if not pieces:
            return []
        last = pieces[-1]
        split(last.node, last.at + min(end, last.end) - last.start)
        first = pieces[0]
        begun = split(first.node, first.at + max(start, first.start) - first.start)
        return [begun, *(piece.node for piece in pieces[1:])]


def _runs(nodes: Sequence[Any]) -> list[Any]:
    return list(dict.fromkeys(node.getparent() for node in nodes))


def _kept(old: str, new: str) -> tuple[int, int]:
    """How many code points at the beginning and the end both have, not reaching into a number."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head] and (old == new or old[head] not in _OF_A_NUMBER):
        head += 1
    tail = 0
    while (
        tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail] and old[-1 - tail] not in _OF_A_NUMBER
    ):  # fmt: skip
        tail += 1
    return head, tail
