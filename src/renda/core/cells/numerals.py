"""Chinese numerals as cells hold them: 十二, 一百零五, 二〇二一, 伍万, 两千三."""

from __future__ import annotations

import re

_DIGIT_FORMS = ("〇零○", "一壹幺", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {ch: number for number, forms in enumerate(_DIGIT_FORMS) for ch in forms}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}
CHARACTERS = "".join(DIGITS) + "".join(_SMALL) + "".join(_LARGE) + "廿卅"
NUMERAL = re.compile(f"[{CHARACTERS}]+")


def parse(text: str) -> int | None:
    """The whole number that a Chinese numeral writes, or None when it is not a well-formed one.

    Both the spoken form (一百零五, 两千三) and digit by digit (二〇二一) are read.
    """
    if not text:
        return None
    text = text.replace("廿", "二十").replace("卅", "三十")
    if all(ch in DIGITS for ch in text):
        return int("".join(str(DIGITS[ch]) for ch in text))
    total, rest = 0, text
    for sign in ("亿", "万"):
        head, found, tail = rest.replace("萬", "万").partition(sign)
        if not found:
            continue
        section = _section(head)
        if not section:
            return None
        total += section * _LARGE[sign]
        rest = tail
        if len(rest) == 1 and rest in DIGITS and DIGITS[rest]:
            return total + DIGITS[rest] * _LARGE[sign] // 10
    section = _section(rest) if rest else 0
    return None if section is None else total + section


def _section(text: str) -> int | None:
    """A numeral below ten thousand (三千零五十); None when malformed."""
    total, digit, last, zero = 0, None, 10_000, False
    for ch in text:
        if ch in DIGITS:
            if digit is not None:
                return None
            if DIGITS[ch] == 0:
                zero = True
            else:
                digit = DIGITS[ch]
        else:
            unit = _SMALL.get(ch, 0)
            if not unit or unit >= last or (digit is None and (unit != 10 or total)):
                return None
            total += (digit or 1) * unit
            digit, last, zero = None, unit, False
    if digit is not None:
        if total and last >= 100 and not zero:
            digit *= last // 10  # spoken short form: 两千三 is 2300, 一百一 is 110
        total += digit
    return total or None


def to_digits(text: str) -> str:
    """`text` with each Chinese numeral in it replaced by digits where it is well formed (三月五日 → 3月5日)."""

    def swap(match: re.Match[str]) -> str:
        number = parse(match[0])
        return match[0] if number is None else str(number)

    return NUMERAL.sub(swap, text)
