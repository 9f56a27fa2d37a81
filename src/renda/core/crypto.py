"""Encryption of personal values (AES-256-GCM) and keyed hashes to find them by (HMAC-SHA-256)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from renda.core import keys

NONCE_BYTES = 12
_VERSION = b"\x01"


def encrypt(text: str) -> bytes:
    """Encrypt ``text``; the result names its key, so that keys can be rotated."""
    identifier, key = keys.store().current()
    nonce = secrets.token_bytes(NONCE_BYTES)
    head = head_of(identifier)
    return head + nonce + AESGCM(key).encrypt(nonce, text.encode(), head)


def head_of(identifier: str) -> bytes:
    """How every value begins that a key holds."""
    name = identifier.encode()
    return _VERSION + bytes([len(name)]) + name


def key_of(value: bytes) -> str:
    """The identifier of the key that holds a value."""
    return value[2 : 2 + value[1]].decode("ascii", "replace")


def decrypt(value: bytes) -> str:
    """Decrypt what ``encrypt`` made. Raises ``cryptography.exceptions.InvalidTag`` when it was changed."""
    end = 2 + value[1]
    head, nonce, cipher = value[:end], value[end : end + NONCE_BYTES], value[end + NONCE_BYTES :]
    return AESGCM(keys.store().key(head[2:].decode())).decrypt(nonce, cipher, head).decode()


def decrypt_many(values: Iterable[bytes]) -> list[str]:
    """Decrypt many values that ``encrypt`` made, in their order; each key is set up once. Raises as ``decrypt`` does."""
    ciphers: dict[bytes, AESGCM] = {}
    found = []
    for value in values:
        end = 2 + value[1]
        head = value[:end]
        cipher = ciphers.get(head)
        if cipher is None:
            cipher = ciphers[head] = AESGCM(keys.store().key(head[2:].decode()))
        start = end + NONCE_BYTES
        found.append(cipher.decrypt(value[end:start], value[start:], head).decode())
    return found


def keyed_hash(text: str) -> bytes:
    """The keyed hash that an encrypted value is found by; worthless without the key."""
    return hmac.new(keys.store().lookup_key(), text.encode(), hashlib.sha256).digest()


def keyed_mark(text: str, key: bytes | None = None) -> str:
    """A short keyed digest that a record is told from others by; it follows a new lookup key (``key``: that one)."""
    return hmac.new(key or keys.store().lookup_key(), b"journal:" + text.encode(), hashlib.sha256).hexdigest()[:24]


def steady_hash(text: str) -> bytes:
    """The keyed hash of what is kept nowhere (a token, a voter's reference): it stays whatever keys are changed."""
    return hmac.new(keys.store().steady_key(), text.encode(), hashlib.sha256).digest()


def keyed_digest(text: str) -> str:
    """A short keyed digest of a personal value, for the journal: the same value gives the same digest, for good."""
    return hmac.new(keys.store().steady_key(), b"journal:" + text.encode(), hashlib.sha256).hexdigest()[:24]


def keyed_row_digest(plain: str) -> str:
    """The keyed form (64 hexadecimal digits) of a source row's plain digest. Rows hold names and identity numbers, which are few enough
    to be guessed one by one against a digest without a key."""
    return hmac.digest(keys.store().steady_key(), b"row:" + plain.encode(), "sha256").hex()
