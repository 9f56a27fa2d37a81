"""Restoring a backup: everything is checked first, restored beside the present county and compared, and only then put in its place.

Whatever goes wrong before the last step, the present county is as it was. What is replaced stays as database ``…_replaced`` until the
next restore.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from renda.core import embedded
from renda.core.commands import known_migrations
from renda.core.datafolder import data_folder, private_folder
from renda.upkeep import keysafe, programs, records
from renda.upkeep.backup import journal_of
from renda.upkeep.layout import DUMP, KEPT, BackupFault, Manifest, check, read_sums
from renda.upkeep.programs import connected

Place = dict[str, Any]


@dataclass(frozen=True)
class Restored:
    """What was restored, the digest of its records, and the database of the county that it replaced (empty where there was none)."""

    manifest: Manifest
    records: str
    replaced: str = ""


def restore(folder: Path, *, keys: Path | None = None, replace: bool = False) -> Restored:
    """Restore a backup into the data folder (or the database that `DATABASE_URL` names). Raises BackupFault, then nothing is changed."""
    folder = folder.expanduser().absolute()
    manifest = check(folder)
    _must_be_known(manifest)
    source = _keys(manifest, keys)
    embedded.ensure()
    place = embedded.connection()
    present = _must_be_free(place, replace)
    fresh = place | {"dbname": f"{place['dbname']}_restoring"}
    with _administering(place) as admin:
        _make(admin, place["dbname"], fresh["dbname"])
        try:
            _fill(folder, fresh)
            found = _compare(fresh, manifest)
            _put_files(folder)
        except BaseException:
            _drop(admin, fresh["dbname"])
            raise
        replaced = _swap(admin, place["dbname"], fresh["dbname"], keep=present)
        if source is not None:
            keysafe.put_back(source)
    return Restored(manifest, found, replaced)


def _must_be_known(manifest: Manifest) -> None:
    """A backup of a newer version is refused; one of an older version is brought up to date after it."""
    unknown = {(app, name) for app, name in manifest.migrations} - known_migrations()
    if unknown:
        raise BackupFault(
            f"备份由更新的版本（{manifest.program}）建立，本版程序缺 {len(unknown)} 项结构更新。请先升级程序，再恢复；没有改动任何内容。"
        )


def _keys(manifest: Manifest, keys: Path | None) -> Path | None:
    """The file to take keys from; None where the present ones open the backup. Raises BackupFault where none do."""
    own = data_folder() / "keys"
    found = keysafe.find(manifest.keys, own) if manifest.keys else None
    if found is None and keys is not None:
        found = keysafe.find(manifest.keys, keys)
        if found is None:
            raise BackupFault(f"{keys} 中的密钥打不开这份备份的保密内容，没有恢复。请用与备份同时留存的密钥。")
    if found is None and manifest.keys:
        raise BackupFault("这份备份的保密内容要用原来的密钥才能打开，本机没有，没有恢复。请用 --keys 指定密钥备份所在的文件夹。")
    return None if found == own / keysafe.FIELDS else found


def _must_be_free(place: Place, replace: bool) -> bool:
    """Whether the database holds a county. Raises BackupFault where it may not be replaced, or is in use."""
    with connected(place) as connection:
        present = records.has_data(connection)
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        ).fetchone()
    if present and not replace:
        raise BackupFault("这里已有数据，没有恢复。如确要用备份替换现有的全部数据，请加 --replace；现有数据请先备份。")
    if others and others[0]:
        raise BackupFault(f"数据库正在使用（{others[0]} 个连接），没有恢复。请先结束网站和后台任务，再恢复。")
    return present


@contextlib.contextmanager
def _administering(place: Place) -> Iterator[psycopg.Connection[Any]]:
    """A connection beside the database, from which others can be made and renamed."""
    connection = None
    for name in ("postgres", "template1"):
        with contextlib.suppress(psycopg.OperationalError):
            connection = psycopg.connect(**place | {"dbname": name}, autocommit=True)
            break
    if connection is None:
        raise BackupFault("数据库账号不能连接 postgres 库，无法恢复。请数据库管理员开放连接权限。")
    with connection:
        yield connection


def _make(admin: psycopg.Connection[Any], like: str, name: str) -> None:
    """An empty database with the encoding and the sorting of another."""
    _drop(admin, name)
    row = admin.execute(
        "SELECT to_jsonb(d), pg_encoding_to_char(encoding) FROM pg_database AS d WHERE datname = %s", [like]
    ).fetchone()
    assert row is not None
    model, encoding = row
    options = {"TEMPLATE": "template0", "ENCODING": encoding, "LC_COLLATE": model["datcollate"], "LC_CTYPE": model["datctype"]}
    own = model.get("datlocale") or model.get("daticulocale")
    provider = {"b": ("builtin", "BUILTIN_LOCALE"), "i": ("icu", "ICU_LOCALE")}.get(model.get("datlocprovider", "c"))
    if provider and own:
        options |= {"LOCALE_PROVIDER": provider[0], provider[1]: own}
    words = sql.SQL(" ").join(sql.SQL("{} {}").format(sql.SQL(word), sql.Literal(value)) for word, value in options.items())
    try:
        admin.execute(sql.SQL("CREATE DATABASE {} ").format(sql.Identifier(name)) + words)
    except psycopg.errors.InsufficientPrivilege as error:
        raise BackupFault("数据库账号无权建立数据库，无法恢复。请数据库管理员执行 ALTER ROLE … CREATEDB 后重试。") from error


def _drop(admin: psycopg.Connection[Any], name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _fill(folder: Path, fresh: Place) -> None:
    with psycopg.connect(**fresh) as connection:
        server = connection.info.server_version // 10_000
    arguments = ["--no-owner", "--no-privileges", "--exit-on-error", "--jobs=2", str(folder / DUMP)]
    programs.finish(programs.start(programs.program("pg_restore", server), arguments, fresh), "数据库的恢复")


def _compare(fresh: Place, manifest: Manifest) -> str:
    """The restored records must be those of the backup, byte by byte, and their journal must verify as it did then, up to the same head."""
    with psycopg.connect(**fresh) as connection:
        connection.execute("ANALYZE")
        connection.commit()
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        found = records.tables(connection)
        for name in sorted(found.keys() | manifest.tables.keys()):
            if found.get(name) != manifest.tables.get(name):
                raise BackupFault(f"恢复出来的 {name} 与备份时不同，没有替换现有数据。请换用另一份备份。")
        if journal_of(connection) != manifest.journal:
            raise BackupFault("恢复出来的日志与备份时不同，没有替换现有数据。请换用另一份备份。")
    return records.digest(found)


def _put_files(folder: Path) -> None:
    """Stored files go beside the present ones (their names are their digests); other files take the place of present ones."""
    for name in read_sums(folder):
        top = name.partition("/")[0]
        target = data_folder() / name
        if top not in KEPT or (top == "files" and target.is_file() and target.stat().st_size == (folder / name).stat().st_size):
            continue
        private_folder(target.parent)
        draft = target.with_name(f".{target.name}.part")
        shutil.copyfile(folder / name, draft)
        draft.chmod(0o600)
        draft.replace(target)


def _swap(admin: psycopg.Connection[Any], name: str, fresh: str, *, keep: bool) -> str:
    """Put the restored database in the place of the present one, in one step."""
    replaced = f"{name}_replaced"
    _drop(admin, replaced)
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    try:
        with admin.transaction():
            admin.execute(rename.format(sql.Identifier(name), sql.Identifier(replaced)))
            admin.execute(rename.format(sql.Identifier(fresh), sql.Identifier(name)))
    except psycopg.Error as error:
        raise BackupFault(
            f"数据库没有换上：{str(error).strip().splitlines()[0]}。现有数据没有改动。请结束网站和后台任务后重试。"
        ) from error
    if not keep:
        _drop(admin, replaced)
        return ""
    return replaced
