"""Measuring a piece of work: wall time, and the memory of all processes that take part (ours, its children, the database's).

    with phase("ours") as ours: ...
    with phase("row by row") as reference: ...
    return {"import": Comparison(ours, reference)}

Memory is the proportional set size (shared pages are counted once), sampled; the peak above what stood before the phase. Processor
time is that of the same processes: a machine that is busy with other work stretches it far less than the wall clock.
"""

import contextlib
import gc
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import psutil

INTERVAL_S = 0.1
MOST_SHARE = 0.01
"""Of a core, that looking at memory may take: with large processes a look takes 10 ms and more."""


@dataclass
class Phase:
    """One measured piece of work."""

    name: str
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mb: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event, repr=False)


@dataclass(frozen=True)
class Comparison:
    """Our way against the reference on the same work; the ratio says how many times faster ours is."""

    ours: Phase
    reference: Phase

    @property
    def ratio(self) -> float:
        """Reference time by our time."""
        return self.reference.seconds / max(self.ours.seconds, 1e-9)

    def as_dict(self) -> dict[str, float]:
        """The comparison as plain numbers (seconds, MB)."""
        return {
            "ratio": round(self.ratio, 2),
            "ours_s": round(self.ours.seconds, 3),
            "reference_s": round(self.reference.seconds, 3),
            "ours_cpu_s": round(self.ours.cpu_seconds, 3),
            "reference_cpu_s": round(self.reference.cpu_seconds, 3),
            "ours_mb": round(self.ours.peak_mb, 1),
            "reference_mb": round(self.reference.peak_mb, 1),
        }


@contextlib.contextmanager
def phase(name: str) -> Iterator[Phase]:
    """Measure the block. The garbage of what came before is collected first, and is not counted."""
    measured = Phase(name)
    gc.collect()
    before, spent = memory_mb(), processor_s()
    sampler = threading.Thread(target=_sample, args=(measured, before), daemon=True)
    sampler.start()
    started = time.perf_counter()
    try:
        yield measured
    finally:
        measured.seconds = time.perf_counter() - started
        measured.cpu_seconds = processor_s() - spent
        measured._stop.set()
        sampler.join()
        measured.peak_mb = max(measured.peak_mb, memory_mb() - before)


def memory_mb() -> float:
    """Memory of this process, its children and the database's processes together, in MB."""
    return sum(_size(process) for process in _processes()) / 1e6


def processor_s() -> float:
    """Processor time that this process, its children and the database's processes have taken, those that ended included, in seconds."""
    return sum(_spent(process) for process in _processes())


def _spent(process: psutil.Process) -> float:
    """A process's own time and that of its children that have ended."""
    with contextlib.suppress(psutil.Error, OSError):
        times = process.cpu_times()
        return float(times.user + times.system + times.children_user + times.children_system)
    return 0.0


def _sample(measured: Phase, before: float) -> None:
    pause = INTERVAL_S
    while not measured._stop.wait(pause):
        started = time.thread_time()
        measured.peak_mb = max(measured.peak_mb, memory_mb() - before)
        pause = max(INTERVAL_S, (time.thread_time() - started) / MOST_SHARE)


def _processes() -> Iterator[psutil.Process]:
    own = psutil.Process()
    yield own
    yield from own.children(recursive=True)
    server = os.environ.get("RENDA_BENCH_SERVER", "")
    with contextlib.suppress(psutil.Error, ValueError):
        postmaster = psutil.Process(int(server))
        yield postmaster
        yield from postmaster.children(recursive=True)


def _size(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.Error, OSError):
        full = process.memory_full_info()
        return int(getattr(full, "pss", 0) or full.uss)
    return 0
