"""What is settled for a division, as arguments for ``law``: read once per edition of the settings, kept by each process.

Which edition is in force is asked of the database once per web request, and outside of requests at each question.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.core import signals
from django.db.models import F

from renda import law
from renda.core import clock, exchanges
from renda.directory.models import Division
from renda.directory.models.divisions import Level
from renda.law.calendars import HolidayYear as Arrangement
from renda.law.calendars import WorkCalendar
from renda.law.deadlines import Due
from renda.law.values import Value
from renda.lawbook.models import Choice, DayKind, HolidayYear, PackUse

Place = Division | int | None


@dataclass(frozen=True, eq=False)
class Context:
    """The settings of one division, as ``law`` takes them. Equal only to itself, so that it may stand in keys of caches."""

    packs: tuple[str, ...]
    holidays: WorkCalendar
    dated_choices: Mapping[str, tuple[tuple[date | None, str], ...]]
    """Key → (from when, value), oldest first."""
    edition: UUID | None = None
    _by_day: dict[date, Mapping[str, str]] = field(default_factory=dict)

    @property
    def choices(self) -> Mapping[str, str]:
        """The choices in force today."""
        return self.choices_on(clock.today())

    def choices_on(self, day: date) -> Mapping[str, str]:
        """The choices in force on a day."""
        if not any(since for rows in self.dated_choices.values() for since, _ in rows):
            day = date.min
        if day not in self._by_day:
            chosen = {
                key: value for key, rows in self.dated_choices.items() for since, value in rows if since is None or since <= day
            }
            self._by_day[day] = MappingProxyType(chosen)
        return self._by_day[day]

    def parameter(self, key: str, *, as_of: date | None = None) -> Value:
        """``law.parameter`` under these settings, by default as of today; errors as there."""
        day = as_of or clock.today()
        return law.parameter(key, as_of=day, packs=self.packs, choices=self.choices_on(day))

    def due(self, key: str, start: date, *, as_of: date | None = None, extended: bool = False) -> Due:
        """``law.due`` under these settings and this calendar; errors as there."""
        chosen = self.choices_on(as_of or start)
        return law.due(key, start, packs=self.packs, choices=chosen, holidays=self.holidays, as_of=as_of, extended=extended)


class _Loaded:
    """All settings in force of one edition, by the path of their division ("" for the whole deployment)."""

    def __init__(self, edition: UUID | None) -> None:
        self.edition = edition
        self.packs: dict[str, list[str]] = {}
        self.choices: dict[str, dict[str, list[tuple[date | None, str]]]] = {}
        self.years: dict[str, dict[int, Arrangement]] = {}
        self.places: set[str] = set()
        self.home = ""
        self._contexts: dict[str, Context] = {}
        self._paths: dict[int, str] = {}
        if edition is not None:
            self._read()

    def _read(self) -> None:
        alive: dict[str, Any] = {"ended_at__isnull": True}
        for path, pack in PackUse.objects.filter(**alive).order_by("position").values_list("division__path", "pack"):
            self.packs.setdefault(path or "", []).append(pack)
        rows = Choice.objects.filter(**alive).order_by("key", F("since").asc(nulls_first=True))
        for path, key, since, value in rows.values_list("division__path", "key", "since", "value"):
            self.choices.setdefault(path or "", {}).setdefault(key, []).append((since, value))
        for year in HolidayYear.objects.filter(**alive).select_related("division").prefetch_related("days"):
            self.years.setdefault(year.division.path if year.division else "", {})[year.year] = arrangement_of(year)
        self.places = {path for table in (self.packs, self.choices, self.years) for path in table if path}
        if self.places:
            larger = Division.objects.filter(path__in=self.places).exclude(level=Level.TOWNSHIP)
            whole = list(larger.values_list("path", flat=True))
            self.home = whole[0] if len(whole) == 1 else ""

    def context(self, place: Place) -> Context:
        path = self._path(place)
        if path not in self._contexts:
            self._contexts[path] = self._built(path)
        return self._contexts[path]

    def _path(self, place: Place) -> str:
        if self.edition is None or not self.places:
            return ""
        if place is None:
            return self.home
        if isinstance(place, Division):
            return place.path
        if place not in self._paths:
            self._paths[place] = Division.objects.filter(pk=place).values_list("path", flat=True).first() or ""
        return self._paths[place]

    def _built(self, path: str) -> Context:
        parts = path.split(".") if path else []
        ladder = ["", *(".".join(parts[: n + 1]) for n in range(len(parts)))]
        packs = next((self.packs[step] for step in reversed(ladder) if step in self.packs), [])
        choices: dict[str, list[tuple[date | None, str]]] = {}
        years: dict[int, Arrangement] = {}
        for step in ladder:
            choices |= self.choices.get(step, {})
            years |= self.years.get(step, {})
        dated = MappingProxyType({key: tuple(rows) for key, rows in choices.items()})
        return Context(tuple(packs), WorkCalendar(years, over_shipped=True), dated, self.edition)


def arrangement_of(year: HolidayYear) -> Arrangement:
    """A stored arrangement as ``law`` takes it."""
    days = list(year.days.all())
    off = {one.day: one.name for one in days if one.kind == DayKind.OFF}
    return Arrangement(year.year, year.status, off, frozenset(one.day for one in days if one.kind == DayKind.WORK))


IN_FORCE = "SELECT token FROM lawbook_edition ORDER BY id LIMIT 1"
_local = threading.local()
_lock = threading.Lock()
_known: _Loaded | None = None


def context(division: Place = None) -> Context:
    """What is settled for a division: its own settings before those of what it lies in, those before the whole deployment's.

    Without a division: the deployment's settings, and those of the one county (or larger division) that has any, where there is only one.
    """
    return _current().context(division)


def _current() -> _Loaded:
    kept: _Loaded | None = getattr(_local, "loaded", None)
    if kept is not None and getattr(_local, "in_request", False):
        return kept
    global _known
    token = next((row[0] for row in exchanges.ask(IN_FORCE, [])), None)
    found = _known
    if found is None or found.edition != token:
        found = _Loaded(token)
        with _lock:
            _known = found
    _local.loaded = found
    return found


def forget() -> None:
    """Ask for the edition anew at the next question (after a change of one's own)."""
    _local.loaded = None


def _begin(**_more: object) -> None:
    _local.loaded, _local.in_request = None, True


def _end(**_more: object) -> None:
    _local.loaded, _local.in_request = None, False


def follow_requests() -> None:
    """Have each web request ask for the edition once."""
    signals.request_started.connect(_begin, dispatch_uid="lawbook.begin")
    signals.request_finished.connect(_end, dispatch_uid="lawbook.end")
