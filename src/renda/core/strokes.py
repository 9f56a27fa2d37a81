"""Strokes of Han characters: how many, and in which order (the order of characters in lists "by strokes of the surname").

The tables and their licences are told in `data/NOTICE`.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_PAGE = 256
_HEADER = 5
_UNKNOWN_ORDER = "6"


def stroke_count(char: str) -> int:
    """Number of strokes of one Han character in mainland use; 0 for anything else."""
    cells = _count_pages().get(ord(char) // _PAGE)
    return ord(cells[ord(char) % _PAGE]) - ord(" ") if cells else 0


def stroke_order(char: str) -> str:
    """The strokes of one character as digits (横 1, 竖 2, 撇 3, 点 4, 折 5); empty where the table has none."""
    return _orders().get(char, "")


def stroke_rank(char: str) -> str:
    """A key, compared byte by byte, for the order of GB 13000.1: number of strokes, then the strokes one by one.

    Characters whose order of strokes is not known come last among those of their number; anything but Han characters comes first.
    """
    count = stroke_count(char)
    order = stroke_order(char) or _UNKNOWN_ORDER
    return f"{count:02d}{order if count else ''}{ord(char):05x}"


@cache
def _count_pages() -> Mapping[int, str]:
    lines = (files(__package__) / "data" / "stroke_counts.txt").read_text(encoding="ascii").split("\n")
    return {int(line[:_HEADER], 16) // _PAGE: line[_HEADER:] for line in lines if line}


@cache
def _orders() -> Mapping[str, str]:
    lines = (files(__package__) / "data" / "stroke_orders.txt").read_text(encoding="utf-8").split("\n")
    return {line[0]: line[1:] for line in lines if line}
