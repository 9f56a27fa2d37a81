"""Seats of a congress from the population, and candidates for seats, by the law of the day (选举法第十二条、第三十一条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from renda.law.declarations import NOTHING
from renda.law.thresholds import required
from renda.law.values import parameter

LEVELS = ("county", "township")


@dataclass(frozen=True)
class Quota:
    """The total of seats with its working; ``may_be_fewer`` says that the law allows a small population less than the base."""

    seats: int
    may_be_fewer: bool
    working: tuple[str, ...]
    articles: tuple[str, ...]


def deputy_quota(level: str, population: int, *, as_of: date, choices: Mapping[str, Any] = NOTHING) -> Quota:
    """Seats of a county or township congress for ``population`` persons, without the extra 5 % that a province may add.

    Whole steps only, as the visible default for ``elec.quota.rounding`` says. Errors: ValueError for another level or no people.
    """
    if level not in LEVELS or population < 0:
        raise ValueError(f"{level} {population}")
    base, step, cap, small = (parameter(f"elec.quota.{level}.{part}", as_of=as_of) for part in ("base", "step", "cap", "small"))
    parameter("elec.quota.rounding", as_of=as_of, choices=choices)  # refuses a choice that is not offered
    added = population // int(step.value)
    total = int(base.value) + added
    working = [f"基数 {base.value} 名，人口 {population} ÷ {step.value} 计 {added} 名（不足一个单位不计），合计 {total} 名。"]
    threshold = cap.details.get("population_over")
    if total > int(cap.value) and (threshold is None or population > threshold):
        total = int(cap.value)
        working.append(f"超过上限，按 {cap.value} 名。")
    fewer = population < small.details["population_below"]
    if fewer:
        working.append(f"人口不足 {small.details['population_below']}，总名额可以少于 {small.value} 名。")
    return Quota(total, fewer, tuple(working), tuple(dict.fromkeys(one.citation for one in (base, step, cap))))


def candidate_range(seats: int, *, as_of: date) -> tuple[int, int]:
    """The fewest and the most formal candidates for ``seats`` seats of a district (one third to one time more)."""
    low = parameter("elec.cand.surplus.min", as_of=as_of)
    high = parameter("elec.cand.surplus.max", as_of=as_of)
    return seats + required(low.value, low.comparison, seats), seats + required(high.value, high.comparison, seats)


def posts_candidate_range(key: str, posts: int, *, as_of: date) -> tuple[int, int]:
    """The fewest and the most candidates for ``posts`` posts elected inside a congress, by the range of ``key``.

    ``pc.elect.deputy_posts.surplus`` adds whole persons, ``pc.elect.sc_members.surplus`` shares of the posts (rounded up to the
    least and down to the most that stay within the law).
    """
    limits = parameter(key, as_of=as_of).value
    low, high = limits["min"], limits["max"]
    if isinstance(low, int):
        return posts + low, posts + high
    return posts + required(low, "at_least", posts), posts + required(high, "at_most", posts)
