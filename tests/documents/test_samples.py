"""Samples of templates as PDF are made once; a changed template has its own."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest

from renda.documents import pdf, samples
from renda.documents import registry as templates


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What LibreOffice was asked for, in a data folder of the test's own."""
    asked: list[Path] = []

    def to_pdf(docx: Path, target: Path, **_more: Any) -> None:
        asked.append(docx)
        target.write_bytes(b"%PDF-" + str(len(asked)).encode())

    monkeypatch.setattr(samples, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(pdf, "to_pdf", to_pdf)
    return asked


def test_a_sample_is_made_once_and_anew_for_another_content(made: list[Path], tmp_path: Path) -> None:
    one, other = templates.get("petition.notice"), templates.get("petition.forward")
    shipped = one.shipped.read_bytes()
    assert samples.as_pdf(one, shipped) == samples.as_pdf(one, shipped) == b"%PDF-1"
    changed, held = docx.Document(io.BytesIO(shipped)), io.BytesIO()
    changed.add_paragraph("本县自己的一句话。")
    changed.save(held)
    assert samples.as_pdf(one, held.getvalue()) == b"%PDF-2"
    assert samples.as_pdf(other, other.shipped.read_bytes()) == b"%PDF-3"
    assert len(made) == 3
    assert len(list((tmp_path / "samples").glob("*.pdf"))) == 3


def test_what_could_not_be_made_leaves_nothing(made: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: Any, **_more: Any) -> None:
        raise pdf.NoPdf("没有安装")

    monkeypatch.setattr(pdf, "to_pdf", fails)
    template = templates.get("petition.notice")
    with pytest.raises(pdf.NoPdf):
        samples.as_pdf(template, template.shipped.read_bytes())
    assert [path.name for path in (tmp_path / "samples").iterdir()] == [".lock"]


def test_only_so_many_are_kept(made: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "MOST", 2)
    for code in ("notice", "forward", "assign"):
        template = templates.get(f"petition.{code}")
        samples.as_pdf(template, template.shipped.read_bytes())
    assert len(list((tmp_path / "samples").glob("*.pdf"))) == 2
