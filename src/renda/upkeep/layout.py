"""What a backup looks like on disk, and whether it is whole.

    DIR/manifest.json     what it holds: version, moment, journal head, rows and digest of each table; written last
    DIR/SHA256SUMS        the digest of every other file (`sha256sum --check SHA256SUMS` reads it too)
    DIR/database.dump     the database (pg_dump, custom format)
    DIR/files/…           stored files, by digest
    DIR/reports/…         what reports remember

Keys are never in it: they lie in a folder of their own (`keysafe`).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST, SUMS, DUMP = "manifest.json", "SHA256SUMS", "database.dump"
KEPT = ("files", "reports")
"""Folders of the data folder that a backup holds."""

LEFT_OUT = {
    "pg": "the embedded database, which is dumped",
    "keys": "never beside the data that they open",
    "run": "sockets",
    "imports": "uploads under way, removed once written: they hold personal values in plain",
    "roll": "sealed lists of voters under way, removed once written",
    "static": "collected from the packages",
    "demo": "made again by `renda demo`",
    "bench": "of benchmarks",
    "test": "of tests",
    "rehearsal": "rehearsals of elections on made-up voters, thrown away",
    "samples": "PDF samples of templates, made again when asked for",
    "metrics": "counters of running processes",
}
DERIVED = ("files/small",)
"""Parts of kept folders that are made again when they are missing."""


class BackupFault(RuntimeError):
    """A backup cannot be made, or is not what it should be; the message (Chinese) says what, why, and what to do next."""


@dataclass
class Manifest:
    """What a backup holds. ``tables`` gives rows and SHA-256 of each; ``records`` is one digest over all of them."""

    made_at: str
    program: str
    postgresql: str
    migrations: list[list[str]]
    journal: dict[str, Any]
    tables: dict[str, dict[str, Any]]
    records: str
    keys: dict[str, str]
    sums: str = ""
    files: int = 0
    bytes: int = 0
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write it as ``manifest.json``, safely on disk."""
        write_safely(folder / MANIFEST, json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BackupFault where there is none that this version can read."""
    try:
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        raise BackupFault(f"{folder} 不是完整的备份：没有 {MANIFEST}。请指定 renda backup 建立的文件夹。") from None
    except (OSError, ValueError) as error:
        raise BackupFault(f"读不出 {folder / MANIFEST}：{error}。请换用另一份备份。") from error
    version = found.get("format") if isinstance(found, dict) else None
    if version != FORMAT:
        raise BackupFault(f"{folder} 的备份格式是 {version}，本版程序只认得 {FORMAT}。请用建立它的版本恢复。")
    try:
        return Manifest(**found)
    except TypeError as error:
        raise BackupFault(f"{folder / MANIFEST} 的内容不完整：{error}。请换用另一份备份。") from error


def write_safely(path: Path, text: str) -> None:
    """A private file that is on disk when this returns."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def digest_of(path: Path) -> str:
    """SHA-256 of a file's content."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def walk(folder: Path) -> Iterator[Path]:
    """The regular files below a folder, in order, as paths relative to it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder)


def read_sums(folder: Path) -> dict[str, str]:
    """Path → digest from ``SHA256SUMS``."""
    lines = (folder / SUMS).read_text("utf-8").splitlines()
    return {line[66:]: line[:64] for line in lines}


def check(folder: Path) -> Manifest:
    """Read every byte of a backup and compare it with its digests. Raises BackupFault with the first fault."""
    manifest = read_manifest(folder)
    if not (folder / SUMS).is_file() or digest_of(folder / SUMS) != manifest.sums:
        raise BackupFault(f"{folder / SUMS} 缺失或被改动，备份不可信。请换用另一份备份。")
    sums = read_sums(folder)
    there = {str(path) for path in walk(folder)} - {MANIFEST, SUMS}
    for name in sorted(sums.keys() | there):
        if name not in there:
            raise BackupFault(f"备份中缺少 {name}。请换用另一份备份。")
        if name not in sums:
            raise BackupFault(f"备份中多出 {name}，不属于这份备份。请移走它，或换用另一份备份。")
        if digest_of(folder / name) != sums[name]:
            raise BackupFault(f"备份中的 {name} 已损坏或被改动。请换用另一份备份。")
    return manifest
