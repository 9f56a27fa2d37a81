"""Settling: what must be there, what the law says, what the ledgers and figures hold, corrections until the committee confirms."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from renda.core import clock
from renda.elections.counting import settling, tallies
from renda.elections.models import Elected, Turnout, VoteRound
from renda.elections.voting import ballots, rounds, turnout
from renda.elections.voting.changes import VotingFault
from renda.elections.voting.turnout import Hour
from renda.journal.models import Entry
from tests.elections.voting import desk as desks
from tests.elections.voting.desk import DAY, Desk, figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """The office."""
    return desks.make()


def settled(desk: Desk, took_part: int = 2000, void: int = 10, **votes: int) -> VoteRound:
    """A settled first vote of 第一选区."""
    one = desk.open()
    desk.vote(one, persons=took_part - 100, proxied=100)
    desk.count(one, figures(took_part, void, **votes))
    return settling.settle(one, actor=desk.clerk)


def test_the_result_stands_with_its_article_and_working_and_the_figures_follow(desk: Desk) -> None:
    one = settled(desk, 甲=1200, 乙=1001, 丙=1000)
    result = one.result
    assert result is not None
    assert (result["valid"], result["elected"], result["unfilled"], result["needed"]) == (True, ["甲", "乙"], 0, 1001)
    assert "第四十五条第一款" in result["article"]
    assert any("2000 人" in line and "1001 票" in line for line in result["working"])
    row = Turnout.objects.get()
    assert (row.participants, row.by_proxy, row.at_stations, row.by_mobile_box) == (2000, 100, 1900, 0)
    assert (row.issued, row.returned, row.valid, row.void) == (2000, 2000, 1990, 10)
    assert sorted(Elected.objects.values_list("name", "votes", "round")) == [("乙", 1001, "first"), ("甲", 1200, "first")]
    assert desk.county.value("elections.participants", 2021) == 2000
    assert desk.county.value("elections.by_proxy", 2021) == 100
    assert settling.digest_holds(one)


def test_nothing_is_settled_while_something_is_missing(desk: Desk) -> None:
    one = desk.open()
    with pytest.raises(VotingFault) as refused:
        settling.settle(one, actor=desk.clerk)
    for words in ("2 个票箱没有填报投票人数", "没有登记发出、收回", "两组计票还没有一致"):
        assert words in str(refused.value)
    desk.vote(one, persons=2000)
    desk.count(one, figures(1999, 0, 甲=1200, 乙=1100, 丙=100))
    with pytest.raises(VotingFault, match="登记收回 2000 张，计票收回 1999 张"):
        settling.settle(one, actor=desk.clerk)
    assert not Turnout.objects.exists()


def test_more_ballots_than_voters_who_took_part_make_the_vote_void(desk: Desk) -> None:
    one = desk.open()
    desk.vote(one, persons=2000, returned=2001)
    desk.count(one, figures(2001, 0, 甲=1900, 乙=1800, 丙=100))
    done = settling.settle(one, actor=desk.clerk)
    assert done.result is not None
    assert (done.result["valid"], done.result["elected"]) == (False, [])
    assert "第四十四条第一款" in done.result["reason"]
    assert not Elected.objects.exists()
    assert not Turnout.objects.exists()  # the ledger holds no more ballots returned than issued
    assert any("不写入投票情况台账" in words for words in done.result["warnings"])


def test_a_written_in_person_is_elected_by_name(desk: Desk) -> None:
    one = settled(desk, 甲=500, 乙=400, 丙=300, _己=1500)
    assert one.result is not None
    assert one.result["elected"] == ["己"]
    assert Elected.objects.get().name == "己"


def test_who_wins_the_vote_among_equal_ones_is_elected_in_the_vote_that_it_settles(desk: Desk) -> None:
    one = settled(desk, 甲=1400, 乙=1100, 丙=1100)
    then = rounds.open_next(one, day=DAY, actor=desk.clerk)
    desk.vote(then, persons=1800)
    desk.count(then, figures(1800, 0, 乙=900, 丙=700))
    done = settling.settle(then, actor=desk.clerk)
    assert done.result is not None
    assert done.result["elected"] == ["乙"]
    assert dict(Elected.objects.values_list("name", "round")) == {"甲": "first", "乙": "first"}
    assert set(Turnout.objects.values_list("round", flat=True)) == {"first", "tie"}
    assert desk.county.value("elections.participants", 2021) == 2000  # a further vote adds no voters


def test_a_correction_needs_a_reason_moves_the_digest_and_the_ledger(desk: Desk) -> None:
    one = settled(desk, 甲=1200, 乙=1001, 丙=1000)
    before = one.digest
    with pytest.raises(VotingFault, match="请写明原因"):
        tallies.correct(one, figures(2000, 10, 甲=1200, 乙=1000, 丙=1001), reason="", actor=desk.clerk)
    tallies.correct(one, figures(2000, 10, 甲=1200, 乙=1000, 丙=1001), reason="两名候选人票数抄反", actor=desk.clerk)
    one.refresh_from_db()
    assert one.result is not None
    assert (one.result["elected"], one.digest != before, settling.digest_holds(one)) == (["甲", "丙"], True, True)
    assert sorted(Elected.objects.alive().values_list("name", flat=True)) == ["丙", "甲"]
    assert Elected.objects.get(name="乙").void_reason
    said = Entry.objects.get(action="tally.corrected").payload
    assert said["reason"] == "两名候选人票数抄反"
    assert said["changes"] == {"votes:乙": [1001, 1000], "votes:丙": [1000, 1001]}


def test_after_the_committee_confirmed_nothing_is_corrected(desk: Desk) -> None:
    one = settled(desk, 甲=1200, 乙=1001, 丙=1000)
    with clock.travel(date(2021, 11, 12)):
        with pytest.raises(VotingFault, match="确认日期应在"):
            settling.confirm(one, on=date(2021, 11, 9), actor=desk.clerk)
        settling.confirm(one, on=date(2021, 11, 11), actor=desk.clerk)
        with pytest.raises(VotingFault, match="已经确认"):
            tallies.correct(one, figures(2000, 10, 甲=1, 乙=1, 丙=1), reason="抄错", actor=desk.clerk)
        box = desk.box(one)
        with pytest.raises(VotingFault, match="已经确认"):
            turnout.report(box, [Hour(DAY, 19, 1950, 100)], reason="漏报", actor=desk.clerk)


def test_turnout_and_ballots_of_a_settled_round_change_with_a_reason_and_count_anew(desk: Desk) -> None:
    one = settled(desk, 甲=1200, 乙=1010, 丙=1000)
    box = desk.box(one)
    with pytest.raises(VotingFault, match="须写明原因"):
        turnout.report(box, [Hour(DAY, 19, 1950, 100)], actor=desk.clerk)
    turnout.report(box, [Hour(DAY, 19, 1950, 100)], reason="漏报晚间投票", actor=desk.clerk)
    one.refresh_from_db()
    assert one.result is not None
    assert (one.result["participants"], one.result["elected"], one.result["unfilled"]) == (2050, ["甲"], 1)
    assert Turnout.objects.get().participants == 2050
    assert list(Elected.objects.alive().values_list("name", flat=True)) == ["甲"]
    numbers = {"allotted": 2100, "issued": 2050, "returned": 2000, "unused": 50}
    with pytest.raises(VotingFault, match="须写明原因"):
        ballots.set_box(box, numbers, actor=desk.clerk)
    assert ballots.set_box(box, numbers, reason="补登晚间发出的票", actor=desk.clerk)
    assert Turnout.objects.get().issued == 2050


def test_once_the_next_vote_is_open_the_result_it_rests_on_stays(desk: Desk) -> None:
    one = settled(desk, 甲=1400, 乙=900, 丙=800)
    rounds.open_next(one, day=DAY, actor=desk.clerk)
    with pytest.raises(VotingFault, match="先作废下一轮"):
        tallies.correct(one, figures(2000, 10, 甲=1400, 乙=1300, 丙=800), reason="抄错", actor=desk.clerk)
    one.refresh_from_db()
    assert one.tallies.count() == 2


def test_figures_changed_behind_the_platforms_back_show(desk: Desk) -> None:
    one = settled(desk, 甲=1200, 乙=1001, 丙=1000)
    assert one.result is not None
    one.result["elected"] = ["丙"]
    one.save()
    assert not settling.digest_holds(one)
    with clock.travel(date(2021, 11, 12)), pytest.raises(VotingFault, match="校验码不符"):
        settling.confirm(one, on=date(2021, 11, 11), actor=desk.clerk)


def test_who_counts_does_not_settle(desk: Desk) -> None:
    one = desk.open()
    desk.vote(one, persons=2000)
    desk.count(one, figures(2000, 0, 甲=1200, 乙=1100, 丙=100))
    with pytest.raises(PermissionDenied):
        settling.settle(one, actor=desk.actors["teller1"])
