"""Holiday arrangements: the years, one year as a calendar, entering a year (from the notice's own text or by days)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from renda.core import clock
from renda.directory.models import Division
from renda.law.calendars import HolidayYear
from renda.lawbook import listing, services
from renda.lawbook.forms import YearForm
from renda.lawbook.services import LawbookFault
from renda.lawbook.views.common import UNPROCESSABLE, actor_of, page, place_of, require_settings, settle, settled


@dataclass(frozen=True)
class Day:
    """One day of the year's sheet; ``mark`` is 休 or 班 where the arrangement changes the weekday's nature."""

    day: date | None
    mark: str = ""
    rest: bool = False
    name: str = ""


@dataclass(frozen=True)
class Span:
    """Days off in a row under one name, and the weekend days worked for them."""

    name: str
    first: date
    last: date
    days: int


@require_GET
def years(request: HttpRequest) -> HttpResponse:
    """All years with their status; the present year and the next are always there."""
    rows = listing.years(place_of(request))
    shown = {"rows": [(row, list(spans(row.arrangement))) for row in rows], "this": clock.today().year}
    return page(request, "lawbook/years.html", "law-holidays", shown)


@require_GET
def show(request: HttpRequest, year: int) -> HttpResponse:
    """One year: its sheet of twelve months, its holidays, who entered it."""
    return _shown(request, year)


def _shown(request: HttpRequest, year: int, fault: str = "") -> HttpResponse:
    _known(year)
    place = place_of(request)
    row = listing.one_year(year, place)
    shown = {
        "row": row, "year": year, "months": _months(row.arrangement), "spans": list(spans(row.arrangement)),
        "worked": sorted(row.arrangement.workdays), "past": listing.past_years(year, place),
        "before": year - 1 if year > services.FIRST_YEAR else 0, "after": year + 1 if year < services.LAST_YEAR else 0,
        "weekdays": _weekdays(), "fault": fault,
        "own": row.row is not None and row.row.division == place,
    }  # fmt: skip
    return page(
        request, "lawbook/year.html", "law-holidays", shown, (_("放假安排"), reverse("law-holidays")), (str(year), ""),
        status=UNPROCESSABLE if fault else 200,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, year: int) -> HttpResponse:
    """Enter or correct a year's arrangement."""
    require_settings(request)
    _known(year)
    place = place_of(request)
    row = listing.one_year(year, place)
    form = YearForm(request.POST or None, year=year, initial=YearForm.initial_of(row))
    if request.method == "POST" and "read" in request.POST:
        form = form.filled_from_notice()
    elif request.method == "POST" and form.is_valid() and _set(request, form, place):
        return HttpResponseRedirect(reverse("law-year", args=[year]))
    crumbs = [(_("放假安排"), reverse("law-holidays")), (str(year), reverse("law-year", args=[year])), (_("录入"), "")]
    failed = bool(form.notice_fault) or (form.is_bound and bool(form.errors))
    return page(
        request, "lawbook/year_edit.html", "law-holidays", {"form": form, "year": year}, *crumbs, status=UNPROCESSABLE if failed else 200
    )  # fmt: skip


def _set(request: HttpRequest, form: YearForm, place: Division | None) -> bool:
    data, words, actor = form.cleaned_data, _("%(year)d 年放假安排已更新。") % {"year": form.year}, actor_of(request)

    def work() -> int:
        return services.set_holidays(
            form.arrangement(), source=data["source"], reason=data["reason"], actor=actor, division=place
        )

    return settled(request, form, words, work, law="days_off")


@require_POST
def restore(request: HttpRequest, year: int) -> HttpResponse:
    """Go back to the arrangement that is shipped or inherited."""
    require_settings(request)
    _known(year)
    reason = request.POST.get("reason", "")
    try:
        settle(
            request,
            _("已恢复 %(year)d 年原有的放假安排。") % {"year": year},
            lambda: services.restore_holidays(year, reason=reason, actor=actor_of(request), division=place_of(request)),
        )
    except LawbookFault as fault:
        return _shown(request, year, str(fault))
    return HttpResponseRedirect(reverse("law-year", args=[year]))


def _weekdays() -> list[str]:
    return [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]


def _known(year: int) -> None:
    if not services.FIRST_YEAR <= year <= services.LAST_YEAR:
        raise Http404(_("没有这一年的放假安排。"))


def spans(arrangement: HolidayYear) -> Iterator[Span]:
    """The days off as spans of days in a row, weekends within or at their ends included, named by their first own name."""
    days = sorted(arrangement.holidays)
    while days:
        first = last = days[0]
        while last + timedelta(days=1) in arrangement.holidays or _free_weekend(last + timedelta(days=1), arrangement):
            last += timedelta(days=1)
        while _free_weekend(first - timedelta(days=1), arrangement):
            first -= timedelta(days=1)
        names = [arrangement.holidays[day] for day in days if first <= day <= last]
        yield Span(_name(names), first, last, (last - first).days + 1)
        days = [day for day in days if day > last]


def _free_weekend(day: date, arrangement: HolidayYear) -> bool:
    return day.weekday() >= 5 and day not in arrangement.workdays and day.year == arrangement.year


def _name(names: list[str]) -> str:
    """The names of a span: without what only says from which day it was moved."""
    own = [name.partition("（")[0] for name in names if not name.startswith("休息日")]
    return "、".join(dict.fromkeys(own)) or names[0].partition("（")[0]


def _months(arrangement: HolidayYear) -> list[tuple[date, list[list[Day]]]]:
    found = []
    for month in range(1, 13):
        weeks = calendar.Calendar().monthdatescalendar(arrangement.year, month)
        found.append((date(arrangement.year, month, 1), [[_day(day, month, arrangement) for day in week] for week in weeks]))
    return found


def _day(day: date, month: int, arrangement: HolidayYear) -> Day:
    if day.month != month:
        return Day(None)
    if day in arrangement.workdays:
        return Day(day, _("班"), name=_("调休上班"))
    name = arrangement.holidays.get(day, "")
    weekend = day.weekday() >= 5
    return Day(day, _("休") if name else "", bool(name) or weekend, name)
