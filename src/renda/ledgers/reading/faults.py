"""Cells that hold no value: error values, and formulas that were never computed.

The workbook reader gives both as empty cells; silently empty is wrong, so their places are found in the sheet's XML. The XML is
streamed in pieces and searched for rare marks only, beside the real parsing, so that it costs next to no time.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from renda.core.cells.base import N_
from renda.ledgers.reading.limits import Limits, UnreadableFile
from renda.ledgers.reading.packed import damaged, too_large

Faults = dict[tuple[int, int], str]
_PIECE = 1 << 20
_LONGEST_ROW = 32 << 20
MOST = 200_000
_ERRORS = frozenset(["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"])


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name to the name of its XML part; sheets whose part is missing are left out. Raises `UnreadableFile` when broken."""
    relations: dict[str, str] = {}
    parts: dict[str, str] = {}
    names = {name.lower(): name for name in package.namelist()}
    try:
        # Parts with a document type were refused before, so there are no entities to expand.
        for element in ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels")):  # noqa: S314
            target = element.get("Target", "").replace("\\", "/")
            relations[element.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        for element in ElementTree.fromstring(package.read(names["xl/workbook.xml"])).iter():  # noqa: S314
            if element.tag.rpartition("}")[2] == "sheet":
                relation = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
                part = names.get(relations.get(relation, "").lower())
                if part:
                    parts[element.get("name", "")] = part
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, zlib.error, EOFError):
        raise damaged() from None
    return parts


def find_faults(package: zipfile.ZipFile, part: str, limits: Limits) -> tuple[Faults, int]:
    """Places (row, column from 0) of cells without a value, with what is shown there (`#REF!`, `=SUM(A1:A3)`).

    Second comes how many rows the part has, empty ones included (the number of its last row, or a count where rows bear none).
    Raises `UnreadableFile` when the part is broken or unpacks to more than it declares.
    """
    faults: Faults = {}
    patterns: _Patterns | None = None
    rows_before = last_row = 0
    for piece in _pieces(package, part, limits):
        if patterns is None:
            patterns = _Patterns(piece)
        if patterns.any_formula.search(piece) or patterns.any_error.search(piece):
            _scan(piece, patterns, faults, rows_before)
        if patterns.unnumbered:
            last_row = rows_before = rows_before + len(patterns.row.findall(piece))
        else:
            last_row = patterns.last_row(piece) or last_row
        if len(faults) > MOST:
            raise too_many()
    return faults, last_row


def too_many() -> UnreadableFile:
    """The error of a workbook full of cells without a value."""
    return UnreadableFile(N_("这个文件里出错的和没有计算结果的公式太多了。"), N_("请用 Excel 或 WPS 打开并保存一次，再导入。"))


def _pieces(package: zipfile.ZipFile, part: str, limits: Limits) -> Iterator[bytes]:
    """The part's bytes in pieces that end between rows."""
    total, carry = 0, b""
    try:
        with package.open(part) as stream:
            while chunk := stream.read(_PIECE):
                total += len(chunk)
                if total > limits.unpacked:
                    raise too_large(total)
                data = carry + chunk
                cut = data.rfind(b"row>", 0) + 4
                if cut < 4:
                    carry = data
                    if len(carry) > _LONGEST_ROW:
                        yield carry
                        carry = b""
                    continue
                yield data[:cut]
                carry = data[cut:]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
        raise damaged() from None
    if carry:
        yield carry


class _Patterns:
    """The marks to look for, with the namespace prefix that the sheet's first element shows."""

    def __init__(self, first: bytes) -> None:
        root = re.search(rb"<((?:\w+:)?)worksheet[\s>]", first)
        prefix = re.escape(root[1]) if root else b""
        self.row = re.compile(rb"<" + prefix + rb"row[\s>/]")
        self.cell_start = re.compile(rb"<" + prefix + rb"c[\s>/]")
        row = re.search(rb"<" + prefix + rb"row(\s[^>]*)?>", first)
        self.unnumbered = bool(row) and b' r="' not in (row[1] or b"")  # type: ignore[index]
        self.any_formula = re.compile(rb"<" + prefix + rb"f[\s>/]")
        self.any_error = re.compile(rb' t="e"')
        self.formula = re.compile(
            rb"<%sc(\s[^>]*)?>\s*<%sf[^>]*?(?:/>|>([^<]*)</%sf>)\s*(<%sv\s*/>|<%sv></%sv>)?\s*</%sc>" % ((prefix,) * 7)
        )
        self.error = re.compile(rb'<%sc(\s[^>]*?t="e"[^>]*)>(.*?)</%sc>' % (prefix, prefix), re.DOTALL)
        self.row_number = re.compile(rb"<%srow\s(?:[^>]*?\s)?r=\"(\d{1,9})\"" % prefix)
        self.value = re.compile(rb"<%sv[^>]*>([^<]*)<" % prefix)

    def last_row(self, piece: bytes) -> int:
        """The number of the last row that starts in the piece; 0 when none does."""
        end = len(piece)
        while (start := piece.rfind(b"row", 0, end)) >= 0:
            match = self.row_number.match(piece, piece.rfind(b"<", 0, start)) if start else None
            if match:
                return int(match[1])
            end = start
        return 0


def _scan(piece: bytes, patterns: _Patterns, faults: Faults, rows_before: int) -> None:
    for match in patterns.formula.finditer(piece):
        attributes = match[1] or b""
        if match[3] and b't="str"' in attributes:
            continue  # computed, and the result is an empty text
        place = _place(attributes, piece, match.start(), patterns, rows_before)
        faults[place] = "=" + _unescape(match[2] or b"")[:60]
    for match in patterns.error.finditer(piece):
        value = patterns.value.search(match[2])
        shown = _unescape(value[1]) if value else "#N/A"
        faults[_place(match[1], piece, match.start(), patterns, rows_before)] = shown if shown in _ERRORS else "#N/A"


def _unescape(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace")
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def _place(attributes: bytes, piece: bytes, start: int, patterns: _Patterns, rows_before: int) -> tuple[int, int]:
    """Row and column from 0, from the reference, or by counting in a sheet that writes none."""
    reference = re.search(rb'\sr="([A-Z]{1,3})(\d{1,7})"', attributes)
    if reference:
        column = 0
        for letter in reference[1]:
            column = column * 26 + letter - 64
        return int(reference[2]) - 1, column - 1
    rows = [match.start() for match in patterns.row.finditer(piece, 0, start)]
    column = len(patterns.cell_start.findall(piece, rows[-1] if rows else 0, start))
    return rows_before + len(rows) - 1, column


def reason(shown: str) -> str:
    """Why a faulty cell cannot be used, in Chinese; ``{found}`` stands for what is shown in it."""
    if shown.startswith("="):
        return N_("这一格是公式“{found}”，文件里没有存计算结果。请用 Excel 或 WPS 打开并保存一次，或改填数值。")
    return N_("这一格是错误值“{found}”。请改正公式，或改填数值。")
