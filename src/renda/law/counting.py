"""Day-counting conventions as small named rules. Each returns one civil date; none knows a parameter or a key.

Forward: the day of the event is not counted and the period ends at the end of its last day (民法典第二百零一条、第二百零三条);
months end on the day of the same number, or on the month's last day where there is none (第二百零二条).
Backward ("E 之 N 日以前"): E is not counted and the latest day is E−N, the day itself included; the strict reading takes E−N−1.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from renda.law.calendars import WorkCalendar


def days_after(start: date, number: int, *, start_day_counted: bool = False) -> date:
    """The last day of ``number`` natural days from ``start``."""
    return start + timedelta(days=number - (1 if start_day_counted and number else 0))


def working_days_after(start: date, number: int, calendar: WorkCalendar, *, start_day_counted: bool = False) -> date:
    """The last of ``number`` working days after ``start`` (``start`` itself is the first when counted and worked)."""
    day = start
    left = number - (1 if start_day_counted and calendar.is_working(start) else 0)
    while left > 0:
        day += timedelta(days=1)
        left -= calendar.is_working(day)
    return day


def months_after(start: date, number: int) -> date:
    """The day of the same number ``number`` months on (back when negative), or that month's last day."""
    months = start.year * 12 + start.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def years_after(start: date, number: int) -> date:
    """The same date ``number`` years on (back when negative); 29 February becomes 28 February in a common year."""
    return months_after(start, 12 * number)


def days_before(event: date, number: int, *, strict: bool = False) -> date:
    """The latest day on which something due ``number`` days before ``event`` is in time."""
    return event - timedelta(days=number + (1 if strict else 0))


def working_days_before(event: date, number: int, calendar: WorkCalendar, *, strict: bool = False) -> date:
    """The latest day with ``number`` working days between it and ``event``, that day counted and ``event`` not."""
    day, left = event, number + (1 if strict else 0)
    while left > 0:
        day -= timedelta(days=1)
        left -= calendar.is_working(day)
    return day


def months_before(event: date, number: int) -> date:
    """The latest day for something due ``number`` months before ``event``."""
    return months_after(event, -number)


def roll_forward(day: date, calendar: WorkCalendar) -> date:
    """A last day on a day off moves to the next working day (民法典第二百零三条第一款)."""
    return calendar.next_working(day)


def latest_birth_date(day: date, age: int) -> date:
    """The latest birth date of someone who has reached ``age`` on ``day``; the birthday itself counts.

    Someone born on 29 February reaches an age in a common year on 1 March, which the comparison of dates gives by itself.
    """
    return years_after(day, -age)
