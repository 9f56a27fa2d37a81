"""The sheet 行政区划: the county, what lies above it, and its townships. It comes before everything else in an import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from renda.core import cells
from renda.core.cells import CellError
from renda.directory import roles
from renda.directory.divisions import Written, put_divisions
from renda.directory.gate import Actor
from renda.directory.models.divisions import Level
from renda.ledgers.reading import Sheet, find_table
from renda.ledgers.report import Report, RowFault, SheetReport

NAME = "行政区划"
HEADINGS = {
    "区划代码": "code",
    "名称": "name",
    "区划名称": "name",
    "级别": "level",
    "上级区划代码": "parent",
    "街道": "urban",
    "人口数": "population",
}
LEVELS = {str(name): code for code, name in Level.choices}


def is_divisions(sheet: Sheet) -> bool:
    """Whether the sheet is the register of divisions."""
    table = find_table(sheet, HEADINGS)
    return table is not None and {"code", "level", "parent"} <= table.fields.keys()


def take(sheets: Sequence[tuple[str, Sheet]], report: Report, actor: Actor) -> None:
    """Bring in the divisions of all such sheets."""
    for file, sheet in sheets:
        if is_divisions(sheet):
            one = SheetReport(file, sheet.name, "directory.divisions", NAME)
            report.sheets.append(one)
            _take(sheet, one, actor)


def _take(sheet: Sheet, one: SheetReport, actor: Actor) -> None:
    table = find_table(sheet, HEADINGS)
    assert table is not None
    one.skipped = list(table.skipped.items())
    rows: list[Written] = []
    for number, row in zip(table.numbers, zip(*(table.column(name) for name in table.fields), strict=True), strict=True):
        try:
            rows.append(_read(dict(zip(table.fields, row, strict=True))))
        except CellError as error:
            one.counts["rejected"] += 1
            one.rejects.append(RowFault(number, "", "", str(error)))
    if roles.IMPORT not in roles.ROLES[actor.role].rooms.get("directory", ()) or actor.division_path:
        one.counts["rejected"] += len(rows)
        one.rejects.append(RowFault(0, "", "", "只有县级管理权限可以登记行政区划"))
        return
    outcome = put_divisions(rows, actor=actor)
    for name in outcome.values():
        one.counts[name] += 1


def _read(row: dict[str, Any]) -> Written:
    level = cells.read_text(row["level"])
    code = cells.read_text(row["code"])
    if level not in LEVELS:
        raise CellError(f"级别“{level}”不对，可填：{'、'.join(LEVELS)}")
    if not code.isdigit() or len(code) not in (2, 4, 6, 9, 12):
        raise CellError(f"区划代码“{code}”不对，应为 2、4、6、9 或 12 位数字")
    population = row.get("population")
    return Written(
        code=code,
        name=cells.read_text(row["name"]),
        level=LEVELS[level],
        parent=cells.read_text(row["parent"]) if not cells.is_blank(row["parent"]) else "",
        urban=not cells.is_blank(row.get("urban")) and cells.read_yes_no(row.get("urban")),
        population=None if cells.is_blank(population) else cells.read_whole(population),
    )
