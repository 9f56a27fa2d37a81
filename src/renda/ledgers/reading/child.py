"""The process that parses an untrusted file, with bounded memory and time, and writes what it read to its output.

Started by `renda.ledgers.reading.workbook`; not for calling. The output is a row of frames: eight bytes of length, then a pickle
of a tuple whose first item names it (sheet, rows, faults, end, error).
"""

from __future__ import annotations

import gc
import io
import json
import os
import pickle
import resource
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from renda.core.cells.base import N_
from renda.ledgers.reading.limits import Limits, UnreadableFile

_ROWS_A_FRAME = 4_000
_FEWEST_ROWS = 2  # below a heading and one record, nothing is worth the empty rows behind it


Reader = Callable[[str, str, Limits], Iterator[tuple[Any, ...]]]


def main() -> None:
    """Read ledgers."""
    answer(_read)


def answer(read: Reader) -> NoReturn:
    """Read the request (path, name, limits) from standard input, confine this process, and answer on standard output with the frames of
    ``read(path, name, limits)``, an end or an error; then end. Never raises for a bad file."""
    request = json.loads(sys.stdin.buffer.read())
    limits = Limits(**request["limits"])
    confine(limits)
    out = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    os.dup2(2, 1)  # a stray print of a library must not break the frames
    gc.disable()
    try:
        for message in read(request["path"], request["name"], limits):
            send(out, message)
        send(out, ("end",))
    except UnreadableFile as error:
        send(out, ("error", error.template, error.hint_template, error.params))
    except MemoryError:
        os._exit(70)
    out.flush()
    os._exit(0)


def confine(limits: Limits) -> None:
    """Take away what reading needs none of: memory above the bound, endless time, writing files, core dumps."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds * 2, limits.seconds * 2 + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def send(out: Any, message: tuple[Any, ...]) -> None:
    data = pickle.dumps(message, 5)
    out.write(len(data).to_bytes(8, "big"))
    out.write(data)


def _read(path: str, name: str, limits: Limits) -> Iterator[tuple[Any, ...]]:
    from renda.ledgers.reading.sniff import sniff

    with Path(path).open("rb") as file:
        kind = sniff(file)
    if kind == "text":
        from renda.ledgers.reading.delimited import read_delimited

        yield ("sheet", name, False, [])
        yield from _frames(read_delimited(path, limits), limits, [0])
    else:
        yield from _read_workbook(path, kind, limits)


def _read_workbook(path: str, kind: str, limits: Limits) -> Iterator[tuple[Any, ...]]:
    import python_calamine as calamine

    from renda.ledgers.reading import faults
    from renda.ledgers.reading.packed import damaged, open_package

    package = open_package(path, limits) if kind == "xlsx" else None
    parts = faults.sheet_parts(package) if package else {}
    try:
        workbook = _open(calamine.CalamineWorkbook, path, kind)
        sheets = workbook.sheets_metadata
    except calamine.PasswordError:
        raise UnreadableFile(N_("这个文件设了打开密码。"), N_("请用 Excel 或 WPS 打开，取消密码后另存，再导入。")) from None
    except BaseException as error:
        raise no_bug(error, damaged()) from None
    check_sheets(len(sheets), limits)
    cells = [0]
    old = _old_faults(path, len(sheets)) if kind == "xls" else None
    for place, sheet in enumerate(sheets):
        if sheet.typ == calamine.SheetTypeEnum.MacroSheet or sheet.typ == calamine.SheetTypeEnum.Vba:
            raise UnreadableFile(N_("这个文件带有宏，为安全起见不予读取。"), N_("请另存为不带宏的 .xlsx 文件，再导入。"))
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        scan = _Scan(package, parts[sheet.name], limits) if package and sheet.name in parts else None
        try:
            grid = workbook.get_sheet_by_name(sheet.name)
        except BaseException as error:
            raise no_bug(error, damaged()) from None
        found, last_row = scan.result() if scan else (old[place] if old else {}, 0)
        _check_extent(sheet.name, grid, found, last_row, limits)
        hidden = sheet.visible != calamine.SheetVisibleEnum.Visible
        merged = [(*start, *end) for start, end in grid.merged_cell_ranges or []]
        yield ("sheet", sheet.name, hidden, merged)
        left = [""] * (grid.start[1] if grid.start else 0)
        rows = (left + row for row in grid.iter_rows()) if left else grid.iter_rows()
        yield from _frames(rows, limits, cells)
        if found:
            yield ("faults", found)
        del grid


def _open(workbook: Any, path: str, kind: str) -> Any:
    """Open by content: the parser goes by a file's name when it has one, and names lie."""
    if Path(path).suffix.lower() == f".{kind}":
        return workbook.from_path(path)
    return workbook.from_filelike(io.BytesIO(Path(path).read_bytes()))


def _old_faults(path: str, sheets: int) -> list[dict[tuple[int, int], str]] | None:
    from renda.ledgers.reading.old_faults import find_old_faults
    from renda.ledgers.reading.packed import damaged

    found = find_old_faults(Path(path).read_bytes())
    if len(found) != sheets:
        raise damaged()
    return found


