"""Writing ledgers with the habits of real offices: titles over the headings, synonyms, dates in many writings, totals, blank rows.

Every habit is one that an import understands: the demo's ledgers are read without a single rejected row.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from renda.ledgers.reading import normalise_heading
from renda.ledgers.vocabulary import vocabulary_of
from renda.registers import registry
from renda.registers.columns import Column
from renda.registers.register import Register

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
EPOCH = date(1899, 12, 30)
MADE = date(2022, 1, 10)
COUNTABLE = ("whole", "head_count")
SERIAL = "序号"


@dataclass
class Ledger:
    """One sheet: a register's rows as field → value. Choices are codes or names, people and records are the words that stand in the cell."""

    register: str
    title: str
    rows: list[dict[str, Any]]
    year: int | None = None
    sheet: str = ""


@dataclass
class Book:
    """One file of one or several sheets; ``name`` ends in .xlsx, or in .csv for a single sheet in the old Chinese encoding."""

    name: str
    ledgers: list[Ledger] = field(default_factory=list)


@dataclass(frozen=True)
class Count:
    """People of whom some are named: 张三、李四等12人."""

    names: tuple[str, ...]
    total: int


def write_book(folder: Path, book: Book, rng: Random) -> Path | None:
    """Write a book; sheets without rows are left out, and a book without any is not written (None)."""
    ledgers = [ledger for ledger in book.ledgers if ledger.rows]
    if not ledgers:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / book.name
    if book.name.endswith(".csv"):
        _write_text(path, ledgers[0], rng)
    else:
        _write_workbook(path, ledgers, rng)
    return path


@dataclass
class Page:
    """A ledger as cells: headings, rows of cells, and what stands around them."""

    ledger: Ledger
    headings: list[str]
    rows: list[list[Any]]
    columns: list[Column]


def page_of(ledger: Ledger, rng: Random) -> Page:
    """Turn a ledger's values into the cells that a clerk would have typed."""
    register = registry.get(ledger.register)
    fields = list(dict.fromkeys(name for row in ledger.rows for name in row))
    unknown = set(fields) - register.by_field.keys()
    if unknown:
        raise ValueError(f"{ledger.register} has no column {sorted(unknown)}")
    chosen = [register.by_field[name] for name in register.by_field if name in fields]
    headings, cells = [], []
    for column in chosen:
        heading, unit = _heading(register, column, rng)
        headings.append(heading)
        styles = rng.sample(DATE_STYLES, 2) if column.kind in ("day", "milestone") else []
        cells.append([_cell(column, row.get(column.field), ledger.year, unit, styles, rng) for row in ledger.rows])
    return Page(ledger, headings, [list(row) for row in zip(*cells, strict=True)], chosen)


def _heading(register: Register, column: Column, rng: Random) -> tuple[str, str]:
    """The heading or a synonym that means this column and no other; with the unit that it states, for money."""
    known = {normalise_heading(text): name for text, name in vocabulary_of(register).items()}
    own = [text for text in column.synonyms if known.get(normalise_heading(text)) == column.field]
    heading = rng.choice(own) if own and rng.random() < 0.4 else column.name
    if column.kind == "money":
        unit = rng.choice(("", "元", "万元"))
        return (f"{heading}（{unit}）" if unit else heading), unit
    if column.required and rng.random() < 0.2:
        heading += "*"
    elif len(heading) == 2 and rng.random() < 0.3 and column.kind != "serial":
        heading = f"{heading[0]} {heading[1]}"
    return heading, ""


def _cell(column: Column, value: Any, year: int | None, unit: str, styles: Sequence[str], rng: Random) -> Any:
    if value is None or value == "" or value == ():
        return None
    if isinstance(value, Count):
        listed = "、".join(value.names)
        return f"{listed}等{value.total}人" if listed else f"{value.total}人"
    if isinstance(value, list | tuple):
        return rng.choice("、、、，；").join(value) if column.kind in ("people", "refs") else "；".join(value)
    if isinstance(value, date):
        return _date(value, year, rng.choice(styles))
    if isinstance(value, bool):
        return rng.choice(("是", "是", "√") if value else ("否", "否", "×"))
    if column.kind == "choice":
        return _choice(column, value, rng)
    if column.kind == "money":
        return _money(Decimal(value), unit, rng)
    if isinstance(value, int) and column.kind in COUNTABLE and rng.random() < 0.04:
        return str(value).translate(FULL_WIDTH)
    if column.kind == "person" and isinstance(value, str) and len(value) == 2 and rng.random() < 0.15:
        return f"{value[0]}　{value[1]}"
    return value


