"""A new field key: every encrypted value is written anew under it, in sets, while the site runs; then the old key is retired.

Each value names its key, so a rotation that was cut short goes on where it stopped: what already names the new key is left alone. The keyed
hashes that values are found by rest on the lookup key (`rehashing` gives a new one); they are compared with their values on the way, and put
right where they differ.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import connection, models, transaction

from renda.core import crypto
from renda.core.fields import EncryptedTextField, KeyedHashField
from renda.core.keys import FileKeyStore

BATCH = 500
PATIENCE_SECONDS = 600.0
LOCK = 7_220_263  # any number that nothing else locks
SAME_VALUES = "SET LOCAL renda.rewriting = 'on'"
"""Says in a transaction that values are written anew as they are: what the database keeps from being changed lets that pass."""


class RotationFault(RuntimeError):
    """The rotation cannot go on; the text says why and what to do."""


@dataclass(frozen=True)
class EncryptedColumn:
    """One encrypted column of one table, and its keyed hash where it has one."""

    table: str
    primary_key: str
    column: str
    hash_column: str = ""

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


@dataclass
class Rotated:
    """What a rotation did: under which key, how many values were written anew and keyed hashes put right."""

    new: str
    columns: int = 0
    values: int = 0
    hashes: int = 0


def columns() -> list[EncryptedColumn]:
    """Every encrypted column of the database, by table."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        hashes = {f.source: str(f.column) for f in model._meta.local_concrete_fields if isinstance(f, KeyedHashField)}
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                found.append(
                    EncryptedColumn(model._meta.db_table, _primary(model), str(field.column), hashes.get(field.name, ""))
                )
    return sorted(found, key=str)


def _primary(model: type[models.Model]) -> str:
    key = model._meta.pk
    return str(key.column) if key is not None else "id"


def counts() -> dict[str, dict[str, int]]:
    """How many values each key holds: key → column → number."""
    found: dict[str, dict[str, int]] = {}
    for one in columns():
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT substring("{one.column}" FROM 3 FOR get_byte("{one.column}", 1)) AS key, count(*) FROM "{one.table}" '  # noqa: S608
                f'WHERE "{one.column}" IS NOT NULL GROUP BY 1'
            )
            for key, number in cursor.fetchall():
                found.setdefault(bytes(key).decode("ascii", "replace"), {})[str(one)] = number
    return found


@contextmanager
def alone() -> Iterator[None]:
    """One rotation at a time, whatever process it runs in. RotationFault where another is under way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise RotationFault("另一个更换密钥的命令正在进行，请等它结束。")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def wait_for_writers(began: datetime, patience_s: float = PATIENCE_SECONDS) -> None:
    """Wait for transactions that began before the new key stood: what they encrypted with the old key is not to be seen until they end.

    RotationFault where one of them does not end in time.
    """
    deadline = time.monotonic() + patience_s
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < %s",
                [began],
            )
            if not cursor.fetchone()[0]:
                return
        if time.monotonic() > deadline:
            raise RotationFault("有一项写入长时间没有结束，旧密钥还不能废弃。请等导入等后台任务结束后再运行一次。")
        time.sleep(0.2)


def require_none_left(new: str) -> None:
    """RotationFault while another key than the new one still holds values: it may not be retired then."""
    left = sum(sum(by.values()) for key, by in counts().items() if key != new)
    if left:
        raise RotationFault(f"还有 {left} 项内容用的是旧密钥（可能刚刚写入）。请再运行一次。")


def database_now() -> datetime:
    """The database's own instant."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
        return now


def rewrite(store: FileKeyStore, progress: Callable[[str, int], None] | None = None, batch: int = BATCH) -> Rotated:
    """Write every value anew under the store's current key, in transactions of ``batch`` rows; safe to cut short and to call again.

    RotationFault where a value cannot be read with any key that is held: nothing is retired then.
    """
    new, _key = store.current()
    done = Rotated(new)
    for one in columns():
        values, hashes = _rewrite_column(one, new, batch)
        done.columns, done.values, done.hashes = done.columns + 1, done.values + values, done.hashes + hashes
        if progress:
            progress(str(one), values)
    return done


def _rewrite_column(one: EncryptedColumn, new: str, batch: int) -> tuple[int, int]:
    values = hashes = 0
    for rows in _batches(one, crypto.head_of(new), batch):
        fresh, old, pks, right = [], [], [], []
        for pk, value, known in rows:
            text = plain(one, pk, bytes(value))
            pks.append(pk)
            old.append(bytes(value))
            fresh.append(crypto.encrypt(text))
            right.append(crypto.keyed_hash(text))
            hashes += bool(one.hash_column) and (known is None or bytes(known) != right[-1])
        values += _store(one, pks, old, fresh, right)
    return values, hashes


def plain(one: EncryptedColumn, pk: int, value: bytes) -> str:
    """An encrypted value of a row in plain. RotationFault where no key that is held opens it."""
    try:
        return crypto.decrypt(value)
    except KeyError as missing:
        raise RotationFault(
            f"{one} 的第 {pk} 行是用密钥“{crypto.key_of(value)}”加密的，密钥文件中没有它。请先从密钥备份找回，再重新运行。"
        ) from missing
    except Exception as broken:
        raise RotationFault(f"{one} 的第 {pk} 行不能解密，内容可能已损坏。请先用备份恢复这一行，再重新运行。") from broken


def _batches(one: EncryptedColumn, head: bytes, batch: int) -> Iterator[list[tuple]]:
    """Rows that another key holds, by primary key."""
    last = -(2**62)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT "{one.primary_key}", "{one.column}", {_quoted(one.hash_column)} FROM "{one.table}" '  # noqa: S608
                f'WHERE "{one.primary_key}" > %s AND "{one.column}" IS NOT NULL AND substring("{one.column}" FROM 1 FOR %s) <> %s '
                f'ORDER BY "{one.primary_key}" LIMIT %s',
                [last, len(head), head, batch],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield rows


def _store(one: EncryptedColumn, pks: list[int], old: list[bytes], fresh: list[bytes], right: list[bytes]) -> int:
    """Put the new values in place of the old; a row that somebody changed meanwhile is left: it is under the new key already."""
    also = f', "{one.hash_column}" = given.right_hash' if one.hash_column else ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SAME_VALUES)
        cursor.execute(
            f'UPDATE "{one.table}" SET "{one.column}" = given.fresh{also} '  # noqa: S608
            "FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[], %s::bytea[]) AS given(pk, old, fresh, right_hash) "
            f'WHERE "{one.table}"."{one.primary_key}" = given.pk AND "{one.table}"."{one.column}" = given.old',
            [pks, old, fresh, right],
        )
        return cursor.rowcount


def _quoted(column: str) -> str:
    return f'"{column}"' if column else "NULL"
