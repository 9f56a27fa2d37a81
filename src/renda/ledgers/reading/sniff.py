"""What kind of file this is, by its content and never by its name."""

from __future__ import annotations

from typing import BinaryIO, Literal

from renda.core.cells.base import N_
from renda.ledgers.reading.limits import UnreadableFile

Kind = Literal["xlsx", "xls", "text"]

SAVE_AS = N_("请用 Excel 或 WPS 打开后另存为 .xlsx，再导入。")
_OTHER = (
    (b"%PDF", N_("这是 PDF 文件，不是电子表格。")),
    (b"{\\rtf", N_("这是 RTF 文档，不是电子表格。")),
    (b"Rar!", N_("这是 RAR 压缩包，不是电子表格。")),
    (b"7z\xbc\xaf", N_("这是 7z 压缩包，不是电子表格。")),
    (b"\x1f\x8b", N_("这是 gzip 压缩包，不是电子表格。")),
    (b"\x89PNG", N_("这是图片，不是电子表格。")),
    (b"\xff\xd8\xff", N_("这是图片，不是电子表格。")),
    (b"GIF8", N_("这是图片，不是电子表格。")),
    (b"BM", N_("这是图片，不是电子表格。")),
    (b"MZ", N_("这是程序文件，不是电子表格。")),
    (b"\x7fELF", N_("这是程序文件，不是电子表格。")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff(file: BinaryIO) -> Kind:
    """The kind of an open file, from its first 64 KiB; raises `UnreadableFile` for what is no workbook at all."""
    head = file.read(65_536)
    file.seek(0)
    if not head.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise UnreadableFile(N_("这个文件是空的。"), N_("请确认选对了文件；如果是刚导出的，请重新导出一次。"))
    if head.startswith(b"PK"):
        return "xlsx"
    if head.startswith(_OLE):
        _refuse_ole(file)
        return "xls"
    if head.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")):
        raise UnreadableFile(N_("这是很早期的 Excel 文件格式，系统不能读取。"), SAVE_AS)
    for signature, message in _OTHER:
        if head.startswith(signature) and not (signature == b"BM" and _is_text(head)):
            raise UnreadableFile(message, N_("请选择 .xlsx、.xls 或 .csv 文件。"))
    _refuse_markup(head)
    if not _is_text(head):
        raise UnreadableFile(
            N_("这个文件的内容不是电子表格，也可能已经损坏。"), N_("请确认文件能用 Excel 或 WPS 正常打开，再重新导入。")
        )
    return "text"


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    controls = sum(head.count(bytes([code])) for code in (*range(9), *range(14, 27), *range(28, 32)))
    return controls == 0


def _refuse_markup(head: bytes) -> None:
    """Web systems export HTML and XML under the name .xls; a workbook program opens them, we do not guess."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:2048].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style", b"<body", b"<div")):
        raise UnreadableFile(N_("这是网页格式的文件，只是名字像电子表格。"), SAVE_AS)
    if start.startswith((b"<?xml", b"<!doctype", b"<workbook")):
        raise UnreadableFile(N_("这是 XML 文件，不是电子表格。"), SAVE_AS)


def _refuse_ole(file: BinaryIO) -> None:
    """Look into the old container format for what must not or cannot be read. Names in it are UTF-16."""
    found = _ole_names(file)
    if "EncryptedPackage" in found or "EncryptionInfo" in found:
        raise UnreadableFile(N_("这个文件设了打开密码。"), N_("请用 Excel 或 WPS 打开，取消密码后另存，再导入。"))
    if "_VBA_PROJECT_CUR" in found or "_VBA_PROJECT" in found:
        raise UnreadableFile(N_("这个文件带有宏，为安全起见不予读取。"), N_("请另存为不带宏的 .xlsx 文件，再导入。"))
    if "WordDocument" in found:
        raise UnreadableFile(N_("这是 Word 文档，不是电子表格。"), N_("请把表格复制到 Excel 或 WPS 表格，另存为 .xlsx，再导入。"))
    if "PowerPoint Document" in found:
        raise UnreadableFile(N_("这是演示文稿，不是电子表格。"), N_("请选择 .xlsx、.xls 或 .csv 文件。"))
    if "Workbook" not in found and "Book" not in found:
        raise UnreadableFile(N_("这个文件里没有工作簿，可能已经损坏。"), SAVE_AS)


_OLE_NAMES = (
    *("EncryptedPackage", "EncryptionInfo", "_VBA_PROJECT_CUR", "_VBA_PROJECT"),
    *("WordDocument", "PowerPoint Document", "Workbook", "Book"),
)


def _ole_names(file: BinaryIO) -> set[str]:
    """Which of the known stream names stand in directory entries (64 bytes of name, then its length) of the container."""
    wanted = {name.encode("utf-16-le").ljust(64, b"\0"): name for name in _OLE_NAMES}
    found: set[str] = set()
    carry = b""
    while chunk := file.read(1 << 20):
        data = carry + chunk
        for entry, name in wanted.items():
            if name not in found and entry in data:
                found.add(name)
        carry = data[-64:]
    file.seek(0)
    return found
