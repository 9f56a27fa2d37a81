"""Word files for tests: small ones as an office might have written them, and hostile ones."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from PIL import Image

from renda.reports.draft.model import Draft, Edit

WRAPPERS = ("", "hyperlink", "ins", "del", "smartTag")


def add_run(paragraph: Any, text: str, *, bold: bool = False, wrapper: str = "") -> Any:
    """A run, inside a link, a tracked change or a smart tag where `wrapper` says so."""
    run = paragraph.add_run(text)
    run.bold = bold
    if wrapper:
        box: Any = OxmlElement(f"w:{wrapper}")
        if wrapper in ("ins", "del"):
            box.set(qn("w:id"), "900")
            box.set(qn("w:author"), "某人")
        run._r.addprevious(box)
        box.append(run._r)
        if wrapper == "del":
            for text_element in run._r.findall(qn("w:t")):
                text_element.tag = qn("w:delText")
    return run


def picture() -> io.BytesIO:
    """A small red picture."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "PNG")
    file.seek(0)
    return file


def report(path: Path) -> None:
    """A report with its own face: a title, numbers split over runs, a table, a picture, a header."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "清河县人大常委会"
    document.add_heading("关于2020年工作情况的报告", level=1)
    body = document.add_paragraph("全年听取专项工作报告")
    add_run(body, "1", bold=True)
    add_run(body, "2", bold=True)
    add_run(body, "项，开展执法检查3次。")
    body.add_run().add_picture(picture())
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "代表建议"
    table.cell(0, 2).text = "件数"
    for column, words in enumerate(("办结", "60", "60")):
        table.cell(1, column).text = words
    document.add_paragraph("清河县人大常委会党组")
    document.save(str(path))


def draft(source: str, *edits: Edit) -> Draft:
    """A draft of a text with these edits."""
    return Draft(source, 2020, 2021, "", [], list(edits))


def edit(source: str, old: str, new: str, *, marked: bool = False, comment: str = "说明", nth: int = 0) -> Edit:
    """The edit that writes `new` for the nth `old`."""
    start = -1
    for _ in range(nth + 1):
        start = source.index(old, start + 1)
    return Edit(start, start + len(old), new, "figure", marked, comment, 1)


def rewritten(path: Path, out: Path, changes: dict[str, bytes]) -> Path:
    """A copy of a package with some of its parts replaced or added."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for item in archive.infolist():
            if item.filename not in changes:
                copy.writestr(item, archive.read(item))
        for name, data in changes.items():
            copy.writestr(name, data)
    return out


def part(path: Path, name: str) -> bytes:
    """A part of a package."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)
