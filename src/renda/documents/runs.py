"""Runs of a Word paragraph: making, splitting and marking them, formats kept."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any, cast

from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.text.run import Run

_T, _R_PROPERTIES, _P_PROPERTIES, _SECTION = qn("w:t"), qn("w:rPr"), qn("w:pPr"), qn("w:sectPr")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_COPIED = tuple(qn(tag) for tag in ("w:sectPr", "w:numPr", "w:pageBreakBefore", "w:pPrChange", "w:framePr"))


def clean(text: str) -> str:
    """The text without control characters that no XML may hold."""
    return _NOT_XML.sub("", text)


def new_run(text: str, like: Any = None) -> Any:
    """A run (w:r) with a text, in the format of another run."""
    run = cast(Any, OxmlElement("w:r"))
    properties = like.find(_R_PROPERTIES) if like is not None else None
    if properties is not None:
        run.append(deepcopy(properties))
    run.text = clean(text)
    return run


def new_paragraph(text: str, like: Any) -> Any:
    """A paragraph (w:p) with a text, in the format of another paragraph and its first run; numbering and sections are not copied."""
    paragraph = cast(Any, OxmlElement("w:p"))
    properties = like.find(_P_PROPERTIES)
    if properties is not None:
        properties = deepcopy(properties)
        for tag in _NOT_COPIED:
            for element in properties.findall(tag):
                properties.remove(element)
        paragraph.append(properties)
    paragraph.append(new_run(text, first_run(like)))
    return paragraph


def first_run(paragraph: Any) -> Any:
    """The first run with text of a paragraph, else its first run, else None."""
    runs = list(paragraph.iter(qn("w:r")))
    return next((run for run in runs if run.find(_T) is not None), runs[0] if runs else None)


def split(node: Any, at: int) -> Any:
    """Let a new run begin at offset `at` of a text element; the element that now holds what follows, None where nothing does."""
    run = node.getparent()
    if node.tag == _T and 0 < at < len(node.text or ""):
        right = deepcopy(node)
        _write(right, node.text[at:])
        _write(node, node.text[:at])
        node.addnext(right)
    else:
        right = node if at <= 0 else node.getnext()
    if right is None or not [child for child in right.itersiblings(preceding=True) if child.tag != _R_PROPERTIES]:
        return right
    other = run.makeelement(run.tag, dict(run.attrib))
    properties = run.find(_R_PROPERTIES)
    if properties is not None:
        other.append(deepcopy(properties))
    for child in [right, *right.itersiblings()]:
        other.append(child)
    run.addnext(other)
    return right


def _write(node: Any, text: str) -> None:
    node.text = text
    node.set(_SPACE, "preserve")


def drop(node: Any) -> None:
    """Take a text element away, and its run where nothing else is in it."""
    run = node.getparent()
    run.remove(node)
    if all(child.tag == _R_PROPERTIES for child in run):
        run.getparent().remove(run)


def highlight(run: Any) -> None:
    """Mark a run (w:r) yellow."""
    Run(run, cast(Any, None)).font.highlight_color = WD_COLOR_INDEX.YELLOW
