"""Opening rounds: what bars the first vote, which one may follow, and who may open it (选举法 31, 44, 45)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from renda.elections.counting import settling
from renda.elections.models import Candidate, VoteRound
from renda.elections.voting import rounds
from renda.elections.voting.changes import VotingFault
from renda.journal.models import Entry
from tests.elections.voting import desk as desks
from tests.elections.voting.desk import DAY, FIRST, SECOND, Desk, figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """The office."""
    return desks.make()


def test_the_first_vote_takes_candidates_voters_and_boxes_from_what_is_known(desk: Desk) -> None:
    one = desk.open()
    assert (one.seats, one.voters, one.voters_from, one.kind, one.number) == (2, 3000, "ledger", "first", 1)
    assert [each.name for each in one.candidates.all()] == ["甲", "乙", "丙"]
    assert [box.name for box in one.boxes.all()] == ["文化站", "敬老院流动票箱"]
    assert "第三十一条" in one.article
    entry = Entry.objects.filter(action="round.opened").get()
    assert entry.payload["voters"] == 3000


def test_voters_on_the_roll_come_before_the_ledger_and_a_district_without_places_has_one_box(desk: Desk) -> None:
    one = desk.open(SECOND)
    assert (one.voters, one.voters_from) == (20, "roll")
    assert one.boxes.count() == 1


def test_nested_districts_are_summed(desk: Desk) -> None:
    inner = desk.districts[SECOND]
    inner.parent = desk.districts[FIRST]
    inner.save()
    assert rounds.voters_of(desk.election, [desk.districts[FIRST], inner]) == {
        desk.districts[FIRST].pk: (20, "roll"),
        inner.pk: (20, "roll"),
    }


def test_an_unlawful_number_of_candidates_bars_the_vote_with_the_article(desk: Desk) -> None:
    Candidate.objects.filter(name="丙").update(formal=False)
    with pytest.raises(VotingFault, match=r"正式候选人应为 3 至 4 人，现有 2 人.*第三十一条"):
        desk.open()
    assert not VoteRound.objects.exists()


def test_without_a_number_of_voters_it_is_asked_for(desk: Desk) -> None:
    from renda.elections.models import RollTotal

    RollTotal.objects.all().delete()
    with pytest.raises(VotingFault, match="选民总数"):
        desk.open()
    made = rounds.open_first(
        desk.election, [desk.districts[FIRST].pk], day=DAY, entered={desk.districts[FIRST].pk: 2500}, actor=desk.clerk
    )
    assert (made[0].voters, made[0].voters_from) == (2500, "entered")


def test_only_who_keeps_elections_opens(desk: Desk) -> None:
    for who in ("teller1", "registrar", "director"):
        with pytest.raises(PermissionDenied):
            rounds.open_first(desk.election, [desk.districts[FIRST].pk], day=DAY, entered={}, actor=desk.actors[who])


def test_a_district_has_one_open_round(desk: Desk) -> None:
    one = desk.open()
    with pytest.raises(VotingFault):
        desk.open()
    with pytest.raises(IntegrityError), transaction.atomic():
        VoteRound.objects.create(
            election=one.election, division=one.division, district=one.district, number=2, kind="first", day=DAY, seats=2, voters=1,
            voters_from="entered", article="x", opened_by="x", opened_at="2021-11-10T00:00:00Z",
        )  # fmt: skip


def settled(desk: Desk, **votes: int) -> VoteRound:
    """A settled first vote of 第一选区 in which 2000 took part."""
    one = desk.open()
    desk.vote(one, persons=1900, proxied=100)
    desk.count(one, figures(2000, 0, **votes))
    return settling.settle(one, actor=desk.clerk)


def test_another_election_follows_with_the_order_of_votes(desk: Desk) -> None:
    one = settled(desk, 甲=1400, 乙=900, 丙=800)
    plan = rounds.following(one)
    assert plan is not None
    assert (plan.kind, plan.seats, plan.candidates) == ("rerun", 1, ("乙", "丙"))
    then = rounds.open_next(one, day=date(2021, 11, 20), actor=desk.clerk)
    assert (then.kind, then.seats, then.voters, then.number) == ("rerun", 1, 3000, 2)
    assert [each.name for each in then.candidates.all()] == ["乙", "丙"]
    assert "第四十五条第四款" in then.article
    assert rounds.following(one) is None


def test_equal_ones_are_voted_on_again_among_themselves(desk: Desk) -> None:
    one = settled(desk, 甲=1400, 乙=1100, 丙=1100)
    then = rounds.open_next(one, day=DAY, actor=desk.clerk)
    assert then.kind == "tie"
    assert [each.name for each in then.candidates.all()] == ["乙", "丙"]
    assert "第四十五条第三款" in then.article


def test_nothing_follows_where_all_seats_are_filled(desk: Desk) -> None:
    one = settled(desk, 甲=1400, 乙=1100, 丙=800)
    with pytest.raises(VotingFault, match="没有依法可以进行的下一轮"):
        rounds.open_next(one, day=DAY, actor=desk.clerk)


def test_where_the_order_of_votes_is_equal_the_committee_says_who_stands_and_why(desk: Desk) -> None:
    one = settled(desk, 甲=1400, 乙=700, 丙=800, _己=700)
    plan = rounds.following(one)
    assert plan is not None
    assert (plan.candidates, set(plan.among), plan.most) == (("丙",), {"乙", "己"}, 2)
    with pytest.raises(VotingFault, match="候选人应为 2 至 2 人"):
        rounds.open_next(one, day=DAY, actor=desk.clerk)
    with pytest.raises(VotingFault, match="请写明是怎样确定的"):
        rounds.open_next(one, day=DAY, picked=["己"], actor=desk.clerk)
    then = rounds.open_next(one, day=DAY, picked=["己"], reason="选举委员会抽签", actor=desk.clerk)
    assert [each.name for each in then.candidates.all()] == ["丙", "己"]
    assert "抽签" in then.note


def test_a_void_vote_is_held_again_with_the_same_names(desk: Desk) -> None:
    one = desk.open()
    desk.vote(one, persons=1500)
    desk.count(one, figures(1500, 0, 甲=1400, 乙=100, 丙=50))
    one = settling.settle(one, actor=desk.clerk)
    assert one.result is not None
    assert (one.result["valid"], one.result["elected"]) == (False, [])
    then = rounds.open_next(one, day=date(2021, 11, 20), actor=desk.clerk)
    assert (then.kind, then.seats) == ("first", 2)
    assert [each.name for each in then.candidates.all()] == ["甲", "乙", "丙"]


def test_a_round_opened_by_mistake_is_voided_with_a_reason_and_the_district_opens_again(desk: Desk) -> None:
    one = desk.open()
    with pytest.raises(VotingFault, match="原因"):
        rounds.void(one, reason=" ", actor=desk.clerk)
    rounds.void(one, reason="日期填错", actor=desk.clerk)
    assert desk.open().number == 1


def test_a_round_with_figures_is_not_voided(desk: Desk) -> None:
    one = desk.open()
    desk.vote(one, persons=10)
    with pytest.raises(VotingFault, match="不能作废"):
        rounds.void(one, reason="试试", actor=desk.clerk)


def test_a_closed_file_takes_no_round(desk: Desk) -> None:
    one = desk.open()
    desk.election.frozen_at = "2022-01-01T00:00:00Z"
    desk.election.save()
    with pytest.raises(PermissionDenied, match="封存"):
        desk.vote(one, persons=10)


def test_a_vote_that_stands_in_the_ledger_is_not_written_over(desk: Desk) -> None:
    row = {
        "选举": "2021年县级换届选举",
        "选区": FIRST,
        "投票轮次": "第一次投票",
        "投票日期": "2021-11-10",
        "参加投票选民数": 2000,
    }
    desk.county.enter("elections.turnouts", [row | {"发出选票数": 2000, "收回选票数": 2000, "有效票数": 1990, "废票数": 10}])
    with pytest.raises(VotingFault, match="台账里已有这个选区的投票"):
        desk.open()
    assert desk.open(SECOND).number == 1
