"""`renda check` finds figures of the count that were changed behind the platform's back."""

from __future__ import annotations

import pytest

from renda.elections.counting import checks, settling
from renda.elections.models import Elected, RollState, TallyLine, Turnout, Voter, VoteRound
from tests.elections.voting import desk as desks
from tests.elections.voting.desk import Desk, figures
from tests.elections.voting.test_proxies import agree, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """The office."""
    return desks.make()


@pytest.fixture
def one(desk: Desk) -> VoteRound:
    """A settled round."""
    one = desk.open()
    desk.vote(one, persons=2000)
    desk.count(one, figures(2000, 10, 甲=1200, 乙=1100, 丙=300))
    return settling.settle(one, actor=desk.clerk)


def test_a_sound_count_has_no_fault(one: VoteRound) -> None:
    assert [*checks.digests(), *checks.possible(), *checks.ledgers(), *checks.mandates()] == []


def test_changed_figures_are_found(one: VoteRound) -> None:
    assert one.result is not None
    one.result["lines"][0][1] = 1999
    one.save()
    assert len(list(checks.digests())) == 1


def test_impossible_votes_are_found(one: VoteRound) -> None:
    TallyLine.objects.filter(name="丙").update(votes=1991)
    assert {fault.words for fault in checks.possible()} == {"有人得票多于有效票", "得票合计多于有效票乘以应选名额"}


def test_ledgers_that_say_otherwise_are_found(one: VoteRound) -> None:
    Turnout.objects.update(participants=1999)
    Elected.objects.filter(name="乙").update(voided_at="2021-12-01T00:00:00Z", void_reason="试")
    assert len(list(checks.ledgers())) == 2


def test_mandates_of_who_left_the_roll_are_found(desk: Desk) -> None:
    mandate = ask(desk, 0, 10)
    agree(desk, mandate)
    assert list(checks.mandates()) == []
    Voter.objects.filter(pk=mandate.proxy_id).update(state=RollState.OFF, why_off="died")
    assert len(list(checks.mandates())) == 1
