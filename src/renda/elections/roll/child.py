"""The process that parses an untrusted list of voters into columns of text, with bounded memory and time (`ledgers.reading.child` says how).

Started by `elections.roll.reading`. Its frames are (sheet, name, hidden, columns as an Arrow stream), end, error. A list of voters has up to
a million rows of few columns and no formulas worth marking, so it is read by columns, which takes a third of the time of reading cells.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from renda.ledgers.reading import child
from renda.ledgers.reading.limits import Limits

CSV_ROWS = 100_000
SMALL = 60_000
"""Rows up to which a sheet is looked at a second time for the kinds of its cells."""
LOST = 1e15
"""Numbers from here on lose digits in a spreadsheet."""


def main() -> None:
    """Read a list of voters."""
    os.environ["POLARS_MAX_THREADS"] = "1"  # the parser has one thread, and others would only have to be started
    child.answer(_read)


def _read(path: str, name: str, limits: Limits) -> Iterator[tuple[Any, ...]]:
    from renda.ledgers.reading.sniff import sniff

    with Path(path).open("rb") as file:
        kind = sniff(file)
    if kind == "text":
        yield from _text(path, name, limits)
    else:
        yield from _workbook(path, kind, limits)


def _workbook(path: str, kind: str, limits: Limits) -> Iterator[tuple[Any, ...]]:
    import fastexcel
    import polars as pl

    from renda.ledgers.reading.packed import damaged, open_package

    if kind == "xlsx":
        open_package(path, limits).close()
    try:
        content = Path(path).read_bytes()
        workbook = fastexcel.read_excel(content)
        names = workbook.sheet_names
    except BaseException as error:
        raise child.no_bug(error, damaged()) from None
    child.check_sheets(len(names), limits)
    for place, name in enumerate(names):
        try:
            sheet = workbook.load_sheet(place, header_row=None, skip_rows=0, dtypes="string")
            frame = pl.DataFrame(sheet) if sheet.width else pl.DataFrame()
        except BaseException as error:
            raise child.no_bug(error, damaged()) from None
        _check_size(name, frame.height, frame.width, limits)
        if frame.height <= SMALL:
            frame = _with_destroyed(frame, content, place)
        yield "sheet", name, sheet.visible != "visible", _stream(frame)
        del sheet, frame


def _with_destroyed(frame: Any, content: bytes, place: int) -> Any:
    """Long numbers that were kept as numbers as what a spreadsheet shows of them (9.9E+17): fifteen digits survive, the rest is made up."""
    import polars as pl

    suspects = [n for n, column in enumerate(frame.columns) if frame[column].str.contains(r"^\d{18}$").any()]
    if not suspects:
        return frame
    from python_calamine import CalamineWorkbook

    grid = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(place).to_python(skip_empty_area=False)
    for n in suspects:
        name = frame.columns[n]
        shown = [_shown(row[n] if n < len(row) else "") for row in grid[: frame.height]]
        lost = pl.Series(name, shown + [None] * (frame.height - len(shown)), dtype=pl.String)
        frame = frame.with_columns(lost.fill_null(frame[name]))
    return frame


def _shown(cell: Any) -> str | None:
    return f"{cell:.15G}" if isinstance(cell, float | int) and abs(cell) >= LOST else None


def _check_size(name: str, rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.rows or rows * columns > limits.cells:
        raise child.too_many_rows(name, rows, limits)


def _text(path: str, name: str, limits: Limits) -> Iterator[tuple[Any, ...]]:
    import polars as pl

    from renda.ledgers.reading.delimited import read_delimited

    rows: list[list[str]] = []
    parts = []
    for row in read_delimited(path, limits):
        rows.append(row)
        if len(rows) == CSV_ROWS:
            parts.append(_columns(rows))
            rows = []
    parts.append(_columns(rows))
    frame = pl.concat(parts, how="diagonal")
    _check_size(name, frame.height, frame.width, limits)
    yield "sheet", name, False, _stream(frame)


def _columns(rows: list[list[str]]) -> Any:
    import polars as pl

    width = max((len(row) for row in rows), default=0)
    padded = [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]
    return pl.DataFrame(padded, schema=[(f"c{n}", pl.String) for n in range(width)], orient="row")


def _stream(frame: Any) -> bytes:
    held = io.BytesIO()
    frame.rename({old: f"c{n}" for n, old in enumerate(frame.columns)}).write_ipc_stream(held)
    return held.getvalue()


if __name__ == "__main__":
    main()
