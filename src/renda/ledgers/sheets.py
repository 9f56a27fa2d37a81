"""Writing workbooks of registers: empty templates, full exports, and rejected rows with the reason beside the cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from renda.registers.columns import Column
from renda.registers.register import Register

FONT = {"font_name": "宋体", "font_size": 11}
TEXT_KINDS = ("text", "identity", "phone", "person", "people", "ref", "refs", "items", "division")
DROP_DOWN_ROWS = 2000
LAST_ROW = 1_048_575


class Book:
    """A workbook being written, row by row, in constant memory."""

    def __init__(self, path: Path) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_date_format": "yyyy-mm-dd",
        }
        self.file = xlsxwriter.Workbook(path, options)
        self.title = self.file.add_format({**FONT, "bold": True, "font_size": 15, "align": "center", "valign": "vcenter"})
        self.heading = self.file.add_format(
            {**FONT, "bold": True, "bg_color": "#F3EFEA", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        self.required = self.file.add_format(
            {**FONT, "bold": True, "font_color": "#A61B29", "bg_color": "#F3EFEA", "border": 1, "text_wrap": True}
        )
        self.plain = self.file.add_format({**FONT, "valign": "top"})
        self.text = self.file.add_format({**FONT, "num_format": "@", "valign": "top"})
        self.day = self.file.add_format({**FONT, "num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.fault = self.file.add_format(
            {**FONT, "bg_color": "#FBE3E4", "font_color": "#A61B29", "text_wrap": True, "valign": "top"}
        )

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()

    def sheet(self, name: str) -> Worksheet:
        """A new sheet; Excel allows 31 characters and no []:*?/\\."""
        return self.file.add_worksheet("".join(c for c in name if c not in "[]:*?/\\")[:31])

    def put(self, sheet: Worksheet, row: int, place: int, value: Any, *, text: bool = False, fault: bool = False) -> None:
        """Write one cell by its type; text stays text."""
        style = self.fault if fault else self.text if text else self.plain
        if value is None or value == "":
            if fault:
                sheet.write_blank(row, place, None, style)
        elif isinstance(value, datetime | date):
            sheet.write_datetime(row, place, value, self.fault if fault else self.day)
        elif isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            sheet.write_string(row, place, str(value), style)
        else:
            sheet.write_number(row, place, value, style)


def write_headings(book: Book, sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
    """The heading row; money says that it is in yuan, required columns are red."""
    for place, column in enumerate(columns):
        sheet.set_column(place, place, width_of(column))
        sheet.write_string(row, place, heading_of(column), book.required if column.required else book.heading)


def heading_of(column: Column) -> str:
    """A column's heading with its unit."""
    return f"{column.name}（元）" if column.kind == "money" else column.name


def width_of(column: Column) -> int:
    """A width at which most cells can be read."""
    by_kind = {
        "day": 12,
        "milestone": 14,
        "yes_no": 8,
        "whole": 10,
        "money": 14,
        "choice": 14,
        "people": 40,
        "items": 40,
        "refs": 30,
    }
    return max(
        by_kind.get(column.kind, 24 if column is not None and column.field in ("title", "name") else 18),
        len(heading_of(column)) * 2 + 2,
    )


def write_register(path: Path, register: Register, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> int:
    """A register's rows as a workbook that can be imported again; returns how many rows it has."""
    count = 0
    with Book(path) as book:
        sheet = book.sheet(register.name)
        write_headings(book, sheet, 0, columns)
        sheet.freeze_panes(1, 1)
        for count, cells in enumerate(rows, 1):
            for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
                book.put(sheet, count, place, cell, text=column.kind in TEXT_KINDS)
    return count


def write_template(path: Path, register: Register) -> None:
    """An empty workbook: Chinese headings, drop-downs, a notes sheet."""
    columns = list(register.columns)
    with Book(path) as book:
        sheet = book.sheet(register.name)
        sheet.merge_range(0, 0, 0, max(len(columns) - 1, 1), f"{register.name}台账", book.title)
        sheet.set_row(0, 28)
        write_headings(book, sheet, 1, columns)
        sheet.freeze_panes(2, 1)
        for place, column in enumerate(columns):
            _validate(book, sheet, place, column)
        _notes(book, register, columns)


DIVISIONS = "00-行政区划.xlsx"
DIVISION_COLUMNS = (
    ("区划代码", "必填", "全国统一的区划代码：省 2 位、市 4 位、县 6 位、乡镇 9 位；县内不得重复"),
    ("名称", "必填", "全称，如 青禾县、龙潭镇"),
    ("级别", "必填", "省级、地级、县级 或 乡级"),
    ("上级区划代码", "除最上一级外必填", "本表中上一级的区划代码"),
    ("街道", "", "是街道的写 是；不设人民代表大会"),
    ("人口数", "", "整数"),
)


def write_divisions_template(path: Path) -> None:
    """The empty sheet of divisions, which a new office fills in before all else: the county, what lies above it, its townships."""
    with Book(path) as book:
        sheet = book.sheet("行政区划")
        for place, (name, needed, _how) in enumerate(DIVISION_COLUMNS):
            sheet.write_string(0, place, name, book.required if needed else book.heading)
            sheet.set_column(place, place, 18)
        sheet.freeze_panes(1, 1)
        notes = book.sheet("填写说明")
        for place, (text, width) in enumerate((("栏目", 18), ("是否必填", 18), ("怎样填写", 70))):
            notes.write_string(0, place, text, book.heading)
            notes.set_column(place, place, width)
        for row, line in enumerate(DIVISION_COLUMNS, 1):
            for place, text in enumerate(line):
                notes.write_string(row, place, text, book.plain)


def _validate(book: Book, sheet: Worksheet, place: int, column: Column) -> None:
    choices = (
        list(getattr(column, "choices", {}).values())
        if column.kind == "choice"
        else ["是", "否"]
        if column.kind == "yes_no"
        else []
    )
    if choices and len(",".join(choices)) <= 255:
        sheet.data_validation(2, place, DROP_DOWN_ROWS, place, {"validate": "list", "source": choices})
    elif choices:
        options = {"validate": "list", "source": f"=选项!${_letters(place)}$1:${_letters(place)}${len(choices)}"}
        other = book.file.get_worksheet_by_name("选项") or book.sheet("选项")
        sheet.data_validation(2, place, DROP_DOWN_ROWS, place, options)
        book.choices = getattr(book, "choices", {}) | {place: choices}  # type: ignore[attr-defined]
        del other
    if column.kind in TEXT_KINDS:
        sheet.set_column(place, place, width_of(column), book.text)


def _letters(place: int) -> str:
    return xlsxwriter.utility.xl_col_to_name(place)


def _notes(book: Book, register: Register, columns: Sequence[Column]) -> None:
    sheet = book.sheet("填写说明")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 70)
    sheet.write_string(0, 0, f"{register.name}：{register.about}", book.plain)
    for place, text in enumerate(("栏目", "是否必填", "怎样填写")):
        sheet.write_string(2, place, text, book.heading)
    for row, column in enumerate(columns, 3):
        for place, text in enumerate((column.name, "必填" if column.required else "", how_to_fill(column))):
            sheet.write_string(row, place, text, book.plain)


