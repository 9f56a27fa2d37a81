"""The rows that were ticked on a page."""

from __future__ import annotations

from django.http import QueryDict

DIGITS = 18
"""More are no number of a row."""


def picked(asked: QueryDict, most: int | None = None) -> list[int]:
    """The numbers of the rows that were ticked (``pick``), each once, in their order, ``most`` at the most; what is no number is left out."""
    found = (int(one) for one in asked.getlist("pick") if one.isascii() and one.isdigit() and len(one) <= DIGITS)
    return list(dict.fromkeys(found))[:most]
