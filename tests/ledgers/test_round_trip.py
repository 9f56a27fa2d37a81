"""What is exported comes back into an empty county as it was: every register, every column, cell by cell and row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from renda.demo import loading as demo
from renda.demo.county import County
from renda.directory.gate import OPERATOR
from renda.directory.models import Division, Mandate
from renda.directory.names import qualified_names
from renda.ledgers.exporting import export_all
from renda.outreach.models import MediaReport
from renda.projects.models import LivelihoodProject
from renda.registers import registry
from renda.registers.register import Register
from renda.registers.services import Change, save, void
from tests import database
from tests.ledgers import books
from tests.ledgers.rows import ROLL, Dump, enter, fill, some_cell, unfilled

SMALL = 0.02


def test_every_register_goes_out_and_comes_back(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "ledgers_folder", lambda: tmp_path / "demo")
    demo.load(County(scale=SMALL), lambda text: None)
    _fill_every_column()
    _make_it_awkward()
    first, second = tmp_path / "first", tmp_path / "second"
    export_all(first, actor=OPERATOR)
    before = Dump().rows()
    assert all(before[(register.model._meta.concrete_model or register.model)._meta.label] for register in registers())

    database.fresh()
    report, _ = books.bring(first)
    assert not report.refused, [vars(fault) for sheet in report.sheets for fault in (*sheet.rejects, *sheet.conflicts)]
    assert [sheet.sheet for sheet in report.sheets if sheet.left_out or sheet.unknown_headings] == []
    after = Dump().rows()
    different = {label: _difference(rows, after[label]) for label, rows in before.items() if rows != after[label]}
    assert different == {}

    export_all(second, actor=OPERATOR)
    assert {path.name for path in first.iterdir()} == {path.name for path in second.iterdir()}
    for path in sorted(first.iterdir()):
        heading, *rows = books.cells(path)
        again, *others = books.cells(second / path.name)
        assert again == heading, path.name
        assert sorted(rows, key=str) == sorted(others, key=str), path.name


def registers() -> list[Register]:
    """The registers that ledgers alone fill."""
    return [register for register in registry.all_registers() if register.code not in ROLL]


def _difference(before: list[str], after: list[str]) -> list[str]:
    """The first rows that one side has and the other lacks."""
    gone, new = sorted(set(before) - set(after)), sorted(set(after) - set(before))
    return [f"{len(before)} → {len(after)}", *gone[:2], *new[:2]]


def _fill_every_column() -> None:
    """No register and no column may be left out of the trip: those that the demo county leaves empty get a row and a value."""
    division = Division.objects.get(code=demo.CODE).pk
    deputies = Mandate.objects.filter(level="county", until__isnull=True).order_by("pk").values_list("person", flat=True)[:2]
    people = sorted(qualified_names(list(deputies)).values())
    empty = [register for register in registers() if not register.records().exists()]
    while empty:  # some refer to others
        faults = {register.code: enter(register, people, division) for register in empty}
        left = [register for register in empty if faults[register.code]]
        assert len(left) < len(empty), "\n".join(faults.values())
        empty = left
    refused = [
        fill(register, column, some_cell(column, people), division) for register in registers() for column in unfilled(register)
    ]
    assert "\n".join(filter(None, refused)) == ""


def _make_it_awkward() -> None:
    """The same title in two years, a voided row, an edited one, a row below another of its own sheet."""
    projects = registry.get("projects.livelihood")
    by_year = {one.year: one for one in LivelihoodProject.objects.order_by("pk")}
    assert len(by_year) == 3
    for year, one in by_year.items():
        if year != 2019:
            key = f"{year}\x1f{by_year[2019].title}"
            save(projects, [Change({"title": by_year[2019].title}, one.pk, key)], actor=OPERATOR)
    media = registry.get("outreach.media")
    void(media, [MediaReport.objects.order_by("pk").values_list("pk", flat=True)[0]], reason="重复登记", actor=OPERATOR)
