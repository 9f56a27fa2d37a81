"""The restore drill: from backup to a working office on another machine; and every reason to refuse before anything is touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from renda.upkeep import backup, keysafe, records
from renda.upkeep.layout import DUMP, MANIFEST, SUMS, BackupFault, check, digest_of
from renda.upkeep.restore import Restored, restore
from tests.journal.chains import tamper
from tests.settings import CLUSTER
from tests.upkeep.conftest import Place, picture

LOOK = """
import json
from renda.core.commands import open_records
open_records()
from django.conf import settings
settings.SESSION_COOKIE_SECURE = False
from django.test import Client
from renda.directory.models import Account
from renda.files.models import Attachment
from renda.journal.services import verify
from renda.petitions.models import Petition
client = Client()
client.force_login(Account.objects.get(username="clerk"))
kept = Attachment.objects.get()
answer = client.get(f"/suggestions/suggestions/{kept.record_id}/pictures/{kept.pk}/")
verdict = verify()
print(json.dumps({
    "petitioner": Petition.objects.order_by("pk")[0].petitioner, "found": Petition.objects.filter(petitioner_hash__isnull=False).count(),
    "picture": [answer.status_code, b"".join(answer.streaming_content).hex()], "fault": verdict.fault, "entries": verdict.entries,
}))
"""


@pytest.fixture
def made(here: Place, tmp_path: Path) -> Path:
    return backup.make(tmp_path / "backup", keys=tmp_path / "keys").folder


def at(place: Place, folder: Path, *, keys: Path | None = None, replace: bool = False) -> Restored:
    place.enter()
    return restore(folder, keys=keys, replace=replace)


def look(place: Place) -> dict[str, object]:
    """What a process of the restored office sees."""
    place.enter()
    done = subprocess.run(
        [sys.executable, "-c", LOOK], capture_output=True, text=True, env=os.environ, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_restored_office_is_the_same_office(made: Path, here: Place, there: Place, tmp_path: Path) -> None:
    manifest = check(made)
    done = at(there, made, keys=tmp_path / "keys")
    assert done.records == manifest.records, "the digest of all records"
    assert manifest.tables["suggestions_suggestion"]["rows"] == 3
    how = "SELECT encoding, datcollate, datlocprovider, datlocale FROM pg_database WHERE datname = current_database()"
    assert there.query(how) == here.query(how), "sorted the same way"
    seen = look(there)
    assert seen["petitioner"] == "周大勇"
    assert seen["found"] == 2
    assert seen["picture"] == [200, picture().hex()]
    assert (seen["fault"], seen["entries"]) == (None, manifest.journal["sequence"])


def test_a_backup_holds_no_key(made: Path, here: Place) -> None:
    content = json.loads((here.folder / "keys" / "fields.json").read_text())
    whole = b"".join(path.read_bytes() for path in made.rglob("*") if path.is_file())
    for secret in (*content["keys"].values(), content["lookup"]):
        assert secret.encode() not in whole
    assert "周大勇".encode() not in whole, "nor what they open"


def test_without_the_keys_it_says_so(made: Path, there: Place, tmp_path: Path) -> None:
    with pytest.raises(BackupFault, match="--keys"):
        at(there, made)
    other = tmp_path / "other"
    other.mkdir()
    keys = json.loads((tmp_path / "keys" / "fields.json").read_text())
    keys["keys"]["k1"] = keys["lookup"]
    (other / "fields.json").write_text(json.dumps(keys))
    with pytest.raises(BackupFault, match="打不开"):
        at(there, made, keys=other)
    (other / "fields.json").write_text("{}")
    with pytest.raises(BackupFault, match="损坏"):
        at(there, made, keys=other)
    assert there.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_a_county_with_data_is_replaced_only_on_demand(made: Path, here: Place, there: Place, tmp_path: Path) -> None:
    at(there, made, keys=tmp_path / "keys")
    there.query("INSERT INTO django_session VALUES ('later', '', now()) RETURNING 1")
    with pytest.raises(BackupFault, match="--replace"):
        at(there, made)
    assert there.query("SELECT count(*) FROM django_session WHERE session_key = 'later'") == [(1,)]
    done = at(there, made, replace=True)
    assert there.query("SELECT count(*) FROM django_session WHERE session_key = 'later'") == [(0,)]
    former = Place(there.folder, done.replaced, there.monkeypatch)
    assert former.query("SELECT count(*) FROM django_session WHERE session_key = 'later'") == [(1,)]


def test_a_database_in_use_is_not_replaced(made: Path, there: Place, tmp_path: Path) -> None:
    at(there, made, keys=tmp_path / "keys")
    with psycopg.connect(**CLUSTER.connection(there.database)), pytest.raises(BackupFault, match="正在使用"):
        at(there, made, replace=True)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def a_stored_file(folder: Path) -> Path:
    return next(path for path in (folder / "files").rglob("*") if path.is_file())


SPOILT: dict[str, Callable[[Path], object]] = {
    "dump": lambda folder: flip(folder / DUMP),
    "file": lambda folder: flip(a_stored_file(folder)),
    "missing file": lambda folder: a_stored_file(folder).unlink(),
    "added file": lambda folder: (folder / "files" / "more").write_text("x"),
    "sums": lambda folder: flip(folder / SUMS),
    "no manifest": lambda folder: (folder / MANIFEST).unlink(),
    "broken manifest": lambda folder: (folder / MANIFEST).write_text("{"),
    "other format": lambda folder: (folder / MANIFEST).write_text('{"format": 99}'),
}


def test_a_damaged_backup_is_refused_before_anything_is_touched(made: Path, there: Place, tmp_path: Path) -> None:
    for name, spoil in SPOILT.items():
        folder = tmp_path / name
        shutil.copytree(made, folder)
        spoil(folder)
        with pytest.raises(BackupFault):
            check(folder)
        with pytest.raises(BackupFault):
            at(there, folder, keys=tmp_path / "keys")
    assert there.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    assert not (there.folder / "files").exists()


def test_records_that_come_out_differently_are_not_put_in_place(made: Path, there: Place, tmp_path: Path) -> None:
    """A manifest of another day with this day's dump: every digest of a file fits, the records do not."""
    manifest = check(made)
    manifest.tables["suggestions_suggestion"]["rows"] += 1
    manifest.write(made)
    with pytest.raises(BackupFault, match="suggestions_suggestion"):
        at(there, made, keys=tmp_path / "keys")
    assert there.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    assert there.query(f"SELECT count(*) FROM pg_database WHERE datname = '{there.database}_restoring'") == [(0,)]


