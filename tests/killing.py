"""Killing a real process (SIGKILL) at random points of a piece of work; whatever point it is, all of the work is there or nothing.

    def work(turn: int) -> None: ...            # runs in a process of its own, on this test's database and data folder
    def done(turn: int) -> bool: ...            # True: all of it is there; False: nothing; anything between must fail here
    killed_at_random(work, done, turns=12)

The process is a fork of the test's, so it starts at once and may use whatever the test has at hand. Each turn must be work of its own
(another file, another record). The first turn is let run to its end, and says how long the work takes. Needs a test that really commits
(``transactional_db`` or ``django_db(transaction=True)``).
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connections

from renda.journal.services import verify

PATIENCE_S = 60


@dataclass
class Killed:
    """How the turns ended."""

    cut: int = 0
    nothing: int = 0
    whole: int = 0


def forked(work: Callable[[], object]) -> int:
    """Have another process do the work; its id. It ends with status 0 when it is done, 1 when it failed."""
    connections.close_all()  # a connection has one end here only
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # Where a browser's event loop ran, Django kept connections apart for it; the fork has no loop and would find those of before it.
        connections.close_all()
        work()
        connections.close_all()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def spawned(code: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """A Python process of its own on this test's database, for work that a fork cannot do (an event loop, threads). Returns when the
    code has printed ``ready``."""
    whole = os.environ | {"DJANGO_SETTINGS_MODULE": "renda.settings"} | environment
    root = Path(__file__).resolve().parents[1]
    child = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True, env=whole, cwd=root)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n", "the process did not start"
    return child


def ended(pid: int, patience_s: float) -> int | None:
    """The exit status of a process that ended within that time (negative: by a signal), None of one that still runs."""
    deadline = time.monotonic() + patience_s
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= deadline:
            return None
        time.sleep(0.001)


def kill(pid: int) -> None:
    """End a process at once and for good."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def killed_at_random(
    work: Callable[[int], object],
    done: Callable[[int], bool],
    *,
    turns: int = 12,
    seed: int = 1,
    check: Callable[[], object] | None = None,
) -> Killed:
    """Let the work run once, then kill it ``turns`` times at points spread over its length. After each, all or nothing is there, the
    journal verifies and ``check`` (where given) passes."""
    chance, found = random.Random(seed), Killed()
    started = time.monotonic()
    pid = forked(lambda: work(0))
    status = ended(pid, PATIENCE_S)
    length = time.monotonic() - started
    assert status == 0, "the work does not succeed by itself"
    assert done(0), "the work ended well and is not there"
    for turn in range(1, turns + 1):
        # Points spread evenly, each at random within its part; the last part lies past the usual end.
        delay = length * 1.1 * (turn - 1 + chance.random()) / turns
        pid = forked(lambda number=turn: work(number))
        status = ended(pid, delay)
        if status is None:
            kill(pid)
            found.cut += 1
        assert status in (None, 0), f"turn {turn} failed by itself"
        there = done(turn)
        assert there or status is None, f"turn {turn} ended well and is not there"
        found.whole += there
        found.nothing += not there
        verdict = verify()
        assert verdict.fault is None, (turn, verdict)
        if check is not None:
            check()
    assert found.cut, "no turn was cut: the points lie past the end of the work"
    return found
