"""Real Chromium: a report from upload to the next place without the mouse, on a phone, and axe on each of its pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from renda.reports.models import Choice, Remembered, Report
from renda.reports.services import issuing
from tests import office as offices
from tests.office import PASSWORD, Office
from tests.reports.desk import TEXT, actor_of, open_report, write_all


@pytest.fixture
def office(transactional_db: None, live_server: Any) -> Office:
    """The office on the live site."""
    return offices.make()


def sign_in(page: Any, name: str) -> None:
    page.goto("/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("form .btn-primary")
    page.wait_for_url("**/")


def panel_of(page: Any, old: str) -> None:
    """Wait until the panel shows the place that reads so in the old text."""
    page.locator("#panel mark", has_text=old).wait_for()


def test_a_report_is_settled_without_the_mouse(page: Any, office: Office, tmp_path: Path) -> None:
    source = tmp_path / "去年.txt"
    source.write_text(TEXT, "utf-8")
    sign_in(page, "clerk")
    page.goto("/reports/")
    page.set_input_files("#file", str(source))
    page.fill("#year", "2021")
    page.get_by_role("button", name="上传并起草").press("Enter")
    page.wait_for_selector("#text")
    page.wait_for_load_state("networkidle")  # keys are heard once the scripts have run
    page.keyboard.press("j")
    panel_of(page, "5件")
    page.keyboard.press("j")
    panel_of(page, "4件")
    page.keyboard.press("k")
    panel_of(page, "5件")
    page.keyboard.press("Enter")
    panel_of(page, "4件")
    page.keyboard.press("x")
    panel_of(page, "6件")
    page.get_by_text("已定 2 处").wait_for()
    page.keyboard.press("j")
    panel_of(page, "7个")
    page.keyboard.press("o")
    page.locator("#q").wait_for()
    page.keyboard.type("dbjyjs")
    page.locator(".rp-found button", has_text="suggestions.count").press("Enter")
    page.get_by_role("button", name="采用这个指标").wait_for()
    page.wait_for_function("document.activeElement.closest('.rp-selects') !== null")
    page.keyboard.press("Enter")
    page.get_by_text("已定 3 处").wait_for()
    assert sorted(Choice.objects.values_list("old", "decision")) == [("4件", "open"), ("5件", "accepted"), ("7个", "changed")]
    assert Remembered.objects.get().binding["indicator"] == "suggestions.count"
    page.keyboard.press("u")
    assert page.locator("#text .is-current").get_attribute("data-settled") is None


def test_two_clerks_at_one_place(open_page: Callable[..., Any], office: Office) -> None:
    report = open_report(office)
    first, second = open_page(), open_page()
    for page, name in ((first, "clerk"), (second, "operator")):
        sign_in(page, name)
        page.goto(f"/reports/{report.pk}/")
        page.locator("#text [data-spot]", has_text="件").first.click()
        page.locator("[data-panel]").wait_for()
    first.locator("[data-accept]").click()
    first.get_by_text("已定 1 处").wait_for()
    second.locator("[data-leave]").click()
    second.get_by_text("您的改动没有保存").wait_for()
    assert Choice.objects.get().decision == "accepted"


def faults(page: Any) -> list[str]:
    """What axe finds serious or critical, and whether the page is wider than its window."""
    found = [
        f"{page.url} {v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, f"{page.url} is {wide}px too wide"] if wide > 0 else found


def pages_of(office: Office) -> list[str]:
    clerk = actor_of(office, "clerk")
    work, done = open_report(office), write_all(open_report(office), clerk)
    issuing.issue(done.pk, seen=done.version, issued_on=date(2021, 11, 20), actor=actor_of(office, "director"))
    place = f"{TEXT.index('5件')}-{TEXT.index('5件') + 2}-0"
    base = f"/reports/{work.pk}/"
    return [
        "/reports/", "/reports/memory/", base, f"{base}?at={place}", f"{base}checks/", f"{base}compare/", f"{base}issue/", f"{base}at/{place}/records/",
        f"/reports/{done.pk}/", f"/reports/{done.pk}/drift/", f"/reports/{done.pk}/compare/",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "height", "language", "scheme"), [
    (1366, 768, "zh-hans", "light"), (390, 844, "zh-hans", "dark"), (1366, 768, "en", "dark"), (390, 844, "en", "light"),
])  # fmt: skip
def test_axe_finds_nothing_serious_on_the_pages_of_a_report(
    open_page: Callable[..., Any], office: Office, width: int, height: int, language: str, scheme: str
) -> None:
    page = open_page(width=width, height=height, language=language, color_scheme=scheme)
    sign_in(page, "operator")
    found = []
    for address in pages_of(office):
        page.goto(address)
        found += faults(page)
        if page.locator("[data-change]").count():
            page.click("[data-change]")
            page.locator("#q").wait_for()
            page.locator("#q").press_sequentially("建议")
            page.locator(".rp-found").wait_for()
            found += faults(page)
    assert found == []


def test_on_a_phone_the_panel_opens_over_the_text_and_closes(open_page: Callable[..., Any], office: Office) -> None:
    report: Report = open_report(office)
    page = open_page(width=390, height=844)
    sign_in(page, "clerk")
    page.goto(f"/reports/{report.pk}/")
    page.locator("#text [data-spot]", has_text="件").first.click()
    page.locator("[data-panel]").wait_for()
    box = page.locator("#panel").bounding_box()
    assert box["y"] + box["height"] >= 840
    assert box["height"] <= 844 * 0.65
    page.locator("[data-close]").click()
    assert page.locator("[data-panel]").count() == 0