def test_a_backup_of_a_newer_version_is_refused(made: Path, there: Place, tmp_path: Path) -> None:
    manifest = check(made)
    manifest.migrations.append(["journal", "9999_from_the_future"])
    manifest.write(made)
    with pytest.raises(BackupFault, match="更新的版本"):
        at(there, made, keys=tmp_path / "keys")


def test_what_was_wrong_with_the_journal_is_told_and_stays_restorable(here: Place, there: Place, tmp_path: Path) -> None:
    tamper("UPDATE journal_entry SET actor = '别人' WHERE sequence = 2")
    folder = backup.make(tmp_path / "backup", keys=tmp_path / "keys").folder
    assert (check(folder).journal["at_sequence"], "改动" in check(folder).journal["fault"]) == (2, True)
    done = at(there, folder, keys=tmp_path / "keys")
    assert done.manifest.journal["at_sequence"] == 2


def test_files_that_are_lost_or_damaged_are_named(here: Place, tmp_path: Path) -> None:
    one = a_stored_file(here.folder)
    flip(one)
    manifest = backup.make(tmp_path / "a").manifest
    assert (manifest.damaged, manifest.missing) == ([f"files/{one.parent.name}/{one.name}"], [])
    one.unlink()
    assert backup.make(tmp_path / "b").manifest.missing == [one.name]


def test_keys_never_lie_in_the_backup(here: Place, tmp_path: Path) -> None:
    for keys in (tmp_path / "a", tmp_path / "a" / "keys", tmp_path):
        with pytest.raises(BackupFault, match="不能与备份放在一起"):
            backup.make(tmp_path / "a", keys=keys)
    assert not (tmp_path / "a").exists()


def rotate(place: Place, new: str) -> None:
    """A rotation: a new key, the old one retired."""
    own = place.folder / "keys" / "fields.json"
    content = json.loads(own.read_text())
    own.write_text(json.dumps({**content, "current": new, "keys": {new: content["lookup"]}, "retired": list(content["keys"])}))


def test_a_backup_of_before_a_rotation_still_opens(made: Path, here: Place, there: Place, tmp_path: Path) -> None:
    first = check(made).keys
    kept = tmp_path / "keys"
    keysafe.keep(kept)
    assert sorted(path.name for path in kept.iterdir()) == ["fields.json"], "the same again changes nothing"
    rotate(here, "k2")
    assert keysafe.keep(kept).keys() == {"k2", "lookup"}
    former = keysafe.find(first, kept)
    assert former is not None
    assert former.name.startswith("fields.json.replaced-")
    at(there, made, keys=kept)
    assert look(there)["petitioner"] == "周大勇"


def test_a_rotation_in_the_midst_of_a_backup_is_no_backup(here: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = records.tables

    def slow(connection: psycopg.Connection[Any]) -> dict[str, dict[str, Any]]:
        rotate(here, "k2")
        return tables(connection)

    monkeypatch.setattr(records, "tables", slow)
    with pytest.raises(BackupFault, match="更换了密钥"):
        backup.make(tmp_path / "a", keys=tmp_path / "keys")
    assert not (tmp_path / "a").exists()


def test_a_place_with_something_in_it_is_refused(here: Place, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_text("x")
    with pytest.raises(BackupFault, match="已有内容"):
        backup.make(tmp_path / "a")
    shutil.rmtree(tmp_path / "a")
    (tmp_path / "a").mkdir()
    assert digest_of(backup.make(tmp_path / "a").folder / SUMS) == check(tmp_path / "a").sums


def test_dated_backups_keep_the_newest(here: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = tmp_path / "all"
    for name in ("20210101-000000", "20210102-000000"):
        shutil.copytree(backup.make(tmp_path / name).folder, parent / name)
    (parent / "20210103-000000").mkdir()  # not whole: not ours to remove
    (parent / "notes").mkdir()
    made = backup.make_dated(parent, 2)
    assert [path.name for path in made.removed] == ["20210101-000000"]
    assert sorted(path.name for path in parent.iterdir()) == sorted(
        ["20210102-000000", "20210103-000000", "notes", made.folder.name]
    )
