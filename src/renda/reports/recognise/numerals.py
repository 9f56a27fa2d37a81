"""Number tokens in Chinese office prose: digits, Chinese numerals, blanks (XX), approximations.

A token is the bare number with its multiplier and its 余 / 多, before any measure word.
Offsets are code points of the text given, which is never changed in length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

Value = int | float | None

CHINESE = "零〇一二两三四五六七八九十百千"
BLANK = r"(?<![A-Za-z0-9])[XxＸｘ]+(?:[.．][XxＸｘ]+|(?:,[XxＸｘ]{3})+)?(?![A-Za-z0-9])|[×✕]+(?:[.．][×✕]+)?|(?<!\*)\*+(?!\*)|[_＿]{2,}|[□◯]+|○{2,}|[(（][ \u3000]*[)）]"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ROUND = r"(?<=[近上超过约达逾])[百千万](?=[余多]?[人件次名份户条场元])|[百千万](?=[余多][人件次名份户条场])"
_TOKEN = re.compile(
    rf"(?P<arabic>{_ARABIC})(?P<scale>万亿|千万|百万|[万亿千百])?(?P<about>[余多几来](?![级种样元])(?P<after>[万亿])?)?"
    rf"|百分之(?P<percent>[{CHINESE}]+(?:点[{CHINESE}]+)?|{_ARABIC})"
    rf"|(?P<chinese>[{CHINESE}万]*[{CHINESE}](?:点[{CHINESE}]+)?)(?P<chinese_scale>[万亿])?(?P<chinese_about>[余多几来](?![级种样元]))?"
    rf"|(?P<blank>{BLANK})(?P<blank_scale>[万亿])?(?P<blank_about>[余多](?=[\u4e00-\u9fff]))?"
)
_ROUND_TOKEN = re.compile(rf"(?P<round>{_ROUND})(?P<about>[余多])?")
_LONGEST = 18
_WIDE = {ord(c): ord(d) for c, d in zip("０１２３４５６７８９％．：", "0123456789%.:", strict=True)}


@dataclass(frozen=True, slots=True)
class Number:
    """A number token. `value` is as written: 3.2万 is 3.2 with `scale` 万; None for a blank."""

    start: int
    end: int
    value: Value
    scale: str = ""
    about: str = ""
    form: str = "arabic"


def narrow(text: str) -> str:
    """Full-width digits, per cent signs and points as half-width ones, length unchanged."""
    return text.translate(_WIDE)


def _plain(digits: str) -> int | float:
    bare = digits.replace(",", "")
    return float(bare) if "." in bare else int(bare)


@lru_cache(maxsize=2048)
def chinese_value(text: str) -> Value:
    """The value of a Chinese numeral (二十三, 一百零五, 九十五点二), None when it is not one or too long to be one."""
    if len(text) > _LONGEST:
        return None
    import cn2an  # loaded only when a text has Chinese numerals: it costs start-up time

    try:
        value = cn2an.cn2an(text, "smart")
    except ValueError:
        return None
    return int(value) if float(value).is_integer() else float(value)


def _token(match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if len((match["arabic"] or match["percent"] or "").replace(",", "")) > _LONGEST:
        return None
    if match["arabic"]:
        scale = (match["scale"] or "") + (match["after"] or "")
        return Number(start, end, _plain(match["arabic"]), scale, (match["about"] or "")[:1])
    if match["percent"]:
        raw = match["percent"]
        value: Value = _plain(raw) if raw[0].isdigit() else chinese_value(raw)
        return Number(start, end, value, form="percent")
    if match["chinese"]:
        value = chinese_value(match["chinese"])
        if value is None:
            return None
        return Number(start, end, value, match["chinese_scale"] or "", match["chinese_about"] or "", "chinese")
    return Number(start, end, None, match["blank_scale"] or "", match["blank_about"] or "", "blank")


def numbers(text: str) -> list[Number]:
    """All number tokens of `text` (already `narrow`ed), left to right, none overlapping another."""
    found = [token for match in _TOKEN.finditer(text) if (token := _token(match))]
    taken = {position for token in found for position in range(token.start, token.end)}
    for match in _ROUND_TOKEN.finditer(text):
        if match.start() in taken:
            continue
        value = {"百": 100, "千": 1000, "万": 1}[match["round"]]
        scale = "万" if match["round"] == "万" else ""
        found.append(Number(match.start(), match.end(), value, scale, match["about"] or "", "round"))
    return sorted(found, key=lambda token: token.start)
