"""One spelling of a name for comparing: narrow letters, no blanks or middle dots, one character for all its variants.

The variants are OpenCC's (traditional to simplified, character by character, so that a name never depends on a phrase) and those of
``variants.txt``. What comes out is for comparing only; it is never shown or stored.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_DROPPED = re.compile(r"[\s.·‧•∙⋅・･\u200b-\u200f\u2060\ufeff'’\-]+")
_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x32400))
_OWN = Path(__file__).with_name("variants.txt")


@lru_cache(maxsize=1)
def variants() -> dict[int, str]:
    """Every character that has a standard form, by code point: the table of ``str.translate``."""
    step = {**_opencc(), **own_variants()}
    return {ord(char): final for char in step if (final := _final(step, char)) != char}


def _final(step: dict[str, str], char: str) -> str:
    """Where the steps from a character end; of characters that they send in a circle, the first by code point."""
    way = [char]
    while way[-1] in step:
        following = step[way[-1]]
        if following in way:
            return min(way[way.index(following) :])
        way.append(following)
    return way[-1]


def own_variants() -> dict[str, str]:
    """The variants of ``variants.txt``: character → standard character."""
    lines = _OWN.read_text("utf-8").splitlines()
    return {char: line[0] for line in lines if not line.startswith("#") for char in line[1:]}


def _opencc() -> dict[str, str]:
    """OpenCC's traditional to simplified, each character by itself."""
    from opencc import OpenCC

    chars = [chr(code) for block in _HAN for code in block]
    simplified = OpenCC("t2s").convert("\n".join(chars)).split("\n")
    return {char: one for char, one in zip(chars, simplified, strict=True) if len(one) == 1 and one != char}


def normalise(name: str) -> str:
    """The name's form for comparing; empty where there is none."""
    if not unicodedata.is_normalized("NFKC", name):
        name = unicodedata.normalize("NFKC", name)
    return _DROPPED.sub("", name).translate(variants()).upper()


@dataclass(frozen=True)
class Names:
    """Names in their form for comparing (null where there is none), with the code points of their first and last characters."""

    text: pa.Array
    first: pa.Array
    last: pa.Array


def read(column: pa.Array) -> Names:
    """Read a column of names as they were typed. They are put in form as one long text, which is many times as fast as one by one."""
    names = [name or "" for name in column.to_pylist()]
    if not names:
        return Names(pa.array([], pa.string()), pa.array([], pa.int32()), pa.array([], pa.int32()))
    forms = normalise("\x00".join(names)).split("\x00")
    if len(forms) != len(names):  # a name holds the separator itself
        forms = [normalise(name.replace("\x00", "")) for name in names]
    points = np.frombuffer(("\x00".join(forms) + "\x00").encode("utf-32-le"), dtype=np.uint32).astype(np.int32)
    ends = np.flatnonzero(points == 0)
    starts = np.concatenate(([0], ends[:-1] + 1)).astype(np.int64)
    none = starts == ends
    text = pa.array(forms, pa.string())
    return Names(
        pc.if_else(pa.array(none), pa.scalar(None, pa.string()), text),
        pa.array(points[starts], mask=none),
        pa.array(points[np.maximum(ends - 1, 0)], mask=none),
    )
