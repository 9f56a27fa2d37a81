"""Reading a report file as plain text: .docx, .txt, .md; UTF-8 or GB18030; newlines made \\n."""

from __future__ import annotations

from pathlib import Path

from renda.documents.package import Unreadable

__all__ = ["MAX_BYTES", "SUFFIXES", "Unreadable", "read"]
MAX_BYTES = 20 * 2**20
SUFFIXES = (".docx", ".txt", ".md")


def read(path: Path) -> str:
    """The plain text of a report file. Raises Unreadable."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Unreadable(f"不能识别 {path.name}：只接受 {'、'.join(SUFFIXES)} 文件。请另存为其中一种后再试。")
    if not path.is_file():
        raise Unreadable(f"找不到文件 {path}。请检查路径。")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise Unreadable(f"{path.name} 有 {size / 2**20:.0f} MB，超过 {MAX_BYTES // 2**20} MB 的上限。请删去图片等附件后再试。")
    text = _docx(path) if suffix == ".docx" else _plain(path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _plain(path: Path) -> str:
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(f"{path.name} 不是文本文件，或编码既非 UTF-8 也非 GB18030。请用记事本另存为 UTF-8 后再试。")


def _docx(path: Path) -> str:
    """The text by the same walk that later writes into the document, so that offsets mean the same to both."""
    from renda.documents.package import open_docx  # loaded only for Word files: it costs start-up time

    document = open_docx(path)
    from renda.reports.papers.flow import read_flow

    return read_flow(document).text
