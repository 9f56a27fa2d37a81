"""The order of voters on a list: by voter group, then by strokes of the surname, by pinyin, or as they were registered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from renda.core.pinyin import pinyin_key, stroke_key
from renda.elections.models import ListOrder

KEPT_KEYS = 200_000


@dataclass(frozen=True, slots=True)
class Standing:
    """What a list says of a voter. ``group`` is empty for who is in no group."""

    voter: int
    group: str
    name: str
    sex: str
    born: date


@lru_cache(KEPT_KEYS)
def _strokes(name: str) -> str:
    return stroke_key(name)


@lru_cache(KEPT_KEYS)
def _pinyin(name: str) -> str:
    return pinyin_key(name)


_NAMES: dict[str, Callable[[str], str]] = {
    ListOrder.STROKES: _strokes,
    ListOrder.PINYIN: _pinyin,
    ListOrder.ROLL: lambda _name: "",
}


def in_order(several: list[Standing], order: str) -> list[Standing]:
    """The voters as the list has them; groups by number in their name, those without a group last."""
    key = _NAMES[order]
    return sorted(several, key=lambda one: (not one.group, group_key(one.group), key(one.name), one.voter))


def group_key(name: str) -> tuple[tuple[int, str], ...]:
    """Groups as people count them: 第2组 before 第10组."""
    parts: list[tuple[int, str]] = []
    digits, rest = "", ""
    for char in name:
        if char.isdecimal():
            digits += char
            continue
        if digits:
            parts.append((int(digits), rest))
            digits, rest = "", ""
        rest += char
    parts.append((int(digits) if digits else 0, rest))
    return tuple(parts)
