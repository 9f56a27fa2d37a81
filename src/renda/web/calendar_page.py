"""The calendar page: a month of days, and the whole year as a heat of days."""

from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from renda.core import clock
from renda.directory import roles
from renda.directory.models import Hat
from renda.law import WorkCalendar
from renda.lawbook.services import context
from renda.web import feeds, yearbook
from renda.web.presenting import month_name
from renda.web.yearbook import Happening

SHOWN_PER_DAY = 4
FIRST_YEAR, LAST_YEAR = 1954, 2200


@dataclass
class Day:
    """One square of the month."""

    day: date
    outside: bool
    rest: bool
    today: bool
    happenings: list[Happening] = field(default_factory=list)
    holiday: str = ""
    worked: bool = False
    """A weekend day that the year's arrangement turns into a working day."""

    @property
    def first_ones(self) -> list[Happening]:
        """What fits into the square."""
        return self.happenings[:SHOWN_PER_DAY]

    @property
    def more(self) -> int:
        """How many do not."""
        return max(0, len(self.happenings) - SHOWN_PER_DAY)


@dataclass
class Square:
    """One day of the year's heat; an empty one before the first Monday."""

    klass: str
    words: str = ""


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """A month, by default this one, and its year."""
    return page(request)


def page(request: HttpRequest, *, token: str = "") -> HttpResponse:
    """The page of the month asked for; with ``token`` the secret of a feed just made, shown this once."""
    year, month = _asked(request.GET.get("month", ""))
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    found = yearbook.by_day(request.actor, weeks[0][0], weeks[-1][-1])  # type: ignore[attr-defined]
    counts = yearbook.counts_of_year(request.actor, year)  # type: ignore[attr-defined]
    holidays = context(request.actor.division_id).holidays  # type: ignore[attr-defined]
    shown = {
        "title": _("%(year)d年%(month)d月") % {"year": year, "month": month},
        "year": year,
        "weeks": [[_day(day, month, found.get(day, []), holidays) for day in week] for week in weeks],
        "days": [(day, found[day]) for day in sorted(found) if day.month == month],
        "heat": heat(year, counts),
        "total": sum(counts.values()),
        "months": [(f"{year}-{m:02d}", month_name(m), m == month) for m in range(1, 13)],
        "before": _shifted(year, month, -1),
        "after": _shifted(year, month, 1),
        "this": f"{clock.today():%Y-%m}",
        "weekdays": [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")],
        "year_before": f"{year - 1}-{month:02d}",
        "year_after": f"{year + 1}-{month:02d}",
        **_feed(request, token),
    }
    return render(request, "web/calendar.html", shown)


def _feed(request: HttpRequest, token: str) -> dict[str, Any]:
    """What the page says of the hat's feed; nothing for a hat without a calendar."""
    hat: Hat = request.hat  # type: ignore[attr-defined]
    if not roles.ROLES[hat.role].rooms:
        return {}
    address = request.build_absolute_uri(reverse("calendar-feed", args=[token])) if token else ""
    return {"feed": feeds.of_hat(hat), "feed_address": address, "feeding": True}


def _asked(text: str) -> tuple[int, int]:
    year, _dash, month = text.partition("-")
    if year.isdigit() and month.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12:
        return int(year), int(month)
    today = clock.today()
    return today.year, today.month


def _shifted(year: int, month: int, step: int) -> str:
    index = year * 12 + month - 1 + step
    return f"{index // 12}-{index % 12 + 1:02d}"


def _day(day: date, month: int, happenings: list[Happening], holidays: WorkCalendar) -> Day:
    year = holidays.year(day.year)
    shown = Day(day, day.month != month, not holidays.is_working(day), day == clock.today(), happenings)
    shown.holiday, shown.worked = year.holidays.get(day, ""), day in year.workdays
    return shown


def heat(year: int, counts: Counter[date]) -> list[Square]:
    """The days of a year in columns of weeks, in five shades."""
    day = date(year, 1, 1)
    squares = [Square("is-blank") for _blank in range(day.weekday())]
    most = max(counts.values(), default=0)
    while day.year == year:
        number = counts.get(day, 0)
        shade = min(4, -(-number * 4 // most)) if most and number else 0
        words = ngettext("%(day)s：%(n)d 项活动", "%(day)s：%(n)d 项活动", number) % {"day": day.isoformat(), "n": number}
        squares.append(Square(f"is-{shade}", words))
        day += timedelta(days=1)
    return squares