HOW = {
    "day": "日期，如 2021-03-05、2021年3月5日",
    "milestone": "日期，如 2021-03-05；只知道月份的写 2021年3月",
    "money": "金额，单位元；也可写 5万元",
    "whole": "整数",
    "number": "数字",
    "percent": "百分比，如 75.4%",
    "yes_no": "是 或 否",
    "person": "一人的姓名；有同名的在括号中注明乡镇、出生年月或单位，如 王芳（龙潭镇）",
    "people": "姓名，多人用顿号分开；有同名的在括号中注明",
    "ref": "须与所引台账中的名称一致",
    "refs": "名称，多个用顿号分开",
    "items": "多项用分号分开；法律法规用书名号",
    "division": "乡镇、街道或县的名称（或区划代码）；空着为本县",
    "identity": "18 位身份证号，以文本填写",
    "phone": "电话号码，以文本填写",
    "head_count": "人数，未列姓名的才填",
}


def how_to_fill(column: Column) -> str:
    """What a clerk writes into a column."""
    choices = getattr(column, "choices", None)
    parts = [column.help, f"可填：{'、'.join(choices.values())}" if choices else HOW.get(column.kind, "文字")]
    if getattr(column, "rest", ""):
        parts.append("也可写人数，如 32人、张三等12人")
    if column.example:
        parts.append(f"例：{column.example}")
    return "。".join(part for part in parts if part)


def write_rejects(path: Path, tasks: Sequence[Any]) -> bool:
    """The rows that were not taken, as they stood, with the reason beside the cell; returns whether there were any."""
    wanted = [task for task in tasks if task.sorted and (task.sorted.rejected or task.sorted.conflicting)]
    if not wanted:
        return False
    with Book(path) as book:
        for number, task in enumerate(wanted, 1):
            _reject_sheet(book, f"{number}.{task.register.name}", task)
    return True


def _reject_sheet(book: Book, name: str, task: Any) -> None:
    sheet = book.sheet(name)
    faults = {**{i: {"": reason} for i, reason in task.sorted.conflicting.items()}, **task.sorted.rejected}
    with_faults = {field for of_row in faults.values() for field in of_row}
    fields = list(task.table.fields)
    layout = [("row", "原行号")]
    for field in fields:
        layout.append((field, next(h.text for h in task.table.headings if h.field == field)))
        if field in with_faults:
            layout.append((f"!{field}", "退回原因"))
    layout.append(("!", "其他原因"))
    for place, (_, text) in enumerate(layout):
        sheet.write_string(0, place, text, book.heading)
    columns = {field: task.table.column(field) for field in fields}
    for line, (index, of_row) in enumerate(sorted(faults.items()), 1):
        rest = [reason for field, reason in of_row.items() if field not in columns]
        for place, (key, _) in enumerate(layout):
            _reject_cell(book, sheet, line, place, key, task.table.numbers[index], columns, index, of_row, rest)


def _reject_cell(
    book: Book,
    sheet: Worksheet,
    line: int,
    place: int,
    key: str,
    number: int,
    columns: Any,
    index: int,
    of_row: Any,
    rest: list[str],
) -> None:
    if key == "row":
        book.put(sheet, line, place, number)
    elif key == "!":
        book.put(sheet, line, place, "；".join(rest), fault=bool(rest))
    elif key.startswith("!"):
        book.put(sheet, line, place, of_row.get(key[1:]), fault=key[1:] in of_row)
    else:
        value = columns[key][index]
        book.put(
            sheet,
            line,
            place,
            value if isinstance(value, str | int | float | date | None) else str(value),
            text=isinstance(value, str),
            fault=key in of_row,
        )
