"""A template that ships with the platform as a file: the same text always gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

EPOCH = (2022, 5, 1, 0, 0, 0)
"""The day that the parts of a shipped template bear."""


def packed(document: Document, title: str) -> bytes:
    """The document as .docx under this title, without an author, its parts in one order and of one day."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = title
    properties.created = properties.modified = datetime(*EPOCH)  # noqa: DTZ001
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in sorted(old.infolist(), key=lambda one: (one.filename != "[Content_Types].xml", one.filename)):
            new.writestr(zipfile.ZipInfo(item.filename, EPOCH), old.read(item), zipfile.ZIP_DEFLATED)
    return out.getvalue()
