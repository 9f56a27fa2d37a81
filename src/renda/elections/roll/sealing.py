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
from typing import TYPE_CHECKING

from renda.core import crypto, keys
from renda.elections.roll import sealer
from renda.elections.roll.sealer import Direct, Sealed, Sealer

if TYPE_CHECKING:
    import polars as pl

FEW = 4_000
"""Rows below which starting a process costs more than it gains."""
MOST_PROCESSES = 4
_KEPT_VARIABLES = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "LANG", "VIRTUAL_ENV")


def _keys(keep: bool, direct: Direct | None) -> tuple[bytes, bytes, bytes, bool, Direct | None]:
    identifier, key = keys.store().current()
    return crypto.head_of(identifier), key, keys.store().lookup_key(), keep, direct


class Sealing:
    """A context in which batches are sealed, in order. ``keep`` and ``direct`` as in `Sealer`."""

    def __init__(self, *, keep: bool = True, direct: Direct | None = None, processes: int | None = None) -> None:
        self.keys = _keys(keep, direct)
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

    def sealed(self, batches: Iterable[pl.DataFrame]) -> Iterator[Sealed]:
        """Each batch sealed, in order; a few are under way at a time, so that memory stays bounded."""
        waiting: deque[Future[Sealed]] = deque()
        for batch in batches:
            if batch.height < FEW and not self.started:
                yield self.own.seal(batch)
                continue
            waiting.append(self._submit(batch))
            while len(waiting) > self.most + 1 or (waiting and waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _submit(self, batch: pl.DataFrame) -> Future[Sealed]:
        if self.threads is None:
            self.threads = ThreadPoolExecutor(self.most)
        if len(self.started) < self.most:
            process = self._start()
            self.started.append(process)
            self.free.put(process)
        return self.threads.submit(self._seal, sealer.packed(batch))

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ} | {"POLARS_MAX_THREADS": "1"}
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "renda.elections.roll.sealer"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, close_fds=True,
        )  # fmt: skip
        assert process.stdin
        sealer.send(process.stdin, self.keys)
        return process

    def _seal(self, batch: bytes) -> Sealed:
        process = self.free.get()
        try:
            assert process.stdin
            assert process.stdout
            sealer.send(process.stdin, batch)
            answer: Sealed | None = sealer.receive(process.stdout)
        finally:
            self.free.put(process)
        if answer is None:
            raise RuntimeError("a sealing process ended before its work")
        return answer
