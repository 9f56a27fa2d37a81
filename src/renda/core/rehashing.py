"""A new lookup key: the keyed hashes that encrypted values are found by are computed anew from the values, table by table.

While it goes on, half of the tables stand under the old key: the site has to stand still, and a store in between refuses every
look-up. Cut short, the next call goes on with the same new key. What proves something for good (digests in the journal, of source rows, of
calendar tokens and recovery codes) rests on the steady key, which stays: those values are not kept, so nothing could compute them anew.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from renda.core import rotation
from renda.core.keys import FileKeyStore
from renda.core.rotation import EncryptedColumn, RotationFault

BATCH = 2_000
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
Also = Callable[[bytes], int]
_also: dict[str, Also] = {}


@dataclass
class Rehashed:
    """What was done: tables looked through, hashes written anew, other columns written anew."""

    tables: int = 0
    hashes: int = 0
    keys: int = 0


def with_table(table: str) -> Callable[[Also], Also]:
    """Have a function called in the transaction of a table, with the new key: it writes what else rests on the key there, and says how many."""

    def declared(function: Also) -> Also:
        _also[table] = function
        return function

    return declared


def require_alone() -> None:
    """RotationFault while anybody else is connected to the database: their look-ups would find half of what there is."""
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        others = cursor.fetchone()[0]
    if others:
        raise RotationFault(f"还有 {others} 个程序连着数据库。更换检索密钥要先停止网站、后台任务和其他命令，再重新运行。")


def rehash(store: FileKeyStore, progress: Callable[[str, int], None] | None = None, batch: int = BATCH) -> Rehashed:
    """Compute every keyed hash anew under a new lookup key, one transaction per table, then make that key the one in use.

    RotationFault where a value cannot be read; what is done stays, and the next call goes on.
    """
    key, done = store.begin_lookup(), Rehashed()
    by_table: dict[str, list[EncryptedColumn]] = defaultdict(list)
    for one in rotation.columns():
        if one.hash_column:
            by_table[one.table].append(one)
    for table, columns in by_table.items():
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(rotation.SAME_VALUES)
                cursor.execute(f'LOCK TABLE "{table}" IN SHARE ROW EXCLUSIVE MODE')
            hashes = sum(_column(one, key, batch) for one in columns)
            done.keys += _also[table](key) if table in _also else 0
        done.tables, done.hashes = done.tables + 1, done.hashes + hashes
        if progress:
            progress(table, hashes)
    store.finish_lookup()
    return done


def _column(one: EncryptedColumn, key: bytes, batch: int) -> int:
    written = 0
    for rows in _batches(one, batch):
        fresh = [
            (pk, right)
            for pk, value, known in rows
            if (right := hmac.digest(key, rotation.plain(one, pk, bytes(value)).encode(), hashlib.sha256))
            != (bytes(known) if known is not None else None)
        ]
        written += _store(one, fresh)
    return written


def _batches(one: EncryptedColumn, batch: int) -> Iterator[list[tuple]]:
    last = -(2**62)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT "{one.primary_key}", "{one.column}", "{one.hash_column}" FROM "{one.table}" '  # noqa: S608
                f'WHERE "{one.primary_key}" > %s AND "{one.column}" IS NOT NULL ORDER BY "{one.primary_key}" LIMIT %s',
                [last, batch],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield rows


def _store(one: EncryptedColumn, fresh: Sequence[tuple[int, bytes]]) -> int:
    if not fresh:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{one.table}" SET "{one.hash_column}" = given.right_hash '  # noqa: S608
            "FROM unnest(%s::bigint[], %s::bytea[]) AS given(pk, right_hash) "
            f'WHERE "{one.table}"."{one.primary_key}" = given.pk',
            [[pk for pk, _right in fresh], [right for _pk, right in fresh]],
        )
        return cursor.rowcount
