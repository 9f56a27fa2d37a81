"""``renda journal``: what it says to people and to programs, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from renda.journal.cli import journal
from renda.journal.services import head
from tests.journal.chains import tamper, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _records_are_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renda.core.commands.open_records", lambda **_: None)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(journal, [str(one) for one in arguments])


def said(*arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments).stdout)
    return found


def test_a_chain_in_order() -> None:
    write(3)
    assert (run("verify").exit_code, "3 条日志，前后相接" in run("verify").stdout) == (0, True)
    assert said("verify", "--json") == {
        "ok": True, "entries": 3, "head": head().hash, "anchors": 0, "fault": None, "at_sequence": None, "where": "",
    }  # fmt: skip


def test_a_fault_is_named_and_the_status_is_1() -> None:
    write(3)
    tamper("UPDATE journal_entry SET actor = '别人' WHERE sequence = 2")
    done = run("verify", "--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["ok"], found["at_sequence"]) == (1, False, 2)
    plain = run("verify")
    assert plain.exit_code == 1
    assert "第 2 条日志内容与其摘要不符" in plain.stderr


def test_the_head_is_printed_and_is_an_anchor_later(tmp_path: Path) -> None:
    write(3)
    kept = tmp_path / "链头.json"
    first = said("head", "--json")
    assert (first["sequence"], first["hash"], first["algorithm"], first["chain"]) == (3, head().hash, "sha256", "county")
    kept.write_text(json.dumps(first, indent=2), "utf-8")
    assert head().hash in run("head").stdout
    write(2)
    assert said("verify", "--anchor-file", kept, "--anchor", head().hash.upper(), "--json")["anchors"] == 2
    tamper("DELETE FROM journal_entry WHERE sequence > 2", "UPDATE journal_chain SET head_sequence = 2, head_hash = "
           "(SELECT hash FROM journal_entry WHERE sequence = 2)")  # fmt: skip
    assert run("verify").exit_code == 0, "cut off neatly: without an anchor nobody can tell"
    done = run("verify", "--anchor-file", kept)
    assert done.exit_code == 1
    assert "第 3 条留存的链头不在日志链中" in done.stderr
    assert "链头.json" in done.stderr


def test_what_is_no_anchor_is_refused() -> None:
    write(1)
    done = run("verify", "--anchor", "123")
    assert done.exit_code == 1
    assert "64 位十六进制数" in done.stderr
    assert run("verify", "--anchor-file", "/no/such/file").exit_code == 1


def test_entries_are_listed() -> None:
    write(3)
    rows = said("list", "--most", 2, "--json")["entries"]
    assert [row["sequence"] for row in rows] == [3, 2]
    assert said("list", "--who", "没有", "--json") == {"entries": []}
    assert len(said("list", "--who", "测试", "--action", "test.done", "--about", "test", "--json")["entries"]) == 3
    assert said("list", "--until", "2000-01-01", "--json") == {"entries": []}
    assert "test.done" in run("list").stdout
