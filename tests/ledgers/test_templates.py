"""Empty workbooks and exports: each is recognised as its own register and comes back as it went out."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest
from django.db import connection

from renda.directory.gate import OPERATOR, Actor
from renda.ledgers import divisions, exporting, vocabulary
from renda.ledgers.exporting import export_all
from renda.ledgers.reading import open_workbook
from renda.ledgers.sheets import DIVISION_COLUMNS, write_divisions_template, write_template
from renda.registers import loading, registry
from renda.registers.register import Register
from tests import database
from tests.ledgers import books

pytestmark = pytest.mark.django_db


def test_every_template_is_its_own_register_and_empty(tmp_path: Path) -> None:
    wrong = {}
    for register in registry.all_registers():
        path = tmp_path / f"{register.code}.xlsx"
        write_template(path, register)
        found = {}
        for sheet in open_workbook(path):
            matched = vocabulary.match(sheet, "空表.xlsx")
            if not isinstance(matched, str):
                found[matched[0].code] = (len(matched[1].rows), [heading.text for heading in matched[1].unknown])
        if found != {register.code: (0, [])}:
            wrong[register.code] = found
    assert not wrong


def test_the_template_of_divisions_is_recognised_and_explains_every_column(tmp_path: Path) -> None:
    path = tmp_path / "00.xlsx"
    write_divisions_template(path)
    sheets = list(open_workbook(path))
    assert [divisions.is_divisions(sheet) for sheet in sheets] == [True, False]
    assert {name for name, _needed, _how in DIVISION_COLUMNS} <= set(divisions.HEADINGS)


@pytest.mark.django_db(transaction=True)
def test_export_imported_into_an_empty_county_gives_the_same(tmp_path: Path) -> None:
    books.county(tmp_path)
    books.bring(books.petitions(tmp_path / "a.xlsx"))
    first, second = tmp_path / "first", tmp_path / "second"
    export_all(first, actor=OPERATOR)
    before = _values()
    assert {code for code, rows in before.items() if rows} >= {"directory.organs", "petitions.petitions"}
    database.fresh()
    report, _ = books.bring(first)
    assert not report.refused, report.as_dict()
    assert _values() == before
    export_all(second, actor=OPERATOR)
    assert {path.name for path in first.iterdir()} == {path.name for path in second.iterdir()}
    for path in first.iterdir():
        assert books.cells(path) == books.cells(second / path.name), path.name


def _values() -> dict[str, list[list[object]]]:
    """Every register's records as cells, whatever their primary keys."""
    found = {}
    for register in registry.all_registers():
        ids = list(register.records().order_by("pk").values_list("pk", flat=True))
        rows = loading.load(register, ids)
        found[register.code] = sorted(loading.as_cells(register.columns, [rows[pk] for pk in ids]), key=str)
    return found


def test_an_export_is_of_one_moment(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it runs, another connection commits a petition; the export that has begun does not have it, the next one has."""
    books.county(tmp_path)
    books.bring(books.petitions(tmp_path / "a.xlsx"))
    written: list[str] = []
    genuine = exporting.export_register

    def with_intruder(path: Path, register: Register, *, actor: Actor) -> int:
        if not written:
            thread = Thread(target=_bring_elsewhere, args=(books.petitions(tmp_path / "b.xlsx", LATE),))
            thread.start()
            thread.join()
        written.append(register.code)
        return genuine(path, register, actor=actor)

    monkeypatch.setattr(exporting, "export_register", with_intruder)
    first = export_all(tmp_path / "first", actor=OPERATOR)
    assert first["信访登记.xlsx"] == len(books.GOOD)
    assert export_all(tmp_path / "second", actor=OPERATOR)["信访登记.xlsx"] == len(books.GOOD) + 1


LATE = (("信9", "2021-06-07", "反映水管漏水", "来信", 1, ""),)


def _bring_elsewhere(path: Path) -> None:
    try:
        report, _ = books.bring(path)
        assert report.committed
    finally:
        connection.close()
