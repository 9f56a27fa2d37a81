"""Where a rehearsal happens: a data folder of its own inside the office's, with its own database server and its own keys.

The office's records are never opened. A lock is held for as long as the rehearsal goes on; a folder whose lock nobody holds was left
behind by one that was killed, and goes at the next start. A folder that was asked to be kept bears a mark and stays.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from renda.core.datafolder import data_folder, private_folder
from renda.core.embedded import Cluster

LOCK, KEPT, TURN = "rehearsal.lock", "kept", "turn.lock"


def home() -> Path:
    """The folder under which rehearsals have theirs."""
    return data_folder() / "rehearsal"


@dataclass(frozen=True)
class Place:
    """A rehearsal's own data folder, and the lock that says that it is in use (a file descriptor)."""

    folder: Path
    lock: int

    def environment(self) -> dict[str, str]:
        """The environment of a process that works here and nowhere else."""
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "RENDA_DATA")}
        return kept | {"RENDA_DATA": str(self.folder)}


@contextmanager
def throw_away(*, keep: bool = False) -> Iterator[Place]:
    """A fresh place with its server running; afterwards the server is ended and all of it removed, or with ``keep`` only ended."""
    sweep()
    folder, lock = _made()
    try:
        Cluster(folder, durable=False).start()
        yield Place(folder, lock)
        if keep:
            (folder / KEPT).touch(mode=0o600)
    finally:
        if (folder / KEPT).exists():
            Cluster(folder, durable=False).stop()
        else:
            _remove(folder)
        os.close(lock)


def sweep() -> list[str]:
    """Remove what killed rehearsals left behind; the names of the folders. Those under way and those to be kept stay."""
    gone = []
    with _turn():
        for folder in sorted(home().iterdir()):
            if folder.is_dir() and not (folder / KEPT).exists() and _abandoned(folder):
                _remove(folder)
                gone.append(folder.name)
    return gone


@contextmanager
def _turn() -> Iterator[None]:
    """One process at a time makes or sweeps places: a place that is just being made has no lock yet."""
    with (private_folder(home()) / TURN).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _made() -> tuple[Path, int]:
    with _turn():
        folder = Path(tempfile.mkdtemp(prefix="r", dir=home()))
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
    return folder, lock


def _abandoned(folder: Path) -> bool:
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True


def _remove(folder: Path) -> None:
    with suppress(FileNotFoundError):
        Cluster(folder, durable=False).stop()
    shutil.rmtree(folder, ignore_errors=True)
