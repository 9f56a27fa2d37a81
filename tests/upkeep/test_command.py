"""``renda backup`` and ``renda restore``: what they say, and that an older database is backed up before it is upgraded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from renda.upkeep import cli
from tests.upkeep.conftest import Place


def run(command: str, *arguments: object) -> Result:
    return CliRunner().invoke(getattr(cli, command), [str(one) for one in arguments])


def test_from_backup_to_restore_by_command(here: Place, there: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upgraded: list[bool] = []
    monkeypatch.setattr(cli, "open_records", lambda *, upgrade=False: upgraded.append(upgrade))
    here.query("DELETE FROM django_migrations WHERE app = 'reports' RETURNING 1")  # as a database of an older version
    done = run("backup", tmp_path / "b", "--json")
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout)
    assert (made["rows"] > 100, made["files"], made["missing"], made["damaged"]) == (True, 1, [], [])
    assert len(made["journal"]["hash"]) == 64
    assert "密钥没有一同备份" in done.stderr
    assert upgraded == []
    checked = run("backup", "--check", tmp_path / "b")
    assert (checked.exit_code, "备份完整" in checked.stdout) == (0, True)
    assert run("backup", tmp_path / "c", "--keys", tmp_path / "k").stderr == "", "nothing to warn of"

    there.enter()
    refused = run("restore", tmp_path / "b")
    assert (refused.exit_code, "--keys" in refused.stderr) == (1, True)
    restored = run("restore", tmp_path / "b", "--keys", tmp_path / "k", "--json")
    assert restored.exit_code == 0, restored.output
    assert json.loads(restored.stdout)["records"] == made["records"]
    assert upgraded == [True], "an older backup is brought up to date"
    again = run("restore", tmp_path / "b")
    assert (again.exit_code, "--replace" in again.stderr) == (1, True)
    assert run("restore", tmp_path / "b", "--replace").exit_code == 0


def test_what_cannot_be_done_is_one_clear_line(here: Place, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for arguments in ((tmp_path / "file",), (tmp_path / "file" / "inside",), ("--check", tmp_path / "nothing")):
        done = run("backup", *arguments)
        assert done.exit_code == 1
        assert done.stderr.startswith("Error: ")
        assert len(done.stderr.strip().splitlines()) == 1
    assert run("backup", "--check", "--keep", 3, tmp_path / "a").exit_code == 2
    assert run("restore", tmp_path / "nothing").exit_code == 1
