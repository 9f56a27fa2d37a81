"""Two teams count blind: neither sees the other's figures, no account counts twice, and what differs is settled by a third (选举法 43)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from renda.elections.counting import tallies
from renda.elections.models import Tally, VoteRound
from renda.elections.voting.changes import VotingFault
from renda.journal.models import Entry
from tests.elections.voting import desk as desks
from tests.elections.voting.desk import FIRST, SECOND, Desk, figures


@pytest.fixture
def desk(db: None) -> Desk:
    """The office."""
    return desks.make()


@pytest.fixture
def one(desk: Desk) -> VoteRound:
    """An open first vote of 第一选区 (two seats)."""
    return desk.open(FIRST)


GOOD = {"甲": 1200, "乙": 1100, "丙": 300}


def test_until_both_are_in_nobody_learns_a_figure(desk: Desk, one: VoteRound) -> None:
    tallies.enter(one, figures(2000, 10, **GOOD), actor=desk.actors["teller1"])
    for who in ("teller2", "elect"):
        seen = tallies.standing(desk.actors[who], one)
        assert (seen.stage, seen.own, seen.cells) == (tallies.ONE_IN, None, [])
    own = tallies.standing(desk.actors["teller1"], one).own
    assert own is not None
    assert own.recovered == 2000
    assert tallies.counted(one) is None
    said = Entry.objects.get(action="tally.entered").payload
    assert said == {"team": 1}


def test_both_agree(desk: Desk, one: VoteRound) -> None:
    desk.count(one, figures(2000, 10, **GOOD, _己=3))
    assert tallies.standing(desk.clerk, one).stage == tallies.AGREE
    found = tallies.counted(one)
    assert found is not None
    assert found.valid == 1990


def test_differences_are_shown_cell_by_cell(desk: Desk, one: VoteRound) -> None:
    tallies.enter(one, figures(2000, 10, **GOOD), actor=desk.actors["teller1"])
    tallies.enter(one, figures(2001, 10, **{**GOOD, "乙": 1101}, _己=2), actor=desk.actors["teller2"])
    seen = tallies.standing(desk.clerk, one)
    assert seen.stage == tallies.DIFFER
    assert [(cell.label, cell.first, cell.second) for cell in seen.cells] == [
        ("收回选票", 2000, 2001),
        ("乙 · 得票", 1100, 1101),
        ("己 · 得票", None, 2),
    ]
    assert tallies.counted(one) is None


def test_a_third_look_settles_with_a_reason_and_by_somebody_else(desk: Desk, one: VoteRound) -> None:
    tallies.enter(one, figures(2000, 10, **GOOD), actor=desk.actors["teller1"])
    tallies.enter(one, figures(2000, 10, **{**GOOD, "乙": 1101}), actor=desk.actors["teller2"])
    with pytest.raises(VotingFault, match="请写明原因"):
        tallies.third_look(one, figures(2000, 10, **GOOD), reason=" ", actor=desk.clerk)
    with pytest.raises(VotingFault, match="不同的账号"):
        tallies.third_look(one, figures(2000, 10, **GOOD), reason="复点", actor=desk.actors["teller2"])
    tallies.third_look(one, figures(2000, 10, **{**GOOD, "乙": 1101}), reason="第一组漏计一张", actor=desk.clerk)
    found = tallies.counted(one)
    assert found is not None
    assert (found.look, found.reason) == (3, "第一组漏计一张")
    with pytest.raises(VotingFault, match="已经有人复核"):
        tallies.third_look(one, figures(2000, 10, **GOOD), reason="再来", actor=desk.actors["second_clerk"])


def test_without_a_difference_there_is_no_third_look(desk: Desk, one: VoteRound) -> None:
    desk.count(one, figures(2000, 10, **GOOD))
    with pytest.raises(VotingFault, match="两组的数字一致"):
        tallies.third_look(one, figures(2000, 10, **GOOD), reason="复点", actor=desk.clerk)


def test_one_account_is_one_team_and_may_mend_its_own_entry_while_it_is_alone(desk: Desk, one: VoteRound) -> None:
    teller = desk.actors["teller1"]
    tallies.enter(one, figures(2000, 10, **GOOD), actor=teller)
    tallies.enter(one, figures(1999, 10, **GOOD), actor=teller)
    assert [(each.look, each.recovered) for each in one.tallies.all()] == [(1, 1999)]
    tallies.enter(one, figures(1999, 10, **GOOD), actor=desk.actors["teller2"])
    with pytest.raises(VotingFault, match="两组都已经录入"):
        tallies.enter(one, figures(1, 0, 甲=0, 乙=0, 丙=0), actor=teller)
    with pytest.raises(VotingFault, match="两组都已经录入"):
        tallies.enter(one, figures(1, 0, 甲=0, 乙=0, 丙=0), actor=desk.clerk)


def test_the_database_itself_refuses_one_account_for_both_teams(desk: Desk, one: VoteRound) -> None:
    row = {"round": one, "account_id": 7, "by": "x", "at": "2021-11-10T00:00:00Z", "recovered": 1, "void": 0}
    Tally.objects.create(look=1, **row)
    for look, more in ((2, {}), (1, {"account_id": 8}), (3, {"account_id": 8}), (2, {"account_id": 8, "void": 2})):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tally.objects.create(**{**row, "look": look, **more})


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (figures(100, 101, 甲=0, 乙=0, 丙=0), "废票 101 张多于收回的选票 100 张"),
        (figures(100, 10, 甲=91, 乙=0, 丙=0), "甲得 91 票，多于有效票 90 张"),
        (figures(100, 10, 甲=90, 乙=90, 丙=1), "合计 181 票"),
        (figures(100, 10, 甲=50, 乙=50), "每名候选人都要填写"),
        (figures(100, 10, 甲=50, 乙=50, 丙=0, _甲=1), "请填在候选人一栏"),
    ],
)
def test_figures_that_cannot_be_are_refused_with_what_is_wrong(
    desk: Desk, one: VoteRound, given: tallies.Figures, why: str
) -> None:  # fmt: skip
    with pytest.raises(VotingFault, match=why):
        tallies.enter(one, given, actor=desk.actors["teller1"])
    assert not one.tallies.exists()


def test_for_against_and_abstaining_fit_into_the_valid_ballots(desk: Desk) -> None:
    one = desk.open(SECOND)
    lines = (tallies.Line("丁", 8, against=5, abstain=2), tallies.Line("戊", 3, against=12, abstain=0))
    tallies.enter(one, tallies.Figures(15, 0, lines), actor=desk.actors["teller1"])
    worse = (tallies.Line("丁", 8, against=5, abstain=3), lines[1])
    with pytest.raises(VotingFault, match="赞成、反对、弃权合计多于有效票 15 张"):
        tallies.enter(one, tallies.Figures(15, 0, worse), actor=desk.actors["teller2"])


def test_registrars_and_directors_neither_enter_nor_see(desk: Desk, one: VoteRound) -> None:
    desk.count(one, figures(2000, 10, **GOOD))
    for who in ("registrar", "director"):
        with pytest.raises(PermissionDenied):
            tallies.enter(one, figures(2000, 10, **GOOD), actor=desk.actors[who])
        assert tallies.standing(desk.actors[who], one).stage == tallies.WAITING


@pytest.mark.django_db(transaction=True)
def test_teams_that_enter_at_the_same_moment_are_two_teams() -> None:
    desk = desks.make()
    one = desk.open(FIRST)
    ready = threading.Barrier(4)

    def enter(who: str) -> str:
        try:
            ready.wait()
            tallies.enter(one, figures(2000, 10, **GOOD), actor=desk.actors[who])
            return "in"
        except VotingFault:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(enter, ["teller1", "teller2", "elect", "second_clerk"]))
    assert sorted(answers) == ["in", "in", "refused", "refused"]
    assert sorted(one.tallies.values_list("look", flat=True)) == [1, 2]
    assert one.tallies.values("account_id").distinct().count() == 2
