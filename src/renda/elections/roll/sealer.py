"""The process that encrypts rows of the roll and finds their keyed hashes, and makes of them lines for COPY. It ends with its parent.

Both directions go over pipes: frames of eight bytes of length and a pickle. The first frame holds the keys; each further one a batch of
columns, which is answered by the lines in PostgreSQL's binary form. Nothing is written anywhere else, and nothing needs Django.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import IO, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
EPOCH = date(2000, 1, 1).toordinal()
NOTHING = b"\xff\xff\xff\xff"
"""A value that is NULL."""
_LENGTHS = tuple(struct.pack(">i", number) for number in range(4096))
_TRUE, _FALSE = _LENGTHS[1] + b"\x01", _LENGTHS[1] + b"\x00"
DIGESTED = ("name", "sex", "phone", "address", "household_at", "district", "group", "certificate", "note")
COLUMNS = (
    "ord", "identity_hash", "identity_number", "name", "sex", "birth", "phone", "address", "household_at", "district", "division", "group",
    "certificate", "note", "row_digest",
)  # fmt: skip
_FIELDS = struct.pack(">h", len(COLUMNS))
Columns = Mapping[str, Sequence[Any]]


class Sealer:
    """Seals batches with one set of keys. ``keep``: whether the ciphertexts are wanted, or the hashes alone (a dry run stores nothing)."""

    def __init__(self, head: bytes, key: bytes, lookup: bytes, keep: bool = True) -> None:
        self.head, self.cipher, self.keep = head, AESGCM(key), keep
        self.hash = hmac.new(lookup, b"", hashlib.sha256)
        self.digest = hmac.new(lookup, b"roll:", hashlib.sha256)

    def lines(self, batch: Columns) -> bytes:
        """The batch as lines for COPY (binary, without header and trailer); columns: those of ``COLUMNS`` but hash and digest."""
        encrypt = self._encrypter(len(batch["ord"]) * 3)
        out: list[bytes] = []
        names = ("ord", "identity_number", "birth", "division", *DIGESTED)
        for ordinal, number, birth, division, *rest in zip(*(batch[name] for name in names), strict=True):
            name, sex, phone, address, household, district, group, certificate, note = rest
            plain = number.encode()
            found = self.hash.copy()
            found.update(plain)
            digest = self.digest.copy()
            digest.update("\x1f".join(map(str, rest)).encode())
            out += (
                _FIELDS, _LENGTHS[4], struct.pack(">i", ordinal), _LENGTHS[32], found.digest(), encrypt(plain), _text(name), _text(sex),
                _LENGTHS[4], struct.pack(">i", birth.toordinal() - EPOCH), encrypt(phone.encode()), encrypt(address.encode()),
                _text(household), _number(district), _number(division), _number(group), _TRUE if certificate else _FALSE, _text(note),
                _LENGTHS[32], digest.digest(),
            )  # fmt: skip
        return b"".join(out)

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


def _text(value: str) -> bytes:
    plain = value.encode()
    return _LENGTHS[len(plain)] + plain


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
    sealer = Sealer(*keys)
    while (batch := receive(sys.stdin.buffer)) is not None:
        send(sys.stdout.buffer, sealer.lines(batch))


if __name__ == "__main__":
    main()
