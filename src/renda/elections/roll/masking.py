"""Identity numbers as the roll's pages and papers show them: never whole."""

from __future__ import annotations

STAR = "*"


def masked(number: str) -> str:
    """The first and the last character, stars between: enough to find the line beside the paper, too little to learn the number."""
    return number[:1] + STAR * (len(number) - 2) + number[-1:] if len(number) > 2 else STAR * len(number)


def side_by_side(one: str, other: str) -> tuple[str, str]:
    """Two numbers with the characters shown in which they differ, and the first and last: what a clerk compares, never a whole number.

    Numbers that differ in more than four characters are masked as any other.
    """
    if len(one) != len(other):
        return masked(one), masked(other)
    differ = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differ) > 4:
        return masked(one), masked(other)
    shown = {0, len(one) - 1, *differ}
    return _only(one, shown), _only(other, shown)


def _only(number: str, shown: set[int]) -> str:
    return "".join(sign if place in shown else STAR for place, sign in enumerate(number))
