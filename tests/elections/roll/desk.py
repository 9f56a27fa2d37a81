"""An election with districts, and lists of people as offices hand them in."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from renda.core.cells.identity import check_character
from renda.directory.gate import OPERATOR, Actor
from renda.elections.models import Barred, Election, ElectoralDistrict
from renda.elections.roll.importing import Options, Work, import_files
from renda.elections.roll.reading import Given
from renda.elections.roll.report import Report
from tests import small_county
from tests.small_county import SmallCounty

DAY = date(2021, 11, 10)
HEADINGS = ("姓名", "性别", "公民身份号码", "住址", "选区")


@dataclass
class Desk:
    """清河县 with two districts: 第1选区 in 龙潭镇 (registered by 县教育局), 第2选区 in 白沙镇."""

    county: SmallCounty
    election: Election
    districts: dict[str, ElectoralDistrict]

    def bring(self, *paths: Path, source: str = "household", actor: Actor = OPERATOR, **more: Any) -> tuple[Report, Work]:
        """Import files."""
        files = [Given(path.name, path) for path in paths]
        return import_files(self.election, files, actor=actor, options=Options(source=source, **more))


def make(day: date = DAY, county: SmallCounty | None = None) -> Desk:
    """A fresh desk, in a fresh county or the one given."""
    county = county or small_county.make()
    election = Election.objects.create(
        division=county.division, natural_key="换届", name="2021年县级换届", level="county", term_number=12, election_day=day
    )
    districts = {}
    for name, town, organ in (("第1选区", "龙潭镇", "县教育局"), ("第2选区", "白沙镇", None)):
        districts[name] = ElectoralDistrict.objects.create(
            division=county.townships[town], natural_key=name, election=election, name=name, seats=2,
            office=county.organs[organ] if organ else None,
        )  # fmt: skip
    return Desk(county, election, districts)


def number(born: str | date, sequence: int = 1, area: str = "990101") -> str:
    """A right identity number."""
    first = f"{area}{str(born).replace('-', '')}{sequence:03d}"
    return first + check_character(first)


def person(place: int, name: str = "", born: str = "", district: str = "第1选区") -> tuple[str, ...]:
    """A row of an adult; the number's sex is odd for men."""
    day = born or f"{1950 + place % 50}-{1 + place % 12:02d}-{1 + place % 28:02d}"
    sequence = 1 + place % 900
    first = number(day, sequence)
    while first.endswith("000"):
        sequence += 2
        first = number(day, sequence)
    return name or NAMES[place % len(NAMES)], "男" if sequence % 2 else "女", first, f"龙潭镇{place}号", district


NAMES = ("张伟", "李娜", "王芳", "赵强", "陈静", "刘洋", "欧阳建国", "阿不都热依木·买买提")


def book(path: Path, rows: Iterable[Sequence[Any]], headings: Sequence[str] = HEADINGS, title: str = "户籍人口") -> Path:
    """A workbook with a title over its headings."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as file:
        sheet = file.add_worksheet("名册")
        sheet.write_row(0, 0, [title])
        sheet.write_row(1, 0, headings)
        for line, row in enumerate(rows, 2):
            sheet.write_row(line, 0, row)
    return path


def text(path: Path, rows: Iterable[Sequence[Any]], headings: Sequence[str] = HEADINGS, encoding: str = "gb18030") -> Path:
    """A text table."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)
    return path


def bar(desk: Desk, named: Sequence[str], kind: str, since: date = date(2020, 1, 1), until: date | None = None) -> Barred:
    """Take a person's right to vote, from one day to another."""
    return Barred.objects.create(
        division=desk.county.division,
        natural_key=named[2],
        name=named[0],
        identity_number=named[2],
        kind=kind,
        since=since,
        until=until,
    )
