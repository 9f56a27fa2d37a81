"""Whether a number of candidates is lawful for the seats of a district. Plain Python, no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from renda.law import LawError
from renda.law.ballots import Law
from renda.law.standing import FIRST, candidate_range, seats_of_a_district


@dataclass(frozen=True)
class Surplus:
    """The answer: ``allowed``, the fewest and the most candidates (persons) for ``seats``, and the article that says so."""

    kind: str
    seats: int
    candidates: int
    allowed: bool
    least: int
    most: int
    article: str
    reason: str
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; ``min`` and ``max`` are persons."""
        return {
            "kind": self.kind,
            "seats": self.seats,
            "candidates": self.candidates,
            "allowed": self.allowed,
            "min": self.least,
            "max": self.most,
            "article": self.article,
            "reason": self.reason,
            "notes": list(self.notes),
        }


def check_candidates(seats: int, candidates: int, law: Law, *, kind: str = FIRST) -> Surplus:
    """Whether ``candidates`` formal candidates may stand for ``seats`` seats (选举法 31(2), 45(4), 57(4)).

    ``kind``: ``first``, ``rerun`` (seats: those left) or ``by_election``. Errors: LawError where a district cannot have so many seats
    (选举法 25(2)), ValueError for another kind.
    """
    if faults := seats_of_a_district(seats, law):
        raise LawError("".join(faults))
    limits = candidate_range(seats, law, kind=kind)
    allowed = limits.least <= candidates <= limits.most
    span = f"{limits.least} 人" if limits.least == limits.most else f"{limits.least} 至 {limits.most} 人"
    words = "符合" if allowed else "不符合"
    reason = f"应选 {seats} 名，候选人应为 {span}，{candidates} 人{words}法定差额（{limits.article}）。"
    warning = law("elec.cand.surplus.min").warning
    notes = (*limits.notes, *((warning,) if warning else ()))
    return Surplus(kind, seats, candidates, allowed, limits.least, limits.most, limits.article, reason, notes)
