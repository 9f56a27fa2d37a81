"""Checks on a packed workbook (.xlsx) before anything parses it."""

from __future__ import annotations

import re
import zipfile

from renda.core.cells.base import N_
from renda.ledgers.reading.limits import MIB, Limits, UnreadableFile
from renda.ledgers.reading.sniff import SAVE_AS

_PROLOG = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_PROLOG_BYTES = 65_536


def open_package(path: str, limits: Limits) -> zipfile.ZipFile:
    """Open a packed workbook and refuse bombs, macros, passwords, other documents and document type declarations.

    Raises `UnreadableFile`. Nothing is unpacked here but the first 64 KiB of each XML part.
    """
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RecursionError):
        raise damaged() from None
    entries = package.infolist()
    _check_sizes(entries, limits, package)
    _check_content({entry.filename for entry in entries})
    for entry in entries:
        if entry.flag_bits & 1:
            raise UnreadableFile(N_("这个文件设了密码。"), N_("请取消密码后另存，再导入。"))
        if entry.filename.endswith((".xml", ".rels")):
            _check_part(package, entry)
    return package


def damaged() -> UnreadableFile:
    """The error of a workbook that is cut off or broken."""
    return UnreadableFile(
        N_("这个文件不完整或已经损坏，无法读取。"), N_("请确认文件能用 Excel 或 WPS 正常打开；打得开就另存为 .xlsx 再导入。")
    )


def _check_sizes(entries: list[zipfile.ZipInfo], limits: Limits, package: zipfile.ZipFile) -> None:
    if len(entries) > limits.entries:
        raise UnreadableFile(N_("这个文件里有 {entries_count} 个部件，远多于正常的工作簿。"), SAVE_AS, entries_count=len(entries))
    if len({entry.filename for entry in entries}) != len(entries):
        raise damaged()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if unpacked > limits.unpacked or (unpacked > 100 * MIB and unpacked // packed > limits.ratio):
        raise too_large(unpacked)


def too_large(unpacked: int) -> UnreadableFile:
    """The error of a workbook that unpacks to an absurd size (`unpacked` bytes)."""
    return UnreadableFile(
        N_("这个文件解开后有 {mib} MB，超出了上限，可能是异常文件。"),
        N_("请删去多余的空行、格式和图片后另存，或者分成几个文件再导入。"),
        mib=unpacked // MIB,
    )


def _check_content(names: set[str]) -> None:
    lower = {name.lower().replace("\\", "/") for name in names}
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in lower):
        raise UnreadableFile(N_("这个文件带有宏，为安全起见不予读取。"), N_("请另存为不带宏的 .xlsx 文件，再导入。"))
    if "xl/workbook.xml" in lower:
        return
    if "xl/workbook.bin" in lower:
        raise UnreadableFile(N_("这是二进制工作簿（.xlsb），系统不能读取。"), SAVE_AS)
    if any(name.startswith("word/") for name in lower):
        raise UnreadableFile(N_("这是 Word 文档，不是电子表格。"), N_("请把表格复制到 Excel 或 WPS 表格，另存为 .xlsx，再导入。"))
    if any(name.startswith("ppt/") for name in lower):
        raise UnreadableFile(N_("这是演示文稿，不是电子表格。"), N_("请选择 .xlsx、.xls 或 .csv 文件。"))
    if "content.xml" in lower:
        raise UnreadableFile(N_("这是 OpenDocument 文件，系统不能读取。"), SAVE_AS)
    if any(name.endswith((".xlsx", ".xls", ".csv")) for name in lower):
        raise UnreadableFile(N_("这是压缩包，里面才是电子表格。"), N_("请先解压，再导入其中的表格文件。"))
    raise UnreadableFile(N_("这是压缩包，里面没有工作簿。"), N_("请选择 .xlsx、.xls 或 .csv 文件。"))


def _check_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    try:
        with package.open(entry) as part:
            head = part.read(_PROLOG_BYTES)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise damaged() from error
    except Exception as error:  # zlib.error has no common base with the others
        raise damaged() from error
    prolog = _PROLOG.match(head)
    rest = head[prolog.end() :] if prolog else head
    if rest.startswith(b"<!") or (prolog and prolog.end() >= _PROLOG_BYTES):
        raise UnreadableFile(N_("这个文件里含有实体声明，为安全起见不予读取。"), SAVE_AS)
    if entry.filename == "[Content_Types].xml" and b"macroEnabled" in head:
        raise UnreadableFile(N_("这个文件是启用宏的工作簿，为安全起见不予读取。"), N_("请另存为不带宏的 .xlsx 文件，再导入。"))
