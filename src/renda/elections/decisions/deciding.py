"""Deciding one vote of one district under articles 44, 45, 53 and 57 of the Election Law. Plain Python, no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from renda.elections.decisions.impossible import refuse_impossible
from renda.elections.decisions.majority import majority
from renda.elections.decisions.outcome import RERUN_NEXT, TIE_NEXT, Decision, NextVote, Refusal
from renda.elections.decisions.records import BY_ELECTION, FIRST, RECALL, RERUN, TIE, Tally, VoteRecord, counts
from renda.elections.decisions.remarks import remarks
from renda.law import LawError, NotFixed
from renda.law.ballots import Law, Outcome, Validity, another_vote, first_vote, tie_vote, vote_is_valid
from renda.law.citing import cite_together
from renda.law.standing import RERUN as RERUN_LIST
from renda.law.standing import candidate_range, standing_again
from renda.law.values import Value


def decide(record: VoteRecord, law: Law) -> Decision:
    """What the law says of this vote: ``law`` reads parameters as of the day of the vote, under the county's packs and choices.

    Votes and needs are counted in votes, seats in seats. What the law leaves open stays open (``Decision.undecided``) unless a choice
    settles it. Errors: ImpossibleRecord where the figures cannot be; LawError where a choice needs a figure that is missing.
    """
    refuse_impossible(record, law)
    if record.round == RECALL:
        return _recall(record, law)
    if record.round == BY_ELECTION:
        return _by_election(record, law)
    validity = vote_is_valid(record.voters, record.participants, record.ballots_recovered, law, rerun=record.round != FIRST)
    return _decided(record, validity, law)


def decide_all(records: Iterable[VoteRecord | Refusal], law: Law) -> list[Decision | Refusal]:
    """Each record decided on its own; one that cannot be is refused alone, one refused already stays so."""
    found: list[Decision | Refusal] = []
    for record in records:
        if isinstance(record, Refusal):
            found.append(record)
            continue
        try:
            found.append(decide(record, law))
        except LawError as error:
            found.append(Refusal(record.district, record.round, str(error)))
    return found


def _decided(record: VoteRecord, validity: Validity, law: Law) -> Decision:
    said = (*remarks(record, law), *validity.warnings)
    if not validity.valid:
        return _void(record, validity, said)
    outcome = _outcome(record, law)
    found = Decision(
        record, True, _why_valid(validity), cite_together([*validity.articles, *outcome.articles]),
        needed=outcome.need or None, elected=outcome.elected, unfilled=record.seats - len(outcome.elected),
        turnout_needed=validity.need, undecided=outcome.undecided,
        warnings=(*said, *outcome.warnings, *_written_in(record, outcome, law)), working=(*validity.working, _papers(record, law), *outcome.working),
    )  # fmt: skip
    return _followed(found, outcome, law)


def _void(record: VoteRecord, validity: Validity, said: tuple[str, ...]) -> Decision:
    """Nobody is elected in a void vote, whatever the votes."""
    again = "选举无效，由选举委员会依法重新组织投票；在几日内进行，法律没有规定。"
    return Decision(
        record, False, "；".join(validity.reasons) + "。", cite_together(validity.articles), needed=None, unfilled=record.seats,
        turnout_needed=validity.need, warnings=(*said, again), working=(*validity.working, "选举无效，没有人当选。"),
    )  # fmt: skip


def _papers(record: VoteRecord, law: Law) -> str:
    """The ballots as they add up; blank ones are valid and give no vote (art. 44(2))."""
    rule = law("elec.count.valid_ballot").citation
    sums = f"收回 {record.ballots_recovered} 张 − 废票 {record.ballots_void} 张 = 有效 {record.ballots_valid} 张"
    return f"{rule}：{sums}，每张至多选 {record.seats} 人，各人得票合计 {record.votes_given} 票。"


def _why_valid(validity: Validity) -> str:
    turnout = "参加投票的选民过半数，" if validity.need is not None else ""
    return f"{turnout}收回的选票不多于投票人数，选举有效。"


def _outcome(record: VoteRecord, law: Law) -> Outcome:
    votes = counts(record.persons)
    if record.round == RERUN:
        return another_vote(record.seats, record.ballots_recovered, votes, law)
    if record.round == TIE:
        return tie_vote(record.seats, counts(one for one in record.persons if one.listed), law)
    return first_vote(record.seats, record.participants, votes, law, ballots=record.ballots_recovered)


def _followed(found: Decision, outcome: Outcome, law: Law) -> Decision:
    """The vote that comes next, or why none does."""
    if outcome.tied and (found.record.round != TIE or outcome.settled == "vote_again"):
        return replace(found, next=NextVote(TIE_NEXT, outcome.tied, outcome.tied_seats))
    if outcome.tied:
        words = outcome.undecided or f"{'、'.join(outcome.tied)}票数仍相等，由选举委员会抽签确定 {outcome.tied_seats} 人当选。"
        return replace(found, undecided=words, warnings=(*found.warnings, words))
    if not outcome.vacant or found.record.round == TIE:
        return found
    return _rerun(found, outcome, law) if found.record.round != RERUN else _still_short(found, outcome, law)


def _rerun(found: Decision, outcome: Outcome, law: Law) -> Decision:
    """Who stands in another election, by the order of this vote (art. 45(4)); written-in persons are not left out."""
    left: list[Tally] = [one for one in found.record.persons if one.name not in outcome.elected]
    standing = standing_again(outcome.vacant, counts(left), law)
    limits = candidate_range(outcome.vacant, law, kind=RERUN_LIST)
    following = NextVote(
        RERUN_NEXT, standing.candidates, outcome.vacant, limits.least, limits.most, standing.tied, standing.places
    )  # fmt: skip
    written = [one.name for one in left if not one.listed and one.name in (*standing.candidates, *standing.tied)]
    said = [*standing.warnings, *([standing.undecided] if standing.undecided else [])]
    if written:
        article = law("elec.count.rerun.candidates").citation
        said.append(
            f"{'、'.join(written)}是另选的人，按得票顺序列入另行选举的候选人：{article}只看第一次投票得票多少，没有排除另选的人；"
            "列入前请核实其选民资格并征求本人意见。"
        )
    return replace(
        found, next=following, undecided=standing.undecided, warnings=(*found.warnings, *said),
        working=(*found.working, *standing.working), article=cite_together([found.article, limits.article]),
    )  # fmt: skip


def _still_short(found: Decision, outcome: Outcome, law: Law) -> Decision:
    """After another election the national law goes no further; provinces leave the seat empty or forbid a further vote."""
    try:
        rule = law("elec.count.rerun.still_short")
    except NotFixed as error:
        words = f"另行选举后仍缺 {outcome.vacant} 名，是否再选举法律没有规定。{error}"
        return replace(found, undecided=words, warnings=(*found.warnings, words))
    ends = {"vacant": "名额暂时空缺", "no_more": "不再选举"}
    line = f"另行选举后仍缺 {outcome.vacant} 名，{ends[rule.value]}（{rule.citation if rule.pack else rule.source}）。"
    return replace(found, working=(*found.working, line))


def _written_in(record: VoteRecord, outcome: Outcome, law: Law) -> list[str]:
    names = [one.name for one in record.persons if not one.listed and one.name in outcome.elected]
    if not names:
        return []
    articles = cite_together([law("elec.vote.options").citation, law("elec.review.scope").citation])
    return [f"{'、'.join(names)}是另选的人当选，公布前请核实其选民资格（{articles}）。"]


def _by_election(record: VoteRecord, law: Law) -> Decision:
    """A by-election by the province's rules where a pack in use has them (art. 57(4)), else as a general election, with a warning."""
    local = law("byelection.details")
    reading = _locally(law, local)
    validity = vote_is_valid(record.voters, record.participants, record.ballots_recovered, reading)
    found = _decided(record, validity, reading)
    if local.pack and {"turnout", "win"} <= set(local.details):
        return found
    turnout = law("elec.count.turnout").citation
    where = (
        f"{local.citation}没有另写参加人数和当选票数"
        if local.pack
        else f"补选的具体办法由省级人大常委会规定（{local.citation}），没有启用地方规定"
    )
    return replace(found, warnings=(*found.warnings, f"{where}，此处按{turnout}；以本地规定为准。"))


