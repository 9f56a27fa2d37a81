"""How a value stands in a template's text: its scale by the word that follows it, its decimals, Chinese numerals."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

import cn2an

from .grammar import DECIMALS, HAN, SCALES, UNIT

_MONEY = re.compile(r"\s*(亿元|万元|元)")
_SCALE = re.compile(r"\s*(亿|万)")
_PERCENT_BEHIND = re.compile(r"\s*(?:%|％|个?百分点)")
_PERCENT_AHEAD = re.compile(r"百分之\s*$")
_MONEY_UNITS = frozenset({"元", "万元", "亿元"})
_RATES = frozenset({"%", "个百分点"})
_DEFAULT_DECIMALS = 2


def written(value: Decimal | int, unit: str, ways: tuple[str, ...], ahead: str, behind: str) -> str:
    """A value (money in yuan) as the text around it wants it: `ahead` and `behind` are the words before and after the placeholder."""
    asked = next((way for way in ways if way in SCALES), "")
    said = _said(unit, behind)
    scale = asked or said or ("万元" if unit in _MONEY_UNITS else "")
    number = Decimal(value) / SCALES.get(scale, 1)
    decimals = next((DECIMALS[way] for way in ways if way in DECIMALS), _DEFAULT_DECIMALS)
    text = _plain(number, decimals)
    if HAN in ways:
        text = _han(text)
    return text + _tail(unit, scale, said, ways, ahead, behind)


def _said(unit: str, behind: str) -> str:
    """The scale that the text itself names after the placeholder."""
    found = (_MONEY if unit in _MONEY_UNITS else _SCALE).match(behind)
    return found[1] if found else ""


def _tail(unit: str, scale: str, said: str, ways: tuple[str, ...], ahead: str, behind: str) -> str:
    """What must follow the number where the text does not say it."""
    if unit in _RATES:
        return "" if _PERCENT_BEHIND.match(behind) or _PERCENT_AHEAD.search(ahead) else unit
    if unit in _MONEY_UNITS:
        return "" if said else scale
    return ("" if said else scale) + (unit if UNIT in ways else "")


def _plain(number: Decimal, decimals: int) -> str:
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _han(text: str) -> str:
    try:
        return str(cn2an.an2cn(text, "low"))
    except ValueError:  # beyond what Chinese numerals are written for
        return text
