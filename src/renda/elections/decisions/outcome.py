"""The answer about one vote: valid or not, who is elected, what is voted on next, with articles and arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from renda.elections.decisions.records import RECALL, VoteRecord

RERUN_NEXT, TIE_NEXT = "rerun", "tie_vote"


@dataclass(frozen=True)
class NextVote:
    """The vote that follows: another election (``rerun``) or a new vote among equal ones (``tie_vote``), for ``seats`` seats.

    A rerun has ``least`` to ``most`` candidates; ``tied`` are equal ones for ``places`` that are left among them, where the law leaves
    open who of them stands.
    """

    kind: str
    candidates: tuple[str, ...]
    seats: int
    least: int = 0
    most: int = 0
    tied: tuple[str, ...] = ()
    places: int = 0

    def as_json(self) -> dict[str, Any]:
        """``kind``, ``candidates``, ``seats``; for another election also ``min``, ``max``, ``tied`` and ``places``."""
        plain = {"kind": self.kind, "candidates": list(self.candidates), "seats": self.seats}
        if self.kind == TIE_NEXT:
            return plain
        return plain | {"min": self.least, "max": self.most, "tied": list(self.tied), "places": self.places}


@dataclass(frozen=True)
class Decision:
    """What the law says of one vote.

    ``needed``: votes a name needs to be elected (a recall: to pass); None where there is no such line or nothing is valid.
    ``unfilled``: seats of this vote that nobody has. ``undecided``: what the law leaves open and nobody has chosen. ``passed`` is of a
    recall alone. ``turnout_needed``: voters who had to take part, None where the law does not ask.
    """

    record: VoteRecord
    valid: bool
    reason: str
    article: str
    needed: int | None
    elected: tuple[str, ...] = ()
    unfilled: int = 0
    next: NextVote | None = None
    undecided: str = ""
    passed: bool | None = None
    turnout_needed: int | None = None
    warnings: tuple[str, ...] = ()
    working: tuple[str, ...] = ()

    @property
    def error(self) -> str:
        """Nothing: the record was decided."""
        return ""

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values, figures of the record included."""
        found = _figures(self.record) | {
            "valid": self.valid,
            "reason": self.reason,
            "article": self.article,
            "turnout_needed": self.turnout_needed,
            "needed": self.needed,
            "elected": list(self.elected),
            "unfilled": self.unfilled,
            "next": self.next.as_json() if self.next else None,
            "undecided": self.undecided or None,
            "warnings": list(self.warnings),
            "working": list(self.working),
            "error": None,
        }
        return found | ({"passed": self.passed} if self.record.round == RECALL else {})


@dataclass(frozen=True)
class Refusal:
    """A record that cannot be decided, and why; nothing is concluded from it."""

    district: str
    round: str
    error: str
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same keys as a decision; ``error`` says what is impossible, nobody is elected."""
        found: dict[str, Any] = {
            "district": self.district, "round": self.round, "valid": False, "reason": self.error, "article": None, "turnout_needed": None,
            "needed": None, "elected": [], "unfilled": None, "next": None, "undecided": None, "warnings": list(self.warnings),
            "working": [], "error": self.error,
        }  # fmt: skip
        return found | ({"passed": None} if self.round == RECALL else {})


def _figures(record: VoteRecord) -> dict[str, Any]:
    """The figures of the record that the answer rests on."""
    return {
        "district": record.district,
        "round": record.round,
        **({"deputy": record.deputy or None} if record.round == RECALL else {"seats": record.seats}),
        "voters": record.voters,
        "participants": record.participants,
        "ballots_recovered": record.ballots_recovered,
        "ballots_void": record.ballots_void,
        "ballots_valid": record.ballots_valid,
    }
