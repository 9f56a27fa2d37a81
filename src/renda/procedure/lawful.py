"""What procedures ask of the law: last days of periods and articles, under the packs, holidays and choices of a matter's county."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from renda.law import Due, LawError
from renda.lawbook.reading import Context


@lru_cache(maxsize=50_000)
def counted(under: Context, laws: tuple[str, ...], start: date) -> tuple[str, Due] | None:
    """The first of these law keys that counts a period from a day, with the count; None where none of them has a value on that day."""
    for key in laws:
        try:
            return key, under.due(key, start)
        except LawError:
            continue
    return None


def counted_with_pause(under: Context, laws: tuple[str, ...], start: date, paused: int) -> tuple[str, Due] | None:
    """The same where days in between do not count: natural days end that much later, whatever day they begin on."""
    found = counted(under, laws, start)
    return counted(under, (found[0],), start + timedelta(days=paused)) if found and paused else found


def paused_days(pause: tuple[str, str], dates: Mapping[str, date], start: date) -> int:
    """The days of a period from ``start`` that do not count: from the first milestone of the pause to its last, both included."""
    first, last = (dates.get(code) for code in pause)
    if first is None or last is None or last < max(first, start):
        return 0
    return (last - max(first, start)).days + 1


def last_day(under: Context, laws: tuple[str, ...], start: date) -> date | None:
    """The last day of the period; None where the law of that day sets none."""
    found = counted(under, laws, start)
    return found[1].date if found else None


@lru_cache(maxsize=5_000)
def citation(under: Context, key: str, day: date) -> str:
    """The article that a key rests on, as a letter would cite it; empty where the law of that day had none."""
    try:
        return under.parameter(key, as_of=day).citation
    except LawError:
        return ""


def citations(under: Context, keys: Iterable[str], day: date) -> str:
    """The articles of several keys, each once."""
    return "；".join(dict.fromkeys(filter(None, (citation(under, key, day) for key in keys))))
