"""How a number is written in the old text, and a new value written in the same manner.

Digits (half or full width), Chinese numerals, thousands separators, 万 and 亿, 余 and 多 before or after them, per cent signs and 百分之.
Values are absolute (元, 件, 人次, per cent), whatever scale the text writes them in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

from renda.reports.recognise.numerals import chinese_value, narrow, numbers

Script = Literal["digits", "wide", "chinese", "blank"]

FACTORS = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 10**8, "万亿": 10**12}
_RANGE = re.compile(r"[\dXx多余几人件次个%％两一二三四五六七八九十百千万亿][-—–~～至到]{1,2}[\dXx两一二三四五六七八九十百千万]")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ROUND = {"百": 100, "千": 1000, "万": 10_000}
_HAN_SCALE = re.compile(r"(?P<number>.+)(?P<scale>[万亿])")
_TO_WIDE = {ord(c): ord(w) for c, w in zip("0123456789.", "０１２３４５６７８９．", strict=True)}
_MEASURE_OF_TWO = re.compile(r"[个件次项名人位部份条场期批篇家所户座处]")


@dataclass(frozen=True)
class Manner:
    """The writing of one number. `step` is its absolute precision (2900余 → 100, 3.2万 → 1000), None for a blank. `bare` is a 百 or 千 said without 一."""

    lead: str
    script: Script
    commas: bool
    decimals: int
    scale: str
    about: str
    about_first: bool
    tail: str
    old: Decimal | None
    step: Decimal | None
    bare: str = ""

    @property
    def factor(self) -> int:
        """What the written number is multiplied by."""
        return FACTORS[self.scale]

    @property
    def percent(self) -> bool:
        """Whether it is a percentage."""
        return self.lead == "百分之" or self.tail.startswith(("%", "％"))

    @property
    def money(self) -> bool:
        """Whether it is an amount in yuan."""
        return self.tail.startswith("元")


@dataclass(frozen=True)
class Written:
    """A number in its manner: `head` up to and without 余, `about`, `rest`; `stated` is the value that the text now states."""

    head: str
    about: str
    rest: str
    stated: Decimal

    @property
    def text(self) -> str:
        """The whole figure."""
        return self.head + self.about + self.rest


def read_manner(text: str) -> Manner | None:
    """The manner of a figure's text (number and measure word). None where it holds no number that can be written anew (a range)."""
    plain = narrow(text)
    lead = "第" if plain.startswith("第") else ""
    if _RANGE.search(plain):
        return None
    token = next(iter(numbers(plain[len(lead) :])), None)
    if plain[:1] in _ROUND and (token is None or token.start):
        return _round(plain[0], text)
    if token is None or token.start or (token.value is None and token.form != "blank"):
        return None
    if token.form == "percent":
        lead = "百分之"
    body = plain[len(lead) : len(lead) + token.end] if token.form != "percent" else plain[3 : token.end]
    scale, about_first = token.scale, bool(token.about) and not body.endswith(token.about)
    raw = body.replace(token.about, "") if token.about else body
    raw = raw.removesuffix(scale)
    number = None if token.value is None else Decimal(str(token.value))
    script = _script(raw, text, token.form)
    if script == "chinese":
        raw, number, scale = _han(raw, number, scale)
    if scale not in FACTORS or (number is None and script != "blank"):
        return None
    decimals = len(raw.partition("点" if script == "chinese" else ".")[2])
    return Manner(
        lead=lead,
        script=script,
        commas="," in raw,
        decimals=decimals,
        scale=scale,
        about=token.about,
        about_first=about_first,
        tail=text[(token.end if lead != "第" else token.end + 1) :],
        old=None if number is None else number * FACTORS[scale],
        step=None if number is None else _precision(number, decimals) * FACTORS[scale],
        bare=raw if raw in _ROUND else "",
    )


def _round(word: str, text: str) -> Manner:
    """近百件, 上千人次: one, left out."""
    about = text[1] if text[1:2] in ("余", "多") else ""
    value = Decimal(_ROUND[word])
    return Manner("", "chinese", False, 0, "", about, False, text[1 + len(about) :], value, value, word)


def _script(raw: str, original: str, form: str) -> Script:
    if form == "blank":
        return "blank"
    if _DIGITS.fullmatch(raw):
        return "wide" if any("０" <= c <= "９" for c in original) else "digits"
    return "chinese"


def _han(raw: str, number: Decimal | None, scale: str) -> tuple[str, Decimal | None, str]:
    """三万 is 三 with the scale 万; 三万二千 is one number."""
    match = _HAN_SCALE.fullmatch(raw)
    if scale or match is None or (inner := chinese_value(match["number"])) is None:
        return raw, number, scale
    return match["number"], Decimal(str(inner)), match["scale"]


