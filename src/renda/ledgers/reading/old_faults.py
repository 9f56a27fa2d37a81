"""Cells of an old workbook (.xls) that hold an error value. The parser gives them as empty cells; silently empty is wrong."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from renda.ledgers.reading.container import stream_of
from renda.ledgers.reading.faults import MOST, Faults, too_many

_FORMULA, _BOUND_SHEET, _BOOL_OR_ERROR, _START, _END = 0x0006, 0x0085, 0x0205, 0x0809, 0x000A
_SHOWN = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def find_old_faults(data: bytes) -> list[Faults]:
    """For each sheet of the workbook, in its order: places (row, column from 0) of error values with what is shown there."""
    stream = stream_of(data, ("Workbook", "Book"))
    starts = [struct.unpack_from("<I", body)[0] for kind, body in _records(stream, 0) if kind == _BOUND_SHEET and len(body) >= 4]
    return [_of_sheet(stream, start) for start in starts]


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the stream, charts and the like within it left out."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        depth += (kind == _START) - (kind == _END)
        if depth == 1:
            yield kind, stream[start + 4 : start + 4 + length]
        if depth <= 0:
            return
        start += 4 + length


def _of_sheet(stream: bytes, start: int) -> Faults:
    found: Faults = {}
    for kind, body in _records(stream, start):
        code = None
        if kind == _BOOL_OR_ERROR and len(body) >= 8 and body[7]:
            code = body[6]
        elif kind == _FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
            code = body[8]
        if code is not None:
            row, column = struct.unpack_from("<HH", body)
            found[row, column] = _SHOWN.get(code, "#N/A")
            if len(found) > MOST:
                raise too_many()
    return found
