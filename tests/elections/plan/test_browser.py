"""Real Chromium: the election clerk's way from the seats to the calendar, with axe at both widths."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from renda.core import clock
from renda.elections.models import ActDone, ElectoralDistrict
from tests.browser.test_paths import faults, sign_in
from tests.elections.plan import desk as desks
from tests.elections.plan.desk import Desk


@pytest.fixture
def desk(transactional_db: None, live_server: Any) -> Any:
    """The office on the live site, 40 days before election day, with a roll."""
    with clock.travel(date(2026, 11, 19)):
        made = desks.make()
        made.enter("rolls", [{"选区": "第1选区", "登记选民数": 3000, "18周岁以上人口数": 3100, "所属区划": "龙潭镇"}])
        yield made


def test_the_clerk_fixes_seats_takes_the_proposal_and_keeps_the_calendar(desk: Desk, page: Any) -> None:
    sign_in(page, "elect")
    page.goto(f"/election/{desk.election.pk}/plan/")
    page.click("text=登记代表总名额的决定")
    for name, value in {
        "population": "200000",
        "counted_on": "2026-06-30",
        "seats": "6",
        "number": "省常发1号",
        "decided_on": "2026-08-01",
    }.items():
        page.fill(f"[name={name}]", value)
    page.click("text=登记这一决定")
    page.wait_for_url("**/plan/?area=*")
    assert "清河县代表总名额 6 名" in page.inner_text("main")
    page.click("text=看名额分配建议")
    assert "按建议的最大偏差" in page.inner_text("main")
    page.click("text=采用这一分配")
    page.wait_for_url("**/plan/?area=*")
    assert "已采用分配建议，2 个选区的名额有变动" in page.inner_text("main")
    assert set(ElectoralDistrict.objects.filter(election=desk.election).values_list("seats", flat=True)) == {2}
    page.click("nav[aria-label=选举各页] >> text=日程")
    page.click("tr:has-text('讨论协商、预选') >> text=标为完成")
    page.fill("[name=on]", "2026-11-01")
    page.fill("[name=note]", "会议纪要")
    page.click("form .btn-primary")
    page.wait_for_url("**/schedule/")
    assert "会议纪要" in page.inner_text("main")
    assert ActDone.objects.get().done_on == date(2026, 11, 1)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_pages_are_accessible_and_fit_the_window(desk: Desk, open_page: Callable[..., Any], width: int, height: int) -> None:
    desk.enter("bodies", [{"机构名称": "县选举委员会", "机构类别": "选举委员会", "任命日期": "2026-09-01"}])
    page = open_page(width=width, height=height)
    sign_in(page, "elect")
    found = []
    for path in ("", "plan/", "plan/seats/", "plan/districts/", "plan/proposal/", "plan/people/", "plan/map/", "schedule/", "schedule/wall/",
                 "schedule/move/"):  # fmt: skip
        page.goto(f"/election/{desk.election.pk}/{path}")
        found += faults(page)
    assert found == []
