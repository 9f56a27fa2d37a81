"""The lines of sealed batches, taken apart again as the database would take them."""

from __future__ import annotations

import hashlib
import hmac
import struct
from datetime import date, timedelta

import polars as pl
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from renda.elections.roll import sealer
from renda.elections.roll.frames import Direct, Sealed

HEAD, KEY, LOOKUP = b"\x01\x01a", b"k" * 32, b"l" * 32
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=12)
KEYS = st.none() | st.integers(1, 2**63 - 1)
ROWS = st.lists(
    st.fixed_dictionaries({
        "district": KEYS, "division": KEYS, "group": KEYS, "name": TEXTS, "sex": st.sampled_from(("male", "female")),
        "birth": st.dates(date(1850, 1, 1), date(2030, 1, 1)), "phone": TEXTS, "address": TEXTS, "household_at": TEXTS,
        "certificate": st.booleans(), "note": TEXTS,
    }),
    min_size=1, max_size=12,
)  # fmt: skip
TYPES = {
    "ord": pl.Int32, "identity_number": pl.String, "district": pl.Int64, "division": pl.Int64, "group": pl.Int64, "name": pl.String,
    "sex": pl.String, "birth": pl.Date, "phone": pl.String, "address": pl.String, "household_at": pl.String, "certificate": pl.Boolean,
    "note": pl.String,
}  # fmt: skip


def number(place: int) -> str:
    return f"99010119360101{place:04d}"


def hash_of(place: int) -> bytes:
    return hmac.new(LOOKUP, number(place).encode(), hashlib.sha256).digest()


def seal(rows: list[dict], *, keep: bool = True, direct: Direct | None = None) -> Sealed:
    frame = pl.DataFrame([{"ord": 100 + n, "identity_number": number(n), **row} for n, row in enumerate(rows)], schema=TYPES)
    return sealer.Sealer(HEAD, KEY, LOOKUP, keep, direct).seal(sealer.opened(sealer.packed(frame)))


def lines(data: bytes) -> list[list[bytes | None]]:
    """The values of each line."""
    found, at = [], 0
    while at < len(data):
        (columns,) = struct.unpack_from(">h", data, at)
        at += 2
        values: list[bytes | None] = []
        for _ in range(columns):
            (length,) = struct.unpack_from(">i", data, at)
            at += 4
            values.append(None if length < 0 else data[at : at + length])
            at += max(length, 0)
        found.append(values)
    assert at == len(data)
    return found


def opened(value: bytes | None) -> str:
    if value is None:
        return ""
    assert value.startswith(HEAD)
    nonce, cipher = value[len(HEAD) : len(HEAD) + sealer.NONCE], value[len(HEAD) + sealer.NONCE :]
    return AESGCM(KEY).decrypt(nonce, cipher, HEAD).decode()


def as_key(value: bytes | None) -> int | None:
    return None if value is None else int.from_bytes(value, "big")


def text(value: bytes | None) -> str:
    assert value is not None
    return value.decode()


def as_row(values: list[bytes | None]) -> dict:
    named = dict(zip(sealer.SEALED, values, strict=True))
    born = int.from_bytes(named["birth"] or b"", "big", signed=True)
    return {
        "birth": date(2000, 1, 1) + timedelta(days=born), "certificate": named["certificate"] == b"\x01",
        **{name: as_key(named[name]) for name in ("district", "division", "group")},
        **{name: opened(named[name]) for name in ("phone", "address")},
        **{name: text(named[name]) for name in ("name", "sex", "household_at", "note")},
    }  # fmt: skip


@given(ROWS)
def test_lines_say_what_the_rows_said(rows: list[dict]) -> None:
    sealed = seal(rows)
    found = {as_key(one[0]): one[1:] for one in lines(sealed.lines)}
    assert sorted(sealed.places) == [100 + n for n in range(len(rows))]
    for n, row in enumerate(rows):
        values = found[100 + n]
        assert values[0] == hash_of(n)
        assert opened(values[1]) == number(n)
        assert as_row(values) == row


@given(ROWS)
def test_the_digest_tells_rows_apart_and_nothing_else(rows: list[dict]) -> None:
    def digest(row: dict, place: int) -> bytes | None:
        sealed = seal([*[rows[0]] * place, row])
        return next(one[-1] for one in lines(sealed.lines) if as_key(one[0]) == 100 + place)

    first = digest(rows[0], 0)
    assert digest(rows[0], 2) == first
    assert digest({**rows[0], "note": rows[0]["note"] + "改"}, 0) != first


@given(ROWS)
def test_a_dry_run_keeps_no_ciphertext(rows: list[dict]) -> None:
    for one in lines(seal(rows, keep=False).lines):
        named = dict(zip(sealer.SEALED, one[1:], strict=True))
        assert {named["identity_number"], named["phone"], named["address"]} <= {b"", None}


@given(ROWS, st.sets(st.integers(0, 11), max_size=4))
def test_direct_lines_say_who_is_on_the_roll(rows: list[dict], off: set[int]) -> None:
    shared = struct.pack(">i", 1) + b"x"
    direct = Direct(1 + len(sealer.SEALED) + 2, shared, {hash_of(place): "deprived" for place in off})
    sealed = seal(rows, direct=direct)
    barred = {n for n in off if n < len(rows)}
    assert set(sealed.barred) == {(100 + n, "deprived") for n in barred}
    assert sealed.in_pool == sum(row["district"] is None and n not in barred for n, row in enumerate(rows))
    for place, one in zip(sealed.places, lines(sealed.lines), strict=True):
        n = place - 100
        assert one[0] == b"x"
        assert as_row(one[1:-2]) == rows[n]
        state = "off" if n in barred else "registered" if rows[n]["district"] is not None else "review"
        assert (text(one[-2]), text(one[-1])) == (state, "deprived" if n in barred else "")
