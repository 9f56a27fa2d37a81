"""Workbooks written byte by byte, so that tests can have what no honest program writes."""

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACK = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{_PACK}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
SHEET_PART = "xl/worksheets/sheet1.xml"


def sheet_xml(body: str, doctype: str = "", after: str = "") -> str:
    """A worksheet's XML round the rows `body`."""
    return f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData>{after}</worksheet>'


def text_cell(reference: str, text: str) -> str:
    """A cell with an inline text."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def write_xlsx(path: Path, sheet: str, more: dict[str, str | bytes] | None = None, types: str = _TYPES) -> Path:
    """A packed workbook with one sheet named 台账, and whatever parts `more` adds."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        relation = f'<Relationship Id="rId1" Type="{_DOC}/officeDocument" Target="xl/workbook.xml"/>'
        package.writestr("_rels/.rels", f'<Relationships xmlns="{_PACK}/relationships">{relation}</Relationships>')
        sheets = '<sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets>'
        package.writestr("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}">{sheets}</workbook>')
        relation = f'<Relationship Id="rId1" Type="{_DOC}/worksheet" Target="worksheets/sheet1.xml"/>'
        package.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACK}/relationships">{relation}</Relationships>')
        package.writestr(SHEET_PART, sheet)
        for name, content in (more or {}).items():
            package.writestr(name, content)
    return path


def declare_less(path: Path, part: str, size: int) -> Path:
    """Make a part of a packed workbook claim that it unpacks to its first `size` bytes, check sum included."""
    with zipfile.ZipFile(path) as package:
        total = zlib.crc32(package.open(part).read(size))
    data = bytearray(path.read_bytes())
    places = [match.start() for match in re.finditer(re.escape(part.encode()), data)]
    local, central = places[0] - 30, places[-1] - 46
    assert data[local : local + 2] == data[central : central + 2] == b"PK"
    for start in (local + 14, central + 16):
        struct.pack_into("<I", data, start, total)
    for start in (local + 22, central + 24):
        struct.pack_into("<I", data, start, size)
    path.write_bytes(data)
    return path


class Error(int):
    """An error value of an old workbook, by its code (0x2A is #N/A); ``formula``: as a formula's result."""

    formula = False


class ErrorOfFormula(Error):
    """An error value that a formula has."""

    formula = True


def write_xls(
    path: Path,
    cells: dict[tuple[int, int], str | float],
    merged=(),
    streams: tuple[str, ...] = ("Workbook",),
    small: bool = False,
) -> Path:
    """An old workbook (BIFF8 in its container) with one sheet named 台账; `streams` names the directory entries. `small` keeps the
    stream in the root entry's pieces of 64 bytes, as it is done below 4,096 bytes."""
    stream = _biff(cells, merged)
    size = len(stream) if small else max(4096, -(-len(stream) // 512) * 512)
    assert (size < 4096) == small
    stream = stream.ljust(-(-size // 512) * 512, b"\0")
    sectors = len(stream) // 512
    assert sectors < 120, "one allocation sector must do"
    pieces = -(-size // 64)
    table = [0xFFFFFFFD, 2, 0xFFFFFFFE, *range(4, 3 + sectors), 0xFFFFFFFE, 0xFFFFFFFE]
    small_table = struct.pack(f"<{pieces}I", *range(1, pieces), 0xFFFFFFFE).ljust(512, b"\xff") if small else b""
    more = (3 + sectors, 1) if small else (0xFFFFFFFE, 0)
    signature, free = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0xFFFFFFFE
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII", signature, b"", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, *more, free, 0, 0
    ).ljust(512, b"\xff")
    entries = [_entry("Root Entry", 5, 1, 3, len(stream)) if small else _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)]
    for number, name in enumerate(streams, 1):
        following = number + 1 if number < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, 0xFFFFFFFF, 0 if small else 3, size, following))
    directory = b"".join(entries).ljust(1024, b"\0")
    fat = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    path.write_bytes(header + fat + directory + stream + small_table)
    return path


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = 0xFFFFFFFF) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII16sI16sIQ", written, len(written), kind, 1, 0xFFFFFFFF, right, child, b"", 0, b"", start, size)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _biff(cells: dict[tuple[int, int], str | float], merged) -> bytes:
    name = "台账".encode("utf-16-le")

    def globals_stream(offset: int) -> bytes:
        start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1996, 0, 6)) + _record(0x42, struct.pack("<H", 1200))
        return start + _record(0x85, struct.pack("<IBBBB", offset, 0, 0, len(name) // 2, 1) + name) + _record(0x0A, b"")

    out = io.BytesIO()
    out.write(globals_stream(len(globals_stream(0))))
    out.write(_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1996, 0, 6)))
    for (row, column), value in sorted(cells.items()):
        if isinstance(value, ErrorOfFormula):
            result = bytes([2, 0, value, 0, 0, 0, 0xFF, 0xFF])
            out.write(_record(0x0006, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIHBB", 0, 0, 2, 0x1C, value)))
        elif isinstance(value, Error):
            out.write(_record(0x0205, struct.pack("<HHHBB", row, column, 0, value, 1)))
        elif isinstance(value, str):
            text = value.encode("utf-16-le")
            out.write(_record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1) + text))
        else:
            out.write(_record(0x0203, struct.pack("<HHHd", row, column, 0, value)))
    if merged:
        regions = b"".join(struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in merged)
        out.write(_record(0xE5, struct.pack("<H", len(merged)) + regions))
    out.write(_record(0x0A, b""))
    return out.getvalue()
