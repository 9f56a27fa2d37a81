"""The quota of a congress as a program reads it. The arithmetic is ``renda.law.quotas``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from renda.law.citing import cite_together
from renda.law.declarations import NOTHING
from renda.law.quotas import deputy_quota


def quota(
    level: str, population: int, *, as_of: date, packs: Iterable[str] = (), choices: Mapping[str, Any] = NOTHING
) -> dict[str, Any]:
    """The most seats of a ``county`` or ``township`` congress for ``population`` persons (选举法 12): seats, base, added, capped, article.

    ``may_be_fewer``: the population is so small that the law allows less than the base. Errors: those of ``deputy_quota``.
    """
    found = deputy_quota(level, population, as_of=as_of, packs=packs, choices=choices)
    return {
        "level": level,
        "population": population,
        "as_of": as_of.isoformat(),
        "seats": found.seats,
        "base": found.base,
        "added": found.added,
        "extra": found.extra,
        "capped": found.capped,
        "may_be_fewer": found.may_be_fewer,
        "article": cite_together(found.articles),
        "notes": list(found.notes),
        "working": list(found.working),
    }
