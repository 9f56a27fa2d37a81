"""The sheet 行政区划: the county, what lies above it, and its townships. It comes before everything else in an import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from renda.core import cells
from renda.core.cells import CellError
from renda.directory import roles
from renda.directory.divisions import Written, put_divisions
from renda.directory.gate import Actor
from renda.directory.models.divisions import Level
from renda.ledgers.reading import Sheet, find_table
from renda.ledgers.report import Report, RowFault, SheetReport
from renda.registers.columns.base import reason_of

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
LEVELS = {str(name): code for code, name in Level.choices} | {
    "国家": "nation", "省": "province", "自治区": "province", "直辖市": "province", "市": "prefecture", "地级": "prefecture",
    "地级市": "prefecture", "自治州": "prefecture", "州": "prefecture", "县": "county", "区": "county", "旗": "county", "县级市": "county",
    "乡镇": "township", "乡": "township", "镇": "township", "街道": "township", "乡镇级": "township",
}  # fmt: skip


def is_divisions(sheet: Sheet) -> bool:
    """Whether the sheet is the register of divisions."""
    table = find_table(sheet, HEADINGS)
    return table is not None and {"code", "level", "parent"} <= table.fields.keys()


def may_take(actor: Actor) -> bool:
    """Whether the actor may register divisions: one who may import the directory, of the whole deployment."""
    return roles.IMPORT in roles.ROLES[actor.role].rooms.get("directory", ()) and not actor.division_path


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
    rows: dict[int, Written] = {}
    columns = [table.column(name) for name in table.fields]
    for number, row in zip(table.numbers, zip(*columns, strict=True), strict=True):
        try:
            rows[number] = _read(dict(zip(table.fields, row, strict=True)))
        except CellError as error:
            _reject(one, number, reason_of(error))
    if not may_take(actor):
        for number in rows:
            _reject(one, number, "只有县级管理权限可以登记行政区划，请由县人大常委会办公室导入")
        return
    _put(rows, one, actor)


def _put(rows: dict[int, Written], one: SheetReport, actor: Actor) -> None:
    first: dict[str, int] = {}
    for number, row in rows.items():
        before = first.setdefault(row.code, number)
        if before == number:
            continue
        if rows[before] == row:
            one.counts["unchanged"] += 1
        else:
            one.counts["conflicting"] += 1
            one.conflicts.append(
                RowFault(number, "", "", _("与本表第 %(before)s 行的区划代码相同，内容却不同，请保留一行") % {"before": before})
            )
    for code, outcome in put_divisions([rows[number] for number in first.values()], actor=actor).items():
        if outcome == "rejected":
            parent = rows[first[code]].parent
            _reject(
                one,
                first[code],
                _("上级区划代码“%(parent)s”没有登记，请先在表中写上这一级区划") % {"parent": parent},
                "parent",
                "上级区划代码",
            )
        else:
            one.counts[outcome] += 1


def _reject(one: SheetReport, number: int, reason: str, field: str = "", heading: str = "") -> None:
    one.counts["rejected"] += 1
    one.rejects.append(RowFault(number, field, heading, reason))


def _read(row: dict[str, Any]) -> Written:
    for name, heading in (("code", "区划代码"), ("name", "名称"), ("level", "级别")):
        if cells.is_blank(row.get(name)):
            raise CellError(_("%(heading)s必填，不能为空") % {"heading": _(heading)})
    level = cells.read_text(row["level"])
    code = cells.read_text(row["code"])
    if level not in LEVELS:
        raise CellError(_("级别“%(level)s”不对，可填：%(levels)s") % {"level": level, "levels": "、".join(LEVELS)})
    if not code.isdigit() or len(code) not in (2, 4, 6, 9, 12):
        raise CellError(_("区划代码“%(code)s”不对，应为 2、4、6、9 或 12 位数字") % {"code": code})
    population = row.get("population")
    return Written(
        code=code,
        name=cells.read_text(row["name"]),
        level=LEVELS[level],
        parent=cells.read_text(row["parent"]) if not cells.is_blank(row["parent"]) else "",
        urban=not cells.is_blank(row.get("urban")) and cells.read_yes_no(row.get("urban")),
        population=None if cells.is_blank(population) else cells.read_whole(population),
    )
