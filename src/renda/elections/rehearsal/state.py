"""What the parts of a rehearsal hand on: the election, who acts in it, what was found, what must hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from renda.directory.gate import Actor
    from renda.directory.models import Division
    from renda.elections.models import Election, ElectoralDistrict
    from renda.elections.rehearsal.people import People

VOTERS_TO_A_DISTRICT = 2_500
LEAST_VOTERS_OF_A_DISTRICT = 100
MOST_DISTRICTS = 200
DAYS_AHEAD = 70
"""From the first act of a rehearsal to its election day."""


class RehearsalFault(RuntimeError):
    """The rehearsal cannot go on; the text (Chinese) says where and why."""


@dataclass(frozen=True)
class Size:
    """How large the made-up county is. Raises ValueError for a size in which the cases of the law do not fit."""

    voters: int
    districts: int
    seed: int = 1

    def __post_init__(self) -> None:
        if self.districts < 3:
            raise ValueError("至少要 3 个选区，才演练得到再次投票、另行选举和缺额。")
        if self.voters < self.districts * LEAST_VOTERS_OF_A_DISTRICT:
            raise ValueError(f"每个选区平均至少要 {LEAST_VOTERS_OF_A_DISTRICT} 名选民，请减少选区或者增加选民。")

    @classmethod
    def of(cls, voters: int, districts: int | None) -> Size:
        """As asked; without a number of districts, as many as a county of that size draws."""
        usual = min(MOST_DISTRICTS, max(3, voters // VOTERS_TO_A_DISTRICT))
        return cls(voters, districts if districts is not None else usual)


@dataclass(frozen=True)
class Check:
    """What must hold: its name, and the numbers that must be equal."""

    name: str
    expected: Any
    found: Any

    @property
    def ok(self) -> bool:
        """Whether it holds."""
        return bool(self.expected == self.found)

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {"name": self.name, "ok": self.ok, "expected": self.expected, "found": self.found}


@dataclass
class Part:
    """A part that was gone through: its key and title, the seconds that it took, the numbers that it came to."""

    name: str
    title: str
    seconds: float
    facts: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {"name": self.name, "title": self.title, "seconds": round(self.seconds, 2), "facts": self.facts}


@dataclass
class Rehearsal:
    """A rehearsal under way. ``folder`` takes its files; ``day`` is the election day, ``begin`` the day of its first act.

    ``sign_ins``: name and first password of the accounts, for who keeps the rehearsal to look at it.
    """

    size: Size
    folder: Path
    begin: date
    told: Callable[[int, int, str], None] = lambda done, total, what: None
    checks: list[Check] = field(default_factory=list)
    plans: dict[int, str] = field(default_factory=dict)
    sign_ins: dict[str, str] = field(default_factory=dict)
    division: Division = field(init=False)
    election: Election = field(init=False)
    clerk: Actor = field(init=False)
    tellers: Sequence[Actor] = field(init=False)
    districts: list[ElectoralDistrict] = field(default_factory=list)
    people: People = field(init=False)

    @property
    def day(self) -> date:
        """Election day."""
        return self.begin + timedelta(days=DAYS_AHEAD)

    def check(self, name: str, expected: Any, found: Any) -> None:
        """Note what must be equal."""
        self.checks.append(Check(name, expected, found))


Facts = dict[str, int]
Step = Callable[[Rehearsal], Facts]
