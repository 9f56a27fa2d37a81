"""One spelling of a name for comparing: narrow letters, no blanks or middle dots, one character for all its variants.

The variants are OpenCC's (traditional to simplified, character by character, so that a name never depends on a phrase) and those of
``variants.txt``. What comes out is for comparing only; it is never shown or stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

_DROPPED = re.compile(r"[\s.·‧•∙⋅・･\u200b-\u200f\u2060\ufeff'’\-]+")
_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x32400))
_OWN = Path(__file__).with_name("variants.txt")


@lru_cache(maxsize=1)
def variants() -> dict[int, str]:
    """Every character that has a standard form, by code point: the table of ``str.translate``."""
    own = own_variants()
    table = {}
    for char, standard in {**_opencc(), **own}.items():
        final = own.get(standard, standard)
        if final != char:
            table[ord(char)] = final
    return table


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


def normalise_all(names: Iterable[str | None]) -> list[str | None]:
    """The forms of many names, in their order; each spelling is worked out once. None where there is no name."""
    known: dict[str | None, str | None] = {None: None}
    found = []
    for name in names:
        if name not in known:
            known[name] = normalise(name or "") or None
        found.append(known[name])
    return found
