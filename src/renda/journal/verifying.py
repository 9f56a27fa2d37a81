"""Verifying the journal: every entry is hashed again, and must follow the one before it.

PostgreSQL sends each entry as text by COPY, ready but for its payload, whose canonical form is made here. Nothing is trusted to the
server but the columns themselves: hashes are computed in this process.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext_noop

from renda.core.canonical import canonical
from renda.core.snapshot import snapshot
from renda.journal.anchors import Anchor, sources
from renda.journal.models import DEFAULT_CHAIN

START = "0" * 64
FARTHEST_SHIFT = 100
_scan: Callable[[str, int], tuple[Any, int]] = vars(json.JSONDecoder())["scan_once"]

CHANGED = gettext_noop("日志内容与其摘要不符：内容被改动")
REMOVED = gettext_noop("这一条日志被删除")
INSERTED = gettext_noop("有日志被插入，其后的序号被改动")
BROKEN = gettext_noop("日志与后一条不相接：内容连同摘要被改写，或者换了位置")
CUT = gettext_noop("末尾的日志被删除")
ADDED = gettext_noop("链头之后还有日志：有日志被插入")
HEAD = gettext_noop("链头与最后一条日志不符：链头被改动")
STRANGE = gettext_noop("有不属于本县日志链的日志：有日志被插入")
NO_CHAIN = gettext_noop("日志链的链头被删除")
LOST_ANCHOR = gettext_noop("留存的链头不在日志链中：其之前的日志被改写或删除")


@dataclass(frozen=True)
class Verdict:
    """What verification found: how many entries are in order, the head, and the first fault (None where all is well).

    ``at_sequence`` is the place of the first entry that is changed, missing, moved or inserted. ``anchors`` counts the
    outside heads that the chain was found to contain; ``where`` names the one that it does not.
    """

    entries: int
    head: str
    fault: str | None = None
    at_sequence: int | None = None
    anchors: int = 0
    where: str = ""


def verify(chain_name: str = DEFAULT_CHAIN, anchors: Sequence[Anchor] = ()) -> Verdict:
    """Walk the chain as it stands at one moment. Besides ``anchors``, the heads in issued reports must lie in it."""
    with snapshot(), connection.cursor() as cursor:
        return verify_with(cursor, chain_name, [*anchors, *sources()])


def verify_with(cursor: Any, chain_name: str = DEFAULT_CHAIN, anchors: Iterable[Anchor] = ()) -> Verdict:
    """The same on any psycopg cursor, whose transaction must see one moment (REPEATABLE READ)."""
    cursor.execute("SELECT id, head_sequence, head_hash FROM journal_chain WHERE name = %s", [chain_name])
    chain, sequence, head = cursor.fetchone() or (0, 0, START)
    wanted = _Wanted(anchors)
    walked = _walk(_lines(cursor, chain), wanted)
    if walked.fault:
        return walked
    found = _end(walked, sequence, head) or _strangers(cursor, chain, walked) or wanted.missing(walked)
    return found or Verdict(walked.entries, walked.head, anchors=len(wanted.found))


def _walk(lines: Iterable[bytes], wanted: _Wanted) -> Verdict:
    """Follow the lines from the start of the chain to the first fault, or to their end."""
    count, previous, looked_for, sha256 = 0, START.encode(), wanted.hashes, hashlib.sha256
    for line in lines:
        number, stored, before, head, payload, tail = line.split(b"\t")
        if int(number) != count + 1:
            return _gap(int(number), count, previous)
        parts = _plain(head), _canonical(payload), _plain(tail)
        if sha256(b"%b%b%b" % parts).hexdigest().encode() != stored:
            return _changed(parts, stored.decode(), count, previous)
        if before != previous:
            return Verdict(max(0, count - 1), previous.decode(), BROKEN, max(1, count))
        count += 1
        previous = stored
        if previous in looked_for:
            wanted.see(count, previous)
    return Verdict(count, previous.decode())


def _changed(parts: tuple[bytes, bytes, bytes], stored: str, count: int, previous: bytes) -> Verdict:
    """An entry whose hash does not fit. One that would fit at another place was renumbered, to hide a removal or an insertion."""
    number = count + 1
    for shift in range(1, FARTHEST_SHIFT + 1):
        if _hash_at(parts, number, number + shift) == stored:
            return Verdict(count, previous.decode(), REMOVED, number)
        if number > shift and _hash_at(parts, number, number - shift) == stored:
            return Verdict(count, previous.decode(), INSERTED, number - shift)
    return Verdict(count, previous.decode(), CHANGED, number)


def _hash_at(parts: tuple[bytes, bytes, bytes], number: int, place: int) -> str:
    tail = parts[2].replace(b'"sequence":%d,' % number, b'"sequence":%d,' % place, 1)
    return hashlib.sha256(parts[0] + parts[1] + tail).hexdigest()


def _gap(number: int, count: int, previous: bytes) -> Verdict:
    if number > count + 1:
        return Verdict(count, previous.decode(), REMOVED, count + 1)
    return Verdict(count, previous.decode(), INSERTED, number)


def _end(walked: Verdict, sequence: int, head: str) -> Verdict | None:
    if walked.entries < sequence:
        return Verdict(walked.entries, walked.head, CUT, walked.entries + 1)
    if walked.entries > sequence:
        return Verdict(walked.entries, walked.head, ADDED, sequence + 1)
    return Verdict(walked.entries, walked.head, HEAD, sequence) if walked.head != head else None


def _strangers(cursor: Any, chain: int, walked: Verdict) -> Verdict | None:
    """Entries of no chain or of another one: a county has one chain, and pages show every entry."""
    cursor.execute("SELECT min(sequence), bool_or(chain.id IS NULL) FROM journal_entry AS entry LEFT JOIN journal_chain AS chain "
                   "ON chain.id = entry.chain_id WHERE entry.chain_id <> %s", [chain])  # fmt: skip
    first, orphaned = cursor.fetchone()
    if first is None:
        return None
    return Verdict(walked.entries, walked.head, NO_CHAIN if orphaned and not chain else STRANGE, first)


class _Wanted:
    """The heads kept outside that the chain must contain."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self.anchors = [anchor for anchor in anchors if anchor.hash != START]
        self.hashes = {anchor.hash.encode() for anchor in self.anchors}
        self.found: dict[str, int] = {}

    def see(self, sequence: int, hash_: bytes) -> None:
        self.found[hash_.decode()] = sequence

    def missing(self, walked: Verdict) -> Verdict | None:
        for anchor in sorted(self.anchors, key=lambda one: one.sequence or 0):
            place = self.found.get(anchor.hash)
            if place is None or anchor.sequence not in (None, place):
                return Verdict(walked.entries, walked.head, LOST_ANCHOR, anchor.sequence, where=anchor.where)
        return None


