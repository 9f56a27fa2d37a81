"""Writing the journal.

Every change of the platform happens inside ``change()``: one transaction whose journal entries are gathered first and written
last, so that the chain's head row is locked only for the moment before the commit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from renda.core import bulk, clock, exchanges
from renda.core.canonical import canonical, digest
from renda.journal.models import DEFAULT_CHAIN, Chain, Entry
from renda.journal.verifying import Verdict, verify

__all__ = ["Head", "JournalError", "Line", "Verdict", "change", "entry_hash", "head", "record", "verify"]

LONGEST_LABEL = 300
EXPONENT_FROM = 1e16  # from here on Python writes 1e+16
_pending: ContextVar[list[Line] | None] = ContextVar("renda_journal_pending", default=None)


@dataclass(frozen=True)
class Line:
    """What one entry will say. ``payload`` holds personal values only masked or as keyed digests."""

    actor: str
    action: str
    subject_kind: str
    subject_id: int | None = None
    subject_label: str = ""
    payload: dict[str, Any] = field(default_factory=dict)


class JournalError(RuntimeError):
    """A change was attempted outside ``change()``."""


@contextmanager
def change() -> Iterator[None]:
    """One change of the platform: one transaction with its journal entries, all or nothing. Nests."""
    if _pending.get() is not None:
        with transaction.atomic():
            yield
        return
    lines: list[Line] = []
    token = _pending.set(lines)
    try:
        with transaction.atomic():
            yield
            _append(lines)
    finally:
        _pending.reset(token)


def record(line: Line) -> None:
    """Add a line to the change under way. Raises JournalError outside of one."""
    pending = _pending.get()
    if pending is None:
        raise JournalError("journal.record() is called inside journal.change() only")
    pending.append(line)


def _append(lines: list[Line], chain_name: str = DEFAULT_CHAIN) -> None:
    if not lines:
        return
    several = [_as_stored(line) for line in lines]  # before the lock: only what hangs on the head is done while others wait
    chain, sequence, previous = _locked(chain_name)
    at, really_at = clock.now(), clock.real_now() if clock.simulated() else None
    rows = []
    for said in several:
        sequence += 1
        content = {**said, "sequence": sequence, "at": at, "really_at": really_at, "previous_hash": previous}
        previous = entry_hash(content)
        rows.append({**content, "chain_id": chain, "hash": previous})
    with exchanges.together():
        bulk.insert_plain(Entry, rows)
        exchanges.send(FORWARD, [sequence, previous, chain])


LOCK = 'SELECT id, head_sequence, head_hash FROM "journal_chain" WHERE name = %s FOR UPDATE'
FORWARD = 'UPDATE "journal_chain" SET head_sequence = %s, head_hash = %s WHERE id = %s'


def _locked(name: str) -> tuple[int, int, str]:
    """Key, sequence and hash of a chain's head, locked until the change is committed; made at the first entry."""
    found = exchanges.ask(LOCK, [name])
    if not found:
        Chain.objects.bulk_create([Chain(name=name)], ignore_conflicts=True)
        found = exchanges.ask(LOCK, [name])
    return found[0]  # type: ignore[return-value]


def _as_stored(line: Line) -> dict[str, Any]:
    """What the line says, as the database will give it back: only then does its hash hold. A long label is cut."""
    payload = _settled(json.loads(canonical(line.payload)))
    return {**vars(line), "subject_label": line.subject_label[:LONGEST_LABEL], "payload": payload}


def _settled(value: Any) -> Any:
    """Numbers that PostgreSQL writes in another way than Python: it knows no exponent and no negative zero."""
    if isinstance(value, float) and value.is_integer() and (abs(value) >= EXPONENT_FROM or value == 0):
        return int(value)
    if isinstance(value, dict):
        return {key: _settled(one) for key, one in value.items()}
    return [_settled(one) for one in value] if isinstance(value, list) else value


def entry_hash(content: dict[str, Any]) -> str:
    """The hash of an entry: SHA-256 of the canonical JSON of what it says, its place and its predecessor's hash."""
    return digest({key: content[key] for key in HASHED})


HASHED = (
    "sequence", "at", "really_at", "actor", "action", "subject_kind", "subject_id", "subject_label", "payload", "previous_hash",
)  # fmt: skip


@dataclass(frozen=True)
class Head:
    """The end of a chain: how many entries stand before it, and the hash that vouches for all of them."""

    chain: str
    algorithm: str
    sequence: int
    hash: str


def head(chain_name: str = DEFAULT_CHAIN) -> Head:
    """The chain's head as it stands now; an empty chain has sequence 0 and a hash of zeros."""
    chain = Chain.objects.filter(name=chain_name).first() or Chain(name=chain_name)
    return Head(chain.name, chain.algorithm, chain.head_sequence, chain.head_hash)
