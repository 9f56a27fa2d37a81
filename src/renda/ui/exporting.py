"""The workbook of what a list shows: same records, same columns, same order. Written in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.journal import services as journal
from renda.journal.services import Line
from renda.registers import loading
from renda.registers import query as engine
from renda.registers.columns import Column
from renda.registers.query import Query
from renda.registers.register import Register
from renda.ui import cells

CHUNK = 2000
MAX_ROWS = 1_048_000
WIDEST = 40


def export(
    register: Register, actor: Actor, asked: Query, columns: Sequence[Column], target: Path, picked: Sequence[int] = ()
) -> int:
    """Write the records to ``target`` and journal that they left the house; returns how many. PermissionDenied where the gate refuses."""
    gate.require(actor, roles.EXPORT, register.model)
    rows = engine.narrow(register, actor, asked)
    if picked:
        rows = rows.filter(pk__in=picked)
    ids = list(rows.values_list("pk", flat=True)[:MAX_ROWS])
    with journal.change():
        journal.record(
            Line(
                str(actor),
                "list.exported",
                register.code,
                None,
                register.name,
                {"rows": len(ids), "columns": [c.field for c in columns]},
            )
        )
    _write(register, columns, _chunks(register, columns, ids), target)
    return len(ids)


def _chunks(register: Register, columns: Sequence[Column], ids: Sequence[int]) -> Iterator[list[Any]]:
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        values = loading.load(register, part, columns)
        yield from loading.as_cells(columns, [values[pk] for pk in part])


def _write(register: Register, columns: Sequence[Column], rows: Iterable[list[Any]], target: Path) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(target), options) as book:
        sheet = book.add_worksheet(register.name[:31])
        head = book.add_format({"bold": True, "bg_color": "#F4F1EC", "border": 1, "border_color": "#8F877B", "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        plain = book.add_format({"valign": "top", "text_wrap": True})
        for index, column in enumerate(columns):
            sheet.set_column(
                index, index, min(WIDEST, max(10, 2 * len(column.name) + 4, 36 if column.field == register.label else 0))
            )
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [_heading(column) for column in columns], head)
        for number, raw in enumerate(rows, 1):
            for index, (column, value) in enumerate(zip(columns, raw, strict=True)):
                _put(sheet, number, index, column, value, day if isinstance(value, date) else plain)


def _heading(column: Column) -> str:
    unit = cells.unit_of(column)
    return f"{column.name}（{unit}）" if unit and unit not in column.name else column.name


def _put(sheet: Any, row: int, column_index: int, column: Column, value: Any, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column_index, value, style)
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        in_unit = Decimal(value) / cells.TEN_THOUSAND if column.kind == "money" and cells.unit_of(column) == "万元" else value
        sheet.write_number(row, column_index, float(in_unit), style)
    else:
        sheet.write_string(row, column_index, str(value), style)
