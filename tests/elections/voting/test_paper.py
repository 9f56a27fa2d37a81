"""The ballot on paper: what stands on it, and that every copy is the same."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from renda.documents.pdf import NoPdf
from renda.elections.counting import settling
from renda.elections.models import VoteRound
from renda.elections.voting import paper, rounds
from tests.elections.voting import desk as desks
from tests.elections.voting.desk import DAY, Desk, figures

pytest.importorskip("typst")
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """The office."""
    return desks.make()


def text_of(content: bytes, folder: Path) -> str:
    """The words of a PDF."""
    (folder / "ballot.pdf").write_bytes(content)
    return subprocess.run(["pdftotext", "-layout", folder / "ballot.pdf", "-"], capture_output=True, text=True, check=True).stdout


def pictures(content: bytes, folder: Path) -> list[str]:
    """A digest of the picture of each page."""
    (folder / "ballot.pdf").write_bytes(content)
    subprocess.run(["pdftoppm", "-r", "60", "-png", folder / "ballot.pdf", folder / "page"], check=True)
    return [hashlib.sha256(one.read_bytes()).hexdigest() for one in sorted(folder.glob("page*.png"))]


needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")


@needs_poppler
def test_what_stands_on_a_ballot(desk: Desk, tmp_path: Path) -> None:
    said = text_of(paper.pdf(desk.open(), extra=["请在秘密写票处填写。"]), tmp_path)
    assert "清河县第十二届人民代表大会代表选票" in said
    assert "第一选区" in said
    assert re.search(r"甲.*乙.*丙", said, re.DOTALL)
    assert said.count("另选：") == 2
    assert "多于 2 名的作废" in said
    assert "第四十四条第二款" in said
    assert "请在秘密写票处填写" in said


@needs_poppler
@pytest.mark.parametrize("size", [paper.A5, paper.A4])
def test_every_copy_is_the_same(desk: Desk, tmp_path: Path, size: str) -> None:
    content = paper.pdf(desk.open(), size=size, copies=6)
    pages = pictures(content, tmp_path)
    assert len(pages) == (6 if size == paper.A5 else 3)
    assert len(set(pages)) == 1
    assert paper.pdf(VoteRound.objects.get(), size=size, copies=6) == content  # nor does the file tell when it was made


@needs_poppler
def test_a_vote_among_equal_ones_has_no_line_for_others(desk: Desk, tmp_path: Path) -> None:
    one = desk.open()
    desk.vote(one, persons=2000)
    desk.count(one, figures(2000, 0, 甲=1400, 乙=1100, 丙=1100))
    then = rounds.open_next(settling.settle(one, actor=desk.clerk), day=DAY, actor=desk.clerk)
    said = text_of(paper.pdf(then), tmp_path)
    assert "另选：" not in said
    assert "再次投票" in said
    assert "甲" not in re.sub("甲子", "", said)


def test_too_many_copies_are_refused(desk: Desk) -> None:
    with pytest.raises(NoPdf, match="一次生成 1 至 2000 张"):
        paper.pdf(desk.open(), copies=2001)
