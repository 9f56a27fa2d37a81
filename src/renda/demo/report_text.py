"""The demo county's report on 2020: our text with a place for each figure, filled with what the county's records of 2020 come to.

A place reads ``{code where=value,where=value|form}``: an indicator's code, the values of its breakdowns, and how a clerk writes the number
(``FORMS``). So the report says nothing that the ledgers do not hold, at any size of the demo.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from importlib.resources import files

from renda.core.money import WAN, YI
from renda.directory.gate import OPERATOR
from renda.figures.answering import answer
from renda.law.numerals import chinese_number

YEAR = 2020
PLACE = re.compile(r"\{([a-z_.]+)(?: ([^|}]+))?(?:\|([^}:]+)(?::([^}:]+))?(?::([^}]+))?)?\}")
NEAR = Decimal("0.05")
Value = Decimal | int


@dataclass(frozen=True)
class Place:
    """One place of the text: where it stands, what it asks for, how it is written. ``other`` is the figure that it is held against."""

    start: int
    end: int
    code: str
    where: tuple[str, ...]
    form: str
    other: str
    words: str


def template() -> str:
    """The text with its places."""
    return files("renda.demo").joinpath("texts", f"report-{YEAR}.txt").read_text("utf-8")


def places(text: str) -> Iterator[Place]:
    """All places of a text, in order."""
    for found in PLACE.finditer(text):
        code, where, form, other, words = found.groups()
        yield Place(*found.span(), code, _parts(where), form or "", other or "", words or "")


def _parts(where: str | None) -> tuple[str, ...]:
    return tuple(where.split(",")) if where else ()


def ask(code: str, where: tuple[str, ...] = (), year: int = YEAR) -> Value:
    """What an indicator comes to in the demo county (``figures show --year``); 0 where there is nothing to compute with."""
    value = answer(code, year=year, where=where, actor=OPERATOR)["value"]
    return value if value is not None else 0


def render(text: str = "") -> str:
    """The report as the office wrote it."""
    text = text or template()
    written, position = [], 0
    for place in places(text):
        written += [text[position : place.start], write(place)]
        position = place.end
    return "".join([*written, text[position:]])


def write(place: Place) -> str:
    """One figure as the text has it."""
    value = ask(place.code, place.where)
    if place.form in HELD:
        code, _, where = place.other.partition(" ")
        return HELD[place.form](value, ask(code, _parts(where)), place.words)
    return FORMS[place.form](value)


def plain(value: Value, *, parted: bool = False) -> str:
    """A number without trailing zeros: 98.78, 1055, with thousands parted where asked for."""
    text = f"{value:,f}" if parted and isinstance(value, Decimal) else f"{value:,}" if parted else f"{value}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def truncated(value: Value, digits: int = 2) -> int:
    """A number cut to its first digits: 1379 becomes 1300."""
    whole = int(value)
    step = 10 ** max(0, len(str(abs(whole))) - digits)
    return whole // step * step


def near(value: Value, unit: Value = 1) -> str:
    """近 with the next round number above, where that is at most five per cent away; the number itself where it is not."""
    whole = int((Decimal(value) / unit).to_integral_value(ROUND_CEILING))
    step = 10 ** max(0, len(str(whole)) - 2) if whole >= 10 else 1
    above = -(-whole // step) * step
    if value and Decimal(above) * unit != value and Decimal(above) * unit / Decimal(value) - 1 <= NEAR:
        return f"近{above}"
    return plain(Decimal(value) / unit)


def _near_wan(value: Value) -> str:
    said = near(value, WAN)
    return f"{said}万" if said.startswith("近") else plain(value)


def _change(value: Value) -> str:
    return f"增长{plain(value)}%" if value > 0 else f"下降{plain(-value)}%"


def _shared(value: Value, other: Value, _words: str) -> str:
    return f"各{plain(value)}" if value == other else f"分别为{plain(value)}、{plain(other)}"


def _all(value: Value, other: Value, words: str) -> str:
    return f"全部{words}" if value == other else f"已有{plain(value)}件{words}"


FORMS: dict[str, Callable[[Value], str]] = {
    "": lambda value: plain(value),
    "千": lambda value: plain(value, parted=True),
    "汉": lambda value: chinese_number(int(value)) if value else "零",
    "汉余": lambda value: chinese_number(truncated(value)) if value else "零",
    "余": lambda value: str(truncated(value)),
    "余千": lambda value: f"{truncated(value):,}",
    "万余": lambda value: plain(Decimal(truncated(value)) / WAN),
    "近": lambda value: near(value, WAN if isinstance(value, Decimal) else 1),
    "近万": _near_wan,
    "万": lambda value: plain(Decimal(value) / WAN),
    "万千": lambda value: plain(Decimal(value) / WAN, parted=True),
    "亿": lambda value: plain(round(Decimal(value) / YI, 2)),
    "增减": _change,
}
"""Forms of one number."""

HELD: dict[str, Callable[[Value, Value, str], str]] = {"各": _shared, "全部": _all}
"""Forms that say how a number stands to another one."""
