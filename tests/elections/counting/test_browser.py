"""Real Chromium: a clerk opens the vote, two tellers count on their phones, a third look settles, the clerk settles the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_paths import sign_in
from tests.elections.voting import desk as desks
from tests.elections.voting.desk import SECOND, Desk

Open = Callable[..., Any]


@pytest.fixture
def desk(transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The office on the live site, on the evening of election day."""
    monkeypatch.setenv("RENDA_NOW", "2021-11-10T20:00")
    return desks.make()


def wide(page: Any) -> bool:
    """Whether the page can be moved sideways."""
    found: bool = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    return found


def tally(open_page: Open, who: str, pk: int, votes: tuple[str, str]) -> Any:
    """A teller enters a tally on a phone."""
    phone = open_page(width=390, height=844)
    sign_in(phone, who)
    phone.goto(f"/election/{pk}/counting/")
    phone.click("text=录入计票数")
    phone.fill("#id_recovered", "15")
    phone.fill("#id_void", "1")
    phone.fill("#c1_votes", votes[0])
    phone.fill("#c2_votes", votes[1])
    assert not wide(phone)
    phone.click("text=保存计票数")
    phone.wait_for_selector("text=计票数已录入")
    return phone


def test_the_evening_of_election_day(open_page: Open, desk: Desk) -> None:
    pk, clerk = desk.election.pk, open_page()
    sign_in(clerk, "elect")
    clerk.goto(f"/election/{pk}/voting/")
    clerk.check(f"input[aria-label={SECOND}]")
    clerk.click("text=开设所选选区的投票")
    clerk.click(f"a.r-table__title:has-text('{SECOND}')")
    clerk.click("section[aria-labelledby=boxes-title] a.r-table__title")
    clerk.fill("#id_persons", "14")
    clerk.fill("#id_proxied", "1")
    clerk.click("text=填报投票人数")
    clerk.wait_for_selector("text=参加投票 15 人，已登记")
    for name, number in (("allotted", "20"), ("issued", "15"), ("returned", "15")):
        clerk.fill(f"#id_{name}", number)
    clerk.click("text=登记选票数")
    clerk.wait_for_selector("text=选票数已登记")

    first = tally(open_page, "teller1", pk, ("9", "3"))
    assert "第二组" not in first.inner_text("main")
    second = tally(open_page, "teller2", pk, ("10", "3"))
    assert "两组有 1 处不同" in second.inner_text("main")
    assert not wide(second)

    clerk.goto(f"/election/{pk}/counting/")
    clerk.click("text=复核差异")
    clerk.click("a.btn:has-text('复核差异')")
    clerk.fill("#cell0", "10")
    clerk.fill("#id_reason", "第一组漏计一张")
    clerk.click("text=保存复核结果")
    clerk.wait_for_selector("text=依法应为")
    clerk.click("button:has-text('核定结果')")
    clerk.wait_for_selector("text=结果已核定")
    assert "当选：丁" in clerk.inner_text("main")
    clerk.click("button:has-text('生成报告单')")
    clerk.wait_for_selector("a:has-text('下载 Word')")
    with clerk.expect_download() as download:
        clerk.click("a:has-text('下载 Word')")
    assert download.value.suggested_filename.endswith("选举结果报告单.docx")
    wall = open_page(width=1920, height=1080)
    sign_in(wall, "director")
    wall.goto(f"/election/{pk}/counting/wall/")
    assert "丁 10" in wall.inner_text("main")
