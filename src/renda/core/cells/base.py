"""What a spreadsheet cell may hold, the error of a cell that cannot be read, and the cleaning of text.

No Django here: readers are plain functions, fit for a hundred thousand rows.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class FaultyCell:
    """A cell that the workbook itself holds no value for: an error value or a formula never computed.

    `shown` is what the clerk sees or wrote (``#REF!``, ``=A1+B1``); `reason` is the Chinese explanation,
    in which ``{found}`` stands for `shown`.
    """

    shown: str
    reason: str

    def __str__(self) -> str:
        return self.shown


CellValue = str | int | float | bool | Decimal | dt.date | dt.datetime | dt.time | dt.timedelta | FaultyCell | None


def N_(text: str) -> str:
    """Mark `text` for the translation catalogue and return it unchanged."""
    return text


class CellError(ValueError):
    """A cell cannot be read as what its column asks for.

    `reason` is one Chinese sentence or two: what was found, and what to write instead. `template` and `params` are
    its parts, so that the interface can translate it. `blank` is true when there was nothing to read.
    """

    def __init__(self, template: str, *, blank: bool = False, **params: Any) -> None:
        self.template = template
        self.params = {key: shorten(value) if isinstance(value, str) else value for key, value in params.items()}
        self.blank = blank
        self.reason = template.format(**self.params) if params else template
        super().__init__(self.reason)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild_error, (self.template, self.blank, self.params)


def _rebuild_error(template: str, blank: bool, params: dict[str, Any]) -> CellError:
    return CellError(template, blank=blank, **params)


def shorten(text: str, length: int = 30) -> str:
    """`text` on one line, cut to `length` characters with an ellipsis, for use in messages."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


_SPACES = "\u3000\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\t\x0b\x0c"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad"
_CONTROLS = "".join(chr(n) for n in (*range(9), *range(14, 32), *range(127, 133), *range(134, 160)))
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_WIDE |= {0xFF0E: ".", 0xFF0D: "-", 0xFF05: "%", 0xFF0F: "/", 0xFF0B: "+", 0xFF3B: "[", 0xFF3D: "]"}
_TRANSLATION: dict[int, int | str | None] = {
    **_WIDE,
    **{ord(ch): " " for ch in _SPACES},
    **{ord(ch): None for ch in _INVISIBLE + _CONTROLS},
    ord("\r"): "\n",
    0x85: "\n",
    0x2028: "\n",
    0x2029: "\n",
}
_UNCLEAN = re.compile("[" + re.escape("".join(map(chr, _TRANSLATION))) + "()（）\\[\\]【】〔\n]|^ | $|  |_x000D_|[\uf900-\ufaff]")

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff〇"
_HAN_BREAK = re.compile(f"(?<=[{HAN}，。；：、）》]) *\n *(?=[{HAN}（《])")
_PAIR = re.compile(r"[(（]([^()（）]*)[)）]")
_NUMBERED_FILE = re.compile(r"[\[【〔(（] *((?:19|20)\d\d) *[\]】〕)）] *(第? *\d+ *号)")
_HAS_HAN = re.compile(f"[{HAN}]")

_PLACEHOLDERS = frozenset({"", "/", "\\", "-", "--", "—", "——", "―", "–", "…", "……", "*"})
_NOTHING_WORDS = frozenset({"无", "暂无", "没有", "空", "不详", "未知", "待定", "N/A", "n/a", "NA"})


def clean(text: str) -> str:
    """Clean a text but keep its lines: full-width digits and letters narrowed, blanks collapsed, invisible characters out.

    Brackets become full width beside or around Chinese and half width elsewhere; a year in a document number gets its
    official brackets (府发〔2021〕12号); so the same words typed differently compare equal.
    """
    if not _UNCLEAN.search(text):
        return text
    text = text.replace("_x000D_", "").replace("\r\n", "\n").translate(_TRANSLATION)
    text = _compatibility(text)
    if "\n" in text:
        lines = (line.strip() for line in text.split("\n"))
        text = "\n".join(line for line in lines if line)
    text = re.sub(" {2,}", " ", text).strip()
    if any(ch in text for ch in "(（[【〔"):
        text = _NUMBERED_FILE.sub(lambda m: f"〔{m[1]}〕{m[2].replace(' ', '')}", text)
        text = _PAIR.sub(_bracket, text)
    return text


def _compatibility(text: str) -> str:
    return re.sub("[\uf900-\ufaff]", lambda m: unicodedata.normalize("NFKC", m[0]), text)


def _bracket(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1] if match.start() else ""
    inner = match[1].strip()
    chinese = _HAS_HAN.search(inner) or (before and _HAS_HAN.match(before))
    return f"（{inner}）" if chinese else f"({inner})"


def read_text(value: CellValue, *, lines: bool = False) -> str:
    """The cell as clean text; an empty cell is ``""``. With `lines`, line breaks inside the cell are kept.

    Whole numbers come without ``.0``, dates as 2021-03-05, times as 14:30, true and false as 是 and 否.
    Raises `CellError` for a cell with an error value and for a number that is not finite.
    """
    if type(value) is str:
        text = clean(value)
        if "\n" in text and not lines:
            text = _HAN_BREAK.sub("", text).replace("\n", " ")
        return text
    return _text_of_other(value)


def _text_of_other(value: CellValue) -> str:
    match value:
        case None:
            return ""
        case FaultyCell():
            raise CellError(value.reason, found=value.shown)
        case bool():
            return "是" if value else "否"
        case int():
            return str(value)
        case float():
            return _float_text(value)
        case Decimal():
            return format(value.normalize(), "f")
        case dt.datetime():
            return value.date().isoformat() if value.time() == dt.time() else value.strftime("%Y-%m-%d %H:%M")
        case dt.date():
            return value.isoformat()
        case dt.time():
            return value.strftime("%H:%M" if value.second == 0 else "%H:%M:%S")
        case dt.timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
        case str():
            return read_text(str(value))
    raise CellError(N_("这一格的内容无法识别。请改写成文字后再导入。"))


def _float_text(value: float) -> str:
    if not math.isfinite(value):
        raise CellError(N_("这一格的数超出了可表示的范围。请核对后重新填写。"))
    # Excel keeps fifteen significant digits; what lies beyond is noise of the binary form.
    return format(Decimal(f"{value:.15g}").normalize(), "f")


def is_blank(value: CellValue, *, words: bool = False) -> bool:
    """Whether the cell says nothing: empty, blanks, or a stroke such as “/” and “—”. With `words`, also 无, 暂无, 待定."""
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    text = clean(value)
    return text in _PLACEHOLDERS or (words and text in _NOTHING_WORDS)


def required_text(value: CellValue, *, limit: int = 200) -> str:
    """Clean one-line text of a cell that a typed reader is about to parse.

    Raises a blank `CellError` when there is none, and refuses more than `limit` characters before any pattern is tried on them.
    """
    if is_blank(value, words=True):
        raise CellError(N_("这一格没有填写。"), blank=True)
    text = read_text(value)
    if len(text) > limit:
        raise CellError(N_("这一格有 {length} 个字，太长了：“{found}”。请核对是否填错了列。"), found=text, length=len(text))
    return text
