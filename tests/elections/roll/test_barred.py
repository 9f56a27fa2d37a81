"""Who may not vote: namesakes are told apart by their numbers, and no key holds a number in plain."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from renda.directory.gate import OPERATOR
from renda.elections.models import Barred
from renda.registers import registry
from renda.registers.services import Change, save
from tests.elections.roll import desk as desks
from tests.elections.roll.desk import Desk, book, number
from tests.ledgers import books

pytestmark = pytest.mark.django_db
HEADINGS = ("姓名", "身份证号", "情形", "起始日期", "区划")
FIRST, SECOND = number("1980-03-04", 11), number("1991-07-08", 25)


@pytest.fixture
def desk() -> Desk:
    return desks.make()


def ledger(path: Path, *rows: tuple[str, str]) -> Path:
    """The register's ledger with these people, all deprived from one day on."""
    lines = [(name, identity, "剥夺政治权利", "2021-03-01", "清河县") for name, identity in rows]
    return book(path / "不能行使选举权利人员.xlsx", lines, HEADINGS, "不能行使选举权利人员")


def test_two_namesakes_barred_on_one_day_are_two_records(desk: Desk, tmp_path: Path) -> None:
    path = ledger(tmp_path, ("张伟", FIRST), ("张伟", SECOND))
    report, _ = books.bring(path)
    assert not report.refused, [vars(fault) for sheet in report.sheets for fault in (*sheet.rejects, *sheet.conflicts)]
    assert {one.identity_number for one in Barred.objects.all()} == {FIRST, SECOND}
    again, _ = books.bring(path)
    assert not again.refused
    assert Barred.objects.count() == 2


def test_no_key_holds_a_number(desk: Desk, tmp_path: Path) -> None:
    books.bring(ledger(tmp_path, ("张伟", FIRST)))
    assert FIRST not in Barred.objects.get().natural_key


def test_an_edited_record_is_found_by_its_ledger(desk: Desk, tmp_path: Path) -> None:
    path = ledger(tmp_path, ("张伟", FIRST))
    books.bring(path)
    one = Barred.objects.get()
    key = one.natural_key
    save(registry.get("elections.barred"), [Change({"decided_by": "清河县人民法院"}, one.pk)], actor=OPERATOR)
    assert Barred.objects.get().natural_key == key
    books.bring(path)
    assert Barred.objects.count() == 1


def test_older_keys_get_the_number(desk: Desk, tmp_path: Path) -> None:
    books.bring(ledger(tmp_path, ("张伟", FIRST)))
    key = Barred.objects.get().natural_key
    Barred.objects.update(natural_key="张伟\x1fdeprived\x1f2021-03-01")
    import_module("renda.elections.migrations.0012_barred_keys").with_number(apps, None)
    assert Barred.objects.get().natural_key == key
