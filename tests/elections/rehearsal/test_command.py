"""`renda election rehearse`: a place of its own, thrown away afterwards, also by the next one where it was killed."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from renda.core.embedded import Cluster
from renda.core.embedded.process import alive, wait_for
from renda.elections.commands import election
from renda.elections.rehearsal import place
from renda.elections.rehearsal.place import KEPT, LOCK, Place


def left_in(data: Path) -> list[str]:
    """The folders of rehearsals in a data folder."""
    return sorted(one.name for one in (data / "rehearsal").iterdir() if one.is_dir())


def test_the_whole_command_leaves_nothing_behind(data_folder: Path) -> None:
    command = [sys.executable, "-m", "renda", "election", "rehearse", "--voters", "600", "--districts", "4", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["voters"], told["districts"], told["ok"]) == (600, 4, True)
    assert told["elected"] == told["seats"] - 1
    assert all(part["seconds"] >= 0 for part in told["parts"])
    follow = next(part for part in told["parts"] if part["name"] == "follow")
    assert follow["facts"] == {"rounds": 4, "tie": 1, "rerun": 2, "first": 1}
    assert all(check["ok"] for check in told["checks"])
    assert left_in(data_folder) == []
    assert {one.name for one in data_folder.iterdir()} == {"rehearsal"}, "the office's own records were not even begun"


def test_a_size_in_which_the_cases_do_not_fit_is_refused() -> None:
    for arguments, words in (
        (["--voters", "600", "--districts", "2"], "至少要 3 个选区"),
        (["--voters", "200"], "至少要 100 名"),
    ):
        done = CliRunner().invoke(election, ["rehearse", *arguments])
        assert done.exit_code == 1
        assert words in done.output


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """A report that the command gets instead of rehearsing."""
    report: dict[str, Any] = {"voters": 600, "districts": 3, "seats": 6, "elected": 5, "ok": True, "parts": [], "checks": []}
    report["sign_ins"] = {"yanlian": "abc-def"}

    @contextmanager
    def nowhere(*, keep: bool) -> Iterator[Place]:
        yield Place(tmp_path, -1)

    monkeypatch.setattr(place, "throw_away", nowhere)
    module = sys.modules["renda.elections.commands.rehearse"]  # by name: the package's attribute is the command itself
    monkeypatch.setattr(module, "_gone_through", lambda *_given: report)
    return report


def test_what_does_not_hold_is_said_and_ends_with_one(told: dict[str, Any]) -> None:
    told["checks"] = [{"name": "登记选民数", "ok": False, "expected": 600, "found": 599}]
    told["ok"] = False
    done = CliRunner().invoke(election, ["rehearse"])
    assert done.exit_code == 1
    assert "不符：登记选民数，应为 600，实为 599" in done.output
    assert "abc-def" not in done.output


def test_what_is_kept_is_named(told: dict[str, Any], tmp_path: Path) -> None:
    done = CliRunner().invoke(election, ["rehearse", "--keep"])
    assert done.exit_code == 0
    assert f"保留在 {tmp_path}" in done.output
    assert "yanlian abc-def" in done.output


def test_only_what_a_killed_rehearsal_left_is_swept(data_folder: Path) -> None:
    folders = {name: place.home() / name for name in ("killed", "busy", "kept")}
    for folder in folders.values():
        folder.mkdir(parents=True)
        (folder / LOCK).touch()
    (folders["kept"] / KEPT).touch()
    Cluster(folders["killed"], durable=False).start()
    server = int((folders["killed"] / "pg" / "postmaster.pid").read_text().splitlines()[0])
    held = os.open(folders["busy"] / LOCK, os.O_RDWR)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        assert place.sweep() == ["killed"]
    finally:
        os.close(held)
    assert left_in(data_folder) == ["busy", "kept"]
    assert not alive(server)


@pytest.mark.parametrize(("how", "status"), [(signal.SIGTERM, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_one_that_is_ended_early_leaves_nothing_for_long(data_folder: Path, how: signal.Signals, status: int) -> None:
    command = [sys.executable, "-m", "renda", "election", "rehearse", "--voters", "600"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        ready = wait_for(lambda: any(place.home().glob("r*/keys/fields*")) or any(place.home().glob("r*/pg/postmaster.pid")), 60)
        assert ready
        process.send_signal(how)
        assert process.wait(60) == status
    if how == signal.SIGKILL:
        assert [one.name[0] for one in place.home().iterdir() if one.is_dir()] == ["r"]
        assert wait_for(lambda: bool(place.sweep()), 30), "its child ends with it, and the next start removes what is left"
    assert left_in(data_folder) == []


def test_nothing_of_the_office_reaches_the_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://office/renda")
    monkeypatch.setenv("RENDA_DATA", "/office")
    environment = Place(tmp_path, -1).environment()
    assert environment["RENDA_DATA"] == str(tmp_path)
    assert "DATABASE_URL" not in environment
