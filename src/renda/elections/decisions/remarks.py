"""What should be looked at beside a decision although it decides nothing: ballots missing, lists too long, sums that name nobody."""

from __future__ import annotations

from collections.abc import Iterator

from renda.elections.decisions.records import BY_ELECTION, RECALL, RERUN, TIE, VoteRecord
from renda.law.ballots import Law
from renda.law.standing import BY_ELECTION as BY_ELECTION_LIST
from renda.law.standing import FIRST as FIRST_LIST
from renda.law.standing import RERUN as RERUN_LIST
from renda.law.standing import candidate_range
from renda.law.thresholds import required


def remarks(record: VoteRecord, law: Law) -> list[str]:
    """Warnings about the record itself, in Chinese; an empty list where nothing strikes."""
    turnout = law("recall.majority" if record.round == RECALL else "elec.count.turnout")
    dated = [turnout.warning] if turnout.warning else []
    return [*dated, *_ballots(record), *_proxies(record, law), *_lines(record, law)]


def _ballots(record: VoteRecord) -> Iterator[str]:
    missing = record.participants - record.ballots_recovered
    if missing > 0:
        yield f"收回的选票比投票人数少 {missing} 张，请与未交回的选票核对。"
    if missing < 0:
        yield "请先核对投票人数是否漏计了委托他人投票的选民，再宣布无效；委托人也是参加投票的选民。"


def _proxies(record: VoteRecord, law: Law) -> Iterator[str]:
    most = law("elec.vote.proxy.max")
    mandates, present = record.proxies or 0, record.participants - (record.proxies or 0)
    if mandates > int(most.value) * present:
        yield f"委托投票 {mandates} 人，亲自投票 {present} 人，必有人接受的委托超过 {most.value} 人（{most.citation}），请核对。"


def _lines(record: VoteRecord, law: Law) -> Iterator[str]:
    if record.round == RECALL:
        return
    for one in record.votes:
        if one.together:
            yield f"“{one.name}”{one.votes} 票是几个人的合计，不是一个人的得票，不能据此当选；其中有人票数可能达到要求的，请分列姓名。"
    listed = sum(one.listed for one in record.persons)
    if record.round == TIE:
        yield from _tie(record, listed, law)
        return
    kind = {RERUN: RERUN_LIST, BY_ELECTION: BY_ELECTION_LIST}.get(record.round, FIRST_LIST)
    limits = candidate_range(record.seats, law, kind=kind)
    if listed > limits.most:
        yield f"候选人 {listed} 人，应选 {record.seats} 名至多 {limits.most} 人（{limits.article}），请核对候选人名单。"
    if record.round == RERUN:
        yield from _third_of_valid(record, law)


def _tie(record: VoteRecord, listed: int, law: Law) -> Iterator[str]:
    others = [one.name for one in record.persons if not one.listed]
    article = law("elec.count.tie").citation
    if others:
        yield f"再次投票只在票数相等的候选人中进行（{article}），{'、'.join(others)}的得票不计。"
    if listed <= record.seats:
        yield f"票数相等的只有 {listed} 人，应选 {record.seats} 名，不需要再次投票，请核对（{article}）。"


def _third_of_valid(record: VoteRecord, law: Law) -> Iterator[str]:
    """The law says only 选票: a name that has a third of the valid ballots but not of those recovered is worth a word."""
    rule = law("elec.count.rerun.win")
    need = required(rule.value, rule.comparison, record.ballots_recovered)
    lower = required(rule.value, rule.comparison, record.ballots_valid)
    between = [one.name for one in record.persons if lower <= one.votes < need]
    if between:
        yield (
            f"{'、'.join(between)}的得票达到有效票的三分之一（{lower} 票）而不足收回选票的三分之一（{need} 票）；"
            f"{rule.citation}只写“选票”，此处按收回的选票计，请报选举委员会确定。"
        )
