"""Items made ahead: their order, their number, their errors, and that leaving early ends the thread and closes what made them."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from renda.core.ahead import Ahead


def numbers(made: list[int], closed: threading.Event, most: int = 1_000) -> Iterator[int]:
    try:
        for number in range(most):
            made.append(number)
            yield number
    finally:
        closed.set()


def test_all_items_come_in_order() -> None:
    with Ahead(range(500), 3) as found:
        assert list(found) == list(range(500))


def test_no_more_are_made_than_asked_for() -> None:
    made: list[int] = []
    closed = threading.Event()
    with Ahead(numbers(made, closed), 3) as found:
        taken = next(iter(found))
    assert taken == 0
    assert closed.is_set()
    assert len(made) <= 1 + 3 + 2  # taken, waiting, and in the hand of the thread before and while it is told to end


def test_an_error_comes_after_what_was_made_before_it() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("no second one")

    seen: list[int] = []
    with Ahead(broken(), 5) as found, pytest.raises(ValueError, match="no second one"):
        seen.extend(found)
    assert seen == [1]


def test_leaving_with_an_error_ends_the_thread() -> None:
    def take() -> None:
        with Ahead(numbers([], closed), 1) as found:
            for _ in found:
                raise RuntimeError("of the taker")

    closed = threading.Event()
    before = threading.active_count()
    with pytest.raises(RuntimeError, match="of the taker"):
        take()
    assert closed.is_set()
    assert threading.active_count() == before
