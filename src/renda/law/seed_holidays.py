"""Write the holiday table of a year from the ``holidays`` library: ``python -m renda.law.seed_holidays 2028``.

A year is *published* when the library knows its adjusted working weekends, which exist only after the State Council's notice;
otherwise *predicted*: the statutory days by the lunar calendar, without adjusted weekends.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import holidays
import yaml

from renda.law.calendars import FOLDER, PREDICTED, PUBLISHED, HolidayYear


def from_library(year: int) -> HolidayYear:
    """The arrangement of ``year`` as the library knows it."""
    found = holidays.country_holidays("CN", years=year, language="zh_CN")
    workdays = frozenset(day for day in found.weekend_workdays if day.year == year)
    off: dict[date, str] = {day: str(name).replace("; ", "、") for day, name in sorted(found.items())}
    return HolidayYear(year, PUBLISHED if workdays else PREDICTED, off, workdays)


def write(year: HolidayYear, folder: Path = FOLDER) -> Path:
    """Write the table of a year as YAML."""
    path = folder / f"{year.year}.yaml"
    content = {
        "year": year.year,
        "status": year.status,
        "holidays": dict(year.holidays),
        "workdays": sorted(year.workdays),
    }
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def main(arguments: list[str]) -> None:
    """Write the tables of the years named on the command line."""
    for year in arguments:
        write(from_library(int(year)))


if __name__ == "__main__":
    main(sys.argv[1:])
