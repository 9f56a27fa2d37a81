"""What the voting pages show: rounds with their turnout and bars, and the election in sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from renda.directory.gate import Actor
from renda.elections.models import Election, Round, VoteRound
from renda.elections.voting import rounds, turnout
from renda.elections.voting.turnout import Turnout

BAR = 400
"""Width of a full bar, in the units of its drawing."""


@dataclass(frozen=True)
class Row:
    """A round as a list shows it: its turnout, the bar and the half line in the bar's units, and its state."""

    round: VoteRound
    turnout: Turnout

    @property
    def bar(self) -> int:
        """How far the bar reaches."""
        return min(BAR, round(BAR * self.turnout.participants / self.turnout.voters)) if self.turnout.voters else 0

    @property
    def line(self) -> int:
        """Where the line of more than half of all voters stands."""
        return round(BAR * self.turnout.half / self.turnout.voters) if self.turnout.voters else BAR // 2

    @property
    def tone(self) -> str:
        """The tone of the round's state."""
        if self.round.settled_at:
            return "done"
        return "done" if self.turnout.enough else "run" if self.turnout.participants else "idle"

    @property
    def words(self) -> str:
        """The round's state in words."""
        if self.round.confirmed_on:
            return _("已确认")
        if self.round.settled_at:
            return _("已核定")
        if self.turnout.enough:
            return _("已过半数")
        return _("正在投票") if self.turnout.participants else _("待投票")


@dataclass(frozen=True)
class Whole:
    """All first votes of an election in sum: voters, participants, districts over the line, boxes that have told."""

    voters: int
    participants: int
    districts: int
    over: int
    told: int
    boxes: int

    @property
    def rate(self) -> float:
        """Percent of all voters."""
        return 100 * self.participants / self.voters if self.voters else 0.0


def rows_of(actor: Actor, election: Election) -> list[Row]:
    """The rounds of an election with their turnout. A fixed number of queries."""
    found = rounds.rounds_of(actor, election)
    took_part = turnout.of_rounds(found)
    return [Row(one, took_part[one.pk]) for one in found]


def whole(rows: Sequence[Row]) -> Whole:
    """The sum over the latest first vote of each district; another election adds no voters."""
    last = {row.round.district_id: row for row in rows if row.round.kind == Round.FIRST}
    each = [row.turnout for row in last.values()]
    return Whole(
        sum(one.voters for one in each), sum(one.participants for one in each), len(each), sum(one.enough for one in each),
        sum(one.told for one in each), sum(one.boxes for one in each),
    )  # fmt: skip
