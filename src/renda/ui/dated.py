"""Dates that rooms have to keep without a matter behind them (the legal dates of an election), for home, inbox, calendar and feed.

A room tells at start how its dates are found: ``@source`` above a function of the actor and a span of days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from renda.directory.gate import Actor


@dataclass(frozen=True)
class Dated:
    """Something to be done until a day. ``key`` never changes; ``kind`` is what the lists call it; ``tone`` and ``words`` say how it stands."""

    key: str
    day: date
    title: str
    kind: str
    url: str
    article: str = ""
    tone: str = ""
    words: str = ""


Source = Callable[[Actor, date | None, date], Iterable[Dated]]
"""Of an actor, from a day (None: all that is late too) to a last day."""
_sources: list[Source] = []


def source(found_by: Source) -> Source:
    """Have these dates shown."""
    if found_by not in _sources:
        _sources.append(found_by)
    return found_by


def found(actor: Actor, since: date | None, until: date) -> list[Dated]:
    """What the actor has to keep between two days, the nearest first; without ``since``, what is late as well."""
    several = [one for each in _sources for one in each(actor, since, until)]
    return sorted(several, key=lambda one: (one.day, one.key))