def _locally(law: Law, local: Value) -> Law:
    """The law with a province's own shares for turnout and winning in a by-election."""
    keys = {"elec.count.turnout": "turnout", "elec.count.win.first": "win"}

    def read(key: str) -> Value:
        value = law(key)
        share = local.details.get(keys.get(key, "")) if local.pack else None
        if share is None:
            return value
        return replace(value, value=share, statute=local.statute, article=local.article, source=local.source, pack=local.pack)

    return read


def _recall(record: VoteRecord, law: Law) -> Decision:
    """A recall passes with more than half of all voters of the district, not of those who voted (art. 53(1))."""
    papers = law("elec.count.valid_election.ballots")
    found = majority("recall.majority", record.voters, law, votes=record.yes)
    sums = f"投票 {record.participants} 人，收回选票 {record.ballots_recovered} 张。"
    if record.ballots_recovered > record.participants:
        reason = f"收回的选票多于投票人数，本次表决无效（比照{papers.citation}）。"
        return Decision(
            record, False, reason, papers.citation, None, passed=False, warnings=tuple(remarks(record, law)), working=(sums,)
        )  # fmt: skip
    reason = "收回的选票不多于投票人数，表决有效。"
    line = f"{found.working.rstrip('。')}，罢免{'通过' if found.met else '没有通过'}。"
    return Decision(
        record, True, reason, found.article, found.needed, passed=found.met, warnings=tuple(remarks(record, law)), working=(sums, line)
    )  # fmt: skip
