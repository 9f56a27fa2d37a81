"""Word comments: one element each in the comments part, anchored on runs of the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt

from renda.core import clock
from renda.documents.runs import clean, new_run

if TYPE_CHECKING:
    from docx.document import Document

AUTHOR, INITIALS = "人大工作平台", "人大"
_LARGEST = 2**31 - 1


class Remarks:
    """The comments of a document; those that stand in it already are kept."""

    def __init__(self, document: Document) -> None:
        self._part: Any = document.comments._comments_elm
        used = [int(one) for one in self._part.xpath("./w:comment/@w:id") if one.lstrip("-").isdigit()]
        self._next = max([-1, *(one for one in used if one < _LARGEST // 2)]) + 1
        self._text_style = _style(document, "annotation text", "CommentText", WD_STYLE_TYPE.PARAGRAPH)
        self._mark_style = _style(document, "annotation reference", "CommentReference", WD_STYLE_TYPE.CHARACTER)
        self._stamp = clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def add(self, text: str, runs: Sequence[Any]) -> None:
        """Comment on the runs from the first to the last of `runs` (w:r), which may stand in different paragraphs."""
        number, self._next = str(self._next), self._next + 1
        self._part.append(self._comment(number, text))
        runs[0].addprevious(_element("w:commentRangeStart", number))
        reference = self._marked(_element("w:commentReference", number))
        runs[-1].addnext(reference)
        reference.addprevious(_element("w:commentRangeEnd", number))

    def _comment(self, number: str, text: str) -> Any:
        comment = _element("w:comment", number)
        comment.set(qn("w:author"), AUTHOR)
        comment.set(qn("w:date"), self._stamp)
        comment.set(qn("w:initials"), INITIALS)
        for line, words in enumerate(clean(text).split("\n")):
            paragraph = OxmlElement("w:p")
            properties = OxmlElement("w:pPr")
            properties.append(OxmlElement("w:pStyle", attrs={qn("w:val"): self._text_style}))
            paragraph.append(properties)
            if not line:
                paragraph.append(self._marked(OxmlElement("w:annotationRef")))
            paragraph.append(new_run(words))
            comment.append(paragraph)
        return comment

    def _marked(self, element: Any) -> Any:
        run = cast(Any, OxmlElement("w:r"))
        run.get_or_add_rPr().style = self._mark_style
        run.append(element)
        return run


def _element(tag: str, number: str) -> Any:
    return OxmlElement(tag, attrs={qn("w:id"): number})


def _style(document: Document, name: str, identifier: str, kind: WD_STYLE_TYPE) -> str:
    """The identifier of Word's own style for comments in this document (it differs by Word's language), added where it lacks."""
    for style in document.styles.element.findall(qn("w:style")):
        named = style.find(qn("w:name"))
        if named is not None and (named.get(qn("w:val")) or "").lower() == name:
            return str(style.get(qn("w:styleId")))
    added = document.styles.add_style(name, kind, builtin=True)
    added.element.set(qn("w:styleId"), identifier)
    added.font.size = Pt(10.5)  # 五号, Word's own for comments
    return identifier
