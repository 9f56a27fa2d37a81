"""Lists of voters as columns of text: the confined reading of a file, and the table on each of its sheets."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from renda.elections.roll import columns
from renda.ledgers.reading import Limits, Sheet, UnreadableFile
from renda.ledgers.reading.headings import HeadingRows, find_headings, normalised
from renda.ledgers.reading.table import read_table
from renda.ledgers.reading.workbook import confined

if TYPE_CHECKING:
    import polars as pl

MIB = 1 << 20
LIMITS = Limits(file=400 * MIB, unpacked=3_072 * MIB, rows=1_048_576, cells=40_000_000, memory=6_144 * MIB, seconds=600)
"""A county's household extract may fill a sheet to its end; the process that reads it may take the address space that Arrow reserves."""
HEAD_ROWS = 60
_CHILD = "renda.elections.roll.child"
_NUMBER_LIKE = r"^\s*\d{14,17}[\dXx]\s*$"


@dataclass(frozen=True)
class Given:
    """A list as it was handed in: its name, and where it lies or what it holds (then nothing of it is written to disk)."""

    name: str
    path: Path | None = None
    content: bytes | None = None


@dataclass
class Part:
    """The table of one sheet. ``frame`` has a column of text for each known field and ``row``, the sheet's own row number (from 1)."""

    file: str
    sheet: str
    frame: pl.DataFrame
    unknown: list[str] = field(default_factory=list)
    left_out: str = ""

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.frame.height


def read(given: Given) -> Iterator[Part]:
    """The tables of a list, sheet by sheet; sheets without names and numbers have no rows and say why. Raises UnreadableFile."""
    _check_size(given)
    found = False
    for _kind, sheet, hidden, stream in _sheets(given):
        frame = _frame(stream)
        if not hidden and frame.width and frame.height:
            part = _part(given.name, sheet, frame)
            found = found or not part.left_out
            yield part
    if not found:
        error = UnreadableFile("这个文件里没有找到选民名册：要有“姓名”和“身份证号”两栏。", "请核对表头，或下载空表填写后再导入。")
        error.file = given.name
        raise error


def _check_size(given: Given) -> None:
    size = size_of(given)
    if size > LIMITS.file:
        raise _named(given, UnreadableFile("这个文件超过 {mib} MB。", "请分成几个文件再导入。", mib=LIMITS.file // MIB))
    if not size:
        raise _named(given, UnreadableFile("这个文件是空的。", "请确认选对了文件。"))


def size_of(given: Given) -> int:
    """How many bytes it has. Raises UnreadableFile where it cannot be opened."""
    if given.content is not None:
        return len(given.content)
    try:
        return given.path.stat().st_size if given.path and given.path.is_file() else 0
    except OSError:
        raise _named(given, UnreadableFile("打不开这个文件。", "请核对文件的位置和读取权限。")) from None


def _named(given: Given, error: UnreadableFile) -> UnreadableFile:
    error.file = given.name
    return error


def _sheets(given: Given) -> Iterator[tuple[Any, ...]]:
    stem = Path(given.name).stem
    try:
        if given.content is None:
            assert given.path is not None
            yield from confined(_CHILD, _request(str(given.path.resolve()), stem), LIMITS)
            return
        held = os.memfd_create("roll")  # in memory: an uploaded list is never in plain on disk
        try:
            with os.fdopen(os.dup(held), "wb") as stream:
                stream.write(given.content)
            yield from confined(_CHILD, _request(f"/proc/self/fd/{held}", stem), LIMITS, (held,))
        finally:
            os.close(held)
    except UnreadableFile as error:
        raise _named(given, error) from None


def _request(path: str, name: str) -> str:
    return json.dumps({"path": path, "name": name, "limits": asdict(LIMITS)})


def _frame(stream: bytes) -> pl.DataFrame:
    import polars as pl

    return pl.read_ipc_stream(io.BytesIO(stream))


def _part(file: str, sheet: str, frame: pl.DataFrame) -> Part:
    top = Sheet(sheet, _cells(frame.head(HEAD_ROWS)))
    found = find_headings(top, normalised(columns.VOCABULARY))
    if found is None or not set(columns.NEEDED) <= set(found.fields):
        return Part(file, sheet, frame.clear(), left_out="没有“姓名”和“身份证号”两栏的表头")
    unknown = [heading.text for heading in found.headings if heading.field is None and not heading.serial]
    return Part(file, sheet, _body(sheet, frame, found), unknown)


def _body(sheet: str, frame: pl.DataFrame, found: HeadingRows) -> pl.DataFrame:
    """The rows under the headings. Whatever has no number where one is expected is looked at as the ledgers look at it: totals, notes,
    repeated headings and blank rows are no data."""
    import polars as pl

    fields = found.fields
    numbered = frame.with_row_index("row", offset=1).slice(found.last + 1)
    like = pl.col(f"c{fields['identity_number']}").str.contains(_NUMBER_LIKE).fill_null(False)
    wide = numbered.select("row", *(pl.col(f"c{place}").alias(name) for name, place in fields.items()), like.alias("like"))
    odd = numbered.filter(~like)
    kept = wide.filter("like")
    if odd.height:
        data = _data_rows(sheet, frame, odd, found)
        kept = pl.concat([kept, wide.filter(pl.col("row").is_in(data))]).sort("row")
    return kept.drop("like")


def _data_rows(sheet: str, frame: pl.DataFrame, odd: pl.DataFrame, found: HeadingRows) -> list[int]:
    """Row numbers of those odd rows that are data all the same."""
    head = _cells(frame.head(found.last + 1))
    table = read_table(Sheet(sheet, head + _cells(odd.drop("row"))), found)
    numbers = odd["row"].to_list()
    return [numbers[number - len(head) - 1] for number in table.numbers]


def _cells(frame: pl.DataFrame) -> list[list[Any]]:
    return [["" if cell is None else cell for cell in row] for row in frame.rows()]
