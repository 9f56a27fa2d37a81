"""Counting a period of the law from a day, with the working: which value, which article, which convention, which choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from typing import Any

from renda.law import counting, store
from renda.law.calendars import STATUS_TEXT, WorkCalendar, shipped_calendar
from renda.law.declarations import NOTHING, Count
from renda.law.errors import NotCountable
from renda.law.values import Value, parameter

_DURATION = {"days": "日", "working days": "个工作日", "months": "个月", "years": "年"}


@dataclass(frozen=True)
class Due:
    """The last lawful day, and how it was found.

    ``working`` is a list of Chinese sentences in the order of the calculation. ``unrolled`` is the day before any roll over a
    holiday; ``earliest`` the first day of a window (June to September). ``warning`` gathers what is not certain.
    """

    key: str
    title: str
    date: Day
    start: Day
    statute: str
    article: str
    working: list[str]
    unrolled: Day
    value: Value
    earliest: Day | None = None
    warning: str = ""

    @property
    def citation(self) -> str:
        """Statute and article as one citation."""
        return self.value.citation

    def as_json(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "key": self.key,
            "title": self.title,
            "start": self.start.isoformat(),
            "date": self.date.isoformat(),
            "unrolled": self.unrolled.isoformat(),
            "earliest": self.earliest.isoformat() if self.earliest else None,
            "statute": self.statute,
            "article": self.article,
            "working": self.working,
            "warning": self.warning or None,
            "value": self.value.as_json(),
        }


@dataclass
class _Sum:
    """One calculation under way."""

    as_of: Day
    packs: tuple[str, ...]
    choices: Mapping[str, Any]
    calendar: WorkCalendar
    working: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def choice(self, key: str) -> str:
        """What the county has chosen (or the visible default); the choice is told in the working."""
        value = parameter(key, as_of=self.as_of, packs=self.packs, choices=self.choices)
        options = store.declaration(key).choice
        assert options is not None
        self.working.append(f"{value.title}：{options.options.get(value.value, value.value)}（{value.source}）。")
        if value.source == "系统默认":
            self.warnings.append(value.warning)
        return str(value.value)


def due(
    key: str,
    start: Day,
    *,
    packs: Iterable[str] = (),
    holidays: WorkCalendar | None = None,
    choices: Mapping[str, Any] = NOTHING,
    as_of: Day | None = None,
    extended: bool = False,
) -> Due:
    """The last day of the period ``key`` from ``start`` (for backward periods: before it).

    The law is that of ``as_of``, by default of ``start``. ``extended`` adds the extension that the same provision allows.
    Errors: NotCountable, and all of ``parameter``.
    """
    count = store.declaration(key).count
    if count is None:
        raise NotCountable(key, store.declaration(key).title)
    sum_ = _Sum(as_of or start, tuple(packs), choices, holidays or shipped_calendar())
    value = parameter(key, as_of=sum_.as_of, packs=sum_.packs, choices=choices)
    sum_.working.append(f"依据{value.citation}：{value.gist}")
    earliest = None
    if count.rule == "window":
        earliest, unrolled = _window(value, start, sum_)
    elif count.rule == "yearly":
        unrolled = _yearly(value, start, sum_)
    else:
        unrolled = _count(count, value, start, sum_, extended)
    last = _roll(count, unrolled, sum_)
    _doubt_years(value, count, start, last, sum_)
    warnings = [value.warning, *sum_.warnings]
    return Due(
        key, value.title, last, start, value.statute, value.article, sum_.working, unrolled, value, earliest,
        "".join(dict.fromkeys(text for text in warnings if text)),
    )  # fmt: skip


def _count(count: Count, value: Value, start: Day, sum_: _Sum, extended: bool) -> Day:
    amount = _amount(count, value, sum_, extended)
    if count.rule == "backward":
        return _backward(count, value, amount, start, sum_)
    if count.rule == "age":
        last = counting.latest_birth_date(start, amount)
        sum_.working.append(f"{count.anchor} {start}，满 {amount} 周岁（含生日当天）者：{last} 及以前出生。")
        return last
    return _forward(count, value, amount, start, sum_)


def _amount(count: Count, value: Value, sum_: _Sum, extended: bool) -> int:
    amount = int(value.value)
    if count.extends:
        base = parameter(count.extends, as_of=sum_.as_of, packs=sum_.packs, choices=sum_.choices)
        total = amount + int(base.value)
        sum_.working.append(f"原期限 {base.value} {base.unit_label}，延长 {amount} {value.unit_label}，合计 {total}。")
        return total
    more = value.details.get("extension")
    if extended and more:
        sum_.working.append(f"原期限 {amount} {value.unit_label}，经批准延长 {more} {value.unit_label}，合计 {amount + more}。")
        return amount + int(more)
    return amount


def _forward(count: Count, value: Value, amount: int, start: Day, sum_: _Sum) -> Day:
    counted = bool(count.start_day) and sum_.choice(count.start_day) == "inclusive"
    match value.unit:
        case "working days":
            last = counting.working_days_after(start, amount, sum_.calendar, start_day_counted=counted)
        case "months":
            last = counting.months_after(start, amount)
        case "years":
            last = counting.years_after(start, amount)
        case _:
            last = counting.days_after(start, amount, start_day_counted=counted)
    how = "当日计入" if counted else "当日不计入，从次日起算"
    sum_.working.append(f"{count.anchor} {start}（{how}），{amount} {_DURATION[value.unit]}，期限届满日为 {last}。")
    if value.unit == "months" and last.day != start.day:
        sum_.working.append(f"届满月份没有 {start.day} 日，以该月最后一日为届满日（《民法典》第二百零二条）。")
    return last


def _backward(count: Count, value: Value, amount: int, event: Day, sum_: _Sum) -> Day:
    strict = bool(count.strict) and sum_.choice(count.strict) == "strict"
    match value.unit:
        case "working days":
            last = counting.working_days_before(event, amount, sum_.calendar, strict=strict)
        case "months":
            last = counting.months_before(event, amount)
        case _:
            last = counting.days_before(event, amount, strict=strict)
    how = "从严再提前一日" if strict else "当日不计入"
    sum_.working.append(f"{count.anchor} {event}（{how}）向前推 {amount} {_DURATION[value.unit]}，最迟为 {last}。")
    sum_.working.append("向前推算的期限遇节假日不顺延。")
    return last


def _window(value: Value, start: Day, sum_: _Sum) -> tuple[Day, Day]:
    first, last = Day(start.year, value.value["from_month"], 1), _month_end(start.year, value.value["to_month"])
    if start > last:
        first, last = first.replace(year=start.year + 1), _month_end(start.year + 1, value.value["to_month"])
    sum_.working.append(f"{start} 起最近的一个法定时段：{first} 至 {last}。")
    return first, last


def _yearly(value: Value, start: Day, sum_: _Sum) -> Day:
    month, day = (int(part) for part in str(value.value).split("-"))
    last = Day(start.year, month, day)
    if start > last:
        last = last.replace(year=start.year + 1)
    sum_.working.append(f"{start} 起最近的一个 {month} 月 {day} 日：{last}。")
    return last


def _month_end(year: int, month: int) -> Day:
    return counting.months_after(Day(year, 1, 31), month - 1)


def _roll(count: Count, last: Day, sum_: _Sum) -> Day:
    if not count.roll:
        return last
    off = sum_.calendar.why_off(last)
    if count.roll != "always" and not off:
        return last
    if count.roll != "always" and sum_.choice(count.roll) != "roll":
        sum_.working.append(f"届满日 {last} 是休息日（{off}），按上述选择不顺延。")
        return last
    rolled = counting.roll_forward(last, sum_.calendar)
    if rolled != last:
        sum_.working.append(f"届满日 {last} 是休息日（{off}），顺延至其后第一个工作日 {rolled}。")
    return rolled


def _doubt_years(value: Value, count: Count, start: Day, last: Day, sum_: _Sum) -> None:
    if value.unit != "working days" and not count.roll:
        return
    for year in sum_.calendar.doubtful(min(start, last), max(start, last)):
        if value.unit == "working days" or year.year == last.year:
            sum_.warnings.append(f"{year.year} 年的放假安排尚未公布（{STATUS_TEXT[year.status]}），公布后请重新推算。")
