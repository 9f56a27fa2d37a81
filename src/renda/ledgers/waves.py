"""Rows that refer to other rows of the same sheet (an organ to the one above it) come in waves: what is referred to first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from renda.core import cells
from renda.core.cells import CellError, CellValue
from renda.ledgers.reading import Table
from renda.registers.register import Register


def waves_of(register: Register, table: Table) -> list[list[int]]:
    """Row indexes of a table, wave by wave. One wave where no row refers to another; rows that refer in a circle come last."""
    above = _above(register, table)
    if not any(above):
        return [list(range(len(table.rows)))]
    waves: list[list[int]] = []
    placed: set[int] = set()
    rest = list(range(len(table.rows)))
    while rest:
        ready = [index for index in rest if above[index] <= placed] or rest
        waves.append(ready)
        placed |= set(ready)
        rest = [index for index in rest if index not in placed]
    return waves


def _above(register: Register, table: Table) -> list[set[int]]:
    """For each row the rows of the table that it names."""
    above: list[set[int]] = [set() for _ in table.rows]
    given = [column.field for column in register.self_references if column.field in table.fields]
    if not given or register.label not in table.fields:
        return above
    by_label: dict[str, set[int]] = {}
    for index, value in enumerate(table.column(register.label)):
        by_label.setdefault(_text(value), set()).add(index)
    for name in given:
        for index, value in enumerate(table.column(name)):
            above[index] |= _named(_text(value), by_label) - {index}
    return above


def _named(text: str, by_label: dict[str, set[int]]) -> set[int]:
    bare = text.rpartition("（")[0] if text.endswith("）") else text
    return by_label.get(text) or by_label.get(bare) or set() if text else set()


def _text(value: CellValue) -> str:
    try:
        return "" if cells.is_blank(value) else cells.read_text(value)
    except CellError:
        return ""


def part_of(table: Table, indexes: Sequence[int]) -> Table:
    """The table with these rows alone."""
    if len(indexes) == len(table.rows):
        return table
    return replace(table, numbers=[table.numbers[i] for i in indexes], rows=[table.rows[i] for i in indexes])
