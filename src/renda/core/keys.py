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


class LookupPending(RuntimeError):
    """A change of the lookup key was cut short; the text says what to do."""


class KeyStore(Protocol):
    """Gives keys by identifier; never shows them to anything but ``core.crypto``."""

    def current(self) -> tuple[str, bytes]: ...

    def key(self, identifier: str) -> bytes: ...

    def lookup_key(self) -> bytes: ...

    def steady_key(self) -> bytes: ...


class FileKeyStore:
    """Keys in a JSON file with mode 0600, created at first use. A change by another process (a rotation) is seen at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, int] = (0, 0)
        self._content = self._load()

    def current(self) -> tuple[str, bytes]:
        """Identifier and bytes of the key that new values are encrypted with."""
        self._look_again()
        identifier = self._content["current"]
        return identifier, self.key(identifier)

    def key(self, identifier: str) -> bytes:
        """The key with this identifier; KeyError where it is not held."""
        if identifier not in self._content["keys"]:
            self._look_again()
        return base64.b64decode(self._content["keys"][identifier])

    def lookup_key(self) -> bytes:
        """The key of the keyed hashes that values are found by. LookupPending while a new one is not yet everywhere."""
        self._look_again()
        if "lookup_next" in self._content:
            raise LookupPending("更换检索密钥没有做完，按人查找暂不可用。请停止网站，再运行一次 renda keys rotate --lookup。")
        return base64.b64decode(self._content["lookup"])

    def steady_key(self) -> bytes:
        """The key of digests that must stay the same for good: the first lookup key."""
        return base64.b64decode(self._content.get("steady") or self._content["lookup"])

    def begin_lookup(self) -> bytes:
        """A new lookup key, on disk before anything rests on it; where a change of it was cut short, the one that was begun."""
        self._look_again()
        if "lookup_next" not in self._content:
            steady = self._content.get("steady") or self._content["lookup"]
            self._replace({**self._content, "steady": steady, "lookup_next": _new_key()})
        return base64.b64decode(self._content["lookup_next"])

    def finish_lookup(self) -> None:
        """Make the new lookup key the one in use; the old one goes, unless it is the steady key."""
        content = dict(self._content)
        content["lookup"] = content.pop("lookup_next", content["lookup"])
        self._replace(content)

    def identifiers(self) -> list[str]:
        """The keys that are held, the current one first."""
        self._look_again()
        current = self._content["current"]
        return [current, *(name for name in self._content["keys"] if name != current)]

    def begin(self) -> str:
        """Make a new key the current one and return its identifier; where a rotation has begun and old keys are still held, its own."""
        self._look_again()
        if len(self._content["keys"]) > 1:
            return self._content["current"]
        names = [*self._content["keys"], *self._content.get("retired", [])]
        new = f"k{max(int(name.lstrip('k') or 0) for name in names) + 1}"
        keys = {**self._content["keys"], new: _new_key()}
        self._replace({**self._content, "keys": keys, "current": new})
        return new

    def retire(self) -> list[str]:
        """Drop every key but the current one; returns what was dropped. Their identifiers are never given again."""
        self._look_again()
        current = self._content["current"]
        gone = [name for name in self._content["keys"] if name != current]
        retired = [*self._content.get("retired", []), *gone]
        self._replace({**self._content, "keys": {current: self._content["keys"][current]}, "retired": retired})
        return gone

    def _look_again(self) -> None:
        if self._stamp != self._stamp_of():
            self._content = self._load()

    def _stamp_of(self) -> tuple[int, int]:
        found = self.path.stat()
        return found.st_mtime_ns, found.st_ino

    def _load(self) -> dict:
        if not self.path.exists():
            self._create()
        self._stamp = self._stamp_of()
        return json.loads(self.path.read_text())

    def _create(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self._written({"current": "k1", "keys": {"k1": _new_key()}, "lookup": _new_key()})
        try:
            os.link(part, self.path)  # fails where another process was first: its keys are the keys
        except FileExistsError:
            pass
        finally:
            part.unlink()

    def _replace(self, content: dict) -> None:
        """Put new content in the file's place in one step, on disk before anything rests on it."""
        self._written(content).replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self._content = self._load()

    def _written(self, content: dict) -> Path:
        part = self.path.with_suffix(f".{os.getpid()}.part")
        part.touch(mode=0o600)
        with part.open("w") as file:
            file.write(json.dumps(content))
            file.flush()
            os.fsync(file.fileno())
        return part


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


@lru_cache(maxsize=1)
def store() -> KeyStore:
    """The configured key store (``settings.FIELD_KEY_FILE``)."""
    from django.conf import settings

    return FileKeyStore(Path(settings.FIELD_KEY_FILE))
