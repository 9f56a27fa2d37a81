"""The files of an exercise: the third office's key, a county's tokens, and the slips that come back.

A token file is one line of JSON, fixed records (a local reference of 8 bytes, five tokens of 16), and an Ed25519 signature under the key that the third
office gave out with the secret. Whoever compares files verifies it with the public half and needs no secret; a file that was cut, joined or
changed, or made under another key or for another exercise, is refused. Records are ordered by reference, which says nothing of the roll's order.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from renda.elections.matching.tokens import KINDS, TOKEN_BYTES, Subkeys

KEY_FORMAT, PUBLIC_FORMAT, FILE_FORMAT = "renda-token-key/1", "renda-token-exercise/1", "renda-tokens/1"
REFERENCE_BYTES = 8
RECORD_BYTES = REFERENCE_BYTES + TOKEN_BYTES * len(KINDS)
SIGNATURE_BYTES = 64
LONGEST_HEAD = 4096


class TokenFault(ValueError):
    """A file cannot be used; the text (Chinese) says which, why, and what to do."""


@dataclass(frozen=True)
class ExerciseKey:
    """What the third office gives to each county for one exercise: the secret of the tokens and the key that signs the files."""

    exercise: str
    expires: date
    secret: bytes
    signing: bytes

    @classmethod
    def make(cls, exercise: str, expires: date) -> ExerciseKey:
        """A fresh key."""
        return cls(exercise, expires, secrets.token_bytes(32), secrets.token_bytes(32))

    @property
    def subkeys(self) -> Subkeys:
        """The keys of the kinds of token."""
        return Subkeys.derive(self.secret, self.exercise)

    @property
    def public(self) -> bytes:
        """The public half of the signing key: it names the key in files, and verifies them."""
        return Ed25519PrivateKey.from_private_bytes(self.signing).public_key().public_bytes_raw()

    def write(self, path: Path) -> None:
        """Write the key (mode 0600) and beside it, with ``.pub`` after the name, what whoever compares files needs. TokenFault where one is there."""
        said = {"exercise": self.exercise, "expires": self.expires.isoformat()}
        held = {"secret": _text(self.secret), "signing": _text(self.signing)}
        write_new(path, json.dumps({"format": KEY_FORMAT, **said, **held}, ensure_ascii=False).encode())
        public = {"format": PUBLIC_FORMAT, **said, "public": _text(self.public)}
        write_new(path.with_name(path.name + ".pub"), json.dumps(public, ensure_ascii=False).encode())

    @classmethod
    def read(cls, path: Path, today: date) -> ExerciseKey:
        """Read a key. TokenFault where it is none, or has expired."""
        said = _json(path, KEY_FORMAT, "本轮比对的密钥")
        key = cls(said["exercise"], date.fromisoformat(said["expires"]), _bytes(said["secret"]), _bytes(said["signing"]))
        require_in_time(key.exercise, key.expires, today)
        return key


@dataclass(frozen=True)
class TokenFile:
    """A county's tokens as read and verified."""

    name: str
    exercise: str
    expires: date
    public: bytes
    origin: str
    digest: str
    records: bytes

    @property
    def count(self) -> int:
        """How many voters."""
        return len(self.records) // RECORD_BYTES

    def reference(self, place: int) -> str:
        """The local reference of a record, in hexadecimal digits."""
        start = place * RECORD_BYTES
        return self.records[start : start + REFERENCE_BYTES].hex()


def write_tokens(path: Path, key: ExerciseKey, origin: str, made: str, records: Iterable[tuple[bytes, bytes]]) -> int:
    """Write a county's file from pairs of reference and tokens; returns how many. TokenFault where the file is there."""
    body = b"".join(reference + tokens for reference, tokens in sorted(records))
    said = {"format": FILE_FORMAT, "exercise": key.exercise, "expires": key.expires.isoformat(), "public": _text(key.public)}
    count = len(body) // RECORD_BYTES
    head = (
        json.dumps({**said, "origin": origin, "made": made, "count": count, "kinds": KINDS}, ensure_ascii=False).encode() + b"\n"
    )
    signature = Ed25519PrivateKey.from_private_bytes(key.signing).sign(_signed(head, body))
    write_new(path, head + body + signature)
    return count


def read_tokens(path: Path, today: date) -> TokenFile:
    """Read and verify a county's file. TokenFault where it is none, was changed, or has expired."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TokenFault(f"读不了文件“{path.name}”：{error.strerror}。请核对路径。") from error
    head, newline, rest = content.partition(b"\n")
    said = _parsed(head if newline and len(head) <= LONGEST_HEAD else b"", FILE_FORMAT)
    if said is None or tuple(said.get("kinds", ())) != KINDS:
        raise TokenFault(f"“{path.name}”不是比对标记文件（renda roll tokens 生成的），或版本不同。")
    body, signature = rest[:-SIGNATURE_BYTES], rest[-SIGNATURE_BYTES:]
    public = _bytes(said["public"])
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _signed(head + b"\n", body))
    except (InvalidSignature, ValueError):
        raise TokenFault(f"“{path.name}”的签名不对：文件不完整或被改动过。请向来源单位重新索取。") from None
    if len(body) != said["count"] * RECORD_BYTES:
        raise TokenFault(f"“{path.name}”的记录数与文件头不符。请向来源单位重新索取。")
    expires = date.fromisoformat(said["expires"])
    require_in_time(said["exercise"], expires, today)
    digest = hashlib.sha256(content).hexdigest()
    return TokenFile(path.name, said["exercise"], expires, public, said["origin"], digest, body)


def read_public(path: Path) -> bytes:
    """The public half in what the third office published of an exercise. TokenFault where it is none."""
    return _bytes(_json(path, PUBLIC_FORMAT, "第三方公布的比对公钥")["public"])


def require_in_time(exercise: str, expires: date, today: date) -> None:
    """TokenFault where the exercise is over."""
    if today > expires:
        raise TokenFault(f"“{exercise}”的比对已于 {expires} 到期，标记和密钥都应销毁。确需再比对的，请第三方另发密钥。")


def write_new(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read. TokenFault where it is there already or cannot be written."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise TokenFault(f"文件“{path.name}”已经存在，不覆盖。请换一个文件名，或先移走旧文件。") from None
    except OSError as error:
        raise TokenFault(f"不能写入“{path.name}”：{error.strerror}。请换一个可写的位置。") from error
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _signed(head: bytes, body: bytes) -> bytes:
    return b"renda roll tokens\n" + hashlib.sha256(head).digest() + hashlib.sha256(body).digest()


def _json(path: Path, form: str, what: str) -> dict[str, Any]:
    try:
        said = _parsed(path.read_bytes(), form)
    except OSError as error:
        raise TokenFault(f"读不了文件“{path.name}”：{error.strerror}。请核对路径。") from error
    if said is None:
        raise TokenFault(f"“{path.name}”不是{what}文件。")
    return said


def _parsed(content: bytes, form: str) -> dict[str, Any] | None:
    try:
        said = json.loads(content)
    except ValueError:
        return None
    return said if isinstance(said, dict) and said.get("format") == form else None


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
