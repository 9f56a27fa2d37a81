"""An import that is killed at any point leaves all of its people or none; several who enter the same people at once end with one of each."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection, connections

from renda.directory.gate import OPERATOR
from renda.elections.models import Voter
from renda.elections.roll import services
from renda.elections.roll.services import Entered, Refused
from renda.journal.services import change, verify
from tests.at_once import at_once
from tests.elections.roll import desk as desks
from tests.elections.roll.desk import Desk, book, number
from tests.killing import killed_at_random

pytestmark = pytest.mark.django_db(transaction=True)
TURNS = 7
ROWS = 12_000
BATCH = 2_000
IMPORT = """
import sys
import django
django.setup()
from renda.directory.gate import OPERATOR
from renda.elections.models import Election
from renda.elections.roll import importing, sealing
from renda.elections.roll.reading import Given
from pathlib import Path
importing.BATCH = int(sys.argv[3])
sealing.FEW = 1
path, election = Path(sys.argv[1]), Election.objects.get(pk=sys.argv[2])
importing.import_files(election, [Given(path.name, path)], actor=OPERATOR)
"""
"""A program of its own: the threads of polars do not go along into a fork."""


@pytest.fixture
def desk() -> Desk:
    return desks.make()


def people(turn: int, rows: int) -> list[tuple[str, ...]]:
    """People of their own for each turn."""
    return [
        ("张伟", "", number(f"19{50 + n % 50}-0{1 + n % 9}-05", 101 + n % 99, f"{110101 + turn * 1000 + n // 99}"), "", "第1选区")
        for n in range(rows)
    ]  # fmt: skip


def test_killed_at_any_point_an_import_is_there_or_not(desk: Desk, tmp_path: Path) -> None:
    paths = [book(tmp_path / f"{turn}.xlsx", people(turn, ROWS)) for turn in range(TURNS + 1)]
    counted = [0]

    def work(turn: int) -> None:
        root = str(Path(__file__).resolve().parents[3])
        os.chdir(root)
        code = ["-c", IMPORT, str(paths[turn]), str(desk.election.pk), str(BATCH)]
        os.execve(sys.executable, [sys.executable, *code], os.environ | {"DJANGO_SETTINGS_MODULE": "renda.settings"})

    def done(turn: int) -> bool:
        _settled()
        now = Voter.objects.count()
        added, counted[0] = now - counted[0], now
        assert added in (0, ROWS), f"{added} of {ROWS}"
        return added == ROWS

    found = killed_at_random(work, done, turns=TURNS)
    assert found.cut >= 2
    assert found.nothing >= 2
    assert verify().fault is None


def _settled() -> None:
    """Wait until the server has undone what the killed process left."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.1)


def test_two_clerks_who_enter_the_same_person_end_with_one(desk: Desk) -> None:
    row = people(0, 1)[0]
    one = Entered(desk.election, row[0], row[2], desk.districts["第1选区"])
    found = at_once(*[lambda: services.enter(one, actor=OPERATOR)] * 4)
    assert Voter.objects.count() == 1
    assert sum(isinstance(answer, Voter) for answer in found) == 1
    assert sum(isinstance(answer, Refused) for answer in found) == 3, found
    assert verify().fault is None


def test_the_same_list_brought_twice_at_once(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", people(0, 500))
    found = at_once(*[lambda: desk.bring(path)[0].counts] * 2)
    assert sorted(counts["eligible"] for counts in found) == [0, 500], found  # type: ignore[index]
    assert sorted(counts["unchanged"] for counts in found) == [0, 500]  # type: ignore[index]
    assert Voter.objects.count() == 500


def test_nobody_waits_for_an_import_and_who_enters_one_of_its_people_is_told(desk: Desk, tmp_path: Path) -> None:
    rows = people(0, 300)
    paused, go_on = threading.Event(), threading.Event()

    def bring() -> None:
        try:
            with change():
                desk.bring(book(tmp_path / "a.xlsx", rows))
                paused.set()
                go_on.wait(30)
        finally:
            connections.close_all()

    thread = threading.Thread(target=bring)
    thread.start()
    assert paused.wait(30)
    try:
        started = time.monotonic()
        other = Entered(desk.election, "李娜", number("1970-01-02", 12), desk.districts["第2选区"])
        assert services.enter(other, actor=OPERATOR).pk
        with pytest.raises(Refused, match="正在导入名单"):
            services.enter(Entered(desk.election, rows[0][0], rows[0][2], desk.districts["第1选区"]), actor=OPERATOR)
        assert time.monotonic() - started < 2 * (services.PATIENCE_MS / 1000) + 1
    finally:
        go_on.set()
        thread.join(30)
    assert Voter.objects.count() == 301


def test_somebody_entered_while_the_list_was_written_is_met(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list believes the roll to be empty; one of its people is entered and committed before its rows are."""
    from renda.elections.roll.sealer import Sealed
    from renda.elections.roll.stage import Met, Stage

    rows = people(0, 50)
    plain = Stage.copy
    entered: list[object] = []

    def late(self: Stage, batch: Sealed) -> Met:
        if not entered:
            one = Entered(desk.election, rows[0][0], rows[0][2], desk.districts["第1选区"])
            entered.extend(at_once(lambda: services.enter(one, actor=OPERATOR)))
        return plain(self, batch)

    monkeypatch.setattr(Stage, "copy", late)
    report, _ = desk.bring(book(tmp_path / "a.xlsx", rows))
    assert isinstance(entered[0], Voter), entered
    assert report.counts["eligible"] == 49
    assert report.counts["look"] == 1  # entered by hand with other words
    assert Voter.objects.count() == 50
