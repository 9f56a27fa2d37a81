"""Two counties' token files compared, and the slip that tells each which of its own references meet the other's.

Whoever compares has neither the key nor a roll: all it sees are references and tokens, and how many meet. Each county resolves its own references.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from renda.elections.matching.exchange import (
    RECORD_BYTES,
    REFERENCE_BYTES,
    TokenFault,
    TokenFile,
    read_tokens,
    require_in_time,
    write_new,
)
from renda.elections.matching.tokens import GRADES, KINDS, TOKEN_BYTES, grade_of

SLIP_FORMAT = "renda-token-slip/1"


@dataclass(frozen=True)
class Meeting:
    """A reference of each county, how sure it is that they are one person, and which tokens they share."""

    a: str
    b: str
    grade: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Slip:
    """What one county gets back: its own references, and by which reference the other county can be asked."""

    exercise: str
    expires: date
    file: str
    origin: str
    other: str
    meetings: tuple[Meeting, ...]

    def write(self, path: Path) -> None:
        """Write the slip; its last line is its digest. TokenFault where the file is there."""
        rows = [{"ref": one.a, "other_ref": one.b, "grade": one.grade, "kinds": list(one.kinds)} for one in self.meetings]
        said = {"format": SLIP_FORMAT, "exercise": self.exercise, "expires": self.expires.isoformat(), "file": self.file}
        content = json.dumps({**said, "origin": self.origin, "other": self.other, "meetings": rows}, ensure_ascii=False, indent=1)
        write_new(path, content.encode() + b"\n" + hashlib.sha256(content.encode()).hexdigest().encode() + b"\n")

    @classmethod
    def read(cls, path: Path, today: date) -> Slip:
        """Read a slip. TokenFault where it is none, was changed on its way, or has expired."""
        try:
            content, _, digest = path.read_text("utf-8").rstrip("\n").rpartition("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise TokenFault(f"读不了比对结果单“{path.name}”，请核对路径。") from error
        if hashlib.sha256(content.encode()).hexdigest() != digest:
            raise TokenFault(f"“{path.name}”不是比对结果单，或在途中被改动过。请重新索取。")
        said: dict[str, Any] = json.loads(content)
        expires = date.fromisoformat(said["expires"])
        require_in_time(said["exercise"], expires, today)
        meetings = tuple(Meeting(row["ref"], row["other_ref"], row["grade"], tuple(row["kinds"])) for row in said["meetings"])
        return cls(said["exercise"], expires, said["file"], said["origin"], said["other"], meetings)


def read_both(a: Path, b: Path, today: date, public: bytes | None = None) -> tuple[TokenFile, TokenFile]:
    """Read two files that may be compared. TokenFault where they are of different exercises or keys, of another key than the published one, or one
    and the same."""
    one, other = read_tokens(a, today), read_tokens(b, today)
    if one.exercise != other.exercise:
        raise TokenFault(f"两个文件不是同一轮比对的：“{one.exercise}”和“{other.exercise}”。请用同一把密钥重新导出。")
    if one.public != other.public:
        raise TokenFault("两个文件用的密钥不同，标记无法比对。请向第三方核对密钥后重新导出。")
    if public is not None and one.public != public:
        raise TokenFault("文件用的不是第三方公布的密钥。请向第三方核对后重新导出。")
    if one.digest == other.digest:
        raise TokenFault("两个文件是同一个文件，请选另一个县的文件。")
    return one, other


def meet(one: TokenFile, other: TokenFile) -> list[Meeting]:
    """The pairs of references that share a token: the surest first."""
    shared: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for place, kind in enumerate(KINDS):
        held: defaultdict[bytes, list[int]] = defaultdict(list)
        for row, token in enumerate(_column(one, place)):
            held[token].append(row)
        for row, token in enumerate(_column(other, place)):
            for first in held.get(token, ()):
                shared[first, row].add(kind)
    found = [
        Meeting(one.reference(a), other.reference(b), grade_of(kinds), tuple(kind for kind in KINDS if kind in kinds))
        for (a, b), kinds in shared.items()
    ]
    return sorted(found, key=lambda meeting: (GRADES.index(meeting.grade), meeting.a, meeting.b))


def slips_of(one: TokenFile, other: TokenFile, meetings: list[Meeting]) -> tuple[Slip, Slip]:
    """The slip for each county."""
    turned = sorted((Meeting(m.b, m.a, m.grade, m.kinds) for m in meetings), key=lambda m: (GRADES.index(m.grade), m.a, m.b))
    return (
        Slip(one.exercise, one.expires, one.digest, one.origin, other.origin, tuple(meetings)),
        Slip(one.exercise, one.expires, other.digest, other.origin, one.origin, tuple(turned)),
    )


def _column(file: TokenFile, place: int) -> list[bytes]:
    start = REFERENCE_BYTES + place * TOKEN_BYTES
    size = len(file.records)
    return [file.records[at : at + TOKEN_BYTES] for at in range(start, size, RECORD_BYTES)]
