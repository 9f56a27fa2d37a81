"""Documents for the tests of uploads: whole ones, and such that must not be kept."""

from __future__ import annotations

import io
import struct
import zipfile

import docx
import openpyxl
import pikepdf

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def pdf(**more: object) -> bytes:
    """A PDF of one page; ``script``, ``launch``, ``inside`` (name of an embedded file) and ``password`` spoil it."""
    made = pikepdf.new()
    made.add_blank_page()
    if more.get("script"):
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    if more.get("launch"):
        action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
        made.pages[0].obj.Annots = made.make_indirect([pikepdf.Dictionary(Type=pikepdf.Name.Annot, A=action)])
    if inside := more.get("inside"):
        made.attachments[str(inside)] = pikepdf.AttachedFileSpec(made, b"MZ", filename=str(inside))
    held = io.BytesIO()
    password = str(more.get("password", ""))
    locks = pikepdf.Encryption(user=password, owner=password) if password else False
    # object streams hide actions from whoever only searches the bytes
    made.save(held, encryption=locks, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return held.getvalue()


def word(**parts: bytes) -> bytes:
    """A Word document; ``parts`` are added or put in the place of its own (``__`` for a slash, ``_`` for a dot in names)."""
    held = io.BytesIO()
    made = docx.Document()
    made.add_paragraph("关于河道管理办法的说明")
    made.save(held)
    return with_parts(held.getvalue(), {name.replace("__", "/").replace("_", "."): data for name, data in parts.items()})


def sheet() -> bytes:
    """A workbook."""
    held = io.BytesIO()
    openpyxl.Workbook().save(held)
    return held.getvalue()


def ofd(**parts: bytes) -> bytes:
    """The smallest of OFD documents."""
    xml = b'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"/>'
    return archive({"OFD.xml": xml, **{name.replace("__", "/").replace("_", "."): data for name, data in parts.items()}})


def archive(parts: dict[str, bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", packed) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return held.getvalue()


def with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    """An archive with parts added or replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        held = {name: book.read(name) for name in book.namelist()}
    return archive(held | parts)


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound document ([MS-CFB], version 3) with these streams at its root, each of 4,096 bytes at least."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    entries = [_entry("Root Entry", 5, END, 0, child=1 if padded else FREE)]
    body, fat, at = b"", [FAT, END], 2
    directory_sectors = (len(padded) + 1 + 3) // 4
    fat += [END] * (directory_sectors - 1)
    for n in range(directory_sectors - 1):
        fat[1 + n] = 2 + n
    at = 1 + directory_sectors
    for place, (name, data) in enumerate(padded.items(), start=1):
        count = -(-len(data) // SECTOR)
        right = place + 1 if place < len(padded) else FREE
        entries.append(_entry(name, 2, at, len(data), right=right))
        fat += [*range(at + 1, at + count), END]
        body += data.ljust(count * SECTOR, b"\0")
        at += count
    directory = b"".join(entries).ljust(directory_sectors * SECTOR, b"\0")
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(SECTOR, b"\xff")
    assert len(table) == SECTOR, "too much for one sector of the table"
    head = MARK + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<I", 0) + b"\xff" * 432
    return head + table + directory + body


def _entry(name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    return (
        raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1) + struct.pack("<III", FREE, right, child) + bytes(36)
        + struct.pack("<IQ", start, size)
    )  # fmt: skip


def bytes_of_word(*, encrypted: bool = False) -> bytes:
    """The beginning of the main stream of a .doc ([MS-DOC] FIB)."""
    return struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0x0100 if encrypted else 0)


def bytes_of_book(*records: tuple[int, bytes]) -> bytes:
    """The main stream of an .xls with these records."""
    return b"".join(struct.pack("<HH", code, len(data)) + data for code, data in ((0x809, bytes(16)), *records, (0x0A, b"")))
