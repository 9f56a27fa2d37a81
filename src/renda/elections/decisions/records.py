"""What is known of one vote in one district, as its scrutineers sign it: persons and ballots, never who voted how."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

FIRST, RERUN, TIE, BY_ELECTION, RECALL = "first", "rerun", "tie", "by_election", "recall"
ROUNDS: Mapping[str, str] = MappingProxyType(
    {FIRST: "第一次投票", RERUN: "另行选举", TIE: "再次投票", BY_ELECTION: "补选", RECALL: "罢免"}
)

_TOGETHER = frozenset({
    "其他", "其它", "其他人", "其它人", "其他人员", "其他选民", "其他人选", "另选", "另选人", "另选他人", "另选其他人", "另选其他选民", "另选他人合计",
    "另选合计", "另选人合计", "散票", "零散票", "other", "others", "write-in", "write-ins",
})  # fmt: skip
_NO_VOTE = frozenset({
    "反对", "反对票", "弃权", "弃权票", "废票", "作废", "作废票", "无效票", "空白", "空白票", "合计", "总计", "小计", "against", "abstain", "abstention",
    "abstentions", "blank", "void", "total",
})  # fmt: skip


_BRACKETED = re.compile(r"[（(].*?[)）]")


def _bare(name: str) -> str:
    """A name without what stands in brackets: 另选他人（共 3 人） is 另选他人."""
    return _BRACKETED.sub("", name).strip().lower()


@dataclass(frozen=True)
class Tally:
    """One name on the tally and its votes. ``listed``: a formal candidate; otherwise written in (另选他人, art. 41)."""

    name: str
    votes: int
    listed: bool = True

    @property
    def together(self) -> bool:
        """A sum of several written-in persons, which stands for nobody who could be elected."""
        return _bare(self.name) in _TOGETHER

    @property
    def no_vote(self) -> bool:
        """A line about ballots (against, abstaining, void, a total) that gives nobody a vote."""
        return _bare(self.name) in _NO_VOTE


@dataclass(frozen=True)
class VoteRecord:
    """One vote of one district. ``participants`` are the voters who took part, those who voted by proxy (``proxies``) included.

    ``seats``: those to be filled in this vote. ``ballots_void`` are among ``ballots_recovered``. A recall has ``yes`` instead of ``votes``
    and may name the ``deputy``.
    """

    district: str
    round: str
    voters: int
    participants: int
    ballots_recovered: int
    ballots_void: int = 0
    seats: int = 1
    votes: tuple[Tally, ...] = ()
    yes: int | None = None
    proxies: int | None = None
    deputy: str = ""

    @property
    def ballots_valid(self) -> int:
        """Ballots recovered that are not void; blank ones are among them (art. 44(2))."""
        return self.ballots_recovered - self.ballots_void

    @property
    def persons(self) -> tuple[Tally, ...]:
        """The lines that name one person."""
        return tuple(one for one in self.votes if not (one.together or one.no_vote))

    @property
    def votes_given(self) -> int:
        """All votes for persons, those for written-in ones that are summed up included."""
        return sum(one.votes for one in self.votes if not one.no_vote)


def counts(tallies: Iterable[Tally]) -> dict[str, int]:
    """Names and votes, in the order of the tally."""
    return {one.name: one.votes for one in tallies}
