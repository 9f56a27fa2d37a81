"""Sealing many rows at once: beside the reading, in processes of their own where there are enough rows to pay for starting them."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from renda.core import crypto, keys
from renda.elections.roll import sealer
from renda.elections.roll.sealer import Columns, Sealer

FEW = 4_000
"""Rows below which starting a process costs more than it gains."""
MOST_PROCESSES = 4
_KEPT_VARIABLES = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "LANG", "VIRTUAL_ENV")


def _keys(keep: bool) -> tuple[bytes, bytes, bytes, bool]:
    identifier, key = keys.store().current()
    return crypto.head_of(identifier), key, keys.store().lookup_key(), keep


class Sealing:
    """A context in which batches are sealed, in order. ``keep`` as in `Sealer`."""

    def __init__(self, *, keep: bool = True, processes: int | None = None) -> None:
        self.keys = _keys(keep)
        self.own = Sealer(*self.keys)
        self.most = processes if processes is not None else min(os.cpu_count() or 1, MOST_PROCESSES)
        self.free: queue.Queue[subprocess.Popen[bytes]] = queue.Queue()
        self.started: list[subprocess.Popen[bytes]] = []
        self.threads: ThreadPoolExecutor | None = None

    def __enter__(self) -> Sealing:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.threads is not None:
            self.threads.shutdown(wait=kind is None, cancel_futures=True)
        for process in self.started:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()

    def lines(self, batches: Iterable[Columns]) -> Iterator[tuple[int, bytes]]:
        """Each batch as its number of rows and its lines for COPY, in order; a few are under way at a time, so that memory stays bounded."""
        waiting: deque[tuple[int, Future[bytes]]] = deque()
        for batch in batches:
            rows = len(batch["ord"])
            if rows < FEW and not self.started:
                yield rows, self.own.lines(batch)
                continue
            waiting.append((rows, self._submit(batch)))
            while len(waiting) > self.most + 1 or (waiting and waiting[0][1].done()):
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())

    def _submit(self, batch: Columns) -> Future[bytes]:
        if self.threads is None:
            self.threads = ThreadPoolExecutor(self.most)
        if len(self.started) < self.most:
            process = self._start()
            self.started.append(process)
            self.free.put(process)
        return self.threads.submit(self._seal, batch)

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "renda.elections.roll.sealer"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, close_fds=True,
        )  # fmt: skip
        assert process.stdin
        sealer.send(process.stdin, self.keys)
        return process

    def _seal(self, batch: Columns) -> bytes:
        process = self.free.get()
        try:
            assert process.stdin
            assert process.stdout
            sealer.send(process.stdin, batch)
            answer: bytes | None = sealer.receive(process.stdout)
        finally:
            self.free.put(process)
        if answer is None:
            raise RuntimeError("a sealing process ended before its work")
        return answer


def _result(one: tuple[int, Future[bytes]]) -> tuple[int, bytes]:
    return one[0], one[1].result()
