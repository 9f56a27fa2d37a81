"""A new lookup key: everybody is found under it, nothing under the old one; proofs for good stay; a cut is gone on from."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection

from renda.core import crypto, keys, rehashing, rotation
from renda.directory import keys_cli, people
from renda.directory.models import Person
from renda.journal.models import Entry
from renda.journal.services import verify
from renda.petitions.models import Petition
from tests import small_county

NUMBER = "50010119800101{:04d}"


def fill(number: int) -> Petition:
    county = small_county.make()
    for n in range(number):
        written = {"name": f"人{n}", "identity_number": NUMBER.format(n), "phone": f"138{n:08d}"}
        Person.objects.create(**written, division=county.division, natural_key=people.person_key(written))
    row = {"收到日期": "2026-06-01", "信访事项": "反映积水", "信访形式": "来信", "信访人": "周大勇"}
    return Petition.objects.get(pk=county.enter("petitions.petitions", [row])[0])


def found(n: int) -> str:
    return Person.objects.get(identity_hash=crypto.keyed_hash(NUMBER.format(n))).name


@pytest.mark.django_db
def test_everybody_is_found_under_the_new_key_and_proofs_stay(key_file: Path) -> None:
    petition = fill(7)
    before = json.loads(key_file.read_text())
    old = {
        person.pk: (bytes(person.identity_hash), person.natural_key) for person in Person.objects.exclude(identity_number=None)
    }
    proofs = (crypto.keyed_digest("周大勇"), crypto.keyed_row_digest("行"), crypto.steady_hash("token"))
    done = keys_cli.run_lookup()
    assert done["keys"] == 7
    after = json.loads(key_file.read_text())
    assert after["lookup"] != before["lookup"] == after["steady"]
    assert "lookup_next" not in after
    assert [found(n) for n in range(7)] == [f"人{n}" for n in range(7)]
    assert Petition.objects.get(petitioner_hash=crypto.keyed_hash("周大勇")).pk == petition.pk
    for person in Person.objects.exclude(identity_number=None):
        assert bytes(person.identity_hash) != old[person.pk][0]
        assert person.natural_key != old[person.pk][1]
        assert person.natural_key == people.person_key({"name": person.name, "identity_number": person.identity_number})
    assert proofs == (crypto.keyed_digest("周大勇"), crypto.keyed_row_digest("行"), crypto.steady_hash("token"))
    assert Entry.objects.get(action="keys.rotated").payload["lookup"] is True
    assert verify().fault is None
    again = keys_cli.run_lookup()
    assert again["keys"] == 7
    assert json.loads(key_file.read_text())["steady"] == before["lookup"], "the steady key is the first, whatever comes after"
    assert keys_cli.run()["hashes_mended"] == 0, "a rotation of the field key finds the hashes right"


@pytest.mark.django_db
def test_cut_short_no_look_up_answers_until_it_is_done(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(5)
    store, tables = rehashing._store, []

    def breaks(one: rotation.EncryptedColumn, fresh: Any) -> int:
        tables.append(one.table)
        if len(set(tables)) > 1:
            raise KeyboardInterrupt
        return store(one, fresh)

    monkeypatch.setattr(rehashing, "_store", breaks)
    with pytest.raises(KeyboardInterrupt):
        keys_cli.run_lookup()
    begun = json.loads(key_file.read_text())["lookup_next"]
    for asked in (lambda: crypto.keyed_hash("周大勇"), lambda: people.person_key({"name": "甲", "identity_number": "1"})):
        with pytest.raises(keys.LookupPending, match="renda keys rotate --lookup"):
            asked()
    monkeypatch.setattr(rehashing, "_store", store)
    keys_cli.run_lookup()
    assert json.loads(key_file.read_text())["lookup"] == begun, "it went on with the key that was begun"
    assert [found(n) for n in range(5)] == [f"人{n}" for n in range(5)]


@pytest.mark.django_db
def test_a_value_that_cannot_be_read_stops_it_and_the_old_key_stays(key_file: Path) -> None:
    fill(3)
    before = json.loads(key_file.read_text())["lookup"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_person SET phone = %s WHERE name = '人1'", [crypto.head_of("k9") + b"x" * 30])
    with pytest.raises(rotation.RotationFault, match="k9"):
        keys_cli.run_lookup()
    assert json.loads(key_file.read_text())["lookup"] == before


def alone_at_last() -> None:
    """The server lets go of a connection a moment after it was closed."""
    until = time.monotonic() + 10
    while True:
        try:
            return rehashing.require_alone()
        except rotation.RotationFault:
            if time.monotonic() > until:
                raise
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_it_waits_for_a_site_that_stands_still(key_file: Path) -> None:
    keys.store().lookup_key()
    other = connection.get_new_connection(connection.get_connection_params())
    try:
        with pytest.raises(rotation.RotationFault, match="先停止网站"):
            keys_cli.run_lookup()
        told = CliRunner().invoke(keys_cli.keys, ["rotate", "--lookup"])
        assert told.exit_code != 0
        assert "没有完成更换" in told.output
        assert "lookup_next" not in json.loads(key_file.read_text())
    finally:
        other.close()
    alone_at_last()
