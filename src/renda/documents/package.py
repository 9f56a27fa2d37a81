"""Opening a .docx that anybody may have sent: size, macros, external entities and broken files are refused before it is parsed."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from renda.documents.spoken import gettext as _

if TYPE_CHECKING:
    from docx.document import Document

MAX_FILES = 3_000
MAX_UNPACKED = 200 * 2**20
MAX_XML = 40 * 2**20
MAX_TAGS = 2_500_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = re.compile(r"vba(?:Project|Data)|macroEnabled", re.IGNORECASE)


class Unreadable(ValueError):
    """The file is nothing that we can read; the message (Chinese) says what happened, why, and what to do next."""


def open_docx(path: Path) -> Document:
    """The document of a .docx file. Raises Unreadable (Chinese: what happened, why, what to do next)."""
    import docx  # loaded only for Word files: it costs start-up time
    from docx.opc.exceptions import PackageNotFoundError
    from lxml import etree

    _inspect(path)
    try:
        document = docx.Document(str(path))
        assert document.element.body is not None
        return document
    except (zipfile.BadZipFile, zlib.error, PackageNotFoundError, etree.XMLSyntaxError, RecursionError) as error:
        raise _broken(path.name, _("内容已损坏")) from error
    except (KeyError, ValueError, AssertionError, AttributeError, TypeError, IndexError, NotImplementedError, OSError) as error:
        raise _broken(path.name, _("缺少正文或必要的部件")) from error


def _inspect(path: Path) -> None:
    """Refuse what must not reach the parser."""
    with path.open("rb") as file:
        if file.read(len(_OLE)) == _OLE:
            raise Unreadable(
                _("%(name)s 是旧版 Word（.doc）或加了密码的文档。请去掉密码，另存为 .docx 后再试。") % {"name": path.name}
            )
    try:
        with zipfile.ZipFile(path) as archive:
            _inspect_archive(archive, path.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise _broken(path.name, _("压缩包已损坏")) from error
    except RuntimeError as error:  # zipfile's word for an encrypted member
        raise Unreadable(_("%(name)s 加了密码，不能读取。请去掉密码后再试。") % {"name": path.name}) from error


def _inspect_archive(archive: zipfile.ZipFile, name: str) -> None:
    items = archive.infolist()
    xml = [item for item in items if item.filename.lower().endswith((".xml", ".rels"))]
    if len(items) > MAX_FILES or sum(item.file_size for item in items) > MAX_UNPACKED or sum(i.file_size for i in xml) > MAX_XML:
        raise Unreadable(_("%(name)s 解压后过大，已停止读取。请只保留正文，另存后再试。") % {"name": name})
    if len({item.filename.lower() for item in items}) != len(items):
        raise _broken(name, _("压缩包里有重名的部件"))
    if any(_MACROS.search(item.filename) for item in items):
        raise Unreadable(_macros(name))
    tags = 0
    for item in xml:
        data = archive.read(item)
        if item.filename == "[Content_Types].xml" and _MACROS.search(data.decode("utf-8", "replace")):
            raise Unreadable(_macros(name))
        tags += data.count(b"<")
        if tags > MAX_TAGS:
            raise Unreadable(
                _("%(name)s 的结构异常庞大，已停止读取。请把正文复制到新建的 Word 文档，另存后再试。") % {"name": name}
            )
        _no_doctype(data, name)


def _broken(name: str, why: str) -> Unreadable:
    words = _("%(name)s 不是完好的 Word 文档（.docx）：%(why)s。请在 Word 或 WPS 中打开并另存为 .docx 后再试。")
    return Unreadable(words % {"name": name, "why": why})


def _macros(name: str) -> str:
    return _("%(name)s 含有宏，为安全起见不予读取。请在 Word 中另存为不含宏的 .docx 后再试。") % {"name": name}


def _no_doctype(data: bytes, name: str) -> None:
    """Refuse a document type (entities, external files) and malformed XML; nothing is resolved."""

    def refuse(*_found: object) -> None:
        raise Unreadable(
            _("%(name)s 含有外部实体等不应出现在 Word 文档里的声明，已拒绝读取。请在 Word 中打开并另存后再试。") % {"name": name}
        )

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise _broken(name, _("内容已损坏")) from error
