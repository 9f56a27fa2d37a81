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
from typing import Any

from renda.law.errors import LawDataError
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
    """Which days are worked. Unknown years are weekends only; ``doubtful`` names the years that are not published.

    ``over_shipped``: the given years go before the shipped tables, which hold for all others.
    """

    def __init__(self, years: Mapping[int, HolidayYear], *, over_shipped: bool = False) -> None:
        self._years = years
        self._over_shipped = over_shipped

    def year(self, year: int) -> HolidayYear:
        """The arrangement of a year; an empty one marked unknown when there is none."""
        if year in self._years:
            return self._years[year]
        return shipped_year(year) if self._over_shipped else HolidayYear(year, UNKNOWN)

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


def parse_year(raw: Any, where: str) -> HolidayYear:
    """A holiday table from parsed YAML or JSON (days as dates or ISO text); ``where`` names it in errors. LawDataError when faulty."""
    if not isinstance(raw, dict) or not isinstance(raw.get("year"), int):
        raise LawDataError(f"{where}：应写明 year（年份）、holidays（放假日: 名称）和 workdays（上班的周末）。")
    year, status = raw["year"], raw.get("status", PUBLISHED)
    if status not in (PUBLISHED, PREDICTED):
        raise LawDataError(f"{where}：status 只能是 published（已公布）或 predicted（预测）。")
    off, worked = raw.get("holidays") or {}, raw.get("workdays") or []
    if not isinstance(off, dict) or not isinstance(worked, list):
        raise LawDataError(f"{where}：holidays 应为“日期: 名称”，workdays 应为日期的清单。")
    found = HolidayYear(
        year, status, {_day(one, where): str(name) for one, name in off.items()}, frozenset(_day(one, where) for one in worked)
    )
    check_year(found, where)
    return found


def check_year(year: HolidayYear, where: str) -> None:
    """Refuse what cannot be an arrangement: days of other years, a day both off and worked, a worked weekday. LawDataError."""
    strange = sorted(day for day in (*year.holidays, *year.workdays) if day.year != year.year)
    if strange:
        raise LawDataError(f"{where}：{strange[0]} 不在 {year.year} 年。")
    if both := sorted(set(year.holidays) & year.workdays):
        raise LawDataError(f"{where}：{both[0]} 既写了放假又写了上班，请核对通知。")
    if weekdays := sorted(day for day in year.workdays if day.weekday() < _SATURDAY):
        raise LawDataError(f"{where}：{weekdays[0]} 不是周末，本来就上班，不必列入调休上班日。")


def _day(value: Any, where: str) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise LawDataError(f"{where}：“{value}”不是日期，请写成 2026-10-01 的样子。") from None


def read_year(path: Path) -> HolidayYear:
    """A holiday table from its file."""
    return parse_year(read_yaml(path), path.name)


def shipped_years() -> list[int]:
    """The years that a table is shipped for."""
    return sorted(int(path.stem) for path in FOLDER.glob("*.yaml"))


@cache
def shipped_year(year: int) -> HolidayYear:
    """The shipped table of a year; an empty one marked unknown where none is shipped."""
    path = FOLDER / f"{year}.yaml"
    return read_year(path) if path.is_file() else HolidayYear(year, UNKNOWN)


_SHIPPED = WorkCalendar({}, over_shipped=True)


def shipped_calendar() -> WorkCalendar:
    """The calendar of the shipped tables; each year is read when it is first needed."""
    return _SHIPPED
