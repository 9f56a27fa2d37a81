"""Whatever is done to the chain behind the platform's back is found, and the first entry concerned is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renda.journal.models import Chain, Entry
from renda.journal.services import verify
from tests.journal import chains
from tests.journal.chains import rehash, tamper, undone, write

pytestmark = pytest.mark.django_db

LENGTH = 12
NEW = {
    "actor": "'别人'", "action": "'test.other'", "subject_kind": "'other'", "subject_id": "coalesce(subject_id, 0) + 1",
    "subject_label": "subject_label || ' '", "payload": "payload || '{\"n\": -1}'", "at": "at + interval '1 microsecond'",
    "really_at": "coalesce(really_at, at) + interval '1 second'", "hash": "translate(hash, '0123456789abcdef', '123456789abcdef0')",
    "previous_hash": "repeat('f', 64)",
}  # fmt: skip
PLACE = st.integers(1, LENGTH)
Deed = tuple[Callable[[], None], int]


def changed(column: str, place: int) -> Deed:
    return lambda: tamper(f"UPDATE journal_entry SET {column} = {NEW[column]} WHERE sequence = {place}"), place


def removed(places: set[int], renumber: bool) -> Deed:
    def do() -> None:
        tamper(f"DELETE FROM journal_entry WHERE sequence IN ({', '.join(map(str, places))})")
        if renumber:
            tamper(
                "UPDATE journal_entry SET sequence = sequence + 1000",
                "UPDATE journal_entry AS e SET sequence = n FROM (SELECT id, row_number() OVER (ORDER BY sequence) AS n FROM journal_entry) AS o "
                "WHERE o.id = e.id",
            )

    return do, min(places)


def swapped(one: int, other: int) -> Deed:
    first, second = sorted((one, other))
    return lambda: tamper(
        f"UPDATE journal_entry SET sequence = -1 WHERE sequence = {first}",
        f"UPDATE journal_entry SET sequence = {first} WHERE sequence = {second}",
        f"UPDATE journal_entry SET sequence = {second} WHERE sequence = -1",
    ), first


COPIED = "chain_id, at, really_at, actor, action, subject_kind, subject_id, subject_label, payload"


def inserted(place: int, count: int, rehashed: bool) -> Deed:
    """Forged entries pushed in before ``place``; with ``rehashed`` each has the hash that it should have."""

    def do() -> None:
        tamper(
            f"UPDATE journal_entry SET sequence = sequence + 1000 WHERE sequence >= {place}",
            f"UPDATE journal_entry SET sequence = sequence - 1000 + {count} WHERE sequence >= 1000",
            f"INSERT INTO journal_entry ({COPIED}, sequence, previous_hash, hash) SELECT {COPIED}, {place} + n, repeat('a', 64), repeat('b', 64) "
            f"FROM journal_entry, generate_series(0, {count} - 1) AS n WHERE sequence = {LENGTH + count}",
        )
        if rehashed:
            rehash(place, place + count - 1)

    return do, place


def appended() -> Deed:
    def do() -> None:
        tamper(
            f"INSERT INTO journal_entry ({COPIED}, sequence, previous_hash, hash) SELECT {COPIED}, {LENGTH + 1}, hash, '' FROM journal_entry "
            f"WHERE sequence = {LENGTH}"
        )
        rehash(LENGTH + 1, LENGTH + 1)

    return do, LENGTH + 1


def rewritten(place: int) -> Deed:
    """One entry with new content and a hash that fits it."""
    return lambda: rehash(place, place, actor="别人"), place


def headless(column: str) -> Deed:
    new = {"head_hash": "repeat('e', 64)", "head_sequence": "head_sequence - 1"}[column]
    return lambda: tamper(f"UPDATE journal_chain SET {column} = {new}"), LENGTH


DEEDS = st.one_of(
    st.builds(changed, st.sampled_from(sorted(NEW)), PLACE),
    st.builds(removed, st.sets(PLACE, min_size=1), st.booleans()),
    st.lists(PLACE, min_size=2, max_size=2, unique=True).map(lambda pair: swapped(*pair)),
    st.builds(inserted, PLACE, st.integers(1, 3), st.booleans()),
    st.builds(appended),
    st.builds(rewritten, PLACE),
    st.builds(headless, st.sampled_from(["head_hash", "head_sequence"])),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deed=DEEDS)
def test_every_deed_is_found_and_the_first_entry_named(db: Any, deed: Deed) -> None:
    do, place = deed
    with undone():
        write(LENGTH)
        assert verify().fault is None
        do()
        verdict = verify()
        assert verdict.fault
        assert verdict.at_sequence == place, (verdict.fault, place)


def test_entries_of_a_chain_of_their_own_are_found() -> None:
    write(2)
    other = Chain.objects.create(name="other")
    tamper(
        f"INSERT INTO journal_entry ({COPIED}, sequence, previous_hash, hash) SELECT {other.pk}, {COPIED.removeprefix('chain_id, ')}, 7, "
        "repeat('0', 64), repeat('1', 64) FROM journal_entry LIMIT 1"
    )
    verdict = verify()
    assert "不属于本县日志链" in str(verdict.fault)
    assert verdict.at_sequence == 7


def test_a_chain_whose_head_is_removed_is_found() -> None:
    write(2)
    tamper("DELETE FROM journal_chain")
    assert "链头被删除" in str(verify().fault)


def test_content_that_is_hard_to_copy_verifies() -> None:
    write(3)
    stored = Entry.objects.order_by("sequence")[1]
    assert stored.payload["文字"] == chains.HARD["文字"]
    assert stored.payload["数"] == chains.HARD["数"]
    assert verify().fault is None
