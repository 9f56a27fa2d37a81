"""PostgreSQL's own programs for dumping and restoring: the ones that the wheel brings, or newer ones of the machine."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from renda.core.embedded.hosting import DatabaseUnavailable, shipped_programs
from renda.upkeep.layout import BackupFault


def connected(place: Mapping[str, Any]) -> psycopg.Connection[Any]:
    """A connection to a database. Raises BackupFault where there is none to be had."""
    try:
        return psycopg.connect(**place, connect_timeout=20)
    except psycopg.OperationalError as error:
        raise BackupFault(f"无法连接数据库：{str(error).strip().splitlines()[-1]}。请检查 DATABASE_URL。") from error


def program(name: str, server: int) -> Path:
    """``pg_dump`` or ``pg_restore`` that can work with a server of this major version. Raises BackupFault where there is none."""
    found: list[Path] = []
    with contextlib.suppress(DatabaseUnavailable):
        found.append(shipped_programs() / name)
    on_path = shutil.which(name)
    found += [Path(on_path)] if on_path else []
    for path in found:
        if path.is_file() and _version(path) >= server:
            return path
    raise BackupFault(
        f"没有能与 PostgreSQL {server} 配合的 {name}。请安装 {server} 版的 PostgreSQL 客户端程序（postgresql-client-{server}）。"
    )


def _version(path: Path) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True).stdout
    number = re.search(r"(\d+)(\.\d+)*", said)
    return int(number[1]) if number else 0


def start(path: Path, arguments: list[str], connection: Mapping[str, Any]) -> subprocess.Popen[str]:
    """Start a program on a database; the password goes by its environment, never by the command line."""
    place = make_conninfo(**{name: value for name, value in connection.items() if name != "password"})
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
    if connection.get("password"):
        environment["PGPASSWORD"] = str(connection["password"])
    return subprocess.Popen(
        [str(path), *arguments, f"--dbname={place}"], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finish(child: subprocess.Popen[str], what: str) -> None:
    """Wait for a program to end. Raises BackupFault with the last line that it said."""
    said = child.communicate()[1]
    if child.returncode != 0:
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        raise BackupFault(f"{what}没有完成：{lines[-1] if lines else '程序中途退出'}。请检查磁盘空间和数据库后重试。")
