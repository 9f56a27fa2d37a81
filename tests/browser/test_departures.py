"""Real Chromium: a recall from the demand to the vote, a resignation, and the by-election that fills the seat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from renda.elections.models import Election, Recall
from tests import office as offices
from tests.browser.test_paths import faults, sign_in
from tests.browser.test_steps import go, send
from tests.elections.departures import desk as desks
from tests.elections.departures.desk import Office
from tests.elections.lists import desk as rolls

VOTE = {"chair": "刘主任", "voters": "3000", "participants": "2400", "recovered": "2400", "void": "0", "yes": "1600"}


@pytest.fixture
def office(transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office on the live site, on 10 March 2023; its county is the desk's."""
    monkeypatch.setenv("RENDA_NOW", f"{desks.DAY}T12:00")
    made = offices.make()
    monkeypatch.setattr(rolls.small_county, "make", lambda: made.county)
    return desks.make()


def test_a_recall_from_the_demand_to_the_vote(open_page: Callable[..., Any], office: Office) -> None:
    recall = desks.demand(office, signed=51)
    names = desks.voters(office, "county", 50)
    elect = open_page()
    sign_in(elect, "elect")
    elect.goto(f"/elections/recalls/{recall.pk}/")
    elect.click("text=核对联名选民")
    elect.fill("[name=signatures]", "\n".join([*names, "查无此人"]))
    elect.get_by_role("button", name="在登记册上核对").click()
    elect.get_by_text("计入 50 人").first.wait_for()
    assert "查无此人" in elect.inner_text("main")
    assert faults(elect) == []

    clerk = open_page()
    sign_in(clerk, "clerk")
    clerk.goto(f"/elections/recalls/{recall.pk}/")
    go(clerk, "accept")
    assert faults(clerk) == []
    assert "已办理“受理”" in send(clerk)
    go(clerk, "distribute")
    assert "已办理“印发罢免要求”" in send(clerk)
    go(clerk, "pass")
    for name, value in VOTE.items():
        clerk.fill(f"#id_{name}", value)
    clerk.select_option("#id_secret", "yes")
    assert faults(clerk) == []
    assert "该事项现为“待公告”" in send(clerk)
    assert "核对全体选民数" in clerk.inner_text("main"), "the roll has another number of voters"
    assert Recall.objects.get(pk=recall.pk).mandate_ended_on == desks.DAY


def test_a_resignation_and_the_by_election_that_follows(open_page: Callable[..., Any], office: Office) -> None:
    resignation = desks.resign(office)
    clerk = open_page(width=390, height=844)
    sign_in(clerk, "clerk")
    clerk.goto(f"/elections/resignations/{resignation.pk}/")
    go(clerk, "accept")
    for name, value in {"meeting": "第八次会议", "whole": "25", "yes": "24"}.items():
        clerk.fill(f"#id_{name}", value)
    assert faults(clerk) == []
    assert "该事项现为“待公告”" in send(clerk)
    clerk.click("a:has-text('组织补选')")
    clerk.wait_for_url("**/election/vacancy/**")
    clerk.fill("[name=election_day]", "2023-05-20")
    assert faults(clerk) == []
    clerk.click("main form .btn-primary")
    clerk.wait_for_selector("h1")
    clerk.get_by_text("补选已建立").first.wait_for()
    made = Election.objects.get(by_election=True)
    assert made.name == "清河县第十二届人民代表大会代表2023年补选（第一选区）"
    assert faults(clerk) == []
