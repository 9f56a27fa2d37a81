"""Making the items of an iterable in a thread of its own, a few ahead of whoever takes them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """A context that yields the items of ``items`` in order, and raises what making them raises.

    They are made in a thread (no query in it: its connection would be another one), at most ``most`` ahead. Leaving the context waits for
    the item that is being made, and makes no more.
    """

    def __init__(self, items: Iterable[T], most: int) -> None:
        self._items: Iterable[T] = items
        self._made: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue(most)
        self._left = False
        self._thread = threading.Thread(target=self._make, daemon=True)
        self._thread.start()

    def _make(self) -> None:
        ended: BaseException = StopIteration()
        try:
            with closing(_each(self._items)) as items:
                for item in items:
                    if self._left:
                        break
                    self._made.put((item, None))
        except BaseException as error:
            ended = error
        self._made.put((None, ended))

    def __enter__(self) -> Ahead[T]:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._left = True
        while self._thread.is_alive():
            try:
                self._made.get(timeout=0.05)
            except queue.Empty:
                continue

    def __iter__(self) -> Iterator[T]:
        while True:
            item, ended = self._made.get()
            if isinstance(ended, StopIteration):
                return
            if ended is not None:
                raise ended
            yield item  # type: ignore[misc]  # an item unless ended


def _each(items: Iterable[T]) -> Generator[T, None, None]:
    yield from items  # closing this closes a generator that makes them
