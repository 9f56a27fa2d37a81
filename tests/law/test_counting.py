"""Counting of periods: what must hold for all dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda.law import counting, shipped_calendar
from renda.law.calendars import PREDICTED, PUBLISHED, UNKNOWN, HolidayYear, WorkCalendar

DAYS = st.dates(date(2015, 1, 1), date(2026, 6, 30))
NUMBERS = st.integers(1, 60)
CALENDAR = shipped_calendar()
ONE = timedelta(days=1)


@given(DAYS, st.integers(0, 400))
def test_days_forward_and_backward_are_mirror_images(start: date, number: int) -> None:
    assert counting.days_before(counting.days_after(start, number), number) == start


@given(DAYS, NUMBERS)
def test_a_counted_start_day_ends_one_day_sooner(start: date, number: int) -> None:
    assert counting.days_after(start, number, start_day_counted=True) == counting.days_after(start, number) - ONE


@given(DAYS, NUMBERS)
def test_the_strict_reading_is_one_day_earlier(event: date, number: int) -> None:
    assert counting.days_before(event, number, strict=True) == counting.days_before(event, number) - ONE


@given(DAYS, NUMBERS)
def test_working_days_count_exactly(start: date, number: int) -> None:
    last = counting.working_days_after(start, number, CALENDAR)
    assert CALENDAR.is_working(last)
    between = (start + ONE * offset for offset in range(1, (last - start).days + 1))
    assert sum(CALENDAR.is_working(day) for day in between) == number


@given(DAYS, NUMBERS)
def test_working_days_backward_count_exactly(event: date, number: int) -> None:
    last = counting.working_days_before(event, number, CALENDAR)
    assert CALENDAR.is_working(last)
    between = (last + ONE * offset for offset in range((event - last).days))
    assert sum(CALENDAR.is_working(day) for day in between) == number


@given(DAYS, st.integers(-60, 60))
def test_months_keep_the_day_or_end_the_month(start: date, number: int) -> None:
    last = counting.months_after(start, number)
    assert (last.year - start.year) * 12 + last.month - start.month == number
    assert last.day == start.day or (last.day < start.day and (last + ONE).day == 1)


@given(DAYS, DAYS, st.integers(0, 60))
def test_a_later_start_never_ends_sooner(one: date, other: date, number: int) -> None:
    first, second = sorted((one, other))
    assert counting.months_after(first, number) <= counting.months_after(second, number)
    assert counting.working_days_after(first, number, CALENDAR) <= counting.working_days_after(second, number, CALENDAR)


@given(DAYS)
def test_rolling_moves_only_days_off_and_only_forward(day: date) -> None:
    rolled = counting.roll_forward(day, CALENDAR)
    assert CALENDAR.is_working(rolled)
    assert (rolled == day) == CALENDAR.is_working(day)
    assert all(not CALENDAR.is_working(day + ONE * offset) for offset in range((rolled - day).days))


@given(st.dates(date(1950, 1, 1), date(2030, 12, 31)), DAYS)
def test_age_is_reached_on_the_birthday(born: date, day: date) -> None:
    latest = counting.latest_birth_date(day, 18)
    reached = (day.year - born.year, (day.month, day.day) >= (born.month, born.day))
    assert (born <= latest) == (reached > (18, False))


@pytest.mark.parametrize(
    ("day", "working", "name"),
    [
        (date(2026, 2, 28), True, ""),
        (date(2026, 9, 20), True, ""),
        (date(2026, 10, 5), False, "国庆节（补假）"),
        (date(2026, 10, 11), False, "周日"),
        (date(2026, 10, 17), False, "周六"),
        (date(2020, 1, 31), False, "春节延长假期"),
    ],
)
def test_the_calendar_knows_adjusted_weekends(day: date, working: bool, name: str) -> None:
    assert CALENDAR.is_working(day) is working
    assert CALENDAR.why_off(day) == name


def test_the_2026_arrangement_is_that_of_the_notice() -> None:
    """Counted from the State Council's notice of 2025-11-04: spans off and weekend days worked."""
    off = [((1, 1), (1, 3)), ((2, 15), (2, 23)), ((4, 4), (4, 6)), ((5, 1), (5, 5)), ((6, 19), (6, 21)), ((9, 25), (9, 27)),
           ((10, 1), (10, 7))]  # fmt: skip
    for (month, day), (to_month, to_day) in off:
        first, last = date(2026, month, day), date(2026, to_month, to_day)
        assert not any(CALENDAR.is_working(first + ONE * offset) for offset in range((last - first).days + 1))
        assert CALENDAR.is_working(first - ONE) or (first - ONE).weekday() > 4 or (first - ONE).year == 2025
    worked = {date(2026, *one) for one in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))}
    assert worked == CALENDAR.year(2026).workdays


def test_a_year_says_how_sure_it_is() -> None:
    assert CALENDAR.status(date(2026, 1, 1)) == PUBLISHED
    assert CALENDAR.status(date(2027, 1, 1)) == PREDICTED
    assert CALENDAR.status(date(2040, 1, 1)) == UNKNOWN
    assert [year.year for year in CALENDAR.doubtful(date(2026, 12, 1), date(2028, 1, 1))] == [2027, 2028]


def test_a_calendar_of_the_county_replaces_the_shipped_one() -> None:
    own = WorkCalendar({2027: HolidayYear(2027, PUBLISHED, {date(2027, 3, 8): "地方假日"}, frozenset({date(2027, 3, 6)}))})
    assert not own.is_working(date(2027, 3, 8))
    assert own.is_working(date(2027, 3, 6))
    assert own.status(date(2026, 1, 1)) == UNKNOWN
