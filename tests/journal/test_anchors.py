"""Heads that were kept outside: a chain rewritten from end to end no longer contains them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from renda.journal import anchors
from renda.journal.anchors import Anchor, NoAnchor
from renda.journal.models import Chain, Entry
from renda.journal.services import head, verify
from tests.journal.chains import rehash, tamper, write

pytestmark = pytest.mark.django_db


def rewrite_everything(first: int) -> None:
    """What somebody with all power could do: change an entry and compute the whole chain anew."""
    last = Chain.objects.get().head_sequence
    rehash(first, last, actor="别人")
    tamper("UPDATE journal_chain SET head_hash = (SELECT hash FROM journal_entry ORDER BY sequence DESC LIMIT 1)")


def test_a_chain_contains_its_earlier_heads() -> None:
    write(3)
    kept = head()
    write(4)
    verdict = verify(anchors=[Anchor(kept.hash, kept.sequence), Anchor(head().hash)])
    assert (verdict.fault, verdict.anchors) == (None, 2)


@pytest.mark.parametrize("first", [1, 2, 3])
def test_a_chain_that_was_computed_anew_does_not(first: int) -> None:
    write(3)
    kept = head()
    write(4)
    rewrite_everything(first)
    assert verify().fault is None, "without an anchor nobody can tell"
    verdict = verify(anchors=[Anchor(kept.hash, kept.sequence)])
    assert "留存的链头不在日志链中" in str(verdict.fault)
    assert verdict.at_sequence == 3


def test_what_was_rewritten_after_the_anchor_is_not_its_business() -> None:
    write(3)
    kept = head()
    write(4)
    rewrite_everything(4)
    assert verify(anchors=[Anchor(kept.hash)]).fault is None


def test_a_chain_that_was_emptied_is_found_by_its_anchor() -> None:
    write(3)
    kept = head()
    tamper("DELETE FROM journal_entry", "DELETE FROM journal_chain")
    assert verify().fault is None
    assert verify(anchors=[Anchor(kept.hash)]).fault


def test_the_right_hash_at_another_place_is_no_match() -> None:
    write(3)
    hash_ = Entry.objects.get(sequence=2).hash
    assert verify(anchors=[Anchor(hash_, 2)]).fault is None
    assert verify(anchors=[Anchor(hash_, 3)]).fault


def test_rooms_that_keep_heads_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    write(1)
    monkeypatch.setattr(anchors, "_sources", [lambda: [Anchor("1" * 64, 1, "《报告》")]])
    assert verify().where == "《报告》"


def test_files_of_anchors(tmp_path: Path) -> None:
    file = tmp_path / "链头.json"
    one, two = {"chain": "county", "sequence": 3, "hash": "ab" * 32}, {"sequence": 9, "hash": "CD" * 32}
    file.write_text(json.dumps(one, indent=2) + "\n" + json.dumps(two) + "\n", "utf-8")
    assert anchors.read(file) == [Anchor("ab" * 32, 3, "链头.json"), Anchor("cd" * 32, 9, "链头.json")]
    file.write_text("AB" * 32 + "\n\n" + "cd" * 32, "utf-8")
    assert [one.hash for one in anchors.read(file)] == ["ab" * 32, "cd" * 32]


@pytest.mark.parametrize("text", ["", "{}", '{"sequence": 1}', "abc", '{"sequence": "x", "hash": "' + "a" * 64 + '"}', "{"])
def test_files_that_hold_no_anchor_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.json"
    file.write_text(text)
    with pytest.raises(NoAnchor):
        anchors.read(file)
    with pytest.raises(NoAnchor):
        anchors.read(tmp_path / "missing")