def no_bug(error: BaseException, instead: UnreadableFile) -> BaseException:
    """What to raise for an error of the parser: memory and interrupts as they are, all else (panics too) as a damaged file."""
    return error if isinstance(error, MemoryError | KeyboardInterrupt | SystemExit) else instead


class _Scan(threading.Thread):
    """Looks for faulty cells while the parser, which needs no interpreter lock, works."""

    def __init__(self, package: Any, part: str, limits: Limits) -> None:
        super().__init__(daemon=True)
        self._arguments = package, part, limits
        self._answer: tuple[dict[tuple[int, int], str], int] = {}, 0
        self._error: BaseException | None = None
        self.start()

    def run(self) -> None:
        from renda.ledgers.reading.faults import find_faults

        try:
            self._answer = find_faults(*self._arguments)
        except BaseException as error:
            self._error = error

    def result(self) -> tuple[dict[tuple[int, int], str], int]:
        """The faults and the number of rows written in the part; raises what the scan raised."""
        self.join()
        if self._error:
            raise self._error
        return self._answer


def _check_extent(name: str, grid: Any, faults: dict[tuple[int, int], str], last_row: int, limits: Limits) -> None:
    end_row, end_column = grid.end or (-1, -1)
    filled = max([end_row, *(row for row, _ in faults)]) + 1
    columns = max([end_column, *(column for _, column in faults)]) + 1
    if last_row - filled > limits.blank_rows and filled < _FEWEST_ROWS:
        raise blank_rows(name, last_row - filled)
    if columns > limits.columns:
        raise UnreadableFile(
            N_("工作表“{name}”用到了第 {columns} 列，超出了 {columns2} 列。"),
            N_("请删去右侧多余的列和零散的格子后另存，再导入。"),
            name=name,
            columns=columns,
            columns2=limits.columns,
        )
    if filled > limits.rows + limits.blank_rows:
        raise too_many_rows(name, filled, limits)


def check_sheets(count: int, limits: Limits) -> None:
    """Raise UnreadableFile for a workbook with too many sheets."""
    if count > limits.sheets:
        raise UnreadableFile(
            N_("这个文件有 {sheets_count} 张工作表，太多了。"),
            N_("请分成几个文件，每个不超过 {sheets} 张。"),
            sheets_count=count,
            sheets=limits.sheets,
        )


def too_many_rows(name: str, filled: int, limits: Limits) -> UnreadableFile:
    """The error of a sheet that is longer than is read at once."""
    return UnreadableFile(
        N_("工作表“{name}”用到了第 {filled} 行，太多了。"),
        N_("请分成几个文件，每个不超过 {rows} 行。"),
        name=name,
        filled=filled,
        rows=limits.rows,
    )


def blank_rows(name: str, count: int) -> UnreadableFile:
    """The error of a sheet with an absurd number of empty rows."""
    return UnreadableFile(
        N_("工作表“{name}”里有 {count} 个空行。"),
        N_("请选中最后一条记录以下的所有行并删除，保存后再导入；数据之间也不要留大片空行。"),
        name=name,
        count=count,
    )


def _frames(rows: Iterable[list[Any]], limits: Limits, cells: list[int]) -> Iterator[tuple[Any, ...]]:
    """Rows in frames, equal texts shared, trailing empty rows left out; `cells` counts over the whole file."""
    texts: dict[str, str] = {}
    share = texts.setdefault
    frame: list[list[Any]] = []
    filled = empty = behind = 0  # rows with something in them, empty rows among them, empty rows behind the last of them
    for row in rows:
        if row.count("") == len(row):
            behind += 1
            if behind > limits.trailing_rows:
                raise _too_many_blanks()
            continue
        if behind:
            empty += behind
            if empty > limits.blank_rows:
                raise _too_many_blanks()
            frame += [[] for _ in range(behind)]
            behind = 0
        frame.append([share(value, value) if type(value) is str else value for value in row])
        cells[0] += len(row)
        filled += 1
        if len(frame) >= _ROWS_A_FRAME:
            if filled > limits.rows or cells[0] > limits.cells:
                raise UnreadableFile(N_("这个文件超出了一次能读的 {rows} 行。"), N_("请分成几个文件再导入。"), rows=limits.rows)
            yield ("rows", frame)
            frame = []
    if behind > limits.blank_rows and filled < _FEWEST_ROWS:
        raise _too_many_blanks()
    if any(len(text) > limits.chars for text in texts):
        raise UnreadableFile(
            N_("有一格超过了 {chars} 个字，不像是表格。"), N_("请找到那一格，删短后另存，再导入。"), chars=limits.chars
        )
    if frame:
        yield ("rows", frame)


def _too_many_blanks() -> UnreadableFile:
    return UnreadableFile(N_("表里的空行太多了。"), N_("请删除数据之间和数据之后的空行，保存后再导入。"))


if __name__ == "__main__":
    main()
