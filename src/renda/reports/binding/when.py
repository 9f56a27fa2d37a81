"""The period of a figure, told relative to the text's own year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def relative(period: Mapping[str, Any], year: int | None) -> dict[str, Any] | str:
    """The recogniser's period with ``offset`` (years from the text's own), or why it cannot be asked for."""
    kind = period.get("type", "year")
    if kind == "plan":
        return "下一年的安排，不是已做的工作"
    if kind == "since" and "近年" in str(period.get("words", "")):
        return "“近年来”没有写明从哪一年算起"
    found = dict(period)
    if kind in ("year", "span", "at"):
        stated = period.get("year")
        offset = stated - year if stated and year else 0
        if offset not in (0, -1):
            return f"文中说的是{stated}年，不随年度推移，请核对后改写或保留"
        found["offset"] = offset
    return found
