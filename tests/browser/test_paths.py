"""Real Chromium: each role's main path, the keyboard, and axe on every kind of page at both widths and in both languages."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import office as offices
from tests.office import PASSWORD, ROLES, Office

LIST = "/suggestions/suggestions/"
MAIN = {
    "clerk": LIST, "petition": "/petitions/petitions/", "director": "/figures/", "town": "/directory/deputies/", "deputy": LIST, "unit": LIST,
    "system": "/all/", "security": "/all/", "audit": "/journal/", "operator": "/calendar/",
}  # fmt: skip


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


def faults(page: Any) -> list[str]:
    """What axe finds serious or critical, and whether the page is wider than its window."""
    found = [
        f"{page.url} {v['id']}: {v['nodes'][0]['html'][:120]}"
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, f"{page.url} is {wide}px too wide"] if wide > 0 else found


def pages_of(office: Office) -> list[str]:
    pk, secret = office.ids["suggestions.suggestions"][0], office.ids["petitions.petitions"][0]
    return [
        "/", "/all/", "/search/?q=饮水", "/search/?q=没有的词", "/notices/", "/calendar/?month=2021-06", "/figures/?year=2021",
        "/figures/suggestions.count/?year=2021", "/journal/", "/password/", "/suggestions/", LIST, LIST + "?q=没有的词", f"{LIST}{pk}/",
        f"{LIST}{pk}/edit/", f"{LIST}{pk}/void/", LIST + "new/", f"/petitions/petitions/{secret}/reveal/petitioner/", "/no/such/page/",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "height", "language", "scheme"), [
    (1366, 768, "zh-hans", "light"), (390, 844, "zh-hans", "dark"), (1366, 768, "en", "dark"), (390, 844, "en", "light"),
])  # fmt: skip
def test_axe_finds_nothing_serious_on_any_page(
    open_page: Callable[..., Any], office: Office, width: int, height: int, language: str, scheme: str
) -> None:
    page = open_page(width=width, height=height, language=language, color_scheme=scheme)
    page.goto("/login/")
    found = faults(page)
    sign_in(page, "operator")
    for address in pages_of(office):
        page.goto(address)
        found += faults(page)
    assert [fault for fault in found if "/no/such/" not in fault] == []


@pytest.mark.parametrize("name", list(ROLES))
def test_each_role_reaches_its_main_page_from_home(open_page: Callable[..., Any], office: Office, name: str) -> None:
    page = open_page()
    sign_in(page, name)
    assert page.locator("h1").inner_text()
    if page.locator(f'.r-rail a[href="{MAIN[name]}"]').count():
        page.click(f'.r-rail a[href="{MAIN[name]}"]')
    else:
        page.goto(MAIN[name])
    assert page.locator("main h1").inner_text()
    assert page.locator(".r-fault").count() == 0


def test_a_clerk_works_without_the_mouse(open_page: Callable[..., Any], office: Office) -> None:
    page = open_page()
    sign_in(page, "clerk")
    page.keyboard.press("/")
    page.keyboard.type("饮水")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    assert page.locator("mark").count() == 3
    page.goto(LIST)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_selector("#facts-title")
    page.keyboard.press("e")
    page.wait_for_url("**/edit/")
    page.keyboard.press("Escape")
    page.locator("main").focus()
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/calendar/")


def test_entering_a_suggestion_with_type_ahead_draft_and_error_summary(open_page: Callable[..., Any], office: Office) -> None:
    page = open_page()
    sign_in(page, "clerk")
    page.goto(LIST + "new/")
    page.get_by_label("标题").fill("关于农村公交的建议")
    lead = page.get_by_role("combobox", name="领衔代表")
    lead.press_sequentially("ln", delay=30)
    page.locator(".r-combo__list [role=option]").first.wait_for()
    lead.press("Enter")
    assert lead.input_value() == "李娜"
    page.get_by_text("草稿已存在本机").wait_for()
    page.goto(LIST + "new/")
    page.get_by_role("button", name="恢复草稿").click()
    assert page.get_by_label("标题").input_value() == "关于农村公交的建议"
    page.get_by_role("button", name="登记", exact=True).click()
    if page.locator("[data-error-summary]").count():
        page.locator("[data-error-summary] a").first.click()
        assert page.evaluate("document.activeElement.id").startswith("id_")
    else:
        assert "关于农村公交的建议" in page.locator("h1").inner_text()


def test_a_chart_is_drawn_and_has_its_table(open_page: Callable[..., Any], office: Office) -> None:
    page = open_page()
    sign_in(page, "clerk")
    page.goto("/figures/suggestions.count/?year=2021")
    page.locator("figure[data-chart] canvas").first.wait_for()
    page.locator("figure[data-chart] summary").first.click()
    row = page.locator("figure[data-chart] tbody tr", has_text="2021").first
    assert "3" in row.inner_text()
