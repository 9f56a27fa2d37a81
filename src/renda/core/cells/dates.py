"""Reading civil dates and date ranges from a cell.

A ledger's date may be exact to the day, the month or the year; `DateValue` keeps which. Dates outside 1900 to 2100 are refused.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import Literal

from renda.core.cells import numerals
from renda.core.cells.base import N_, CellError, CellValue, FaultyCell, read_text, required_text

Precision = Literal["day", "month", "year"]
FIRST_YEAR, LAST_YEAR = 1900, 2100
_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(10_000, 73_415)  # 1927-05-18 to 2100-12-31


@dataclass(frozen=True, slots=True, order=True)
class DateValue:
    """A civil date and how exact it is; with precision month or year, `date` is the first day of it."""

    date: dt.date
    precision: Precision = "day"

    @property
    def last(self) -> dt.date:
        """The last day that the value may mean: itself, the month's end or the year's end."""
        if self.precision == "year":
            return dt.date(self.date.year, 12, 31)
        if self.precision == "month":
            return self.date.replace(day=calendar.monthrange(self.date.year, self.date.month)[1])
        return self.date

    def __str__(self) -> str:
        return self.date.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


@dataclass(frozen=True, slots=True)
class DateRange:
    """From `start` to `end`, both included; a single day has both equal."""

    start: DateValue
    end: DateValue


_SEP = r"\s*[-/.．、\\年]\s*|\s+"
_SEP_MONTH = r"\s*[-/.．、\\月]\s*|\s+"
_DAY_END = r"\s*[日号]?"
_CLOCK = re.compile(
    r"(?<=[\d日号])\s*(?:[(（]?(?:星期|周|礼拜)[一二三四五六日天1-7][)）]?)?\s*(?:T|上午|下午|中午|晚上|晚|早上|凌晨)?\s*"
    r"(?:\d{1,2}[:：时点](?:\d{1,2}分?(?:[:：]?\d{1,2}(?:\.\d+)?秒?)?|半|整)?)?(?:Z|\+08:?00)?$"
)
_NUMERAL = re.compile(f"(?<![期周拜])[{numerals.CHARACTERS}]+")
_FULL = re.compile(rf"(\d{{4}})(?:{_SEP})(\d{{1,2}})(?:{_SEP_MONTH})(\d{{1,2}}){_DAY_END}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT_YEAR = re.compile(rf"(\d{{2}})(年|[-/.])\s*(\d{{1,2}})(?:{_SEP_MONTH})(\d{{1,2}}){_DAY_END}")
_MONTH = re.compile(r"(\d{4})\s*(?:年度?|[-/.])\s*(\d{1,2})\s*(?:月份?)?\s*(?:上旬|中旬|下旬|初|底|末)?")
_COMPACT_MONTH = re.compile(r"((?:19|20)\d{2})(\d{2})")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*(?:年度?)?")
_MONTH_DAY = re.compile(rf"(\d{{1,2}})\s*[月\-/.]\s*(\d{{1,2}}){_DAY_END}")
_BARE_MONTH = re.compile(r"(\d{1,2})\s*月份?\s*(?:上旬|中旬|下旬|初|底|末)?")
_THIS_YEAR = re.compile(r"(?:今年|本年度?|当年)\s*")


def read_date(value: CellValue, *, year: int | None = None) -> DateValue:
    """A date in any usual way of writing it; `year` completes 3月5日 and 3.5.

    2021-03-05, 2021/3/5, 2021.3.5, 20210305, 2021年3月5日, 二〇二一年三月五日, 2021年3月, 2021年, spreadsheet dates and serials
    (as number or text), with a weekday or time behind. Raises `CellError` for impossible, absurd and ambiguous dates.
    """
    if isinstance(value, dt.datetime):
        return _checked(value.date(), read_text(value))
    if isinstance(value, dt.date):
        return _checked(value, read_text(value))
    if isinstance(value, bool | dt.time | dt.timedelta):
        raise CellError(N_("“{found}”不是日期。请写成 2021-03-05 或 2021年3月5日。"), found=read_text(value))
    if isinstance(value, FaultyCell):
        raise CellError(value.reason, found=value.shown)
    if isinstance(value, int | float) or (value is not None and not isinstance(value, str)):
        return _date_of_number(float(value), year)
    return _date_of_text(required_text(value), year)


def _date_of_number(number: float, year: int | None) -> DateValue:
    found = read_text(number)
    if math.isfinite(number) and number == int(number):
        whole = int(number)
        if whole in range(19000101, 21001232) or whole in range(190001, 210013) or whole in range(1949, 2100):
            return _date_of_text(str(whole), year)
    if int(number) in _SERIALS:
        return DateValue(_EPOCH + dt.timedelta(days=int(number)))
    match = re.fullmatch(r"(\d{1,4})\.(\d{1,2})", found)
    if match:
        _refuse_lost_zero(match[1], match[2], found, year)
        return _date_of_text(found, year)
    raise CellError(N_("“{found}”不是日期。请写成 2021-03-05 或 2021年3月5日。"), found=found)


def _refuse_lost_zero(head: str, tail: str, found: str, year: int | None) -> None:
    """A number drops a last zero: 2021.1 may have been typed 2021.10, and 3.1 may have been 3.10."""
    doubtful = (
        tail == "1"
        if len(head) == 4
        else (len(tail) == 1 and int(head) in range(1, 13) and int(tail) * 10 <= calendar.monthrange(year or 2000, int(head))[1])
    )
    if doubtful:
        raise CellError(
            N_("“{found}”存成了数，末尾的 0 会丢，分不清是 {found} 还是 {found}0。请写成 {example}。"),
            found=found,
            example="2021年1月" if len(head) == 4 else f"{head}月{tail}日",
        )


def _date_of_text(text: str, year: int | None) -> DateValue:
    found = text
    text = _THIS_YEAR.sub("" if year is None else f"{year}年", text)
    text = _without_numerals(text)
    text = _CLOCK.sub("", text, count=1)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        serial = int(text[:5])
        if serial in range(20_000, 60_000):
            return DateValue(_EPOCH + dt.timedelta(days=serial))
    for pattern, build in _PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            return build(match, found, year)
    raise CellError(N_("“{found}”不是日期。请写成 2021-03-05 或 2021年3月5日。"), found=found)


def _without_numerals(text: str) -> str:
    """Chinese numerals as digits, leaving the one in 星期五 alone."""
    return _NUMERAL.sub(lambda match: numerals.to_digits(match[0]), text)


def _day(match: re.Match[str], found: str, year: int | None) -> DateValue:
    return _build(int(match[1]), int(match[2]), int(match[3]), found)


def _short_year(match: re.Match[str], found: str, year: int | None) -> DateValue:
    full = 2000 + int(match[1])
    if full > LAST_YEAR or (match[2] != "年" and (year is None or abs(full - year) > 5)):
        raise CellError(N_("“{found}”的年份只有两位，分不清是哪一年。请写全四位年份。"), found=found)
    return _build(full, int(match[3]), int(match[4]), found)


def _month(match: re.Match[str], found: str, year: int | None) -> DateValue:
    return DateValue(_build(int(match[1]), int(match[2]), 1, found).date, "month")


def _year(match: re.Match[str], found: str, year: int | None) -> DateValue:
    return DateValue(_build(int(match[1]), 1, 1, found).date, "year")


def _month_day(match: re.Match[str], found: str, year: int | None) -> DateValue:
    return _build(_need(year, found), int(match[1]), int(match[2]), found)


def _bare_month(match: re.Match[str], found: str, year: int | None) -> DateValue:
    return DateValue(_build(_need(year, found), int(match[1]), 1, found).date, "month")


_PATTERNS = (
    (_FULL, _day),
    (_COMPACT, _day),
    (_MONTH, _month),
    (_COMPACT_MONTH, _month),
    (_YEAR, _year),
    (_SHORT_YEAR, _short_year),
    (_MONTH_DAY, _month_day),
    (_BARE_MONTH, _bare_month),
)


def _need(year: int | None, found: str) -> int:
    if year is None:
        raise CellError(N_("“{found}”没有年份，表题里也没有写年度。请补上年份，例如 2021-03-05。"), found=found)
    return year


def _build(year: int, month: int, day: int, found: str) -> DateValue:
    if not 1 <= month <= 12:
        raise CellError(N_("“{found}”里没有 {month} 月这个月份。请核对日期。"), found=found, month=month)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellError(N_("“{found}”的年份 {year} 不在 1900 到 2100 年之间。请核对日期。"), found=found, year=year)
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise CellError(
            N_("“{found}”不存在：{year}年{month}月没有 {day} 日。请核对日期。"), found=found, year=year, month=month, day=day
        )
    return DateValue(dt.date(year, month, day))


def _checked(date: dt.date, found: str) -> DateValue:
    return _build(date.year, date.month, date.day, found)


_JOINERS = re.compile(r"\s*(?:至|到|—+|–|―|~+|～+|-{1,2}|－)\s*")


def read_date_range(value: CellValue, *, year: int | None = None) -> DateRange:
    """A date or a span: 3月5日至7日, 3月28日—4月2日, 2021.3.5-3.7, 2021年3-5月; a single date is a span of one.

    What the end leaves out is taken from the start; `year` completes a start without one. Raises `CellError`,
    also when the end lies before the start.
    """
    if not isinstance(value, str):
        single = read_date(value, year=year)
        return DateRange(single, single)
    try:
        single = read_date(value, year=year)
    except CellError as error:
        if error.blank:
            raise
        return _span(required_text(value), year, error)
    return DateRange(single, single)


def _span(text: str, year: int | None, error: CellError) -> DateRange:
    digits = numerals.to_digits(text)
    for joint in _JOINERS.finditer(digits):
        left, right = digits[: joint.start()], digits[joint.end() :]
        try:
            start = read_date(_like(left, right), year=year)
        except CellError:
            continue
        end = _end(right, start)
        if end is None:
            continue
        if end.last < start.date:
            raise CellError(N_("“{found}”的结束日期早于开始日期。请核对。"), found=text)
        return DateRange(start, end)
    raise error


def _like(left: str, right: str) -> str:
    """The start with the sign it shares with the end: in 2021年3-5月 the 3 is a month, in 3月5-7日 the 5 is a day."""
    if re.search(r"年\s*\d{1,2}$|^\d{1,2}$", left) and re.fullmatch(r"\d{1,2}\s*月份?", right):
        return left + "月"
    return left


def _end(right: str, start: DateValue) -> DateValue | None:
    base = start.date
    if start.precision == "day":
        day = re.fullmatch(r"(\d{1,2})\s*[日号]?", right)
        if day:
            return _build(base.year, base.month, int(day[1]), right)
    try:
        end = read_date(right, year=base.year)
    except CellError:
        return None
    has_year = re.match(r"\d{4}|\d{2}年", right)
    if end.last < base and not has_year and base.month - end.date.month >= 6:
        end = read_date(right, year=base.year + 1)
    return end