def _precision(number: Decimal, decimals: int) -> Decimal:
    """The place of the last digit that is not a filling zero: 2900 → 100, 3.2 → 0.1, 35 → 1."""
    if decimals or number == 0:
        return Decimal(1).scaleb(-decimals)
    step = Decimal(1)
    while number % (step * 10) == 0:
        step *= 10
    return step


def two_digits(value: Decimal) -> Decimal:
    """The precision of two significant digits of a value: 1234 → 100, 37 → 1."""
    return Decimal(1).scaleb(value.adjusted() - 1)


def step_for(manner: Manner, value: Decimal) -> Decimal:
    """The precision to which an approximate number is written: the old figure's, two digits for a blank, never coarser than the value."""
    step = two_digits(value) if manner.step is None else manner.step
    step = min(step, Decimal(1).scaleb(value.adjusted()))
    return max(step, Decimal(1)) if not (manner.money or manner.percent or manner.decimals) and manner.factor == 1 else step


def floor_to(value: Decimal, step: Decimal) -> Decimal:
    """The value cut to a multiple of the step."""
    return (value / step).to_integral_value(ROUND_FLOOR) * step


def ceil_to(value: Decimal, step: Decimal) -> Decimal:
    """The value raised to a multiple of the step."""
    return (value / step).to_integral_value(ROUND_CEILING) * step


def round_to(value: Decimal, step: Decimal) -> Decimal:
    """The value rounded half up to a multiple of the step."""
    return (value / step).to_integral_value(ROUND_HALF_UP) * step


def write(manner: Manner, value: Decimal, *, commas: bool = False, exact: bool = True) -> Written:
    """A value in the manner of the old figure; `commas` where other numbers of the text have them. `exact` false keeps just its digits.

    Percentages keep the old decimals (one for a blank and for 100%) but never round to 0 or to 100 what is neither.
    """
    shaped = _shape(manner, value)
    factor = Decimal(shaped.factor)
    number = value / factor
    if exact:
        number = _percentage(shaped, number) if shaped.percent else round_to(number, Decimal(1).scaleb(-_places(shaped, number)))
    digits = _digits(shaped, number, commas)
    if shaped.about and not shaped.about_first:
        return Written(shaped.lead + digits + shaped.scale, shaped.about, shaped.tail, number * factor)
    if shaped.about:
        return Written(shaped.lead + digits, shaped.about, shaped.scale + shaped.tail, number * factor)
    return Written(shaped.lead + digits + shaped.scale + shaped.tail, "", "", number * factor)


def _shape(manner: Manner, value: Decimal) -> Manner:
    """Without 万 or 亿 where the new value is too small for it (0.34万人次 is written 3400人次), or is no round number in Chinese numerals."""
    if manner.scale and not manner.about_first and abs(value) < manner.factor:
        return replace(manner, scale="", decimals=0, about_first=False)
    if manner.script == "chinese" and manner.scale and value % manner.factor:
        return replace(manner, scale="", about_first=False)
    return manner


def _places(manner: Manner, number: Decimal) -> int:
    """Decimals: the old figure's, and up to two where the value needs them."""
    needed = max(0, -number.normalize().as_tuple().exponent)  # type: ignore[operator]
    return max(manner.decimals, min(2, needed))


def _percentage(manner: Manner, number: Decimal) -> Decimal:
    places = 1 if manner.old in (None, 0, 100) and not manner.decimals else manner.decimals
    while True:
        rounded = round_to(number, Decimal(1).scaleb(-places))
        told_whole = rounded in (0, 100) and rounded != number
        if not told_whole or places >= 6:
            break
        places += 1
    return rounded


def _digits(manner: Manner, number: Decimal, commas: bool) -> str:
    plain = f"{number:f}"
    if "." in plain:
        head, _, tail = plain.partition(".")
        kept = tail.rstrip("0")
        plain = f"{head}.{kept}" if kept else head
    if manner.script == "chinese":
        return _chinese(plain, manner)
    if manner.commas or (commas and (manner.old is None or manner.old / manner.factor < 1000)):
        head, dot, tail = plain.partition(".")
        plain = f"{int(head):,}{dot}{tail}"
    return plain.translate(_TO_WIDE) if manner.script == "wide" else plain


def _chinese(plain: str, manner: Manner) -> str:
    import cn2an  # loaded only for texts with Chinese numerals: it costs start-up time

    said = str(cn2an.an2cn(plain, "low"))
    said = re.sub(r"^二(?=[千万亿])", "两", re.sub(r"^一十", "十", said))
    if manner.bare and said == f"一{manner.bare}":
        return manner.bare
    return "两" if said == "二" and not manner.percent and manner.lead != "第" and _two(manner) else said


def _two(manner: Manner) -> bool:
    """Whether 2 is said 两 here: before a measure word, 万 or 千."""
    return bool(manner.scale) or bool(_MEASURE_OF_TWO.match(manner.tail))
