"""The key store: field keys live outside the database, in a file that only the platform's user can read.

The store is an interface (``KeyStore``) so that a certified device can take the file's place.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Protocol

KEY_BYTES = 32


class KeyStore(Protocol):
    """Gives keys by identifier; never shows them to anything but ``core.crypto``."""

    def current(self) -> tuple[str, bytes]: ...

    def key(self, identifier: str) -> bytes: ...

    def lookup_key(self) -> bytes: ...


class FileKeyStore:
    """Keys in a JSON file with mode 0600, created at first use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._content = self._load()

    def current(self) -> tuple[str, bytes]:
        """Identifier and bytes of the key that new values are encrypted with."""
        identifier = self._content["current"]
        return identifier, self.key(identifier)

    def key(self, identifier: str) -> bytes:
        """The key with this identifier; KeyError where it is not held."""
        return base64.b64decode(self._content["keys"][identifier])

    def lookup_key(self) -> bytes:
        """The key of the keyed hashes that values are found by."""
        return base64.b64decode(self._content["lookup"])

    def _load(self) -> dict:
        if not self.path.exists():
            self._create()
        return json.loads(self.path.read_text())

    def _create(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = {"current": "k1", "keys": {"k1": _new_key()}, "lookup": _new_key()}
        part = self.path.with_suffix(f".{os.getpid()}.part")
        part.touch(mode=0o600)
        part.write_text(json.dumps(content))
        try:
            os.link(part, self.path)  # fails where another process was first: its keys are the keys
        except FileExistsError:
            pass
        finally:
            part.unlink()


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


@lru_cache(maxsize=1)
def store() -> KeyStore:
    """The configured key store (``settings.FIELD_KEY_FILE``)."""
    from django.conf import settings

    return FileKeyStore(Path(settings.FIELD_KEY_FILE))
