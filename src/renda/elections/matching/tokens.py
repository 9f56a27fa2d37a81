"""Keyed tokens: two counties find who is registered in both, and neither learns of anybody else.

A token is HMAC-SHA-256 over what identifies a voter, under a key that a third office makes for one exercise and that expires with it. Why keyed: there
are some 10^11 identity numbers that can be, so a plain (or salted, or slow) hash is guessed by trying them all. Why a third office:
who has the key could try them all on another county's file, so whoever compares the files must not have it, and who has it must not have the files.
Why one key for each exercise: tokens of two exercises, or of two purposes, cannot be laid beside one another.

Each voter has five tokens of 16 bytes (the HMAC cut to 128 bits): the number, and four of the name with parts of the number, so that one slip in the
number under the same name still meets in one of them. A slip in the number *and* another name are not found.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from renda.elections.matching import names, numbers
from renda.elections.matching.prepare import table_of

KINDS = ("number", "name_birth", "name_birth_area", "name_birth_sequence", "name_area_sequence")
TOKEN_BYTES = 16

SAME_NUMBER, NEAR, HOMONYM = "same_number", "near", "homonym"
GRADES = (SAME_NUMBER, NEAR, HOMONYM)
"""The same number; the same name and all of the number but one part; the same name and birth date alone (mostly two people)."""


@dataclass(frozen=True)
class Subkeys:
    """The keys of the kinds of token, drawn from the exercise's secret, so that tokens of two kinds cannot be compared either."""

    of_kind: tuple[bytes, ...]

    @classmethod
    def derive(cls, secret: bytes, exercise: str) -> Subkeys:
        """By HKDF (RFC 5869); the exercise's name is part of it."""
        return cls(tuple(_derived(secret, f"renda roll token|{exercise}|{kind}") for kind in KINDS))


def _derived(secret: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret)


def grade_of(kinds: set[str]) -> str:
    """How sure it is that two voters who share these tokens are one person."""
    if "number" in kinds:
        return SAME_NUMBER
    return NEAR if kinds - {"name_birth"} else HOMONYM


def tokens(frame: Any, keys: Subkeys) -> Iterator[tuple[Any, bytes]]:
    """Each voter's id and the five tokens one after the other. Where a voter has no number or name, random bytes stand for what cannot be made."""
    voters = table_of(frame)
    forms = names.read(voters["name"].combine_chunks().cast(pa.string())).text.to_pylist()
    births = voters["birth"].to_pylist() if "birth" in voters.column_names else [None] * voters.num_rows
    columns = (voters["voter_id"].to_pylist(), forms, voters["number"].to_pylist(), births)
    for voter, name, typed, birth in zip(*columns, strict=True):
        number = numbers.standard(typed) if typed else ""
        born = number[6:14] or (f"{birth:%Y%m%d}" if birth else "")
        yield voter, b"".join(_token(key, text) for key, text in zip(keys.of_kind, _texts(name, number, born), strict=True))


def _token(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")[:TOKEN_BYTES] if text else secrets.token_bytes(TOKEN_BYTES)


def _texts(name: str | None, number: str, born: str) -> tuple[str, ...]:
    """What the tokens are made of; empty where something is missing."""
    area, sequence = number[:6], number[14:17]
    named = bool(name and number)
    return (
        number,
        f"{name}|{born}" if name and born else "",
        f"{name}|{born}|{area}" if named else "",
        f"{name}|{born}|{sequence}" if named else "",
        f"{name}|{area}|{sequence}" if named else "",
    )
