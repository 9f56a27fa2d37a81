"""Anchors (锚定): heads of the chain that are kept where nobody can rewrite them — on paper, in a file elsewhere, in an issued report.

Who can rewrite the database can compute a whole new chain; it cannot contain a head that was kept outside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

_sources: list[Callable[[], Iterable[Anchor]]] = []


@dataclass(frozen=True)
class Anchor:
    """A head that the chain had once: its hash, its place where that is known, and where it was kept (Chinese)."""

    hash: str
    sequence: int | None = None
    where: str = ""


class NoAnchor(ValueError):
    """A text or file that holds no head of a chain; the message says why and what to give instead."""


def register(source: Callable[[], Iterable[Anchor]]) -> None:
    """Have every verification look for these heads too (called from an app's ``ready``)."""
    if source not in _sources:
        _sources.append(source)


def sources() -> list[Anchor]:
    """The heads that other rooms keep."""
    return [anchor for source in _sources for anchor in source()]


def parse(text: str) -> Anchor:
    """A head as a person copies it: 64 hexadecimal digits, blanks and capitals do not matter. Raises NoAnchor."""
    plain = re.sub(r"\s+", "", text).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", plain):
        raise NoAnchor(f"“{text.strip()[:80]}”不是链头摘要。链头摘要是 64 位十六进制数，由 renda journal head 给出。")
    return Anchor(plain)


def read(path: Path) -> list[Anchor]:
    """The heads in a file: what ``journal head --json`` gave, once or several times one after the other, or bare hashes by line.

    Raises NoAnchor where the file cannot be read or holds none.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NoAnchor(f"读不出锚定文件 {path}：{error}。请检查路径。") from error
    found = list(_objects(text)) if text.lstrip().startswith("{") else [parse(line) for line in text.splitlines() if line.strip()]
    if not found:
        raise NoAnchor(f"{path} 是空的，没有链头。请用 renda journal head --json 的输出。")
    return [Anchor(one.hash, one.sequence, one.where or path.name) for one in found]


def _objects(text: str) -> Iterable[Anchor]:
    decoder, place = json.JSONDecoder(), 0
    while place < len(text.rstrip()):
        place += len(text[place:]) - len(text[place:].lstrip())
        try:
            found, place = decoder.raw_decode(text, place)
            anchor = parse(str(found["hash"]))
            yield Anchor(anchor.hash, int(found["sequence"]))
        except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
            if isinstance(error, NoAnchor):
                raise
            raise NoAnchor("锚定文件不是 renda journal head --json 的输出。") from error
