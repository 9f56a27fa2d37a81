"""The process that encrypts rows of the roll and finds their keyed hashes, and makes of them lines for COPY. It ends with its parent.

Both directions go over pipes (`frames`). The first frame holds the keys and the terms; each further one a batch of columns (an Arrow
stream), which is answered by the lines in PostgreSQL's binary form. Nothing is written anywhere else, and nothing needs Django.
"""

from __future__ import annotations

import hashlib
import io
import os
import signal
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from renda.elections.roll.frames import Direct, Sealed, receive, send

if TYPE_CHECKING:
    import polars as pl

NONCE = 12
EPOCH = (date(2000, 1, 1) - date(1970, 1, 1)).days
DIGESTED = ("name", "sex", "phone", "address", "household_at", "district", "group", "certificate", "note")
SEALED = (
    "identity_hash", "identity_number", "name", "sex", "birth", "phone", "address", "household_at", "district", "division", "group",
    "certificate", "note", "row_digest",
)  # fmt: skip
"""The columns of a sealed row, in their order on a line."""
_LENGTH = struct.Struct(">i")
NULL = _LENGTH.pack(-1)
_STAGED = struct.pack(">h", 1 + len(SEALED))
_BLOCK = 64
_BYTES = pa.large_binary()


class Hash:
    """HMAC-SHA-256 (RFC 2104) of many texts under one key: both pads are hashed once."""

    def __init__(self, key: bytes, begin: bytes = b"") -> None:
        held = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
        self.inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in held) + begin)
        self.outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in held))

    def of(self, plains: Iterable[bytes]) -> Iterator[bytes]:
        """The digest of ``begin`` and each text."""
        inner_pad, outer_pad = self.inner.copy, self.outer.copy
        for plain in plains:
            inner, outer = inner_pad(), outer_pad()
            inner.update(plain)
            outer.update(inner.digest())
            yield outer.digest()


class Sealer:
    """Seals batches with one set of keys. ``keep``: whether the ciphertexts are wanted, or the hashes alone (a dry run stores nothing).
    ``direct``: lines for the roll itself and not for the stage."""

    def __init__(self, head: bytes, key: bytes, lookup: bytes, keep: bool = True, direct: Direct | None = None) -> None:
        self.head, self.cipher, self.keep, self.direct = head, AESGCM(key), keep, direct
        self.hash, self.digest = Hash(lookup).of, Hash(lookup, b"roll:").of

    def seal(self, batch: pa.RecordBatch) -> Sealed:
        """The batch as lines for COPY (binary, without header and trailer). Its columns: ``ord``, those of ``SEALED`` but hash and digest.

        Cipher and hash take the values of a column one by one; everything else is done to whole columns. Lines come in the order of their
        hashes, in which the database finds their places in its index a little sooner.
        """
        found = _digests(self.hash, batch.column("identity_number").cast(_BYTES))
        order = pc.sort_indices(found)
        found, batch = found.take(order), batch.take(order)
        column = batch.column
        row = [
            *_value(found), *self._sealed(column("identity_number")), *_value(column("name")), *_value(column("sex")),
            *_number(_days(column("birth")), 4), *self._sealed(column("phone")), *self._sealed(column("address")),
            *_value(column("household_at")), *_number(column("district"), 8), *_number(column("division"), 8),
            *_number(column("group"), 8), *_flag(column("certificate")), *_value(column("note")), *_value(self._row_digests(batch)),
        ]  # fmt: skip
        places = column("ord")
        if self.direct is None:
            return Sealed(places.to_pylist(), _lines([_fixed(_STAGED), *_number(places, 4), *row]))
        return _directly(places, found, column("district"), row, self.direct)

    def _sealed(self, plain: pa.Array) -> Pieces:
        """A column of ciphertexts; NULL where there is nothing."""
        there = pc.greater(pc.binary_length(plain), 0).fill_null(False)
        if not self.keep or not pc.any(there).as_py():
            return _value(pc.if_else(there, _fixed(b""), _fixed(None)))
        plains = plain.filter(there).cast(_BYTES).to_pylist()
        encrypt, head, nonces = self.cipher.encrypt, self.head, os.urandom(len(plains) * NONCE)
        starts = range(0, len(nonces), NONCE)
        ciphers = [encrypt(nonces[start : start + NONCE], one, head) for start, one in zip(starts, plains, strict=True)]
        sealed = _various(ciphers)
        lengths = _big_endian(pc.add(pc.binary_length(sealed), len(head) + NONCE), 4)
        begin = pc.binary_join_element_wise(lengths, _fixed(head), _bytes(nonces, NONCE), _fixed(b""))
        return [begin, sealed] if len(plains) == len(plain) else [_spread(begin, there, NULL), _spread(sealed, there, b"")]

    def _row_digests(self, batch: pa.RecordBatch) -> pa.Array:
        told = pc.binary_join_element_wise(*(_told(batch.column(name)) for name in DIGESTED), _fixed(b"\x1f"))
        return _digests(self.digest, told)


