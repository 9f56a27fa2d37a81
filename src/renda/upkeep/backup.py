"""Making a backup while the site runs: one moment of the database, then the files that it names.

Files are written before the records that name them and never changed, so copying them after the database's moment holds all of them.
Everything is gathered beside its place and put there in one step at the end: an interrupted backup leaves nothing that looks whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from renda import __version__
from renda.core import clock, embedded
from renda.core.datafolder import data_folder, private_folder
from renda.journal.models import DEFAULT_CHAIN
from renda.journal.verifying import verify_with
from renda.upkeep import keysafe, programs, records
from renda.upkeep.layout import (
    DERIVED,
    DUMP,
    KEPT,
    MANIFEST,
    SUMS,
    BackupFault,
    Manifest,
    digest_of,
    read_manifest,
    walk,
    write_safely,
)
from renda.upkeep.programs import connected

DATED = "%Y%m%d-%H%M%S"
STORED = "SELECT digest FROM files_storedfile"


@dataclass(frozen=True)
class Made:
    """A finished backup, and older ones that were removed for it."""

    folder: Path
    manifest: Manifest
    removed: tuple[Path, ...] = ()


def make(folder: Path, *, keys: Path | None = None) -> Made:
    """Back the office up into ``folder``, which must be new or empty; its keys go to ``keys``. Raises BackupFault."""
    folder = folder.expanduser().absolute()
    _must_be_new(folder)
    if keys is not None:
        keys = keys.expanduser().absolute()
        if folder in (keys, *keys.parents) or keys in folder.parents:
            raise BackupFault(
                "密钥不能与备份放在一起：得到备份的人就能打开保密内容。请把 --keys 指到另一个文件夹，最好在另一台机器上。"
            )
        keysafe.keep(keys)
    try:
        with _draft(folder) as draft:
            manifest = _fill(draft)
            if keys is not None:
                keysafe.keep(keys)
            draft.rename(folder)
            _sync(folder.parent)
    except OSError as error:
        raise BackupFault(
            f"备份没有完成：{error.strerror or error}（{error.filename or folder}）。请检查磁盘空间和权限后重试。"
        ) from error
    return Made(folder, manifest)


def make_dated(parent: Path, most: int, *, keys: Path | None = None) -> Made:
    """Back up into a folder named after the moment, and remove older backups beyond the newest ``most``; others' folders stay."""
    made = make(parent / clock.real_now().astimezone(clock.CIVIL_ZONE).strftime(DATED), keys=keys)
    removed = whole_ones(parent)[:-most]
    for old in removed:
        (old / MANIFEST).unlink()  # from here on it does not look whole
        shutil.rmtree(old)
    return Made(made.folder, made.manifest, tuple(removed))


def whole_ones(parent: Path) -> list[Path]:
    """The finished dated backups in a folder, oldest first."""
    found = []
    for path in sorted(parent.iterdir()):
        with contextlib.suppress(ValueError, BackupFault):
            datetime.strptime(path.name, DATED)  # noqa: DTZ007 - only its form is looked at
            read_manifest(path)
            found.append(path)
    return found


def _must_be_new(folder: Path) -> None:
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BackupFault(f"{folder} 已有内容，没有备份。请指定一个新的或空的文件夹。")
        private_folder(folder.parent)
    except OSError as error:
        raise BackupFault(f"不能在 {folder.parent} 建立备份：{error.strerror or error}。请换一个文件夹。") from error


