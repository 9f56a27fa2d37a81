"""Samples of templates as PDF: made once per content of the template and kept in the data folder, since LibreOffice takes seconds for each."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from renda import __version__
from renda.core.datafolder import data_folder, private_folder
from renda.documents import pdf, rendering
from renda.documents.registry import Template

FOLDER = "samples"
MOST = 200
"""How many are kept; the ones that were not asked for the longest go."""
SECONDS = 60.0


def as_pdf(template: Template, content: bytes) -> bytes:
    """The sample of a template with this content. Raises ``pdf.NoPdf`` where none can be made."""
    kept = private_folder(data_folder() / FOLDER) / f"{_name(template, content)}.pdf"
    if not kept.is_file():
        with _one_at_a_time(kept):
            if not kept.is_file():
                _make(template, content, kept)
                _tidy(kept.parent)
    os.utime(kept)
    return kept.read_bytes()


def _name(template: Template, content: bytes) -> str:
    """What the sample depends on, as one digest: the template, what fills it, the program."""
    filling = json.dumps(template.samples(), ensure_ascii=False, sort_keys=True, default=str)
    said = f"{__version__}\x1f{template.code}\x1f{template.name}\x1f{filling}\x1f{hashlib.sha256(content).hexdigest()}"
    return hashlib.sha256(said.encode()).hexdigest()


def _make(template: Template, content: bytes, kept: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=".new-", dir=kept.parent) as folder:
        paper = Path(folder) / "sample.docx"
        paper.write_bytes(rendering.render(content, template.samples(), title=template.name))
        pdf.to_pdf(paper, paper.with_suffix(".pdf"), timeout=SECONDS)
        paper.with_suffix(".pdf").replace(kept)


@contextmanager
def _one_at_a_time(kept: Path) -> Iterator[None]:
    """Whoever asks for a sample that is being made waits for it, and does not make it a second time."""
    with (kept.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _tidy(folder: Path) -> None:
    kept = sorted(folder.glob("*.pdf"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[MOST:]:
        path.unlink(missing_ok=True)
