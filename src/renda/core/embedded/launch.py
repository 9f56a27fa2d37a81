"""Start a program for `hosting`: in a user namespace, as another user, detached. Run as a script by `python -I -S`.

PostgreSQL refuses to run as root. In a user namespace root's own files belong to an ordinary user, so the server runs with no
more power than it needs and still reaches a folder that nobody but root may enter. No import of the project: it must start fast.

Arguments: `namespace:UID:GID` or `user:UID:GID` or `plain`, then `wait` or `detach`, then the program and its arguments.
Detached, it prints the server's process id and leaves it to itself.
"""

import ctypes
import os
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000


def enter_namespace(uid: int, gid: int) -> None:
    """Show the present user and group inside a new user namespace as `uid` and `gid`; raises OSError where that is forbidden."""
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    own = Path("/proc/self")
    if (own / "setgroups").exists():
        (own / "setgroups").write_text("deny")
    (own / "uid_map").write_text(f"{uid} {outer_uid} 1")
    (own / "gid_map").write_text(f"{gid} {outer_gid} 1")


def become(uid: int, gid: int) -> None:
    """Give up root for good."""
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def main(arguments: list[str]) -> None:
    """Do what the arguments say; the program replaces this process."""
    how, mode, *program = arguments
    kind, _, ids = how.partition(":")
    os.umask(0o077)
    if kind != "plain":
        uid, gid = (int(part) for part in ids.split(":"))
        (enter_namespace if kind == "namespace" else become)(uid, gid)
    if mode == "detach":
        os.setsid()
        child = os.fork()
        if child:
            sys.stdout.write(f"{child}\n")
            sys.stdout.flush()
            os._exit(0)
        os.dup2(2, 1)
    os.execv(program[0], program)  # noqa: S606 - no shell is wanted  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
