"""Votes of one electoral district as the Election Law reads them: is the vote valid, who is elected, who is voted on again.

Articles 44 and 45 of the Election Law (2020). Names and numbers in, a result with its working out; what the law leaves open (a second
tie, the order of equal candidates in another election) is answered by the county's choice and left undecided without one.
All counts are of persons or ballots, never shares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from renda.law.errors import LawError, NotFixed
from renda.law.thresholds import meets, required
from renda.law.values import Value

Law = Callable[[str], Value]
"""Reads a parameter of the law as of the day of the vote (a partial of ``law.parameter``, or a county's context)."""
Votes = Mapping[str, int]

REVOTE_TURNOUT = "choice.rerun.turnout"


@dataclass(frozen=True)
class Validity:
    """Whether a vote of a district counts at all, with the reasons where it does not.

    ``need``: how many voters had to take part (None where that is not asked). ``articles``: those broken, or all that were asked.
    """

    valid: bool
    reasons: tuple[str, ...]
    working: tuple[str, ...]
    need: int | None = None
    articles: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Who is elected. ``tied``: equal ones of whom only ``tied_seats`` can be; ``vacant``: seats that another election fills.

    ``undecided`` says what the law does not settle and nobody has chosen; empty where all is settled. ``settled`` is the county's
    choice for a second tie (``draw``, ``vote_again``, ``vacant``).
    """

    elected: tuple[str, ...]
    vacant: int
    tied: tuple[str, ...] = ()
    tied_seats: int = 0
    need: int = 0
    undecided: str = ""
    working: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    settled: str = ""
    articles: tuple[str, ...] = ()


def ballot_is_valid(chosen: int, seats: int, law: Law) -> bool:
    """A ballot that chooses more than the seats is void; a blank one is valid and gives no vote (art. 44(2))."""
    rule = law("elec.count.valid_ballot")
    return chosen <= required(rule.value, rule.comparison, seats)


def vote_is_valid(voters: int, took_part: int, ballots: int, law: Law, *, rerun: bool = False) -> Validity:
    """More than half of all voters took part (art. 45(1)), and no more ballots than persons who voted (art. 44(1)).

    ``rerun``: another election or a new vote among equal ones. Whether the first rule holds there too, the law does not say:
    ``choice.rerun.turnout``; the answer warns where that choice decides.
    """
    reasons, working, warnings, broken = [], [], [], []
    turnout, papers = law("elec.count.turnout"), law("elec.count.valid_election.ballots")
    need = required(turnout.value, turnout.comparison, voters)
    enough = meets(turnout.value, turnout.comparison, took_part, voters)
    asked = not rerun or law(REVOTE_TURNOUT).value == "yes"
    rules = [*([turnout.citation] if asked else []), papers.citation]
    if asked:
        part = _share(voters, turnout, need, "人")
        working.append(
            f"{turnout.citation}：全体选民 {voters} 人，{part}参加投票；实际 {took_part} 人，{'达到' if enough else '没有达到'}。"
        )
        if not enough:
            reasons.append(f"参加投票的选民没有过半数，须 {need} 人以上（{turnout.citation}）")
            broken.append(turnout.citation)
    if rerun and not enough:
        warnings.append(_turnout_doubt(asked))
    working.append(f"{papers.citation}：投票 {took_part} 人，收回选票 {ballots} 张。")
    if ballots > took_part:
        reasons.append(f"收回的选票多于投票人数，本次选举无效（{papers.citation}）")
        broken.append(papers.citation)
    return Validity(
        not reasons, tuple(reasons), tuple(working), need if asked else None, tuple(broken or rules), tuple(warnings)
    )  # fmt: skip


def _turnout_doubt(asked: bool) -> str:
    how = "此处按须过半数计" if asked else "此处按不要求过半数计"
    return f"参加投票的选民没有过半数；另行选举、再次投票是否也须过半数选民参加，法律没有规定，{how}（{REVOTE_TURNOUT}，本县可以改选）。"


def first_vote(seats: int, took_part: int, votes: Votes, law: Law, *, ballots: int | None = None) -> Outcome:
    """Those with the votes of more than half of the voters who took part, the highest first, as far as there are seats (art. 45).

    ``votes`` holds every name that got any, written-in ones too. ``ballots`` is needed where the county counts by ballots
    (``elec.count.win.base``); where both are known and lead to different results, a warning says so.
    """
    base, word = _base(took_part, ballots, law)
    found = _first(seats, base, word, votes, law)
    other = took_part if base != took_part else ballots
    if other is None or other == base:
        return found
    second = _first(seats, other, word, votes, law)
    if (second.elected, second.tied) == (found.elected, found.tied):
        return found
    words = (
        f"按投票人数和按收回选票数计算，当选结果不同：以 {base} 为基数须 {found.need} 票，以 {other} 为基数须 {second.need} 票"
        f"（届时当选：{'、'.join(second.elected) or '无'}）。法律没有写明基数，请报选举委员会确定。"
    )
    return replace(found, warnings=(words,))


def _base(took_part: int, ballots: int | None, law: Law) -> tuple[int, str]:
    if law("elec.count.win.base").value == "participants":
        return took_part, f"参加投票 {took_part} 人"
    if ballots is None:
        raise LawError("本县选择以收回的选票数为当选基数，请填写收回的选票数。")
    return ballots, f"收回选票 {ballots} 张（本县以收回的选票数为基数）"


def _first(seats: int, base: int, word: str, votes: Votes, law: Law) -> Outcome:
    rule = law("elec.count.win.first")
    need = required(rule.value, rule.comparison, base)
    over = {name: number for name, number in votes.items() if number >= need}
    working = [f"{rule.citation}：{word}，{_share(base, rule, need, '票')}；{_reached(votes, over)}，应选 {seats} 名。"]
    return _seated(seats, over, need, working, [rule.citation], law)


def _share(whole: int, rule: Value, need: int, unit: str) -> str:
    """How a share becomes a count: 3001 ÷ 2 = 1500.5，须超过，即 1501 人以上."""
    exact = rule.value * whole
    shown = str(exact) if exact.denominator == 1 else f"{float(exact):.2f}".rstrip("0")
    sums = f"{whole} ÷ {rule.value.denominator}" if rule.value.numerator == 1 else f"{whole} × {rule.value}"
    how = "须超过" if rule.comparison == "more_than" else "不得少于"
    return f"{sums} = {shown}，{how}，即 {need} {unit}以上"


def _reached(votes: Votes, over: Votes) -> str:
    """Who has how many votes, the highest first, and how many reach the line."""
    ordered = sorted(votes.items(), key=lambda one: -one[1])
    return f"{'，'.join(f'{name} {number} 票' for name, number in ordered)}，达到的 {len(over)} 人"


def another_vote(seats: int, ballots: int, votes: Votes, law: Law) -> Outcome:
    """Another election for the seats left: the highest votes, but at least a third of the ballots (art. 45(5)).

    ``ballots``: those recovered, void ones included. Equal ones at the last seat are voted on again as paragraph 3 says of the
    first vote; the law has no words of its own for that, and a warning says so. Seats still empty stay so: no second rerun is written.
    """
    rule = law("elec.count.rerun.win")
    need = required(rule.value, rule.comparison, ballots)
    over = {name: number for name, number in votes.items() if number >= need}
    working = [
        f"{rule.citation}：选票 {ballots} 张，{_share(ballots, rule, need, '票')}；{_reached(votes, over)}，应选 {seats} 名。"
    ]
    found = _seated(seats, over, need, working, [rule.citation], law, again=False)
    if not found.tied:
        return found
    tie = law("elec.count.tie").citation
    return replace(
        found, warnings=(f"另行选举得票相等如何处理，法律没有单独规定，比照第一次投票的规定就相等者再次投票（{tie}）。",)
    )


def tie_vote(seats: int, votes: Votes, law: Law) -> Outcome:
    """A new vote among equal ones alone: the highest are elected (art. 45(3)); equal again, the county's rule says."""
    rule = law("elec.count.tie")
    given = "，".join(f"{name} {number} 票" for name, number in votes.items())
    working = (f"{rule.citation}：只就票数相等的 {len(votes)} 人再次投票，应选 {seats} 名，得票多的当选；{given}。",)
    sure, equal = cut(votes, seats)
    left = seats - len(sure)
    found = Outcome(
        tuple(sure), 0 if equal else left, tuple(equal), left if equal else 0, working=working, articles=(rule.citation,)
    )
    if not equal:
        return found
    words = f"再次投票后{'、'.join(equal)}仍相等，只有 {left} 个名额"
    try:
        chosen = law("choice.second_tie")
    except NotFixed as error:
        return replace(found, undecided=str(error), working=(*working, f"{words}；如何处理法律没有规定。"))
    ends = {
        "vacant": "名额暂时空缺",
        "draw": "由选举委员会抽签确定",
        "vote_again": "继续就相等者投票",
    }
    lines = (*working, f"{words}，{ends[chosen.value]}（{_source(chosen)}）。")
    if chosen.value == "vacant":
        return replace(found, vacant=left, tied=(), tied_seats=0, working=lines, settled="vacant")
    return replace(found, working=lines, settled=str(chosen.value))


def _source(chosen: Value) -> str:
    """A pack's article, or the words that the county chose so."""
    return chosen.citation if chosen.pack else chosen.source


def _seated(
    seats: int, over: Votes, need: int, working: Iterable[str], articles: Iterable[str], law: Law, *, again: bool = True
) -> Outcome:
    """The highest of those over the line; equal ones at the last seat are voted on again. ``again``: what is left has another election."""
    sure, equal = cut(over, seats)
    left = seats - len(sure)
    lines, cited = list(working), list(articles)
    if equal:
        tie = law("elec.count.tie").citation
        lines.append(f"{tie}：{'、'.join(equal)}票数相等，只有 {left} 个名额，就这几人再次投票。")
        return Outcome(tuple(sure), 0, tuple(equal), left, need, working=tuple(lines), articles=(*cited, tie))
    if len(over) > seats:
        rule = law("elec.count.more_than_seats").citation
        lines.append(f"{rule}：超过应选名额，得票多的当选。")
        cited.append(rule)
    if left and again:
        rule = law("elec.count.rerun.trigger").citation
        lines.append(f"{rule}：不足 {left} 名，另行选举。")
        cited.append(rule)
    return Outcome(tuple(sure), left, need=need, working=tuple(lines), articles=tuple(cited))


def cut(votes: Votes, places: int) -> tuple[list[str], list[str]]:
    """The names sure of a place, highest first, and those that are equal where the places end (empty where none are)."""
    ordered = sorted(votes, key=lambda name: -votes[name])
    if len(ordered) <= places or places <= 0:
        return ordered[: max(places, 0)], []
    last = votes[ordered[places - 1]]
    if votes[ordered[places]] != last:
        return ordered[:places], []
    return [name for name in ordered if votes[name] > last], [name for name in ordered if votes[name] == last]
