"""Real Chromium: a year pasted from the notice, a choice that shows in the calculator, and axe on every law page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import office as offices
from tests.browser.test_paths import faults, sign_in
from tests.office import Office

NOTICE = Path(__file__).parents[1] / "law" / "notices" / "2026.txt"
PAGES = (
    "/law/", "/law/?q=没有的词", "/law/keys/appt.deadline.submit/", "/law/keys/sugg.reply.normal/?from=2026-11-30", "/law/holidays/",
    "/law/holidays/2026/", "/law/holidays/2030/edit/", "/law/choices/", "/law/choices/choice.roll.suggestions/", "/law/choices/sc.notice/",
    "/law/packs/",
)  # fmt: skip


@pytest.fixture
def office(transactional_db: None, live_server: Any) -> Office:
    """The office on the live site."""
    return offices.make()


@pytest.mark.parametrize(("width", "height", "language", "scheme"), [
    (1366, 768, "zh-hans", "dark"), (390, 844, "en", "light"),
])  # fmt: skip
def test_axe_finds_nothing_serious_on_any_law_page(
    open_page: Callable[..., Any], office: Office, width: int, height: int, language: str, scheme: str
) -> None:
    page = open_page(width=width, height=height, language=language, color_scheme=scheme)
    sign_in(page, "system")
    found = []
    for address in PAGES:
        page.goto(address)
        found += faults(page)
    assert found == []


def test_a_notice_is_pasted_checked_and_saved(page: Any, office: Office) -> None:
    sign_in(page, "system")
    page.goto("/law/holidays/2026/")
    page.click("text=录入这一年的安排")
    page.fill("#id_notice", NOTICE.read_text(encoding="utf-8"))
    page.click("button:has-text('按通知填写')")
    assert "2026-02-15至2026-02-23 春节" in page.input_value("#id_days_off")
    page.fill("#id_source", "国办发明电〔2025〕7号")
    page.fill("#id_reason", "照通知录入")
    page.click("button:has-text('保存这一年的安排')")
    assert "2026 年放假安排已更新" in page.inner_text("main")
    assert "国办发明电〔2025〕7号" in page.inner_text("aside")


def test_a_choice_moves_the_calculators_day(page: Any, office: Office) -> None:
    sign_in(page, "system")
    page.goto("/law/keys/sugg.reply.normal/")
    page.fill("#count-from", "2026-11-30")
    page.click("#count button")
    assert "2027-02-28" in page.inner_text("#count")
    page.goto("/law/choices/choice.roll.suggestions/")
    page.check("input[value=roll]")
    page.fill("#id_reason", "主任会议决定")
    page.click("button:text-is('选定')")
    page.goto("/law/keys/sugg.reply.normal/?from=2026-11-30")
    assert "2027-03-01" in page.inner_text("#count")
