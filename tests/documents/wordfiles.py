"""Small Word files for the tests of templates."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx

from renda.documents.registry import Sender, Template, Word

WORDS = (
    Word("信访人", "姓名", "周大勇", secret=True),
    Word("事项", "标题", "道路积水"),
    Word("说明", "可以有几段", "第一段\n第二段"),
    Word("附件", "每行一件", ("来信", "照片"), many=True),
)


def word_file(*paragraphs: str, header: str = "", title: str = "") -> bytes:
    """A .docx with these paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.title = title
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    """The file with one part added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            if item.filename != name:
                new.writestr(item, old.read(item))
        new.writestr(name, data)
    return out.getvalue()


def part(content: bytes, name: str) -> bytes:
    """One part of the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def texts(content: bytes) -> list[str]:
    """The paragraphs of a .docx."""
    return [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]


def letter(folder: Path, **more: Any) -> Template:
    """A letter of the tests' own, declared nowhere."""
    shipped = folder / "shipped.docx"
    shipped.write_bytes(word_file("{{ 事项 }}"))
    parts: dict[str, Any] = {
        "code": "test.letter", "name": "测试函", "to": "单位", "words": WORDS, "shipped": shipped, "values": dict, "sender": Sender,
    }  # fmt: skip
    return Template(**{**parts, **more})