def _plain(text: bytes) -> bytes:
    """Undo the escapes of COPY. JSON text holds no control characters, so only backslashes are escaped."""
    return text.replace(b"\\\\", b"\\") if b"\\" in text else text


def _canonical(payload: bytes) -> bytes:
    """Canonical JSON of a payload as PostgreSQL writes it (no blanks around it, so the scanner alone will do)."""
    return b"{}" if payload == b"{}" else canonical(_scan(_plain(payload).decode(), 0)[0])


def _lines(cursor: Any, chain: int) -> Iterator[bytes]:
    with cursor.copy(_ENTRIES % int(chain)) as copy:
        for line in copy:
            yield bytes(line).removesuffix(b"\n")


def _text(column: str) -> str:
    return f"to_json({column}::text)::text"


def _instant(column: str) -> str:
    """As Python writes an instant in UTC: microseconds only where there are any."""
    shown = f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
    return f"""coalesce('"' || replace({shown}, '.000000', '') || '+00:00"', 'null')"""


# The keys stand in the order of their names, as in canonical JSON.
_ENTRIES = (
    "COPY (SELECT sequence, hash, previous_hash,"  # noqa: S608 (columns of the model)
    f""" '{{"action":' || {_text("action")} || ',"actor":' || {_text("actor")} || ',"at":' || {_instant("at")} || ',"payload":',"""
    " payload,"
    f""" ',"previous_hash":' || {_text("previous_hash")} || ',"really_at":' || {_instant("really_at")}"""
    """ || ',"sequence":' || sequence || ',"subject_id":' || coalesce(subject_id::text, 'null')"""
    f""" || ',"subject_kind":' || {_text("subject_kind")} || ',"subject_label":' || {_text("subject_label")} || '}}'"""
    " FROM journal_entry WHERE chain_id = %d ORDER BY sequence, id) TO STDOUT"
)  # fmt: skip