@contextlib.contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A folder beside the backup's place; it is gone at the end unless it was moved there. Drafts of dead processes go too."""
    for old in folder.parent.glob(f".{folder.name}.part-*"):
        if not Path(f"/proc/{old.name.rpartition('-')[2]}").exists():
            shutil.rmtree(old, ignore_errors=True)
    draft = folder.with_name(f".{folder.name}.part-{os.getpid()}")
    draft.mkdir(mode=0o700)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _fill(draft: Path) -> Manifest:
    """Everything of a backup into the draft; the manifest comes last."""
    embedded.ensure()
    place = embedded.connection()
    own = data_folder() / "keys"
    marks = keysafe.marks(own)
    with connected(place) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        manifest, wanted = _database(connection, place, draft / DUMP)
    if marks and not marks == manifest.keys == keysafe.marks(own):
        raise BackupFault("备份期间更换了密钥，没有备份。请等更换完成后重试。")
    sums = {DUMP: digest_of(draft / DUMP)}
    for name in KEPT:
        sums |= _copy_tree(data_folder() / name, draft / name, name, manifest)
    stored = {Path(name).name for name in sums if name.startswith("files/")}
    manifest.missing = sorted(set(wanted) - stored)
    write_safely(draft / SUMS, "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())))
    manifest.sums = digest_of(draft / SUMS)
    manifest.files = len(sums) - 1
    manifest.bytes = sum((draft / name).stat().st_size for name in sums)
    _sync(*(path for path in draft.rglob("*") if path.is_dir()), draft / DUMP)
    manifest.write(draft)
    _sync(draft)
    return manifest


def _database(connection: psycopg.Connection[Any], place: dict[str, Any], dump: Path) -> tuple[Manifest, list[str]]:
    """Dump one moment of the database and say what stood in it; the digests of its stored files."""
    row = connection.execute("SELECT pg_export_snapshot(), current_setting('server_version')").fetchone()
    assert row is not None
    snapshot, server = row
    if connection.execute("SELECT to_regclass('journal_chain')").fetchone() == (None,):
        raise BackupFault("数据库还没有建立，没有可备份的内容。")
    arguments = [
        "--format=custom",
        "--compress=gzip:1",
        "--no-owner",
        "--no-privileges",
        f"--snapshot={snapshot}",
        f"--file={dump}",
    ]
    child = programs.start(programs.program("pg_dump", int(server.split(".")[0])), arguments, place)
    try:
        manifest = _described(connection, server)
        wanted = [digest for (digest,) in connection.execute(STORED).fetchall()] if "files_storedfile" in manifest.tables else []
        programs.finish(child, "数据库的转储")
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
    dump.chmod(0o600)
    return manifest, wanted


def _described(connection: psycopg.Connection[Any], server: str) -> Manifest:
    tables = records.tables(connection)
    return Manifest(
        made_at=clock.real_now().isoformat(timespec="seconds"), program=__version__, postgresql=server,
        migrations=[list(row) for row in connection.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2").fetchall()],
        journal=journal_of(connection), tables=tables, records=records.digest(tables), keys=keysafe.marks(data_folder() / "keys"),
    )  # fmt: skip


def journal_of(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    """The head of the journal, and the first fault of its verification (None where all is well)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, algorithm, head_sequence, head_hash FROM journal_chain WHERE name = %s", [DEFAULT_CHAIN])
        head = cursor.fetchone() or (DEFAULT_CHAIN, "sha256", 0, "0" * 64)
        verdict = verify_with(cursor)
    said = {"fault": verdict.fault, "at_sequence": verdict.at_sequence}
    return dict(zip(("chain", "algorithm", "sequence", "hash"), head, strict=True)) | said


def _copy_tree(source: Path, target: Path, name: str, manifest: Manifest) -> dict[str, str]:
    """Copy a folder's files; path below the backup → digest. Stored files whose content does not fit their name are noted."""
    sums = {}
    for path in walk(source) if source.is_dir() else ():
        shown = f"{name}/{path}"
        if path.name.startswith(".") or shown.startswith(tuple(f"{one}/" for one in DERIVED)):
            continue
        try:
            sums[shown] = _copy(source / path, target / path)
        except FileNotFoundError:
            continue  # taken away meanwhile: no record of the moment named it
        if name == "files" and sums[shown] != path.name:
            manifest.damaged.append(shown)
    return sums


def _copy(source: Path, target: Path) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as stream:
        private_folder(target.parent)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as copy:
            while part := stream.read(1 << 20):
                digest.update(part)
                copy.write(part)
            copy.flush()
            os.fsync(copy.fileno())
    return digest.hexdigest()


def _sync(*paths: Path) -> None:
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
