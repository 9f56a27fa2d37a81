"""Who stands: how many candidates the law allows for the seats of a district, and who stands in another election.

Articles 25(2), 31(2), 45(4) and 57(4) of the Election Law (2020).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from renda.law.ballots import Law, Votes, cut
from renda.law.citing import cite_together
from renda.law.errors import LawError, NotFixed
from renda.law.thresholds import required

FIRST, RERUN, BY_ELECTION = "first", "rerun", "by_election"


@dataclass(frozen=True)
class Standing:
    """The candidates of another election, in the order of the first; ``tied`` are equal at the last place (``places`` are left for them).

    ``undecided`` says what the law leaves open and nobody has chosen; ``settled`` is the county's choice (``draw``, ``tie_vote``,
    ``list_all``).
    """

    candidates: tuple[str, ...]
    tied: tuple[str, ...] = ()
    undecided: str = ""
    working: tuple[str, ...] = ()
    places: int = 0
    settled: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Range:
    """The fewest and the most candidates (persons), with the articles that say so and what must be said beside them."""

    least: int
    most: int
    article: str
    notes: tuple[str, ...] = ()


def seats_of_a_district(seats: int, law: Law) -> list[str]:
    """A district elects one to three deputies (art. 25(2)): the fault in one sentence, or nothing."""
    rule = law("elec.district.seats")
    low, high = rule.value["min"], rule.value["max"]
    if low <= seats <= high:
        return []
    return [f"每一选区应选代表为 {low} 至 {high} 名，不能是 {seats} 名（{rule.citation}）。"]


def candidate_range(seats: int, law: Law, *, kind: str = FIRST) -> Range:
    """How many formal candidates ``seats`` seats have: a third to one time more (art. 31(2)), in another election too (art. 45(4)).

    A by-election may have as many as seats (art. 57(4)). ``seats``: those to be filled. ValueError for another kind.
    """
    low, high = law("elec.cand.surplus.min"), law("elec.cand.surplus.max")
    least = seats + required(low.value, low.comparison, seats)
    most = seats + required(high.value, high.comparison, seats)
    if kind == FIRST:
        return Range(least, most, low.citation)
    if kind == RERUN:
        return Range(least, most, cite_together([law("elec.count.rerun.candidates").citation, low.citation]))
    if kind == BY_ELECTION:
        rule = law("byelection.candidates").citation
        note = (
            f"补选可以差额也可以等额（{rule}），没有另写最高差额，此处按{high.citation}的最高差额；"
            "具体办法由省级人大常委会规定，以本地规定为准。"
        )
        return Range(seats, most, cite_together([rule, high.citation]), (note,))
    raise ValueError(kind)


def standing_again(seats: int, votes: Votes, law: Law, *, number: int | None = None) -> Standing:
    """Who stands in another election for ``seats`` seats: by the order of the first vote, two for one seat (art. 45(4), 31(2)).

    ``votes``: all who got any and are not elected, written-in names too: the article speaks of the order of votes alone. ``number`` is
    how many the election committee wants; otherwise the fewest that the law allows, or as many more, up to the most, as it takes to keep equal
    ones together. Errors: LawError for a number that the law does not allow.
    """
    limits = candidate_range(seats, law, kind=RERUN)
    if number is not None and not limits.least <= number <= limits.most:
        words = f"另行选举应选 {seats} 名，候选人应为 {limits.least} 至 {limits.most} 人，不能是 {number} 人"
        raise LawError(f"{words}（{limits.article}）。")
    wanted = number or limits.least
    sure, equal = cut(votes, wanted)
    head = f"{law('elec.count.rerun.candidates').citation}：另行选举应选 {seats} 名"
    order = "按第一次投票得票多少的顺序"
    if equal and number is None and len(sure) + len(equal) <= limits.most:
        together = len(sure) + len(equal)
        line = f"{head}，候选人 {together} 人，{order}；第 {wanted} 位{'、'.join(equal)}得票相同，一并列入仍在法定差额之内。"
        return Standing((*sure, *equal), working=(line,))
    line = f"{head}，候选人 {wanted} 人，{order}。"
    if not equal:
        return _short(sure, wanted, line, limits)
    return _equal(sure, equal, wanted - len(sure), (line,), limits, law)


def _short(sure: Sequence[str], wanted: int, line: str, limits: Range) -> Standing:
    if len(sure) >= wanted:
        return Standing(tuple(sure), working=(line,))
    words = f"第一次投票得票的其余人选只有 {len(sure)} 人，不足另行选举须有的 {limits.least} 名候选人（{limits.article}）"
    return Standing(tuple(sure), undecided=f"{words}；缺额如何补足，法律没有规定，请报选举委员会确定。", working=(line,))


def _equal(sure: Sequence[str], equal: Sequence[str], places: int, lines: tuple[str, ...], limits: Range, law: Law) -> Standing:
    lines += (f"{'、'.join(equal)}得票相同，只有 {places} 个位置。",)
    try:
        chosen = str(law("choice.rerun.tie_order").value)
    except NotFixed as error:
        return Standing(tuple(sure), tuple(equal), str(error), lines, places)
    if chosen == "list_all":
        everybody = (*sure, *equal)
        over = (
            f"相同者全部列入后候选人为 {len(everybody)} 人，超过法定的 {limits.most} 人（{limits.article}），请报选举委员会确定。"
        )
        warnings = (over,) if len(everybody) > limits.most else ()
        return Standing(everybody, working=(*lines, "相同者全部列入。"), settled=chosen, warnings=warnings)
    how = "由选举委员会抽签确定。" if chosen == "draw" else "就相同者再次投票确定。"
    return Standing(tuple(sure), tuple(equal), "", (*lines, how), places, chosen)
