"""One page of a long list, without reading what stands before it twice."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

FEW = 50_000
"""A selection of no more is read whole: a limit tempts the planner into walking the whole table in order until it has met enough."""


def ids_of_page(parts: Sequence[QuerySet], count: int, start: int, stop: int, selected: bool) -> list[int]:
    """The primary keys from ``start`` to ``stop`` of ordered parts that follow one another and hold ``count`` records in all.

    ``selected`` says that they are some of the register's records, and not all in an order that an index has. Beyond the middle
    the list is read from its end.
    """
    stop = min(stop, count)
    if selected and count <= FEW:
        return [pk for part in parts for pk in part.values_list("pk", flat=True)][start:stop]
    if start * 2 <= count:
        return _slice(parts, start, stop)
    backwards = [part.reverse() for part in reversed(parts)]
    return _slice(backwards, count - stop, count - start)[::-1]


def _slice(parts: Sequence[QuerySet], start: int, stop: int) -> list[int]:
    first, *others = parts
    found = list(first.values_list("pk", flat=True)[start:stop])
    if others and len(found) < stop - start:
        passed = start + len(found) if found else first.order_by().count()
        found += _slice(others, max(0, start - passed), stop - passed)
    return found
