"""Periods that a figure can be asked for: a year, a span, a term, between two sessions, at a date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory.models import Division, Term
from renda.directory.models.divisions import Level


class NoSuchPeriod(ValueError):
    """The period asked for is not known; the text says what is missing and where to enter it."""


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included; ``name`` is how it reads. ``earlier`` is what comes before it, where that is no year."""

    start: date
    end: date
    name: str
    earlier: Period | None = None

    @property
    def before(self) -> Period:
        """The term before a term; else the same period a year earlier (whole years: as many years earlier as the period has)."""
        if self.earlier:
            return self.earlier
        whole = (self.start.month, self.start.day) == (1, 1) and (self.end.month, self.end.day) == (12, 31)
        if whole and self.start.year == self.end.year:
            return year(self.start.year - 1)
        years = self.end.year - self.start.year + 1 if whole else 1
        return span(_years_back(self.start, years), _years_back(self.end, years))


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), _("%(year)d年") % {"year": number})


def span(start: date, end: date) -> Period:
    """From one day to another, both included. NoSuchPeriod where they are in the wrong order."""
    if end < start:
        raise NoSuchPeriod(_("结束日期 %(end)s 早于开始日期 %(start)s，请核对") % {"end": end, "start": start})
    return Period(start, end, _("%(first)s至%(last)s") % {"first": _day(start), "last": _day(end)})


def up_to(day: date) -> Period:
    """The year up to a day; a stock is taken at that day."""
    return Period(date(day.year, 1, 1), day, _("截至%(day)s") % {"day": _day(day)})


def term(number: int, level: str, division: Division) -> Period:
    """A term of the congress of a division, up to today where it still runs."""
    found = Term.objects.alive().filter(level=level, number=number, division=division).first()
    found = found or Term.objects.alive().filter(level=level, number=number, division__in=_county(division)).first()
    if found is None:
        raise NoSuchPeriod(
            _("没有登记%(label)s第%(number)s届的起止日期，请先在“届次”台账登记")
            % {"label": _(str(Level(level).label)), "number": number}
        )
    end = min(found.ends_on, clock.today()) if found.ends_on else clock.today()
    return Period(found.starts_on, max(end, found.starts_on), str(found), _term_before(found))


def _term_before(found: Term) -> Period | None:
    """The term before, up to the eve of this one, when its deputies were still in office."""
    before = Term.objects.alive().filter(level=found.level, number=found.number - 1, division=found.division).first()
    if before is None or before.starts_on >= found.starts_on:
        return None
    eve = min(before.ends_on or found.starts_on, found.starts_on) - timedelta(days=1)
    return Period(before.starts_on, max(eve, before.starts_on), str(before))


def session(number: int, division: Division) -> Period:
    """Since the session before up to session ``number`` of the running term's congress, as the meetings room knows them."""
    if not _session_sources:
        raise NoSuchPeriod(_("没有登记人民代表大会会议，不能按两次会议之间统计"))
    return _session_sources[0](number, division)


_session_sources: list[Callable[[int, Division], Period]] = []


def provide_sessions(source: Callable[[int, Division], Period]) -> None:
    """The meetings room tells when congress sessions took place."""
    _session_sources[:] = [source]


def _county(division: Division) -> object:
    parts = division.path.split(".")
    return Division.objects.filter(path__in=[".".join(parts[:n]) for n in range(1, len(parts) + 1)])


def _years_back(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _day(day: date) -> str:
    return _("%(y)d年%(m)d月%(d)d日") % {"y": day.year, "m": day.month, "d": day.day}


def months(number: int) -> list[Period]:
    """The twelve months of a year."""
    starts = [date(number, month, 1) for month in range(1, 13)] + [date(number + 1, 1, 1)]
    return [Period(a, b - timedelta(days=1), _("%(m)d月") % {"m": a.month}) for a, b in pairwise(starts)]
