"""What must hold of every vote, whatever its figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renda.elections.decisions import Decision, ImpossibleRecord, Tally, VoteRecord, decide
from renda.elections.decisions.surplus import check_candidates
from renda.law import parameter
from renda.law.ballots import Law
from renda.law.quotas import deputy_quota
from renda.law.standing import candidate_range

DAY = date(2026, 12, 29)
NAMES = "甲乙丙丁戊己"


def law_of(**choices: str) -> Law:
    return partial(parameter, as_of=DAY, choices={key.replace("__", "."): value for key, value in choices.items()})


LAW = law_of()


@st.composite
def possible(draw: st.DrawFn, rounds: tuple[str, ...] = ("first", "rerun", "tie", "by_election")) -> VoteRecord:
    """A record whose figures can be: built up from ballots, so that no sum is above what they allow."""
    voters = draw(st.integers(1, 60))
    participants = draw(st.integers(0, voters))
    recovered = draw(st.integers(0, participants + 2))
    void = draw(st.integers(0, recovered))
    seats = draw(st.integers(1, 3))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True))
    votes = dict.fromkeys(names, 0)
    for _ in range(recovered - void):
        for name in draw(st.lists(st.sampled_from(names), max_size=seats, unique=True)):
            votes[name] += 1
    written_in = draw(st.sets(st.sampled_from(names), max_size=1))
    tallies = tuple(Tally(name, number, name not in written_in) for name, number in votes.items())
    return VoteRecord("选区", draw(st.sampled_from(rounds)), voters, participants, recovered, void, seats, tallies)


def votes_of(record: VoteRecord) -> dict[str, int]:
    return {one.name: one.votes for one in record.votes}


@settings(max_examples=300)
@given(possible())
def test_never_more_elected_than_seats_and_seats_add_up(record: VoteRecord) -> None:
    found = decide(record, LAW)
    assert len(found.elected) <= record.seats
    assert len(set(found.elected)) == len(found.elected)
    assert len(found.elected) + found.unfilled == record.seats
    if found.next:
        assert 0 < found.next.seats <= found.unfilled


@settings(max_examples=300)
@given(possible())
def test_nobody_is_elected_in_a_void_vote_and_it_is_void_for_a_reason(record: VoteRecord) -> None:
    found = decide(record, LAW)
    assert found.valid == (record.ballots_recovered <= record.participants and 2 * record.participants > record.voters)
    if not found.valid:
        assert (found.elected, found.next, found.needed) == ((), None, None)
        assert found.reason
        assert "《选举法》" in found.article


@settings(max_examples=300)
@given(possible())
def test_who_is_elected_reached_the_line_and_beat_the_rest(record: VoteRecord) -> None:
    found, votes = decide(record, LAW), votes_of(record)
    for name in found.elected:
        assert votes[name] >= (found.needed or 0)
        assert all(votes[other] <= votes[name] for other in votes if other not in found.elected and counts(record, other))
    if record.round in ("first", "by_election") and found.valid:
        assert all(2 * votes[name] > record.participants for name in found.elected)
    if record.round == "rerun" and found.valid:
        assert all(3 * votes[name] >= record.ballots_recovered for name in found.elected)


def counts(record: VoteRecord, name: str) -> bool:
    """In a new vote among equal ones nobody else can be elected."""
    return record.round != "tie" or next(one.listed for one in record.votes if one.name == name)


@settings(max_examples=200)
@given(possible(), st.randoms())
def test_the_order_of_the_candidates_does_not_matter(record: VoteRecord, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(record.votes)
    random.shuffle(shuffled)
    one, other = decide(record, LAW), decide(replace(record, votes=tuple(shuffled)), LAW)
    assert set(one.elected) == set(other.elected)
    assert (one.unfilled, one.needed, one.valid, bool(one.undecided)) == (
        other.unfilled,
        other.needed,
        other.valid,
        bool(other.undecided),
    )
    assert (one.next is None) == (other.next is None)
    if one.next and other.next:
        assert (one.next.kind, one.next.seats, set(one.next.tied)) == (other.next.kind, other.next.seats, set(other.next.tied))
        assert set(one.next.candidates) == set(other.next.candidates)


@settings(max_examples=300)
@given(possible(), st.data())
def test_more_votes_keep_the_elected_elected(record: VoteRecord, data: st.DataObject) -> None:
    found = decide(record, LAW)
    if not found.elected:
        return
    name = data.draw(st.sampled_from(sorted(found.elected)))
    more = tuple(replace(one, votes=one.votes + 1) if one.name == name else one for one in record.votes)
    try:
        again = decide(replace(record, votes=more), LAW)
    except ImpossibleRecord:
        return
    assert name in again.elected


@settings(max_examples=300)
@given(possible())
def test_a_tie_is_among_equals_exactly(record: VoteRecord) -> None:
    found, votes = decide(record, LAW), votes_of(record)
    if not (found.next and found.next.kind == "tie_vote"):
        return
    numbers = {votes[name] for name in found.next.candidates}
    assert len(numbers) == 1
    level = numbers.pop()
    everybody = {name for name, number in votes.items() if number == level and counts(record, name)}
    assert set(found.next.candidates) == everybody
    assert len(everybody) > found.next.seats
    assert all(votes[name] > level for name in found.elected)


@settings(max_examples=300)
@given(possible(("first", "by_election")))
def test_another_election_stays_within_the_surplus_and_leaves_out_the_elected(record: VoteRecord) -> None:
    found, votes = decide(record, LAW), votes_of(record)
    if not (found.next and found.next.kind == "rerun"):
        return
    next_ = found.next
    limits = candidate_range(next_.seats, LAW, kind="rerun")
    assert (next_.least, next_.most) == (limits.least, limits.most)
    stands = {*next_.candidates}
    assert not stands & set(found.elected)
    left = [name for name in votes if name not in found.elected]
    assert len(stands) + next_.places <= limits.most
    assert len(stands) + next_.places >= min(limits.least, len(left))
    assert all(votes[one] >= votes[other] for one in stands for other in left if other not in stands)
    if next_.tied:
        assert len(next_.tied) > next_.places > 0
        assert found.undecided


@settings(max_examples=200)
@given(possible(("first", "by_election")), st.sampled_from(["draw", "tie_vote", "list_all"]))
def test_a_choice_settles_what_the_law_leaves_open(record: VoteRecord, choice: str) -> None:
    found = decide(record, law_of(choice__rerun__tie_order=choice))
    if found.next and found.next.kind == "rerun":
        assert bool(found.undecided) == (len(found.next.candidates) + found.next.places < found.next.least)
        assert bool(found.next.tied) <= (choice != "list_all")


@given(possible(("first",)), st.integers(1, 40))
def test_impossible_sums_are_refused(record: VoteRecord, beyond: int) -> None:
    short = record.seats * record.ballots_valid - record.votes_given
    first, *rest = record.votes
    bloated = (replace(first, votes=first.votes + short + beyond), *rest)
    with pytest.raises(ImpossibleRecord, match="不可能"):
        decide(replace(record, votes=bloated), LAW)


@given(st.integers(1, 200), st.integers(0, 200), st.integers(0, 200))
def test_a_recall_passes_with_more_than_half_of_all_voters(voters: int, participants: int, yes: int) -> None:
    record = VoteRecord(
        "选区", "recall", voters, min(participants, voters), min(participants, voters), yes=min(yes, participants, voters)
    )
    found = decide(record, LAW)
    assert isinstance(found, Decision)
    assert found.passed == (2 * (record.yes or 0) > voters)
    assert (found.elected, found.next) == ((), None)


@given(
    st.sampled_from(["county", "township"]),
    st.integers(0, 3_000_000),
    st.integers(0, 100_000),
    st.sampled_from([date(2014, 6, 1), date(2016, 6, 1), date(2020, 10, 17), date(2020, 10, 18), date(2026, 6, 1)]),
)
def test_a_quota_never_falls_as_people_come_and_never_passes_the_cap(level: str, people: int, more: int, day: date) -> None:
    one, other = deputy_quota(level, people, as_of=day), deputy_quota(level, people + more, as_of=day)
    assert one.seats <= other.seats <= (450 if level == "county" else 160)
    assert one.seats == (one.base + one.added if not one.capped else (450 if level == "county" else 160))
    assert one.capped == (one.base + one.added > one.seats)


@given(st.integers(1, 3), st.integers(0, 12), st.sampled_from(["first", "rerun", "by_election"]))
def test_the_surplus_is_a_third_to_one_time_more(seats: int, candidates: int, kind: str) -> None:
    found = check_candidates(seats, candidates, LAW, kind=kind)
    enough = candidates >= seats if kind == "by_election" else 3 * (candidates - seats) >= seats
    assert found.allowed == (enough and candidates <= 2 * seats)
    assert found.allowed == (found.least <= candidates <= found.most)
    assert "《选举法》第" in found.article
