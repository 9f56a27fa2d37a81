"""Verification of the journal, entry by entry from the database, against the bare hash loop over entries that lie ready in memory.

Two loops are the reference: one makes the canonical JSON of each entry and hashes it (what any verification has to do), one hashes
bytes that are canonical already (the least that SHA-256 costs in Python). Both follow the chain as the verification does.
"""

from __future__ import annotations

import hashlib
from typing import Any

from bench.measure import Comparison, Phase, phase

SIZES = {"quick": 20_000, "full": 1_000_000}
BATCH = 20_000


def run(entries: int) -> dict[str, Comparison]:
    """Write that many entries as the platform does, verify them, and run the bare loops over as many."""
    from renda.core.canonical import canonical
    from renda.journal.models import Entry
    from renda.journal.services import HASHED, verify

    _write(entries)
    with phase("verification") as ours:
        verdict = verify()
    assert (verdict.fault, verdict.entries) == (None, entries), verdict
    sample = list(Entry.objects.order_by("sequence").values(*HASHED, "hash")[:BATCH])
    turns = entries // len(sample)
    contents = [({key: row[key] for key in HASHED}, row["hash"]) for row in sample]
    bare = _canonical_and_hash(contents, turns)
    least = _hash_alone([(canonical(content), hash_) for content, hash_ in contents], turns)
    return {
        f"verify {entries:,} entries against canonical JSON and SHA-256": Comparison(ours, bare),
        f"verify {entries:,} entries against SHA-256 of ready bytes": Comparison(ours, least),
    }


def _write(entries: int) -> None:
    """Entries as edits of records leave them, three columns changed in each."""
    from renda.journal.services import Line, change, record

    for start in range(0, entries, BATCH):
        with change():
            for n in range(start, min(start + BATCH, entries)):
                changes = {
                    "title": [f"关于第{n}号道路积水的信访", f"关于第{n}号道路积水和路灯的信访"],
                    "organ": [n % 40, (n + 1) % 40],
                    "complainant": {"before": f"{n:024x}", "after": f"{n + 1:024x}"},
                }
                actor, label = f"王小明{n % 50}（人大信访工作人员）", f"信2021-{n} 反映道路积水"
                record(Line(actor, "record.changed", "petitions.petitions", n, label, {"changes": changes, "version": n % 9}))


def _canonical_and_hash(contents: list[tuple[dict[str, Any], str]], turns: int) -> Phase:
    from renda.core.canonical import digest

    with phase("canonical JSON and SHA-256") as measured:
        for _ in range(turns):
            previous = contents[0][0]["previous_hash"]
            for content, hash_ in contents:
                assert content["previous_hash"] == previous
                previous = digest(content)
                assert previous == hash_
    return measured


def _hash_alone(contents: list[tuple[bytes, str]], turns: int) -> Phase:
    sha256 = hashlib.sha256
    with phase("SHA-256") as measured:
        for _ in range(turns):
            for content, hash_ in contents:
                assert sha256(content).hexdigest() == hash_
    return measured
