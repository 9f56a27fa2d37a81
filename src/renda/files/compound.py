"""Documents in the compound format of Word, Excel and PowerPoint before 2007, which WPS writes too (.doc, .xls, .ppt, .wps, .et, .dps)."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from renda.files.refusals import FileRefused

if TYPE_CHECKING:
    import olefile

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOC, XLS, PPT = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"
MAIN = (("worddocument", DOC), ("workbook", XLS), ("book", XLS), ("powerpoint document", PPT))
MACROS = frozenset({"vba", "_vba_project", "_vba_project_cur", "macros"})
WRAPPED = "\x01ole10native"
LOCKED = frozenset({"encryptedpackage", "encryptedsummary"})
BOUNDSHEET, FILEPASS, MACRO_SHEET = 0x85, 0x2F, 1
WORD_ENCRYPTED, WORD_FLAGS_AT = 0x0100, 10


def inspect(content: bytes) -> str:
    """The media type of a compound document. Raises FileRefused for one that is broken, locked, or holds what could run."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as held:
            parts = {part.lower() for path in held.listdir(streams=True, storages=True) for part in path}
            kind = next((kind for name, kind in MAIN if name in parts), "")
            if parts & LOCKED:
                raise FileRefused(locked())
            if parts & MACROS:
                raise macros()
            if WRAPPED in parts:
                raise wrapped()
            if not kind:
                raise FileRefused(_("文件不是 Word、Excel、PowerPoint 或 WPS 文档，没有保存。请另存为 PDF 后再上传。"))
            _look_inside(held, kind)
            return kind
    except FileRefused:
        raise
    except (OSError, ValueError, TypeError, IndexError, struct.error, RecursionError, MemoryError) as error:
        raise FileRefused(_("文档已经损坏，或者不是完整的文件。请用 Word、WPS 打开后另存，再上传。")) from error


def no_wrapped_files(content: bytes) -> None:
    """Refuse an embedded object that wraps a file of any kind or holds macros (a program under a document's icon)."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as held:
            parts = {part.lower() for path in held.listdir(streams=True, storages=True) for part in path}
    except (OSError, ValueError, TypeError, IndexError, struct.error, RecursionError, MemoryError) as error:
        raise wrapped() from error
    if parts & MACROS:
        raise macros()
    if WRAPPED in parts:
        raise wrapped()


def locked() -> str:
    """What is said of a document with a password."""
    return _("文档设有密码，不能核对内容，没有保存。请去掉密码后再上传。")


def macros() -> FileRefused:
    """What is said of a document with macros."""
    return FileRefused(
        _(
            "文档含有宏，打开时可能运行程序，没有保存。请在 Word、Excel 或 WPS 中另存为不含宏的格式（.docx、.xlsx）或 PDF 后再上传。"
        )
    )


def wrapped() -> FileRefused:
    """What is said of a document that carries other files."""
    return FileRefused(_("文档里嵌有其他文件，没有保存。请把嵌入的文件取出来单独上传，或者另存为 PDF。"))


def _look_inside(held: olefile.OleFileIO, kind: str) -> None:
    """Passwords and macro sheets that only the main stream tells of."""
    if kind == DOC:
        head = held.openstream("WordDocument").read(WORD_FLAGS_AT + 2)
        if len(head) < WORD_FLAGS_AT + 2:
            raise OSError("short stream")
        if struct.unpack_from("<H", head, WORD_FLAGS_AT)[0] & WORD_ENCRYPTED:
            raise FileRefused(locked())
    elif kind == XLS:
        name = "Workbook" if held.exists("Workbook") else "Book"
        for code, data in _records(held.openstream(name).read()):
            if code == FILEPASS:
                raise FileRefused(locked())
            if code == BOUNDSHEET and len(data) > 5 and data[5] == MACRO_SHEET:
                raise macros()


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a workbook's stream ([MS-XLS] 2.1.4): code and content."""
    at = 0
    while at + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, at)
        yield code, stream[at + 4 : at + 4 + size]
        at += 4 + size
