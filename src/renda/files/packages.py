"""Documents that are ZIP packages: Word, Excel and PowerPoint since 2007 (OOXML), WPS in that form, and OFD (GB/T 33190).

What could run or fetch something is refused: macros, ActiveX, DDE, templates from elsewhere, wrapped files. Sizes are bounded before anything is unpacked.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from django.utils.translation import gettext as _

from renda.files import compound
from renda.files.refusals import FileRefused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OFD = "application/ofd"
MAIN = (
    (b"wordprocessingml.document.main+xml", DOCX),
    (b"spreadsheetml.sheet.main+xml", XLSX),
    (b"presentationml.presentation.main+xml", PPTX),
    (b"presentationml.slideshow.main+xml", PPTX),
)
MOST_PARTS = 5_000
MOST_UNPACKED = 300 * 2**20
MOST_XML = 80 * 2**20
MOST_RATIO = 200
RATIO_FROM = 20 * 2**20
"""Contents below this size may be packed as tightly as they like: empty tables pack a thousandfold."""

_MACROS = re.compile(r"vba(?:Project|Data)|macrosheets?/|activeX/", re.IGNORECASE)
_OUTSIDE = re.compile(rb"<Relationship\b[^>]*>", re.IGNORECASE)
_FETCHING = re.compile(rb'Type="[^"]*/(?:attachedTemplate|frame|oleObject|subDocument)"', re.IGNORECASE)
_ELSEWHERE = re.compile(rb'Target="(?:https?:|ftp:|mhtml:|\\\\|//|file://[^/])', re.IGNORECASE)
_DDE = re.compile(rb"\bDDE(?:AUTO)?\b[^<]{0,20}[\"\\ ]|<(?:\w+:)?ddeLink\b")


def inspect(content: bytes) -> str:
    """The media type of a package. Raises FileRefused for one that is broken, locked, swollen, or holds what could run."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            items = archive.infolist()
            _bounded(items)
            kind = _kind(archive, items)
            _harmless(archive, items, kind)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, KeyError) as error:
        raise _broken() from error
    except RuntimeError as error:  # zipfile's word for an encrypted member
        raise FileRefused(compound.locked()) from error


def _broken() -> FileRefused:
    return FileRefused(_("文档已经损坏，或者不是完整的文件。请用 Word、WPS 打开后另存，再上传。"))


def _bounded(items: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(item.file_size for item in items)
    xml = sum(item.file_size for item in items if item.filename.lower().endswith((".xml", ".rels")))
    packed = max(1, sum(item.compress_size for item in items))
    swollen = unpacked > RATIO_FROM and unpacked / packed > MOST_RATIO
    if len(items) > MOST_PARTS or unpacked > MOST_UNPACKED or xml > MOST_XML or swollen:
        raise FileRefused(_("文档解压后异常庞大，没有保存。请只保留需要的内容，另存后再上传。"))
    if len({item.filename.lower() for item in items}) != len(items):
        raise _broken()


def _kind(archive: zipfile.ZipFile, items: list[zipfile.ZipInfo]) -> str:
    names = {item.filename for item in items}
    if "OFD.xml" in names:
        return OFD
    if "[Content_Types].xml" not in names:
        raise FileRefused(_("文件是压缩包，不能作为附件。请解压后逐个上传里面的文档和图片。"))
    types = archive.read("[Content_Types].xml")
    if b"macroenabled" in types.lower():
        raise _macros()
    for mark, kind in MAIN:
        if mark in types:
            return kind
    raise _broken()


def _harmless(archive: zipfile.ZipFile, items: list[zipfile.ZipInfo], kind: str) -> None:
    for item in items:
        name = item.filename.lower()
        if _MACROS.search(item.filename):
            raise _macros()
        if name.endswith((".xml", ".rels")):
            data = archive.read(item)
            _no_doctype(data)
            _calls_nothing(data, name)
        elif kind != OFD and name.endswith(".bin"):
            data = archive.read(item)
            if data.startswith(compound.MARK):
                compound.no_wrapped_files(data)


def _macros() -> FileRefused:
    return FileRefused(
        _(
            "文档含有宏或者控件，打开时可能运行程序，没有保存。请在 Word、Excel 或 WPS 中另存为不含宏的格式（.docx、.xlsx）或 PDF 后再上传。"
        )
    )


def _calls_nothing(data: bytes, name: str) -> None:
    """Refuse what fetches or starts something when the document is opened."""
    if name.endswith(".rels"):
        fetched = any(_FETCHING.search(one) and _ELSEWHERE.search(one) for one in _OUTSIDE.findall(data))
    else:
        fetched = (b"instrText" in data or b"ddeLink" in data or b"fldSimple" in data) and bool(_DDE.search(data))
    if fetched:
        raise FileRefused(_("文档打开时会从别处取内容或者启动程序，没有保存。请另存为 PDF 后再上传。"))


def _no_doctype(data: bytes) -> None:
    """Refuse a document type (entities, external files) and malformed XML; nothing is resolved."""

    def refuse(*_found: object) -> None:
        raise FileRefused(_("文档里有不应出现的外部实体声明，没有保存。请用 Word、WPS 打开后另存，再上传。"))

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise _broken() from error
