"""Opening a workbook: an untrusted file becomes sheets of plain values, or a clear error, with bounded memory and time."""

from __future__ import annotations

import datetime as dt
import gc
import io
import json
import os
import pickle
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from renda.core.cells import CellValue, FaultyCell
from renda.core.cells.base import N_
from renda.ledgers.reading import faults
from renda.ledgers.reading.limits import MIB, Limits, UnreadableFile

Region = tuple[int, int, int, int]


@dataclass(slots=True)
class Sheet:
    """One worksheet: `rows[0]` is its row 1, blanks are ``""``, rows may differ in length, trailing empty rows are left out.

    `merged` are regions (first row, first column, last row, last column), from 0, ends included. `hidden`: a sheet that the
    clerk does not see, such as the lists behind drop-downs.
    """

    name: str
    rows: list[list[CellValue]] = field(default_factory=list)
    merged: list[Region] = field(default_factory=list)
    hidden: bool = False


def open_workbook(path: str | os.PathLike[str], *, limits: Limits = Limits(), name: str | None = None) -> list[Sheet]:  # noqa: B008
    """Read every worksheet of an .xlsx, .xls or .csv file; what it is is decided by its content.

    `name` stands for the file in the sheet name of a text table (default: the file's own). Formulas give the value that the
    workbook holds for them; one without, and an error value, is a `FaultyCell`. Raises `UnreadableFile` for what cannot be read.
    """
    path = Path(path)
    _check_file(path, limits)
    request = json.dumps({"path": str(path.resolve()), "name": Path(name).stem if name else path.stem, "limits": asdict(limits)})
    with _no_collection():
        sheets = _receive(request, limits)
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableFile(N_("这个文件里没有内容。"), N_("请确认选对了文件，数据在工作表里而不在图片里。"))
    return sheets


def _check_file(path: Path, limits: Limits) -> None:
    try:
        status = path.stat()
    except FileNotFoundError:
        raise UnreadableFile(N_("找不到文件“{name}”。"), N_("请核对文件的位置和名字。"), name=path.name) from None
    except OSError:
        raise UnreadableFile(N_("打不开文件“{name}”。"), N_("请核对文件的位置和读取权限。"), name=path.name) from None
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(N_("“{name}”不是文件。"), N_("请选择 .xlsx、.xls 或 .csv 文件。"), name=path.name)
    if status.st_size == 0:
        raise UnreadableFile(N_("这个文件是空的。"), N_("请确认选对了文件；如果是刚导出的，请重新导出一次。"))
    if status.st_size > limits.file:
        raise UnreadableFile(
            N_("这个文件有 {mib} MB，超出了 {mib2} MB 的上限。"),
            N_("请删去图片和多余的格式，或者分成几个文件再导入。"),
            mib=status.st_size // MIB,
            mib2=limits.file // MIB,
        )
    if not os.access(path, os.R_OK):
        raise UnreadableFile(N_("没有权限读取文件“{name}”。"), N_("请核对文件的读取权限。"), name=path.name)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hundreds of thousands of new lists would set off the cycle collector again and again for nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


_KEPT_VARIABLES = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "LANG", "TMPDIR", "VIRTUAL_ENV")


def _receive(request: str, limits: Limits) -> list[Sheet]:
    """Put the frames of the reading process together."""
    sheets: list[Sheet] = []
    for message in confined("renda.ledgers.reading.child", request, limits):
        match message:
            case ("rows", rows):
                sheets[-1].rows.extend(rows)
            case ("sheet", name, hidden, merged):
                sheets.append(Sheet(name, [], [tuple(region) for region in merged], hidden))
            case ("faults", found):
                _mark(sheets[-1], found)
    return sheets


def confined(module: str, request: str, limits: Limits, descriptors: Sequence[int] = ()) -> Iterator[tuple[Any, ...]]:
    """What a reading process (a module that answers in frames, as `child` does) says of the request; its memory and time are bounded, its
    environment holds no secrets. ``descriptors``: open files that it may read.

    Raises the `UnreadableFile` that it reports, and one of its own where the process ends before it has said all.
    """
    environment = {key: os.environ[key] for key in _KEPT_VARIABLES if key in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environment, close_fds=True, pass_fds=tuple(descriptors),
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(limits.seconds, stop)
    timer.start()
    try:
        with suppress(BrokenPipeError), process.stdin as stdin:
            stdin.write(request.encode())
        for message in _messages(process.stdout):
            if message[0] == "end":
                return
            if message[0] == "error":
                raise UnreadableFile(message[1], message[2], **message[3])
            yield message
        raise _gave_up(late.is_set(), limits)
    finally:
        timer.cancel()
        process.stdout.close()
        process.kill()
        process.wait()


def _gave_up(late: bool, limits: Limits) -> UnreadableFile:
    hint = N_("请删去远处零散的格子、多余的空行和格式后另存为 .xlsx，或者分成几个文件再导入。")
    if late:
        return UnreadableFile(N_("读取这个文件超过了 {seconds} 秒，已经停止。"), hint, seconds=limits.seconds)
    return UnreadableFile(N_("读取这个文件需要的内存超出了上限，已经停止；可能有格子填在了很远的行或列。"), hint)


class _Plain(pickle.Unpickler):
    """Takes built-in values and dates, nothing else, from the process that touched the untrusted file."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in ("date", "datetime", "time", "timedelta"):
            return getattr(dt, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _messages(stream: IO[bytes]) -> Iterator[tuple[Any, ...]]:
    while len(head := stream.read(8)) == 8:
        size = int.from_bytes(head, "big")
        data = stream.read(size)
        if len(data) != size:
            return
        try:
            yield _Plain(io.BytesIO(data)).load()
        except (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError):
            return


def _mark(sheet: Sheet, found: dict[tuple[int, int], str]) -> None:
    for (row, column), shown in found.items():
        while len(sheet.rows) <= row:
            sheet.rows.append([])
        cells = sheet.rows[row]
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = FaultyCell(shown, faults.reason(shown))
