"""`write_docx`: a draft on paper, in the .docx it came from or laid out by the standard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from renda.core import clock
from renda.reports.draft.model import Draft

from .heading import Heading

if TYPE_CHECKING:
    from docx.document import Document


class SourceChanged(ValueError):
    """The .docx is not the one that the draft was made from; the message (Chinese) says what to do."""


def write_docx(draft: Draft, path: Path, *, source: Path | None = None, heading: Heading | None = None) -> None:
    """Write the draft as a Word document, a comment on each edit, open places yellow and followed by 〔待核〕.

    A `source` that is a .docx is edited in place and keeps its styles; any other (or none) is laid out by GB/T 9704. Raises Unreadable
    and SourceChanged; a file at `path` is replaced only when all has succeeded.
    """
    heading = heading or Heading()
    if source is not None and source.suffix.lower() == ".docx":
        document = _edited(draft, source, heading)
    else:
        from .official import official_document

        document = official_document(draft, heading, markdown=source is not None and source.suffix.lower() == ".md")
    stamp(document)
    save(document, path)


def _edited(draft: Draft, source: Path, heading: Heading) -> Document:
    from renda.documents.package import open_docx

    from .flow import read_flow
    from .inplace import Editor
    from .remarks import Remarks

    document = open_docx(source)
    editor = Editor(read_flow(document))
    if editor.text != draft.source:
        raise SourceChanged(f"{source.name} 的内容与起草时不同，不能照原样写回。请重新识别后再生成。")
    shown = editor.apply(draft.edits)
    remarks = Remarks(document)
    for edit, runs in zip(draft.edits, shown, strict=True):
        remarks.add(edit.comment, runs)
    if heading.note:
        document.add_paragraph(f"（{heading.note}）")
    return document


def stamp(document: Any) -> None:
    """Say who changed the document and when."""
    from .remarks import AUTHOR

    now = clock.now().replace(tzinfo=None)
    document.core_properties.last_modified_by = AUTHOR
    document.core_properties.modified = now


def save(document: Any, path: Path) -> None:
    """Write the document whole or not at all."""
    partial = path.with_name(f".{path.name}.{uuid4().hex}.tmp")
    try:
        document.save(str(partial))
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
