"""Backups and restores killed at random points: what looks whole is whole, and there is always one whole county."""

from __future__ import annotations

from pathlib import Path

import psycopg

from renda.upkeep import backup, records
from renda.upkeep.layout import check
from renda.upkeep.restore import restore
from tests.killing import killed_at_random
from tests.settings import CLUSTER
from tests.upkeep.conftest import Place

LATER = "SELECT count(*) FROM django_session WHERE session_key = 'later'"


def test_a_killed_backup_leaves_nothing_that_looks_whole(here: Place, tmp_path: Path) -> None:
    parent = tmp_path / "backups"

    def done(turn: int) -> bool:
        folder = parent / str(turn)
        if folder.exists():
            check(folder)
        return folder.exists()

    killed = killed_at_random(lambda turn: backup.make(parent / str(turn)), done, turns=8)
    assert len(backup.whole_ones(parent)) == 0, "none of these is a dated one"
    left = [path.name for path in parent.iterdir() if path.name.startswith(".")]
    assert len(left) <= killed.cut
    for turn in range(9):
        if not (parent / str(turn)).exists():
            backup.make(parent / str(turn))
    assert not [path for path in parent.iterdir() if path.name.startswith(".")], "what was left is cleared away"


def test_a_killed_restore_leaves_one_whole_county(here: Place, there: Place, tmp_path: Path) -> None:
    folder = backup.make(tmp_path / "backup", keys=tmp_path / "keys").folder
    manifest = check(folder)
    there.enter()
    restore(folder, keys=tmp_path / "keys")

    def edit() -> None:
        there.query("INSERT INTO django_session VALUES ('later', '', now()) ON CONFLICT DO NOTHING RETURNING 1")

    def done(turn: int) -> bool:
        """Whether the county is the one of the backup; if not, it must be the one that was there before."""
        with psycopg.connect(**CLUSTER.connection(there.database)) as connection:
            found = records.tables(connection)
        former = there.query(LATER) == [(1,)]
        if former:
            found["django_session"] = manifest.tables["django_session"]
        assert records.digest(found) == manifest.records
        edit()
        return not former

    edit()
    killed_at_random(lambda turn: restore(folder, keys=tmp_path / "keys", replace=True), done, turns=5)
    edit()
    restore(folder, replace=True)
    assert there.query(LATER) == [(0,)]
    assert there.query(f"SELECT count(*) FROM pg_database WHERE datname = '{there.database}_restoring'") == [(0,)]
