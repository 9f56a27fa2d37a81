"""A new field key: everything is readable under it, nothing is lost when the work is cut short, the old key is gone in the end."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection

from renda.core import crypto, keys, rotation
from renda.directory import keys_cli
from renda.directory.models import Person
from renda.journal.models import Entry
from renda.journal.services import verify
from tests import killing, small_county

PHONE = "138{:08d}"


def fill(number: int) -> None:
    division = small_county.make().division
    Person.objects.bulk_create(
        Person(name=f"人{n}", division=division, natural_key=f"人{n}", phone=PHONE.format(n), identity_number=str(10**17 + n))
        for n in range(number)
    )


def phones() -> set[str]:
    return set(Person.objects.exclude(phone=None).values_list("phone", flat=True))


def wanted(number: int) -> set[str]:
    return {PHONE.format(n) for n in range(number)}


def held(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text())


@pytest.mark.django_db
def test_every_value_moves_to_the_new_key_and_the_old_one_goes(key_file: Path) -> None:
    fill(30)
    before = dict(Person.objects.filter(phone__isnull=False).values_list("pk", "phone_hash"))
    assert {key: sum(by.values()) for key, by in rotation.counts().items()} == {"k1": 60}
    done = keys_cli.run()
    assert (done["new"], done["retired"], done["values"], done["hashes_mended"]) == ("k2", ["k1"], 60, 0)
    assert list(held(key_file)["keys"]) == ["k2"]
    assert set(rotation.counts()) == {"k2"}
    assert phones() == wanted(30)
    assert dict(Person.objects.filter(phone__isnull=False).values_list("pk", "phone_hash")) == before
    assert Person.objects.get(identity_hash=crypto.keyed_hash(str(10**17 + 7))).name == "人7"
    entry = Entry.objects.get(action="keys.rotated")
    assert entry.payload["values"] == 60
    assert verify().fault is None
    assert keys_cli.run()["new"] == "k3", "an identifier is never given again"
    assert key_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_every_encrypted_column_is_known(key_file: Path) -> None:
    known = {str(one) for one in rotation.columns()}
    assert {"directory_person.identity_number", "petitions_petition.petitioner", "web_codedevice.secret"} <= known
    with connection.cursor() as cursor:
        for one in rotation.columns():
            cursor.execute(f'SELECT "{one.primary_key}", "{one.column}" FROM "{one.table}" LIMIT 0')


@pytest.mark.django_db
def test_a_keyed_hash_that_differs_is_put_right(key_file: Path) -> None:
    fill(3)
    Person.objects.filter(name="人1").update(phone_hash=b"wrong")
    assert keys_cli.run()["hashes_mended"] == 1
    assert Person.objects.get(phone_hash=crypto.keyed_hash(PHONE.format(1))).name == "人1"


@pytest.mark.django_db
def test_a_value_changed_meanwhile_stays_as_it_was_changed(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(5)
    store = rotation._store

    def changed_first(one: rotation.EncryptedColumn, *given: Any) -> int:
        person = Person.objects.get(name="人2")
        person.phone = "13900000000"
        person.save()
        return store(one, *given)

    monkeypatch.setattr(rotation, "_store", changed_first)
    keys_cli.run()
    assert Person.objects.get(name="人2").phone == "13900000000"
    assert len(phones()) == 5


@pytest.mark.django_db
def test_a_value_that_no_key_opens_stops_it_and_nothing_is_retired(key_file: Path) -> None:
    fill(3)
    content = held(key_file)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_person SET phone = %s WHERE name = '人1'", [crypto.head_of("k9") + b"x" * 30])
    with pytest.raises(rotation.RotationFault, match=r"密钥“k9”.*没有它"):
        keys_cli.run()
    assert set(held(key_file)["keys"]) == {"k1", "k2"}
    assert held(key_file)["keys"]["k1"] == content["keys"]["k1"]
    assert not Entry.objects.filter(action="keys.rotated").exists()


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_began_before_is_waited_for(key_file: Path) -> None:
    other = connection.get_new_connection(connection.get_connection_params())
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_current_xact_id()")
            with pytest.raises(rotation.RotationFault, match="长时间没有结束"):
                rotation.wait_for_writers(rotation.database_now(), patience_s=0.3)
            cursor.execute("ROLLBACK")
        rotation.wait_for_writers(rotation.database_now(), patience_s=5)
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_killed_at_random_points_it_goes_on_where_it_stopped(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number, chance, cut = 400, random.Random(7), 0
    monkeypatch.setattr(rotation, "BATCH", 20)
    monkeypatch.setattr(rotation.rewrite, "__defaults__", (None, 20))
    fill(number)
    for _turn in range(8):
        pid = killing.forked(keys_cli.run)
        if killing.ended(pid, chance.random() * 0.12) is None:
            killing.kill(pid)
            cut += 1
        keys.store.cache_clear()
        assert phones() == wanted(number), "every value can be read whenever the work is cut"
    assert cut, "no turn was cut short"
    keys.store.cache_clear()
    last = keys_cli.run()
    assert set(rotation.counts()) == {last["new"]}
    assert list(held(key_file)["keys"]) == [last["new"]]
    assert phones() == wanted(number)
    assert verify().fault is None


@pytest.mark.django_db
def test_another_process_sees_the_new_key_at_once(key_file: Path) -> None:
    mine, other = keys.FileKeyStore(key_file), keys.FileKeyStore(key_file)
    assert mine.current()[0] == other.current()[0] == "k1"
    assert mine.begin() == "k2"
    assert other.current() == mine.current()
    assert mine.retire() == ["k1"]
    with pytest.raises(KeyError):
        other.key("k0")
    assert other.identifiers() == ["k2"]


@pytest.mark.django_db
def test_the_command_says_what_it_did(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renda.core.commands.open_records", lambda **_given: None)
    fill(2)
    done = json.loads(CliRunner().invoke(keys_cli.keys, ["rotate", "--json"]).stdout)
    assert (done["new"], done["retired"], done["values"]) == ("k2", ["k1"], 4)
    shown = json.loads(CliRunner().invoke(keys_cli.keys, ["show", "--json"]).stdout)
    assert shown == {"keys": [{"key": "k2", "current": True, "held": True, "values": 4}]}
