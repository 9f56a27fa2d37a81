"""What cannot be in a record of votes: more votes than ballots allow, more voters than there are. Such a record is refused, not decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from renda.elections.decisions.records import RECALL, RERUN, ROUNDS, TIE, VoteRecord
from renda.law import LawError
from renda.law.ballots import Law, vote_is_valid
from renda.law.standing import seats_of_a_district
from renda.law.thresholds import required

_CHECK = "请核对计票记录。"


class ImpossibleRecord(LawError):
    """The figures of a record contradict each other or the law of districts; ``faults`` names each contradiction (Chinese)."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("".join(faults) + _CHECK)
        self.faults = tuple(faults)


def refuse_impossible(record: VoteRecord, law: Law) -> None:
    """Raise ImpossibleRecord where the figures cannot be; a vote that is merely void under the law is no contradiction."""
    if faults := [*_figures(record), *_votes(record, law)]:
        raise ImpossibleRecord(faults)


def _figures(record: VoteRecord) -> Iterator[str]:
    if record.round not in ROUNDS:
        yield f"轮次“{record.round}”不认识，应为 {'、'.join(ROUNDS.values())}。"
    named = {
        "选民数": record.voters, "投票人数": record.participants, "收回选票": record.ballots_recovered,
        "废票": record.ballots_void, "委托投票": record.proxies or 0, "赞成罢免": record.yes or 0,
    }  # fmt: skip
    for name, number in named.items():
        if number < 0:
            yield f"{name} {number} 是负数，不可能。"
    if record.voters == 0:
        yield "选民数是 0，不可能。"
    if record.participants > record.voters:
        yield f"投票人数 {record.participants} 多于全体选民 {record.voters}，不可能。"
    if record.ballots_void > record.ballots_recovered:
        yield f"废票 {record.ballots_void} 张多于收回的选票 {record.ballots_recovered} 张，不可能。"
    if (record.proxies or 0) > record.participants:
        yield f"委托投票 {record.proxies} 人多于投票人数 {record.participants}，不可能。"


def _votes(record: VoteRecord, law: Law) -> Iterator[str]:
    if record.round == RECALL:
        yield from _recall(record)
        return
    yield from seats_of_a_district(record.seats, law)
    if not record.votes and not _void_anyway(record, law):
        yield "没有写各人的得票。"
    yield from _names(record)
    valid = record.ballots_valid
    if valid < 0 or record.seats < 1:
        return
    for one in record.persons:
        if one.votes > valid:
            yield f"{one.name}得 {one.votes} 票，多于有效票 {valid} 张，不可能。"
    rule = law("elec.count.valid_ballot")
    most = required(rule.value, rule.comparison, record.seats) * valid
    if record.votes_given > most:
        sums = f"有效票 {valid} 张、每张最多选 {record.seats} 人，合计最多 {most} 票"
        yield f"各人得票合计 {record.votes_given} 票，而{sums}，不可能（{rule.citation}）。"


def _void_anyway(record: VoteRecord, law: Law) -> bool:
    """A vote that is void needs no tally: too few took part, or there are more ballots than voters."""
    if record.voters < 1 or record.participants < 0:
        return False
    return not vote_is_valid(
        record.voters, record.participants, record.ballots_recovered, law, rerun=record.round in (RERUN, TIE)
    ).valid


def _names(record: VoteRecord) -> Iterator[str]:
    if any(not one.name.strip() for one in record.votes):
        yield "有得票没有写姓名。"
    for name, times in Counter(one.name.strip() for one in record.votes).items():
        if name and times > 1:
            yield f"“{name}”出现了 {times} 次；同一人的得票应合计为一行，同名的两人请加注区别。"
    for one in record.votes:
        if one.votes < 0:
            yield f"{one.name}得 {one.votes} 票，票数不能是负数。"


def _recall(record: VoteRecord) -> Iterator[str]:
    if record.yes is None:
        yield "罢免没有写赞成票数（yes）。"
    elif record.yes > record.ballots_valid >= 0:
        yield f"赞成罢免 {record.yes} 票，多于有效票 {record.ballots_valid} 张，不可能。"
