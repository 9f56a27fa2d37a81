"""Seats of a congress from the population, and candidates for posts inside a congress, by the law of the day (选举法第十二条)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from renda.law.ballots import Law
from renda.law.declarations import NOTHING
from renda.law.errors import NotFixed
from renda.law.thresholds import required
from renda.law.values import parameter
from renda.law.wording import in_words

LEVELS = ("county", "township")
EXTRA = "elec.quota.extra5.base"


@dataclass(frozen=True)
class Quota:
    """The total of seats with its working; ``may_be_fewer`` says that the law allows a small population less than the base.

    ``seats`` is the most that the law allows: ``base`` and ``added`` for the population, no more than the cap (``capped``), and the
    ``extra`` seats of a provincial decision where one was entered. ``notes`` is what must be said beside it.
    """

    seats: int
    may_be_fewer: bool
    working: tuple[str, ...]
    articles: tuple[str, ...]
    base: int = 0
    added: int = 0
    capped: bool = False
    extra: int = 0
    notes: tuple[str, ...] = ()


def deputy_quota(
    level: str, population: int, *, as_of: date, packs: Iterable[str] = (), choices: Mapping[str, Any] = NOTHING
) -> Quota:
    """The most seats that a county or township congress may have for ``population`` persons (art. 12(1), (2)).

    Whole steps only, as the visible default for ``elec.quota.rounding`` says. The extra 5 % (art. 12(3)) is never computed: the number
    that the provincial standing committee decided is entered as ``elec.quota.extra5.base`` and added.
    Errors: ValueError for another level or a negative population; LawError for a choice that is not offered.
    """
    if level not in LEVELS or population < 0:
        raise ValueError(f"{level} {population}")
    law = partial(parameter, as_of=as_of, packs=tuple(packs), choices=choices)
    base, step, cap, small = (law(f"elec.quota.{level}.{part}") for part in ("base", "step", "cap", "small"))
    rounding, formula = law("elec.quota.rounding"), law("elec.quota.formula")
    added = population // int(step.value)
    total = int(base.value) + added
    working = [f"基数 {base.value} 名，人口 {population} ÷ {step.value} 计 {added} 名（不足一个单位不计），合计 {total} 名。"]
    threshold = cap.details.get("population_over")
    capped = total > int(cap.value) and (threshold is None or population > threshold)
    if capped:
        total = int(cap.value)
        working.append(f"超过上限，按 {cap.value} 名。")
    fewer = population < small.details["population_below"]
    if fewer:
        working.append(f"人口不足 {small.details['population_below']}，总名额可以少于 {small.value} 名。")
    extra = _extra(level, choices, law, working)
    if total + extra > int(cap.value) and extra:
        working.append(f"另加后超过 {cap.value} 名的上限；是否可以超过，法律没有规定，以省级人大常委会的决定为准。")
    used = (base, step, cap, *((small,) if fewer else ()))
    notes = [*_notes(level, law), *(f"{value.title}：{value.warning}" for value in used if value.warning)]
    notes += [rounding.warning] if rounding.warning else []
    if fewer:
        notes.insert(
            0, f"人口不足 {small.details['population_below']}，代表总名额可以少于 {small.value} 名（{small.citation}）。"
        )
    return Quota(
        total + extra, fewer, tuple(working), tuple(dict.fromkeys(one.citation for one in (base, step, cap, formula))),
        int(base.value), added, capped, extra, tuple(dict.fromkeys(notes)),
    )  # fmt: skip


def _extra(level: str, choices: Mapping[str, Any], law: Law, working: list[str]) -> int:
    """The seats that a provincial decision adds; none where none was entered."""
    if EXTRA not in choices:
        return 0
    number = int(law(EXTRA).value)
    working.append(f"省级人大常委会决定另加 {number} 名（{law('elec.quota.extra5').citation}）。")
    return number


def _notes(level: str, law: Law) -> list[str]:
    """Who decides, what may still be added, whose population counts."""
    decider, extra, frozen = law(f"elec.quota.{level}.decider"), law("elec.quota.extra5"), law("elec.quota.frozen")
    notes = [
        f"这是依法最多的名额；具体名额由{'、'.join(decider.value)}确定（{decider.citation}）。",
        f"确定后不再变动；行政区划变动或者重大工程等造成人口较大变动的，重新确定（{frozen.citation}）。",
        f"聚居少数民族多或者人口分散的，经省级人大常委会决定可以另加百分之五，按决定的数字填入，不作推算（{extra.citation}）。",
    ]
    try:
        basis = law("elec.quota.population_basis")
    except NotFixed:
        return [*notes, "人口数以何种口径为准，法律没有规定，按省级人大常委会的规定。"]
    return [*notes, f"人口数的口径：{in_words(basis)}（{basis.citation if basis.pack else basis.source}）。"]


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
