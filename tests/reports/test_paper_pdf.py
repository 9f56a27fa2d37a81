"""PDF by LibreOffice: every word, the right faces, several at once, nothing fetched; a clear line where it cannot be made."""

from __future__ import annotations

import http.server
import os
import random
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from renda.documents import pdf
from renda.reports.papers import Heading, NoPdf, can_make_pdf, to_pdf, write_docx
from renda.reports.recognise.source import Unreadable, read

from .wordfiles import draft, picture

MISSING = "LibreOffice or poppler-utils is not installed"
HAVE = can_make_pdf() and shutil.which("pdftotext") is not None


@pytest.fixture
def office() -> None:
    """A machine with LibreOffice; on CI it must have it."""
    if not HAVE:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)


def tool(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def long_text() -> str:
    """Pages of Chinese with punctuation at many places of a line."""
    dice = random.Random(7)
    signs = "县人大常委会依法监督听取报告组织视察调研代表建议办理落实群众意见工作情况年度全面加强推进提升"
    paragraphs = ["关于2021年工作情况的报告", "县委："]
    for number in range(24):
        clauses = [
            "".join(dice.choices(signs, k=dice.randint(4, 17))) + str(dice.randint(1, 99)) * (dice.random() < 0.2)
            for _ in range(14)
        ]
        body = "".join(clause + dice.choice("，、；。") for clause in clauses)[:-1] + "。"
        paragraphs += [f"（{'一二三四五六七八九十'[number // 3]}）{clauses[0]}"] * (number % 3 == 0) + [body]
    return "\n".join([*paragraphs, "中共清河县人大常委会党组", "2021年12月28日"])


@pytest.mark.usefixtures("office")
def test_every_word_is_in_the_pdf_and_the_page_is_the_standards(tmp_path: Path) -> None:
    paper, printed = tmp_path / "paper.docx", tmp_path / "paper.pdf"
    text = long_text()
    write_docx(draft(text), paper, heading=Heading())
    to_pdf(paper, printed)
    words = tool("pdftotext", "-layout", str(printed), "-")
    pages = words.rstrip("\f").split("\f")
    assert squeezed(re.sub(r"— ?\d+ ?—", "", words)) == squeezed(text)
    body = [line for line in pages[1].splitlines() if line.strip()]
    assert len(body) == 22 + 1  # and the page number
    assert max(len(line.strip()) for line in body) >= 28
    assert [re.sub(" ", "", page.rstrip().splitlines()[-1]) for page in pages] == [f"—{n + 1}—" for n in range(len(pages))]
    assert "(A4)" in tool("pdfinfo", str(printed))
    faces = tool("pdffonts", str(printed))
    assert "DejaVu" not in faces
    assert len([line for line in faces.splitlines()[2:] if " yes " in line]) >= 2


@pytest.mark.usefixtures("office")
def test_commas_of_another_offices_document_are_not_lost_in_the_margin(tmp_path: Path) -> None:
    source, printed = tmp_path / "in.docx", tmp_path / "out.pdf"
    document = docx.Document()
    for line in long_text().split("\n"):
        document.add_paragraph(line).alignment = 3  # justified
    document.save(str(source))
    to_pdf(source, printed)
    assert squeezed(tool("pdftotext", str(printed), "-")) == squeezed(read(source))


@pytest.mark.usefixtures("office")
def test_several_at_once_without_a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME", raising=False)
    paper = tmp_path / "paper.docx"
    write_docx(draft("全年开会12次。"), paper)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda number: to_pdf(paper, tmp_path / f"{number}.pdf"), range(2)))
    assert [tool("pdftotext", str(tmp_path / f"{number}.pdf"), "-").count("全年开会") for number in range(2)] == [1, 1]


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A server on this machine that notes who asks it for anything."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], asked
    server.shutdown()


TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"


@pytest.mark.usefixtures("office")
def test_a_hostile_document_makes_nothing_be_fetched(tmp_path: Path, listener: tuple[int, list[str]]) -> None:
    port, asked = listener
    secret = tmp_path / "secret.png"
    secret.write_bytes(picture().read())
    document = docx.Document()
    for target in (f"http://127.0.0.1:{port}/a.png", secret.as_uri()):
        run = document.add_paragraph("正文").add_run()
        run.add_picture(picture())
        (blip,) = run._r.iter(qn("a:blip"))
        del blip.attrib[qn("r:embed")]
        blip.set(qn("r:link"), document.part.relate_to(target, RELATIONSHIP_TYPE.IMAGE, is_external=True))
    lent = document.part._settings_part.relate_to(f"http://127.0.0.1:{port}/t.dotx", TEMPLATE, is_external=True)
    document.settings.element.insert(0, OxmlElement("w:attachedTemplate", attrs={qn("r:id"): lent}))
    source, printed = tmp_path / "in.docx", tmp_path / "out.pdf"
    document.save(str(source))
    to_pdf(source, printed)
    assert tool("pdftotext", str(printed), "-").count("正文") == 2
    assert asked == []
    assert "image" not in tool("pdfimages", "-list", str(printed)).split("\n", 2)[2]


def test_without_libreoffice_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_PROGRAMS", ("no-such-program",))
    assert not can_make_pdf()
    with pytest.raises(NoPdf, match="libreoffice-writer-nogui"):
        to_pdf(tmp_path / "a.docx", tmp_path / "a.pdf")


def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A program in LibreOffice's place, and a paper for it."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(pdf, "_PROGRAMS", (str(program),))
    paper = tmp_path / "paper.docx"
    write_docx(draft("全年开会12次。"), paper)
    return paper


def ended(process: int) -> bool:
    """Whether a process is gone (or dead and not yet collected)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except FileNotFoundError:
        return True


def test_what_hangs_is_ended_with_all_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = fake(tmp_path, monkeypatch, f"sleep 60 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(NoPdf, match="已停止"):
        to_pdf(paper, tmp_path / "out.pdf", timeout=1)
    child = int((tmp_path / "child").read_text())
    for _ in range(200):
        if ended(child):
            break
        time.sleep(0.02)
    assert ended(child)
    assert not (tmp_path / "out.pdf").exists()


def test_what_fails_silently_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = fake(tmp_path, monkeypatch, "echo 'Error: source file could not be loaded'; exit 0")
    with pytest.raises(NoPdf, match="could not be loaded"):
        to_pdf(paper, tmp_path / "out.pdf")


def test_a_broken_document_never_reaches_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, monkeypatch, f"touch {tmp_path}/reached")
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"nothing")
    with pytest.raises(Unreadable):
        to_pdf(bad, tmp_path / "out.pdf")
    assert not (tmp_path / "reached").exists()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