def _choice(column: Any, value: str, rng: Random) -> str:
    value = next((code for code, name in column.choices.items() if value == name), value)
    if value not in column.choices:
        raise ValueError(f"{column.field} has no choice {value}")
    others = [word for word, code in column.words.items() if code == value]
    return rng.choice(others) if others and rng.random() < 0.25 else column.choices[value]


def _money(value: Decimal, unit: str, rng: Random) -> Any:
    in_ten_thousands = value / 10_000
    if unit == "万元":
        return float(in_ten_thousands)
    if value % 1000 == 0 and rng.random() < 0.3:
        return f"{in_ten_thousands.normalize():f}万元"
    return float(value)


DATE_STYLES = ("date", "iso", "dots", "han", "short", "serial", "slashes")


def _date(value: date, year: int | None, style: str) -> Any:
    if style == "short" and value.year == year:
        return f"{value.month}月{value.day}日"
    if style == "serial":
        return (value - EPOCH).days
    if style == "dots":
        return f"{value.year}.{value.month}.{value.day}"
    if style in ("han", "short"):
        return f"{value.year}年{value.month}月{value.day}日"
    if style == "slashes":
        return f"{value.year}/{value.month}/{value.day}"
    return value if style == "date" else value.isoformat()


def _write_workbook(path: Path, ledgers: Sequence[Ledger], rng: Random) -> None:
    book = xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}
    )

    book.set_properties({"created": datetime(MADE.year, MADE.month, MADE.day)})  # noqa: DTZ001 - spreadsheets have no zone
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True})
    plain = book.add_format({"font_name": "宋体", "font_size": 11})
    day = book.add_format({"font_name": "宋体", "num_format": "yyyy-mm-dd"})
    taken: set[str] = set()
    for ledger in ledgers:
        page = page_of(ledger, rng)
        sheet = book.add_worksheet(_sheet_name(ledger, taken))
        sheet.set_column(0, len(page.headings), 14)
        for line, cells in enumerate(_lines(page, rng)):
            if isinstance(cells, str):
                sheet.merge_range(line, 0, line, max(len(page.headings), 1), cells, title if line == 0 else plain)
                continue
            for place, value in enumerate(cells):
                if isinstance(value, date):
                    sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
                elif value is not None:
                    sheet.write(line, place, value, head if cells[-len(page.headings) :] == page.headings else plain)
    book.close()


def _sheet_name(ledger: Ledger, taken: set[str]) -> str:
    name = (ledger.sheet or registry.get(ledger.register).name)[:28]
    number = 1
    while (shown := name if number == 1 else f"{name}{number}") in taken:
        number += 1
    taken.add(shown)
    return shown


def _lines(page: Page, rng: Random) -> list[Any]:
    """The sheet line by line: a text alone is a merged line."""
    lines: list[Any] = [page.ledger.title]
    if rng.random() < 0.4:
        lines.append("填报单位：青禾县人大常委会办公室")
    # a register that has a column 序号 of its own gets no running number of the clerk's
    own = SERIAL in vocabulary_of(registry.get(page.ledger.register))
    lines.append([*([] if own else [SERIAL]), *page.headings])
    every = rng.randint(25, 60)
    for number, row in enumerate(page.rows, 1):
        lines.append([*([] if own else [number]), *row])
        if number % every == 0 and rng.random() < 0.5:
            lines.append([None] * (len(row) + 1))
    if rng.random() < 0.6 and not own:
        lines.append(_total(page))
    if rng.random() < 0.3:
        lines.append("说明：本表由县人大常委会各工作机构填报，办公室汇总。")
    return lines


def _total(page: Page) -> list[Any]:
    total: list[Any] = ["合计"]
    for place, column in enumerate(page.columns):
        values = [row[place] for row in page.rows]
        summed = column.kind in COUNTABLE and all(isinstance(v, int) or v is None for v in values)
        total.append(sum(v or 0 for v in values) if summed else None)
    return total


def _write_text(path: Path, ledger: Ledger, rng: Random) -> None:
    page = page_of(ledger, rng)
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        for cells in _lines(page, rng):
            writer.writerow([cells] if isinstance(cells, str) else [_as_text(value) for value in cells])


def _as_text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
