"""The process that encrypts rows of the roll and finds their keyed hashes, and makes of them lines for COPY. It ends with its parent.

Both directions go over pipes: frames of eight bytes of length and a pickle. The first frame holds the keys and the terms; each further
one a batch of columns (an Arrow stream), which is answered by the lines in PostgreSQL's binary form. Nothing is written anywhere else, and
nothing needs Django.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    import polars as pl

NONCE = 12
EPOCH = date(2000, 1, 1).toordinal()
NOTHING = b"\xff\xff\xff\xff"
"""A value that is NULL."""
_LENGTHS = tuple(struct.pack(">i", number) for number in range(4096))
_TRUE, _FALSE = _LENGTHS[1] + b"\x01", _LENGTHS[1] + b"\x00"
DIGESTED = ("name", "sex", "phone", "address", "household_at", "district", "group", "certificate", "note")
SEALED = (
    "identity_hash", "identity_number", "name", "sex", "birth", "phone", "address", "household_at", "district", "division", "group",
    "certificate", "note", "row_digest",
)  # fmt: skip
"""The columns of a sealed row, in their order on a line."""
_STAGED = struct.pack(">h", 1 + len(SEALED))
_BLOCK = 64


@dataclass(frozen=True)
class Direct:
    """How lines are made that go into the roll itself, with no look at it. ``head``: how each line begins (what all rows share);
    ``columns``: how many it has; ``barred``: who may not vote, by keyed hash, and why."""

    columns: int
    head: bytes
    barred: Mapping[bytes, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sealed:
    """A sealed batch. ``places``: its rows' numbers, in the order of the lines; ``barred`` (place, why) and ``in_pool`` of direct lines."""

    places: list[int]
    lines: bytes
    direct: bool = False
    barred: list[tuple[int, str]] = field(default_factory=list)
    in_pool: int = 0

    @property
    def rows(self) -> int:
        """How many lines it has."""
        return len(self.places)


class Hash:
    """HMAC-SHA-256 (RFC 2104) of many texts under one key: both pads are hashed once."""

    def __init__(self, key: bytes, begin: bytes = b"") -> None:
        held = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
        self.inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in held) + begin)
        self.outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in held))

    def of(self, plain: bytes) -> bytes:
        """The digest of ``begin`` and the text."""
        inner, outer = self.inner.copy(), self.outer.copy()
        inner.update(plain)
        outer.update(inner.digest())
        return outer.digest()


class Sealer:
    """Seals batches with one set of keys. ``keep``: whether the ciphertexts are wanted, or the hashes alone (a dry run stores nothing).
    ``direct``: lines for the roll itself and not for the stage."""

    def __init__(self, head: bytes, key: bytes, lookup: bytes, keep: bool = True, direct: Direct | None = None) -> None:
        self.head, self.cipher, self.keep, self.direct = head, AESGCM(key), keep, direct
        self.hash, self.digest = Hash(lookup).of, Hash(lookup, b"roll:").of

    def seal(self, batch: pl.DataFrame) -> Sealed:
        """The batch as lines for COPY (binary, without header and trailer). Its columns: ``ord``, those of ``SEALED`` but hash and digest."""
        places = batch["ord"].to_list()
        rows = self._rows(batch)
        if self.direct is None:
            begin = _STAGED + _LENGTHS[4]
            lines = [begin + struct.pack(">i", place) + row for place, (_hash, _placed, row) in zip(places, rows, strict=True)]
            return Sealed(places, b"".join(lines))
        return _directly(places, rows, self.direct)

    def _rows(self, batch: pl.DataFrame) -> Iterator[tuple[bytes, bool, bytes]]:
        """Each row's keyed hash, whether it has a district, and its columns."""
        encrypt = self._encrypter(batch.height * 3)
        names = ("identity_number", "birth", "division", *DIGESTED)
        born = batch["birth"].to_physical() - (EPOCH - date(1970, 1, 1).toordinal())
        columns = [(born if name == "birth" else batch[name]).to_list() for name in names]
        digest, seen, text, key, join = self.digest, self.hash, _text, _number, b"".join
        pack, flags, four, long = struct.Struct(">ii").pack, (_FALSE, _TRUE), 4, _LENGTHS[32]
        for number, birth, division, name, sex, phone, address, household, district, group, certificate, note in zip(
            *columns, strict=True
        ):
            plain = number.encode()
            found = seen(plain)
            told = f"{name}\x1f{sex}\x1f{phone}\x1f{address}\x1f{household}\x1f{district}\x1f{group}\x1f{certificate}\x1f{note}"
            yield found, district is not None, join((
                long, found, encrypt(plain), text(name), text(sex), pack(four, birth),
                encrypt(phone.encode()) if phone else NOTHING, encrypt(address.encode()) if address else NOTHING,
                text(household), key(district), key(division), key(group), flags[certificate], text(note), long, digest(told.encode()),
            ))  # fmt: skip

    def _encrypter(self, count: int) -> Callable[[bytes], bytes]:
        nonces, place, head, cipher = os.urandom(count * NONCE), 0, self.head, self.cipher.encrypt
        if not self.keep:
            return lambda plain: _LENGTHS[0] if plain else NOTHING

        def encrypt(plain: bytes) -> bytes:
            nonlocal place
            if not plain:
                return NOTHING
            nonce = nonces[place : place + NONCE]
            place += NONCE
            value = head + nonce + cipher(nonce, plain, head)
            return _LENGTHS[len(value)] + value

        return encrypt


def _directly(places: list[int], rows: Iterator[tuple[bytes, bool, bytes]], direct: Direct) -> Sealed:
    begin = struct.pack(">h", direct.columns) + direct.head
    registered, waiting = _text("registered") + _text(""), _text("review") + _text("")
    off: list[tuple[int, str]] = []
    out: list[bytes] = []
    in_pool = 0
    for place, (found, placed, row) in zip(places, rows, strict=True):
        why = direct.barred.get(found)
        if why is not None:
            off.append((place, why))
            end = _text("off") + _text(why)
        else:
            in_pool += not placed
            end = registered if placed else waiting
        out += (begin, row, end)
    return Sealed(places, b"".join(out), True, off, in_pool)


@lru_cache(maxsize=4_096)
def _text(value: str) -> bytes:
    plain = value.encode()
    return _LENGTHS[len(plain)] + plain


@lru_cache(maxsize=4_096)
def _number(value: int | None) -> bytes:
    return NOTHING if value is None else _LENGTHS[8] + struct.pack(">q", value)


def receive(stream: IO[bytes]) -> Any:
    """The next frame, None at the end. Only our own processes write to these pipes."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    data = stream.read(int.from_bytes(head, "big"))
    return pickle.loads(data)  # noqa: S301 (from the process that started this one)


def send(stream: IO[bytes], value: Any) -> None:
    """Send a frame."""
    data = pickle.dumps(value, 5)
    stream.write(len(data).to_bytes(8, "big"))
    stream.write(data)
    stream.flush()


def main() -> None:
    """Seal what comes in until there is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keys = receive(sys.stdin.buffer)
    if keys is None:
        return
    import polars as pl

    sealer = Sealer(*keys)
    while (batch := receive(sys.stdin.buffer)) is not None:
        send(sys.stdout.buffer, sealer.seal(pl.read_ipc_stream(io.BytesIO(batch))))


def packed(batch: pl.DataFrame) -> bytes:
    """A batch as it goes over the pipe."""
    held = io.BytesIO()
    batch.write_ipc_stream(held)
    return held.getvalue()


if __name__ == "__main__":
    from renda.elections.roll.sealer import main as started  # as the module by its name, so that what it sends can be read

    started()
