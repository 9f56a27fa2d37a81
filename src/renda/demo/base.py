"""The books that come first: divisions, organs, terms, deputies, people in office, groups, grids and stations."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from renda.demo.county import COUNTY, PLACES, TERM_STARTS, County
from renda.demo.habits import Book, Ledger
from renda.demo.organs import organ_rows

LEVEL_NAMES = {"province": "省人大代表", "prefecture": "市人大代表", "county": "县人大代表", "township": "乡镇人大代表"}


def write_divisions(path: Path) -> Path:
    """The sheet 行政区划."""
    above = (("99", "云岭省", "省级", "", None), ("9901", "澜州市", "市级", "99", None))
    county = ("990123", COUNTY, "县级", "9901", sum(people for _, _, people in PLACES))
    below = [(code, name, "乡级", "990123", people) for code, name, people in PLACES]
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("行政区划")
    sheet.write(0, 0, "青禾县行政区划表")
    for place, heading in enumerate(("区划代码", "名称", "级别", "上级区划代码", "街道", "人口数")):
        sheet.write(1, place, heading)
    for line, (code, name, level, parent, people) in enumerate((*above, county, *below), 2):
        cells = (code, name, level, parent, "是" if name.endswith("街道") else "否", people)
        for place, value in enumerate(cells):
            if value is not None:
                sheet.write(line, place, value)
    book.close()
    return path


def books(county: County) -> list[Book]:
    """Organs and people; deputies of four levels by term; groups and grids."""
    rosters = [
        Ledger(
            "directory.deputies",
            f"青禾县{LEVEL_NAMES[level]}名册（第{term}届）",
            _seats(county, level, term),
            sheet=f"{LEVEL_NAMES[level]}{term}届",
        )
        for level, term in (
            ("province", 13),
            ("prefecture", 5),
            ("county", 11),
            ("township", 11),
            ("county", 12),
            ("township", 12),
        )
    ]
    return [
        Book("01-机关单位和届次.xlsx", [
            Ledger("directory.organs", "青禾县机关单位名册", organ_rows(county.townships)),
            Ledger("directory.terms", "青禾县、乡镇人大届次表", _terms(county)),
        ]),
        Book("02-代表小组和网格.xlsx", [
            Ledger("deputies.groups", "青禾县人大代表小组名册", _groups(county)),
            Ledger("deputies.grids", "青禾县代表进网格网格台账", _grids(county)),
        ]),
        Book("03-代表名册.xlsx", rosters),
        Book("04-人员职务名册.xlsx", [Ledger("directory.posts", "青禾县国家机关人员职务名册", _posts(county))]),
    ]  # fmt: skip


def _terms(county: County) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number, start in TERM_STARTS.items():
        end = TERM_STARTS[12] if number == 11 else None
        rows.append({"level": "county", "number": number, "starts_on": start, "ends_on": end, "division": COUNTY})
        rows += [
            {"level": "township", "number": number, "starts_on": start, "ends_on": end, "division": t}
            for t in county.congress_townships
        ]
    return rows


def _groups(county: County) -> list[dict[str, Any]]:
    rng = county.rng("groups")
    people = county.deputies_on(date(2019, 6, 1))
    return [
        {"name": name, "kind": kind, "field": field, "division": place, "leader": rng.choice(people).name, "founded_on": date(2017, 3, rng.randint(1, 28))}
        for name, kind, field, place in county.groups
    ]  # fmt: skip


def _grids(county: County) -> list[dict[str, Any]]:
    rng = county.rng("grids")
    rows = []
    for name, place, village in county.grids:
        households = rng.randint(180, 920)
        rows.append({"name": name, "village": village, "division": place, "households": households, "residents": int(households * rng.uniform(2.6, 3.8)),
                     "leader": rng.choice(county.population.everyone).name, "founded_on": date(2018, rng.randint(1, 12), rng.randint(1, 28))})  # fmt: skip
    return rows


def _seats(county: County, level: str, term: int) -> list[dict[str, Any]]:
    rows = []
    for seat in county.seats:
        if (seat.level, seat.term) == (level, term):
            row = seat.who.columns() | {
                "level": level, "term_number": term, "electoral_district": seat.district, "division": seat.who.division,
                "delegation": f"{seat.who.division}代表团", "group": seat.group, "grid": seat.grid, "sector": seat.sector,
                "grassroots": seat.sector in ("工人", "农民", "专业技术人员"), "how_elected": seat.how, "since": seat.since,
                "until": seat.until, "end_reason": seat.end_reason,
            }  # fmt: skip
            rows.append(row)
    return rows


def _posts(county: County) -> list[dict[str, Any]]:
    return [
        office.who.columns()
        | {"organ": office.organ, "title": office.title, "committee_member": office.member, "since": office.since, "until": office.until,
           "division": office.who.division}
        for office in county.offices
    ]  # fmt: skip
