"""Small questions about processes and the machine that starting a server asks."""

import errno
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path


def environment() -> dict[str, str]:
    """A plain environment: the caller's PG* variables and locale must not reach the server."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR")}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def shared_memory() -> str:
    """Containers often give /dev/shm 64 MB only; then parallel work goes through files."""
    try:
        status = os.statvfs("/dev/shm")  # noqa: S108 - looked at, not written
    except OSError:
        return "posix" if sys.platform == "darwin" else "mmap"
    return "posix" if status.f_blocks * status.f_frsize >= 512 * 1024 * 1024 else "mmap"


def alive(pid: int) -> bool:
    """Whether process `pid` runs; one that ended but that nobody has asked after (a zombie) does not."""
    try:
        os.kill(pid, 0)
    except OSError as error:
        return error.errno == errno.EPERM
    try:
        state = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0]
    except (OSError, IndexError):
        return not Path("/proc/self/stat").exists()
    return state not in (b"Z", b"X")


def serves(pid: int, data: Path) -> bool:
    """Whether process `pid` is the server of `data`: its working directory is the data folder."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(data)
    except PermissionError:
        return True
    except OSError:
        return not Path("/proc/self").exists()


def wait_for(condition: Callable[[], bool], patience_s: float) -> bool:
    """Look until `condition` holds or `patience_s` seconds are over; whether it held."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def last_line(text: str) -> str:
    """The last line of a program's output, for a message."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "原因不明"