def _digests(of: Callable[[Iterable[bytes]], Iterator[bytes]], plain: pa.Array) -> pa.Array:
    return _bytes(b"".join(of(plain.to_pylist())), hashlib.sha256().digest_size)


def _told(column: pa.Array) -> pa.Array:
    """A column's values as they are digested."""
    if pa.types.is_boolean(column.type):
        return pc.if_else(column, _fixed(b"True"), _fixed(b"False"))
    return column.cast(pa.large_string()).cast(_BYTES).fill_null(b"None")


def _directly(places: pa.Array, found: pa.Array, district: pa.Array, row: Pieces, direct: Direct) -> Sealed:
    which = pc.index_in(found, _various(list(direct.barred)))
    why = pc.take(_various([why.encode() for why in direct.barred.values()]), which)
    off, placed = why.is_valid(), district.is_valid()
    state = pc.if_else(off, _fixed(b"off"), pc.if_else(placed, _fixed(b"registered"), _fixed(b"review")))
    begin = _fixed(struct.pack(">h", direct.columns) + direct.head)
    lines = _lines([begin, *row, *_value(state), *_value(why.fill_null(b""))])
    told = zip(places.filter(off).to_pylist(), why.drop_null().cast(pa.string()).to_pylist(), strict=True)
    in_pool = pc.sum(pc.and_not(pc.invert(placed), off)).as_py() or 0
    return Sealed(places.to_pylist(), lines, True, list(told), in_pool)


Pieces = list[Any]
"""Arrays of bytes that stand one after the other on a line."""


def _lines(pieces: Pieces) -> bytes:
    lines = pc.binary_join_element_wise(*pieces, _fixed(b""))
    data = lines.buffers()[2]
    return bytes(data) if data is not None else b""


def _fixed(value: bytes | None) -> pa.Scalar:
    return pa.scalar(value, _BYTES)


def _value(column: pa.Array) -> Pieces:
    """A column of texts or bytes, each value behind its length; NULL where there is none."""
    values = column.cast(_BYTES)
    return [_big_endian(pc.binary_length(values).fill_null(-1), 4), values.fill_null(b"")]


def _number(column: pa.Array, width: int) -> Pieces:
    """A column of integers of ``width`` bytes."""
    lengths = pc.if_else(column.is_valid(), _fixed(_LENGTH.pack(width)), _fixed(NULL))
    return [lengths, pc.if_else(column.is_valid(), _big_endian(column.fill_null(0), width), _fixed(b""))]


def _flag(column: pa.Array) -> Pieces:
    one = _LENGTH.pack(1)
    return [pc.if_else(column, _fixed(one + b"\x01"), _fixed(one + b"\x00"))]


def _days(column: pa.Array) -> pa.Array:
    """Days since the first of January 2000, from which PostgreSQL counts."""
    return pc.subtract(column.cast(pa.int32()), EPOCH)


def _big_endian(numbers: pa.Array, width: int) -> pa.Array:
    return _bytes(numbers.to_numpy().astype(f">i{width}").tobytes(), width)


def _bytes(data: bytes, width: int) -> pa.Array:
    """A column of values of ``width`` bytes each."""
    values = pa.FixedSizeBinaryArray.from_buffers(pa.binary(width), len(data) // width, [None, pa.py_buffer(data)])
    return values.cast(_BYTES)


def _various(values: list[bytes]) -> pa.Array:
    ends = np.cumsum([0, *map(len, values)], dtype=np.int64)
    return pa.Array.from_buffers(_BYTES, len(values), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(values))])


def _spread(values: pa.Array, there: pa.Array, otherwise: bytes) -> pa.Array:
    """The values where there is one, in their order."""
    places = pc.if_else(there, pc.subtract(pc.cumulative_sum(there.cast(pa.int64())), 1), None)
    return pc.take(values, places).fill_null(otherwise)


def main() -> None:
    """Seal what comes in until there is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keys = receive(sys.stdin.buffer)
    if keys is None:
        return
    _fixed(b"")  # with its first scalar Arrow loads more than sealing a batch takes: now, while nothing waits
    sealer = Sealer(*keys)
    while (batch := receive(sys.stdin.buffer)) is not None:
        send(sys.stdout.buffer, sealer.seal(opened(batch)))


def packed(batch: pl.DataFrame) -> bytes:
    """A batch as it goes over the pipe: an Arrow stream, with the types that every Arrow library knows."""
    import polars as pl

    held = io.BytesIO()
    batch.rechunk().write_ipc_stream(held, compat_level=pl.CompatLevel.oldest())
    return held.getvalue()


def opened(batch: bytes) -> pa.RecordBatch:
    """What `packed` made."""
    return pa.ipc.open_stream(batch).read_all().combine_chunks().to_batches()[0]


if __name__ == "__main__":
    main()
