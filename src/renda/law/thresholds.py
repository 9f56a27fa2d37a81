"""Ratios of the law as counts of people: "more than half of 33" is 17, "two thirds or more of 210" is 140."""

from __future__ import annotations

import math
from fractions import Fraction

COMPARISONS = {
    "more_than": "超过",
    "at_least": "不少于",
    "at_most": "不超过",
    "exactly": "等于",
}


def required(ratio: Fraction, comparison: str, whole: int) -> int:
    """The smallest count (the largest, for ``at_most``) of ``whole`` that meets the ratio.

    以上 includes the number itself and 超过 / 过半数 excludes it (民法典第一千二百五十九条).
    """
    if whole < 0:
        raise ValueError(whole)
    exact = ratio * whole
    match comparison:
        case "more_than":
            return math.floor(exact) + 1
        case "at_least":
            return math.ceil(exact)
        case "at_most":
            return math.floor(exact)
    raise ValueError(comparison)


def meets(ratio: Fraction, comparison: str, part: int, whole: int) -> bool:
    """Whether ``part`` of ``whole`` satisfies the ratio; never of an empty whole."""
    if whole <= 0:
        return False
    needed = required(ratio, comparison, whole)
    return part <= needed if comparison == "at_most" else part >= needed
