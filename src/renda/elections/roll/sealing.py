"""Sealing many rows at once: beside the reading and the writing, in a process of its own where there are enough rows to pay for starting it.

One is enough: it seals twice as fast as the database writes.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Generator, Iterable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING

from renda.core import crypto, keys
from renda.core.ahead import Ahead
from renda.elections.roll.frames import Direct, Sealed, receive, send

if TYPE_CHECKING:
    import polars as pl

FEW = 4_000
"""Rows below which starting a process costs more than it gains."""
AHEAD = 2
"""Batches made, and batches sealed, before they are asked for: bounds memory."""
_PIPE = 1 << 20
_VARIABLES = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "LANG", "VIRTUAL_ENV")
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _keys(keep: bool, direct: Direct | None) -> tuple[bytes, bytes, bytes, bool, Direct | None]:
    identifier, key = keys.store().current()
    return crypto.head_of(identifier), key, keys.store().lookup_key(), keep, direct


class Sealing:
    """A context in which batches are sealed, in order. ``keep`` and ``direct`` as in `Sealer`; ``many``: whether it is known that there will be
    many rows, so that the process starts at once."""

    def __init__(self, *, keep: bool = True, direct: Direct | None = None, many: bool = False) -> None:
        self.keys = _keys(keep, direct)
        self.many = many
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Sealing:
        if self.many:
            self.process = self._start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream
            with suppress(OSError):  # it ended by itself, and what was on its way to it is lost with it
                stream.close()

    def sealed(self, batches: Iterable[pl.DataFrame]) -> Generator[Sealed, None, None]:
        """Each batch sealed, in order. Making them, sealing them and what is done with them go on side by side; no query may be needed for
        making them. Raises what making them raises."""
        with Ahead(batches, AHEAD) as made, Ahead((self._seal(batch) for batch in made), AHEAD) as sealed:
            yield from sealed

    def _seal(self, batch: pl.DataFrame) -> Sealed:
        from renda.elections.roll import sealer

        packed = sealer.packed(batch)
        if self.process is None:
            if batch.height < FEW:
                return sealer.Sealer(*self.keys).seal(sealer.opened(packed))
            self.process = self._start()
        assert self.process.stdin
        assert self.process.stdout
        send(self.process.stdin, packed)
        answer: Sealed | None = receive(self.process.stdout)
        if answer is None:
            raise RuntimeError("the sealing process ended before its work")
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in _VARIABLES if name in os.environ} | _ONE_THREAD
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "renda.elections.roll.sealer"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, close_fds=True,
        )  # fmt: skip
        assert process.stdin
        assert process.stdout
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):  # a smaller pipe carries the same
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
        send(process.stdin, self.keys)
        return process
