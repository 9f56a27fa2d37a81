"""Identity numbers in columns: what kind each is, and their digits packed so that a database compares them with a few bit operations.

GB 11643: 6 digits of area, 8 of birth, 3 of sequence, a check character (ISO 7064 MOD 11-2). Area codes are never checked: numbers keep the
code of the day they were issued. An old number of 15 digits is a kind of its own: 19 is put before its year, and it has no check character.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from renda.core.cells.identity import check_character

_WEIGHTS = np.array((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), dtype=np.int32)
_CHECK = np.array((1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2), dtype=np.uint8)
_NEW = r"^\d{17}[\dX]$"
_OLD = re.compile(r"\d{15}", re.ASCII)
_SHAPE = re.compile(r"\d{17}[\dX]", re.ASCII)
_NOISE = re.compile(r"[\s\-'‘’`＇]+")
_DAYS = np.array((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), dtype=np.int32)
WORD = 15
"""Digits in one packed word: four bits each, so that a signed 64-bit integer holds them."""


class Kind(IntEnum):
    """What an identity number is, as typed."""

    NONE = 0
    """Missing, or of no length that a number has."""
    OLD = 15
    """Fifteen digits: issued before 1999, without a check character."""
    BROKEN = 17
    """Eighteen characters whose check character or birth date cannot be right: somebody mistyped it."""
    SOUND = 18
    """Eighteen characters with a real date and the right check character."""


@dataclass(frozen=True)
class Numbers:
    """Identity numbers as columns of equal length. ``head`` packs the digits 1 to 15, ``tail`` the digits 4 to 18 (X is ten);
    ``year``, ``day`` (month and day), ``sequence`` and ``born`` (yyyymmdd, 0 where there is no such date) are plain integers.
    ``parts`` are four keys of birth date and sequence, each without a stretch of digits: any one slip, a swap over a boundary included, lies within one
    stretch. ``given`` says where there is a number at all: elsewhere all the others mean nothing."""

    kind: np.ndarray
    given: np.ndarray
    head: np.ndarray
    tail: np.ndarray
    year: np.ndarray
    day: np.ndarray
    sequence: np.ndarray
    born: np.ndarray
    parts: tuple[np.ndarray, ...]


def read(column: pa.Array) -> Numbers:
    """Read a column of numbers as they were typed: full-width digits, blanks and hyphens, a small x, fifteen digits."""
    digits, old, given = _digits(column)
    check = _CHECK[(digits[:, :17].astype(np.int32) @ _WEIGHTS) % 11]
    digits[:, 17] = np.where(old, check, digits[:, 17])
    year, day = _value(digits, 6, 10), _value(digits, 10, 14)
    real = _real_date(year, day)
    sound = real & (check == digits[:, 17])
    kind = np.where(sound, Kind.SOUND, Kind.BROKEN)
    kind = np.where(old, Kind.OLD, kind)
    kind = np.where(given, kind, Kind.NONE).astype(np.int32)
    born = np.where(real & given, year * 10_000 + day, 0).astype(np.int32)
    sequence = _value(digits, 14, 17)
    parts = (
        day % 1000 * 1000 + sequence,
        year // 10 * 10_000 + day % 10 * 1000 + sequence,
        year * 10_000 + day // 100 * 100 + sequence % 100,
        year * 10_000 + day,
    )
    return Numbers(kind, given, _packed(digits[:, :WORD]), _packed(digits[:, 3:]), year, day, sequence, born, parts)


def standard(number: str) -> str:
    """One number in its 18-character form, an old one converted; empty where it has no length that a number has."""
    clean = _clean(number)
    if not _OLD.fullmatch(clean):
        return clean if _SHAPE.fullmatch(clean) else ""
    first = clean[:6] + "19" + clean[6:]
    return first + check_character(first)


def _clean(number: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", number)).upper()


def _digits(column: pa.Array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The digits as a matrix of 18 columns, which of them are old, and which are there."""
    count = len(column)
    old = np.zeros(count, dtype=bool)
    plain = pc.fill_null(pc.match_substring_regex(column, _NEW), False)
    fits = plain.to_numpy(zero_copy_only=False)
    given = fits.copy()
    digits = np.zeros((count, 18), dtype=np.uint8)
    digits[fits] = _matrix(column.filter(plain))
    others = np.flatnonzero(~fits)
    for place, number in zip(others, column.take(pa.array(others)).to_pylist(), strict=True):
        whole = standard(number or "")
        if whole:
            given[place], old[place] = True, bool(_OLD.fullmatch(_clean(number)))
            digits[place] = np.frombuffer(whole.encode("ascii"), dtype=np.uint8)
    digits -= np.uint8(48)
    digits[digits > 9] = 10  # X, and what was no number at all
    return digits, old, given


def _matrix(column: pa.Array) -> np.ndarray:
    joined = b"".join(column.cast(pa.binary()).to_pylist())
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(column), 18)


def _packed(digits: np.ndarray) -> np.ndarray:
    word = np.zeros(len(digits), dtype=np.int64)
    for place in range(WORD):
        word = (word << 4) | digits[:, place]
    return word


def _value(digits: np.ndarray, start: int, end: int) -> np.ndarray:
    value = np.zeros(len(digits), dtype=np.int32)
    for place in range(start, end):
        value = value * 10 + digits[:, place]
    return value


def _real_date(year: np.ndarray, day: np.ndarray) -> np.ndarray:
    month, of_month = day // 100, day % 100
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    last = _DAYS[np.clip(month, 1, 12) - 1] - ((month == 2) & ~leap)
    return (year >= 1850) & (year <= 2100) & (month >= 1) & (month <= 12) & (of_month >= 1) & (of_month <= last)
