"""Votes of one electoral district as the Election Law reads them: is the vote valid, who is elected, who is voted on again.

Articles 44 and 45 of the Election Law (2020). Names and numbers in, a result with its working out; what the law leaves open (a second
tie, the order of equal candidates in another election) is answered by the county's choice and left undecided without one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from renda.law.errors import LawError, NotFixed
from renda.law.thresholds import meets, required
from renda.law.values import Value

Law = Callable[[str], Value]
"""Reads a parameter of the law as of the day of the vote (a partial of ``law.parameter``, or a county's context)."""
Votes = Mapping[str, int]


@dataclass(frozen=True)
class Validity:
    """Whether a vote of a district counts at all, with the reasons where it does not."""

    valid: bool
    reasons: tuple[str, ...]
    working: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """Who is elected. ``tied``: equal ones of whom only ``tied_seats`` can be; ``vacant``: seats that another election fills.

    ``undecided`` says what the law does not settle and nobody has chosen; empty where all is settled.
    """

    elected: tuple[str, ...]
    vacant: int
    tied: tuple[str, ...] = ()
    tied_seats: int = 0
    need: int = 0
    undecided: str = ""
    working: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """The candidates of another election, in the order of the first; ``tied`` are equal at the last place."""

    candidates: tuple[str, ...]
    tied: tuple[str, ...] = ()
    undecided: str = ""
    working: tuple[str, ...] = field(default=())


def ballot_is_valid(chosen: int, seats: int, law: Law) -> bool:
    """A ballot that chooses more than the seats is void; a blank one is valid and gives no vote (art. 44(2))."""
    rule = law("elec.count.valid_ballot")
    return chosen <= required(rule.value, rule.comparison, seats)


def vote_is_valid(voters: int, took_part: int, ballots: int, law: Law, *, rerun: bool = False) -> Validity:
    """More than half of all voters took part (art. 45(1)), and no more ballots than persons who voted (art. 44(1)).

    Whether the first holds for another election too, the law does not say: ``choice.rerun.turnout``.
    """
    reasons, working = [], []
    turnout, papers = law("elec.count.turnout"), law("elec.count.valid_election.ballots")
    if not rerun or law("choice.rerun.turnout").value == "yes":
        need = required(turnout.value, turnout.comparison, voters)
        working.append(f"{turnout.citation}：全体选民 {voters} 人，须 {need} 人以上参加投票，实际 {took_part} 人。")
        if not meets(turnout.value, turnout.comparison, took_part, voters):
            reasons.append(f"参加投票的选民没有过半数（{turnout.citation}）")
    working.append(f"{papers.citation}：投票 {took_part} 人，收回选票 {ballots} 张。")
    if ballots > took_part:
        reasons.append(f"收回的选票多于投票人数，本次选举无效（{papers.citation}）")
    return Validity(not reasons, tuple(reasons), tuple(working))


def first_vote(seats: int, took_part: int, votes: Votes, law: Law, *, ballots: int | None = None) -> Outcome:
    """Those with the votes of more than half of the voters who took part, the highest first, as far as there are seats (art. 45).

    ``votes`` holds every name that got any, written-in ones too. ``ballots`` is needed where the county counts by ballots
    (``elec.count.win.base``); where both are known and lead to different results, a warning says so.
    """
    base = _base(took_part, ballots, law)
    found = _first(seats, base, votes, law)
    other = took_part if base != took_part else ballots
    if other not in (None, base) and _first(seats, other, votes, law).elected != found.elected:  # type: ignore[arg-type]
        words = "按投票人数和按收回选票数计算，当选结果不同，请报选举委员会确定。"
        found = Outcome(**{**vars(found), "warnings": (words,)})
    return found


def _base(took_part: int, ballots: int | None, law: Law) -> int:
    if law("elec.count.win.base").value == "participants":
        return took_part
    if ballots is None:
        raise LawError("本县选择以收回的选票数为当选基数，请填写收回的选票数。")
    return ballots


def _first(seats: int, base: int, votes: Votes, law: Law) -> Outcome:
    rule = law("elec.count.win.first")
    need = required(rule.value, rule.comparison, base)
    over = {name: number for name, number in votes.items() if number >= need}
    working = [f"{rule.citation}：参加投票 {base} 人，须得 {need} 票以上；达到的 {len(over)} 人，应选 {seats} 名。"]
    return _seated(seats, over, need, working, law)


def another_vote(seats: int, ballots: int, votes: Votes, law: Law) -> Outcome:
    """Another election for the seats left: the highest votes, but at least a third of the ballots (art. 45(5))."""
    rule = law("elec.count.rerun.win")
    need = required(rule.value, rule.comparison, ballots)
    over = {name: number for name, number in votes.items() if number >= need}
    working = [f"{rule.citation}：选票 {ballots} 张，得票不得少于 {need} 票；达到的 {len(over)} 人，应选 {seats} 名。"]
    return _seated(seats, over, need, working, law)


def tie_vote(seats: int, votes: Votes, law: Law) -> Outcome:
    """A new vote among equal ones alone: the highest are elected (art. 45(3)); equal again, the county's rule says."""
    rule = law("elec.count.tie")
    found = _seated(
        seats, votes, 0, [f"{rule.citation}：只就票数相等的 {len(votes)} 人再次投票，应选 {seats} 名，得票多的当选。"], law
    )
    if not found.tied:
        return found
    try:
        chosen = law("choice.second_tie")
    except NotFixed as error:
        return Outcome(**{**vars(found), "undecided": str(error)})
    if chosen.value == "vacant":
        return Outcome(found.elected, found.vacant + found.tied_seats, working=(*found.working, "再次投票仍相等，名额暂时空缺。"))
    words = "再次投票仍相等，由选举委员会抽签确定。" if chosen.value == "draw" else "再次投票仍相等，继续就相等者投票。"
    return Outcome(**{**vars(found), "working": (*found.working, words)})


def standing_again(seats: int, votes: Votes, law: Law, *, number: int | None = None) -> Standing:
    """Who stands in another election for ``seats`` seats: by the order of the first vote, two for one seat (art. 45(4), 31(2)).

    ``number`` is how many candidates the election committee wants; the fewest that the law allows by default.
    """
    least, most = _range(seats, law)
    wanted = least if number is None else number
    if not least <= wanted <= most:
        raise LawError(
            f"另行选举应选 {seats} 名，候选人应为 {least} 至 {most} 人，不能是 {wanted} 人（{law('elec.cand.surplus.min').citation}）。"
        )
    rule = law("elec.count.rerun.candidates")
    sure, equal = _cut(votes, wanted)
    working = [f"{rule.citation}：另行选举应选 {seats} 名，候选人 {wanted} 人，按第一次投票得票多少的顺序。"]
    if not equal:
        return Standing(tuple(sure), working=tuple(working))
    working.append(f"{'、'.join(equal)}得票相同，只有 {wanted - len(sure)} 个位置。")
    try:
        chosen = law("choice.rerun.tie_order")
    except NotFixed as error:
        return Standing(tuple(sure), tuple(equal), str(error), tuple(working))
    if chosen.value == "list_all":
        return Standing((*sure, *equal), working=(*working, "相同者全部列入。"))
    how = "由选举委员会抽签确定。" if chosen.value == "draw" else "就相同者再次投票确定。"
    return Standing(tuple(sure), tuple(equal), "", (*working, how))


def _range(seats: int, law: Law) -> tuple[int, int]:
    low, high = law("elec.cand.surplus.min"), law("elec.cand.surplus.max")
    return seats + required(low.value, low.comparison, seats), seats + required(high.value, high.comparison, seats)


def _seated(seats: int, over: Votes, need: int, working: Iterable[str], law: Law) -> Outcome:
    """The highest of those over the line; equal ones at the last seat are voted on again."""
    sure, equal = _cut(over, seats)
    left = seats - len(sure)
    lines = list(working)
    if equal:
        lines.append(f"{law('elec.count.tie').citation}：{'、'.join(equal)}票数相等，只有 {left} 个名额，就这几人再次投票。")
        return Outcome(tuple(sure), 0, tuple(equal), left, need, working=tuple(lines))
    if len(over) > seats:
        lines.append(f"{law('elec.count.more_than_seats').citation}：超过应选名额，得票多的当选。")
    if left:
        lines.append(f"{law('elec.count.rerun.trigger').citation}：不足 {left} 名，另行选举。")
    return Outcome(tuple(sure), left, need=need, working=tuple(lines))


def _cut(votes: Votes, places: int) -> tuple[list[str], list[str]]:
    """The names sure of a place, highest first, and those that are equal where the places end (empty where none are)."""
    ordered = sorted(votes, key=lambda name: -votes[name])
    if len(ordered) <= places or places <= 0:
        return ordered[: max(places, 0)], []
    last = votes[ordered[places - 1]]
    if votes[ordered[places]] != last:
        return ordered[:places], []
    return [name for name in ordered if votes[name] > last], [name for name in ordered if votes[name] == last]
