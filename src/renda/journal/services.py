"""Writing and verifying the journal.

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

from renda.core import bulk, clock
from renda.core.canonical import canonical, digest
from renda.journal.models import Chain, Entry

DEFAULT_CHAIN = "county"
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
    Chain.objects.bulk_create([Chain(name=chain_name)], ignore_conflicts=True)
    chain = Chain.objects.select_for_update().get(name=chain_name)
    at, really_at = clock.now(), clock.real_now() if clock.simulated() else None
    rows, sequence, previous = [], chain.head_sequence, chain.head_hash
    for line in lines:
        sequence += 1
        said = {**vars(line), "payload": json.loads(canonical(line.payload))}
        content = {**said, "sequence": sequence, "at": at, "really_at": really_at, "previous_hash": previous}
        previous = entry_hash(content)
        rows.append({**content, "chain_id": chain.pk, "hash": previous})
    bulk.insert_plain(Entry, rows)
    chain.head_sequence, chain.head_hash = sequence, previous
    chain.save(update_fields=["head_sequence", "head_hash"])


def entry_hash(content: dict[str, Any]) -> str:
    """The hash of an entry: SHA-256 of the canonical JSON of what it says, its place and its predecessor's hash."""
    return digest({key: content[key] for key in HASHED})


HASHED = (
    "sequence", "at", "really_at", "actor", "action", "subject_kind", "subject_id", "subject_label", "payload", "previous_hash",
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What verification found: how many entries, the head, and the first fault (None where all is well)."""

    entries: int
    head: str
    fault: str | None = None
    at_sequence: int | None = None


def verify(chain_name: str = DEFAULT_CHAIN) -> Verdict:
    """Walk the chain and name the first changed, removed, reordered or inserted entry."""
    chain = Chain.objects.filter(name=chain_name).first()
    if chain is None:
        return Verdict(0, "0" * 64)
    expected, previous = 0, "0" * 64
    for row in Entry.objects.filter(chain=chain).order_by("sequence").values(*HASHED, "hash").iterator(5000):
        expected += 1
        fault = _fault(row, expected, previous)
        if fault:
            return Verdict(expected, previous, fault, row["sequence"])
        previous = row["hash"]
    if (expected, previous) != (chain.head_sequence, chain.head_hash):
        return Verdict(expected, previous, "末尾的日志被删除或链头被改动", chain.head_sequence)
    return Verdict(expected, previous)


def _fault(row: dict[str, Any], expected: int, previous: str) -> str | None:
    if row["sequence"] != expected:
        return "日志序号不连续：有日志被删除或插入"
    if row["previous_hash"] != previous:
        return "日志与前一条不相接：顺序被改动"
    if entry_hash(row) != row["hash"]:
        return "日志内容与其摘要不符：内容被改动"
    return None
