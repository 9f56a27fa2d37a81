"""What procedures ask of the law: last days of periods and articles, under the packs, holidays and choices of the county."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from renda.law import Due, LawError, parameter
from renda.law import due as law_due


@lru_cache(maxsize=50_000)
def counted(laws: tuple[str, ...], start: date) -> tuple[str, Due] | None:
    """The first of these law keys that counts a period from a day, with the count; None where none of them has a value on that day."""
    for key in laws:
        try:
            return key, law_due(key, start)
        except LawError:
            continue
    return None


def last_day(laws: tuple[str, ...], start: date) -> date | None:
    """The last day of the period; None where the law of that day sets none."""
    found = counted(laws, start)
    return found[1].date if found else None


@lru_cache(maxsize=5_000)
def citation(key: str, day: date) -> str:
    """The article that a key rests on, as a letter would cite it; empty where the law of that day had none."""
    try:
        return parameter(key, as_of=day).citation
    except LawError:
        return ""


def citations(keys: Iterable[str], day: date) -> str:
    """The articles of several keys, each once."""
    return "；".join(dict.fromkeys(filter(None, (citation(key, day) for key in keys))))


def forget() -> None:
    """Forget what was counted: the county's choices, packs or holidays changed."""
    counted.cache_clear()
    citation.cache_clear()
