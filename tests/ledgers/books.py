"""Workbooks and counties for the tests of imports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl import load_workbook

from renda.directory.gate import OPERATOR
from renda.ledgers.importing import Options, Task, import_files
from renda.ledgers.report import OUTCOMES, Report
from tests.county import make_county

ORGANS = ("县交通运输局", "县水务局")
HEADINGS = ("信访编号", "来信来访日期", "反映事项", "信访形式", "来访人数", "承办单位")
GOOD = (
    ("信1", "2021-03-05", "反映村道破损", "来信", 1, "县交通运输局"),
    ("信2", "2021.4.6", "反映水渠淤塞", "来访", "3人", "县水务局"),
    ("信3", "2021年5月7日", "反映路灯不亮", "来电", "２", ""),
)


def write(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook: sheet name → rows of cells."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def petitions(path: Path, rows: Sequence[Sequence[Any]] = GOOD, headings: Sequence[str] = HEADINGS) -> Path:
    """A ledger of petitions."""
    return write(path, {"信访登记": [headings, *rows]})


def county(folder: Path) -> None:
    """A county with two organs, entered by an import."""
    make_county()
    path = write(folder / "单位.xlsx", {"机关单位": [("单位名称", "单位类别"), *((name, "政府部门") for name in ORGANS)]})
    report, _ = bring(path)
    assert report.total("created") == len(ORGANS), report.as_dict()


def bring(*paths: Path, dry_run: bool = False, take_good_rows: bool = False) -> tuple[Report, list[Task]]:
    """Import as the operator; every row must be accounted for, sheet by sheet."""
    report, tasks = import_files(list(paths), actor=OPERATOR, options=Options(dry_run, take_good_rows))
    for task in tasks:
        assert sum(task.report.counts[name] for name in OUTCOMES) == len(task.table.rows)
    assert sum(report.total(name) for name in OUTCOMES) == report.read
    return report, tasks


def counts(report: Report) -> tuple[int, ...]:
    """created, updated, unchanged, conflicting, rejected."""
    return tuple(report.total(name) for name in OUTCOMES)


def cells(path: Path) -> list[list[Any]]:
    """The first sheet's rows as plain cells."""
    return [list(row) for row in load_workbook(path).worksheets[0].iter_rows(values_only=True)]
