"""How a made-up district votes: the ordinary case, and the cases of the law that a rehearsal must go through.

TIE: two equal at the last seat, so they are voted on again (选举法 45(3)). SHORT: one winner too few, so another election (45(4)).
VACANT: too few in the rerun as well, so the seat stays vacant. QUIET: half or fewer took part, so the vote counts for nothing (45(1)).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from renda.elections.counting.tallies import Figures, Line

PLAIN, TIE, SHORT, VACANT, QUIET = "plain", "tie", "short", "vacant", "quiet"
WRITTEN_IN = "另选的人"
_WINNERS = (80, 74, 68)
_USUAL, _FEW = 86, 40
"""Percent of the voters who take part."""


@dataclass(frozen=True)
class Day:
    """What happens in one round: who takes part (in person and by proxy), and what both boxes give out and take back."""

    participants: int
    by_proxy: int
    mobile: int
    not_returned: int

    @property
    def station(self) -> int:
        """Voters in person at the station."""
        return self.participants - self.by_proxy - self.mobile

    @property
    def recovered(self) -> int:
        """Ballots that come out of the boxes."""
        return self.participants - self.not_returned


def day_of(voters: int, plan: str, number: int) -> Day:
    """The day of the ``number``-th vote of a district."""
    share = _FEW if plan == QUIET and number == 1 else _USUAL
    participants = voters * share // 100
    return Day(participants, participants * 3 // 100, participants // 10, min(1, participants // 50))


def figures_of(day: Day, kind: str, plan: str, seats: int, names: Sequence[str]) -> Figures:
    """What a correct count of the round gives. ``names`` in the order of the ballot."""
    void = day.recovered // 100
    valid = day.recovered - void
    shares = _shares(kind, plan, seats, len(names))
    lines = [Line(name, valid * share // 100) for name, share in zip(names, shares, strict=True)]
    if kind == "first":
        lines.append(Line(WRITTEN_IN, 1, listed=False))
    return Figures(day.recovered, void, tuple(lines))


def miscounted(figures: Figures) -> Figures:
    """The same count with one ballot of the first candidate overlooked."""
    first, *others = figures.lines
    return Figures(figures.recovered, figures.void, (Line(first.name, first.votes - 1, first.listed), *others))


def _shares(kind: str, plan: str, seats: int, names: int) -> list[int]:
    """Percent of the valid ballots for each candidate; together never above seats × ballots."""
    if kind == "tie":
        return [55, *[40 // max(1, names - 1)] * (names - 1)]
    if kind == "rerun":
        return _rest(30 if plan == VACANT else 60, 25, seats, names)
    winners = list(_WINNERS[:seats]) if seats > 1 else [62]
    if plan == TIE:
        return [*_WINNERS[: seats - 1], *[55] * (names - seats + 1)]
    if plan in (SHORT, VACANT):
        return [*_WINNERS[: seats - 1], 45, *[40 // (names - seats)] * (names - seats)]
    return [*winners, *[30 // (names - seats)] * (names - seats)]


def _rest(best: int, other: int, seats: int, names: int) -> list[int]:
    return [*[best] * min(1, seats), *[other // max(1, names - 1)] * (names - 1)]
