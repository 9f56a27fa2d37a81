"""Working days: one table a year, seeded from the ``holidays`` library, marked published, predicted or unknown.

Working days leave out weekends and statutory holidays; a weekend day that the State Council's yearly notice turns into a
working day counts. A year without a table is *unknown*: weekends only, and every result that rests on it says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from renda.law.store import ROOT, read_yaml

PUBLISHED, PREDICTED, UNKNOWN = "published", "predicted", "unknown"
STATUS_TEXT = {PUBLISHED: "已公布", PREDICTED: "预测", UNKNOWN: "未知"}
_SATURDAY = 5
FOLDER = ROOT / "holidays"


@dataclass(frozen=True)
class HolidayYear:
    """One year's arrangement: days off with their names, weekend days worked, and how sure it is."""

    year: int
    status: str
    holidays: Mapping[date, str] = field(default_factory=dict)
    workdays: frozenset[date] = frozenset()


class WorkCalendar:
    """Which days are worked. Unknown years are weekends only; ``doubtful`` names the years that are not published."""

    def __init__(self, years: Mapping[int, HolidayYear]) -> None:
        self._years = years

    def year(self, year: int) -> HolidayYear:
        """The arrangement of a year; an empty one marked unknown when there is none."""
        if year in self._years:
            return self._years[year]
        return _shipped_year(year) if self is _SHIPPED else HolidayYear(year, UNKNOWN)

    def status(self, day: date) -> str:
        """published, predicted or unknown."""
        return self.year(day.year).status

    def is_working(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        year = self.year(day.year)
        if day in year.workdays:
            return True
        return day.weekday() < _SATURDAY and day not in year.holidays

    def why_off(self, day: date) -> str:
        """The name of the holiday, or 周六 / 周日; empty on a working day."""
        if self.is_working(day):
            return ""
        return self.year(day.year).holidays.get(day) or ("周六" if day.weekday() == _SATURDAY else "周日")

    def next_working(self, day: date) -> date:
        """``day`` itself when worked, else the first working day after it."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def doubtful(self, first: date, last: date) -> list[HolidayYear]:
        """The years between two days whose arrangement is not published."""
        years = (self.year(number) for number in range(first.year, last.year + 1))
        return [year for year in years if year.status != PUBLISHED]


def read_year(path: Path) -> HolidayYear:
    """A holiday table from its file."""
    raw = read_yaml(path)
    return HolidayYear(raw["year"], raw["status"], dict(raw["holidays"] or {}), frozenset(raw["workdays"] or ()))


def shipped_years() -> list[int]:
    """The years that a table is shipped for."""
    return sorted(int(path.stem) for path in FOLDER.glob("*.yaml"))


@cache
def _shipped_year(year: int) -> HolidayYear:
    path = FOLDER / f"{year}.yaml"
    return read_year(path) if path.is_file() else HolidayYear(year, UNKNOWN)


_SHIPPED = WorkCalendar({})


def shipped_calendar() -> WorkCalendar:
    """The calendar of the shipped tables; each year is read when it is first needed."""
    return _SHIPPED
