"""Files encrypted at rest: each under a key of its own (AES-256-GCM), which the database holds encrypted under the office's field key.

A rotation of the office's key writes the small keys anew and leaves the files alone.
"""

from __future__ import annotations

import base64
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES, NONCE_BYTES, TAG_BYTES = 32, 12, 16
VERSION = b"\x01"
OVERHEAD = len(VERSION) + NONCE_BYTES + TAG_BYTES
"""By how many bytes a sealed file is longer than its content."""


def seal(content: bytes) -> tuple[bytes, str]:
    """The content encrypted under a fresh key, and the key as text."""
    key, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, content, VERSION), base64.b64encode(key).decode()


def unseal(sealed: bytes, key: str) -> bytes:
    """The content again. Raises ``cryptography.exceptions.InvalidTag`` where it was changed or the key is another's."""
    nonce, cipher = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    return AESGCM(base64.b64decode(key)).decrypt(nonce, cipher, sealed[:1])


def mark(content: bytes, key: str) -> str:
    """A keyed digest of the content under the file's own key: tells whether the same content comes again, and nothing to others."""
    return hmac.digest(base64.b64decode(key), content, "sha256").hex()
