"""Sheets of votes as raw records: one row a record with the votes in one cell or in numbered pairs of columns, or one row a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from renda.core.cells import CellError, is_blank, read_text
from renda.elections.decisions.tallies.vocabulary import PAIRS, headings
from renda.ledgers.reading import Sheet, find_table
from renda.ledgers.reading.table import BLANK, HEADING, TITLE, Table

Raw = dict[str, Any]
_CONFLICT = "conflict"
_NOT_TOLD = {BLANK, HEADING, TITLE}
_KEYS = ("district", "round", "deputy")


def raw_records(sheets: Iterable[Sheet]) -> tuple[list[Raw], list[str]]:
    """The raw records of all sheets that have a table of votes, and what was left aside (Chinese)."""
    found: list[Raw] = []
    aside: list[str] = []
    for sheet in sheets:
        table = None if sheet.hidden else find_table(sheet, headings())
        if table is None or "district" not in table.fields:
            if sheet.rows and not sheet.hidden:
                aside.append(f"工作表“{sheet.name}”没有认出选区和得票的表头，没有读取。")
            continue
        found += _records(table)
        aside += _aside(table)
    return found, aside


def _aside(table: Table) -> Iterator[str]:
    for number, reason in sorted(table.skipped.items()):
        if reason not in _NOT_TOLD:
            yield f"工作表“{table.sheet}”第 {number} 行是{reason}，没有计入。"
    if unknown := [heading.text for heading in table.unknown if heading.text]:
        yield f"工作表“{table.sheet}”没有用到这些列：{'、'.join(unknown)}。"


def _records(table: Table) -> list[Raw]:
    rows = [
        {field: row[column] if column < len(row) else "" for field, column in table.fields.items()} | {"row": number}
        for number, row in zip(table.numbers, table.rows, strict=True)
    ]
    return _by_name(rows) if "name" in table.fields else [_by_row(row) for row in rows]


def _by_row(row: Raw) -> Raw:
    """Votes in one cell stay as they are; numbered pairs of columns become a list."""
    pairs = [*_pairs(row, "name", "votes", True), *_pairs(row, "other", "othervotes", False)]
    plain = {field: value for field, value in row.items() if ":" not in field}
    return plain | ({"votes": pairs} if pairs else {})


def _pairs(row: Raw, name: str, votes: str, listed: bool) -> Iterator[Raw]:
    for number in range(1, PAIRS + 1):
        one, given = row.get(f"{name}:{number}"), row.get(f"{votes}:{number}")
        if not (_blank(one) and _blank(given)):
            said = row.get(f"listed:{number}") if listed else False
            yield {"name": one, "votes": given, "listed": said}


def _by_name(rows: Iterable[Raw]) -> list[Raw]:
    """Rows of one district and round are one record; a blank district is that of the row above, blank figures those of the first row."""
    found: list[Raw] = []
    for row in rows:
        if not found or _begins(row, found[-1]):
            found.append(
                {field: value for field, value in row.items() if field not in ("name", "votes", "listed")} | {"votes": []}
            )
        record = found[-1]
        if not (_blank(row.get("name")) and _blank(row.get("votes"))):
            record["votes"].append({"name": row.get("name"), "votes": row.get("votes"), "listed": row.get("listed")})
        _fill(record, row)
    return found


def _begins(row: Raw, above: Raw) -> bool:
    """Whether a row begins another record: it names another district, round or deputy than the record above."""
    return any(not _blank(row.get(key)) and _words(row[key]) != _words(above.get(key)) for key in _KEYS)


def _fill(record: Raw, row: Raw) -> None:
    """Figures that the record has not yet; a different figure for the same record is kept for the refusal."""
    for field, value in row.items():
        if field in ("name", "votes", "listed", "row") or _blank(value):
            continue
        if _blank(record.get(field)):
            record[field] = value
        elif _words(record[field]) != _words(value):
            record.setdefault(_CONFLICT, []).append((field, record[field], value))


def conflicts(raw: Raw) -> list[tuple[str, Any, Any]]:
    """Figures that the rows of one record state differently: the field and both values."""
    found: list[tuple[str, Any, Any]] = raw.get(_CONFLICT, [])
    return found


def _blank(value: Any) -> bool:
    return is_blank(value) if value is None or isinstance(value, str) else False


def _words(value: Any) -> str:
    try:
        return read_text(value)
    except CellError:
        return ""
