"""Many independent reads at once, each thread with a database connection of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
FEW = 20
"""Fewer reads than these are not worth a second connection."""


def side_by_side(reads: Sequence[Callable[[], T]]) -> list[T]:
    """The results of all reads, in no particular order; an error of any is raised.

    Within a transaction, and where there are few, they run one after the other: another connection would not see what is not
    committed yet.
    """
    threads = min(2, os.cpu_count() or 1)
    if connection.in_atomic_block or len(reads) < FEW or threads < 2:
        return [read() for read in reads]
    waiting: SimpleQueue[Callable[[], T]] = SimpleQueue()
    for read in reads:
        waiting.put(read)
    with ThreadPoolExecutor(threads) as pool:
        return [result for done in [pool.submit(_drain, waiting) for _ in range(threads)] for result in done.result()]


def _drain(waiting: SimpleQueue[Callable[[], T]]) -> list[T]:
    results = []
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # the processors are busy with the other threads' reads
    try:
        while True:
            results.append(waiting.get_nowait()())
    except Empty:
        return results
    finally:
        connection.close()
