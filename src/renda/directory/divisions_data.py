"""The shipped list of administrative divisions at and above the county (GB/T 2260), with the years in which each was valid.

Townships (nine digits) are not in it: the county enters its own. Headings of the printed code list, such as 110100 市辖区
or 469000 省直辖县级行政区划, are no divisions and are not in it either; `is_placeholder` recognises their codes.
Where the data come from is told in `data/NOTICE`.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

Level = Literal["province", "prefecture", "county"]

MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
"""Provinces whose districts stand directly under them (北京, 天津, 上海, 重庆)."""


class DivisionRow(NamedTuple):
    """One division under one name. `valid_from` and `valid_to` are years, both inclusive; None means since before the first list
    (1980) and still valid. `parent` is the code of the prefecture, or of the province where there is no prefecture between."""

    code: str
    name: str
    level: Level
    parent: str | None
    valid_from: int | None
    valid_to: int | None

    def valid_on(self, on: date) -> bool:
        """Whether the division was in the list in the year of `on`; in a year of change both the old and the new one were."""
        return (self.valid_from is None or self.valid_from <= on.year) and (self.valid_to is None or on.year <= self.valid_to)


def all_divisions() -> Iterator[DivisionRow]:
    """Every division that ever had a code, in the order of codes and, within a code, of time."""
    for rows in _by_code().values():
        yield from rows


def find(code: str, on: date | None = None) -> DivisionRow | None:
    """The division of a code on a day, or its latest row when no day is given; None for a code that was not in use.

    A renamed division keeps its code: in the year of the change the new name answers.
    """
    rows = _by_code().get(code, ())
    valid = rows if on is None else [row for row in rows if row.valid_on(on)]
    return valid[-1] if valid else None


def is_placeholder(code: str) -> bool:
    """Whether a code is a heading of the printed list (市辖区, 县, 省直辖县级行政区划) rather than a division."""
    if len(code) != 6 or not code.isdigit() or find(code) or find(f"{code[:2]}0000") is None:
        return False
    of_municipality = code[:2] in MUNICIPALITIES and code[2:4] in ("01", "02", "03")
    heads_province = code.endswith("00") and (code[2:4] == "90" or of_municipality)
    heads_prefecture = code.endswith("01") and find(f"{code[:4]}00") is not None
    return heads_province or heads_prefecture


@cache
def _by_code() -> Mapping[str, tuple[DivisionRow, ...]]:
    text = (files(__package__) / "data" / "divisions.csv").read_text(encoding="utf-8")
    lines = list(csv.DictReader(text.splitlines()))
    known = {line["code"] for line in lines}
    rows: dict[str, list[DivisionRow]] = defaultdict(list)
    for line in lines:
        code = line["code"]
        years = _year(line["valid_from"]), _year(line["valid_to"])
        rows[code].append(DivisionRow(code, line["name"], _level(code), _parent(code, known), *years))
    return {code: tuple(group) for code, group in rows.items()}


def _level(code: str) -> Level:
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def _parent(code: str, known: set[str]) -> str | None:
    if code.endswith("0000"):
        return None
    prefecture = f"{code[:4]}00"
    return prefecture if prefecture != code and prefecture in known else f"{code[:2]}0000"


def _year(text: str) -> int | None:
    return int(text) if text else None
