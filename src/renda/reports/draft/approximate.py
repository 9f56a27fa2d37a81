"""Words of approximation that must be true of the new number: 余, 多, 近, 超过, 约, 以上, 不足.

余 and 多 cut to the old figure's precision (two significant digits for a blank) and are true only of more; 近 rounds up, within 5 %.
Where the word is not true, the exact number stands and the word is marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from . import manner as m
from .manner import Manner, Written

Rule = Literal["over", "near", "about", "at least", "under"]

NEAR_WITHIN = Decimal("0.05")
_LEFT: tuple[tuple[str, Rule], ...] = (
    (r"(?:将近|接近|近)$", "near"),
    (r"(?:超过了?|超出|突破|逾|超)$", "over"),
    (r"(?:不少于|不低于|至少)$", "at least"),
    (r"(?:不足|不到|未满)$", "under"),
    (r"(?:大约|约|大概)$", "about"),
    (r"(?<![以网线会县市乡镇])上$", "at least"),
)
_RIGHT: tuple[tuple[str, Rule], ...] = ((r"以上", "at least"), (r"左右|上下", "about"), (r"以内", "under"))
_LEFT_WORDS = tuple((re.compile(pattern), rule) for pattern, rule in _LEFT)
_RIGHT_WORDS = tuple((re.compile(pattern), rule) for pattern, rule in _RIGHT)
_INSIDE: dict[str, Rule] = {"余": "over", "多": "over", "几": "over", "来": "about"}


@dataclass(frozen=True)
class Word:
    """A word of approximation: where it stands and what it demands. One inside the figure has no place of its own yet."""

    text: str
    rule: Rule
    start: int = -1
    end: int = -1

    @property
    def inside(self) -> bool:
        """Whether it stands within the figure (30余人次)."""
        return self.start < 0


@dataclass(frozen=True)
class Approximation:
    """The number as written, the word it was written for (if any), and why the word is not true (empty when it is)."""

    written: Written
    word: Word | None = None
    untrue: str = ""


def word_of(text: str, start: int, end: int, manner: Manner) -> Word | None:
    """The word of approximation of the figure at `start` to `end`."""
    if manner.about:
        return Word(manner.about, _INSIDE[manner.about])
    left = text[max(0, start - 4) : start]
    for pattern, rule in _LEFT_WORDS:
        match = pattern.search(left)
        if match and not (match[0] == "上" and text[start : start + 1] not in "百千万"):
            return Word(match[0], rule, start - len(match[0]), start)
    for pattern, rule in _RIGHT_WORDS:
        match = pattern.match(text, end)
        if match:
            return Word(match[0], rule, match.start(), match.end())
    return None


def approximate(manner: Manner, value: Decimal, word: Word | None, *, commas: bool = False) -> Approximation:
    """Write a positive value under its word of approximation."""
    if word is None:
        return Approximation(m.write(manner, value, commas=commas))
    step = m.step_for(manner, value)
    stated = _stated(word.rule, value, step)
    why = _untrue(word, value, stated)
    if why:
        return Approximation(m.write(manner, value, commas=commas), word, why)
    return Approximation(m.write(manner, stated, commas=commas, exact=False), word)


def _stated(rule: Rule, value: Decimal, step: Decimal) -> Decimal:
    if rule in ("over", "at least"):
        return m.floor_to(value, step)
    return m.round_to(value, step) if rule == "about" else m.ceil_to(value, step)


def _untrue(word: Word, value: Decimal, stated: Decimal) -> str:
    if word.rule == "over" and stated == value:
        return f"本年恰为这个数，没有超出，不能说“{word.text}”，请删去。"
    if word.rule == "under" and stated == value and word.text != "以内":
        return f"本年恰为这个数，不能说“{word.text}”，请删去。"
    if word.rule == "near" and stated == value:
        return f"本年恰为这个数，不能说“{word.text}”，请删去。"
    if word.rule in ("near", "about") and abs(stated - value) > NEAR_WITHIN * stated:
        return f"按原文的精确程度写成整数，与实际相差超过 5%，不能说“{word.text}”；这里写的是确数，请删去或改写。"
    if word.rule == "at least" and not stated:
        return f"本年没有达到，不能说“{word.text}”。"
    return ""
