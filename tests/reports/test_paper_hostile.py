"""Word files that nobody should trust: each is refused with one clear line, quickly, and nothing is run, fetched or unpacked."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renda.reports.recognise.source import Unreadable, read

from .wordfiles import part, report, rewritten

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = "[Content_Types].xml"
BODY = "word/document.xml"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.docx"
    report(path)
    return path


def with_body(data: bytes) -> Callable[[Path, Path], None]:
    return lambda good, bad: void(rewritten(good, bad, {BODY: data}))


def void(_path: Path) -> None:
    """For what is made for its effect."""


def document(words: str, head: str = "") -> bytes:
    return f"<?xml version='1.0'?>{head}<w:document {W}><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>".encode()


def laughs() -> bytes:
    entities = "<!ENTITY a0 '笑'>" + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(12))
    return document("&a12;", f"<!DOCTYPE w:document [{entities}]>")


def macro(good: Path, bad: Path) -> None:
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = part(good, TYPES).replace(main, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    rewritten(good, bad, {TYPES: types})


def bomb(good: Path, bad: Path) -> None:
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (TYPES, "_rels/.rels"):
            archive.writestr(name, part(good, name))
        archive.writestr(BODY, b"<a>" + b" " * 300 * 2**20 + b"</a>")


def many_parts(good: Path, bad: Path) -> None:
    rewritten(good, bad, {f"word/media/{n}.bin": b"" for n in range(4_000)})


def many_tags(good: Path, bad: Path) -> None:
    rewritten(good, bad, {BODY: f"<w:document {W}><w:body>".encode() + b"<w:p/>" * 3_000_000 + b"</w:body></w:document>"})


def deep(good: Path, bad: Path) -> None:
    rewritten(good, bad, {BODY: f"<w:document {W}><w:body>".encode() + b"<w:p>" * 100_000 + b"</w:p>" * 100_000})


HOSTILE: dict[str, tuple[Callable[[Path, Path], object], str]] = {
    "entities that multiply": (with_body(laughs()), "外部实体"),
    "external entity": (with_body(document("&x;", "<!DOCTYPE w:document [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>")), "外部实体"),
    "external entity in UTF-16": (
        lambda good, bad: rewritten(
            good, bad, {BODY: "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE a SYSTEM 'http://127.0.0.1/x'><a/>".encode("utf-16")}
        ),
        "外部实体",
    ),
    "entity in a style sheet": (
        lambda good, bad: rewritten(good, bad, {"word/styles.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "外部实体",
    ),
    "macros by content type": (macro, "宏"),
    "macros by part": (lambda good, bad: rewritten(good, bad, {"word/vbaProject.bin": b"x"}), "宏"),
    "bomb": (bomb, "过大"),
    "too many parts": (many_parts, "过大"),
    "too many tags": (many_tags, "庞大"),
    "too deep": (deep, "另存"),
    "cut off": (lambda good, bad: bad.write_bytes(good.read_bytes()[:3000]), "另存"),
    "old .doc": (lambda good, bad: bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000), "旧版"),
    "empty": (lambda good, bad: bad.write_bytes(b""), "另存"),
    "no document": (lambda good, bad: zipfile.ZipFile(bad, "w").close(), "另存"),
    "not XML": (with_body(b"<w:document"), "另存"),
    "another root": (with_body(b"<a/>"), "另存"),
    "a workbook": (
        lambda good, bad: rewritten(good, bad, {TYPES: part(good, TYPES).replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")}),
        "另存",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused(tmp_path: Path, good: Path, kind: str) -> None:
    bad = tmp_path / "bad.docx"
    make, said = HOSTILE[kind]
    make(good, bad)
    begun = time.process_time()
    with pytest.raises(Unreadable, match=said):
        read(bad)
    assert time.process_time() - begun < 10


def test_an_encrypted_archive_is_told(tmp_path: Path, good: Path) -> None:
    data = bytearray(good.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(signature, at + 4)
    bad = tmp_path / "bad.docx"
    bad.write_bytes(data)
    with pytest.raises(Unreadable, match="密码"):
        read(bad)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_are_read_or_refused(tmp_path: Path, good: Path, data: st.DataObject) -> None:
    raw = bytearray(good.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    bad = tmp_path / "bad.docx"
    bad.write_bytes(raw)
    try:
        text = read(bad)
    except Unreadable as refusal:
        text = str(refusal)
    assert isinstance(text, str)


def test_text_in_links_tracked_changes_and_content_controls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "in.docx"
    made = docx.Document()
    made.add_paragraph("甲")
    made.save(str(path))
    inner = (
        "<w:p><w:ins w:id='1' w:author='a'><w:r><w:t>加</w:t></w:r></w:ins><w:del w:id='2' w:author='a'><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r><w:t>控</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        "<w:sdtContent><w:p><w:r><w:t>目录</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>块</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    rewritten(path, tmp_path / "out.docx", {BODY: f"<w:document {W}><w:body>{inner}<w:sectPr/></w:body></w:document>".encode()})
    assert read(tmp_path / "out.docx") == "加链控\n块"
