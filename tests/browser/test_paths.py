"""Real Chromium: each role's main path, the keyboard, and axe on every kind of page at both widths and in both languages."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import office as offices
from tests.office import PASSWORD, ROLES, Office

LIST = "/suggestions/suggestions/"
MAIN = {
    "clerk": LIST, "petition": "/petitions/petitions/", "director": "/figures/", "town": "/directory/deputies/", "deputy": LIST, "unit": LIST,
    "elect": "/elections/", "registrar": "/elections/", "teller": "/elections/",
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
        for v in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
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
    assert found == []


def test_axe_finds_nothing_serious_for_the_administrators(open_page: Callable[..., Any], office: Office) -> None:
    account = office.accounts["town"].pk
    for name, pages in {
        "security": ["/", "/accounts/", "/accounts/new/", f"/accounts/{account}/"],
        "audit": ["/"],
        "system": ["/"],
    }.items():
        page = open_page(width=390, height=844, language="en")
        sign_in(page, name)
        found = []
        for address in pages:
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            found += faults(page)
        assert found == [], name


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


def test_the_first_tab_skips_to_the_text_and_the_order_follows_the_page(open_page: Callable[..., Any], office: Office) -> None:
    page = open_page()
    sign_in(page, "clerk")
    page.goto(LIST)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "r-skip"
    assert page.locator(".r-skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    places = []
    for _step in range(14):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")
        box = page.evaluate(
            "(e => { const b = e.getBoundingClientRect(); return [Math.round(b.top), Math.round(b.left)] })(document.activeElement)"
        )
        places.append(box[0])
        seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'")
        assert seen, page.evaluate("document.activeElement.outerHTML")
    assert all(after >= before - 40 for before, after in itertools.pairwise(places))


def test_a_column_is_sorted_from_the_keyboard_and_says_so(open_page: Callable[..., Any], office: Office) -> None:
    page = open_page()
    sign_in(page, "clerk")
    page.goto(LIST)
    head = page.get_by_role("columnheader", name="编号")
    head.get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**sort=**")
    assert page.get_by_role("columnheader", name="编号").get_attribute("aria-sort") == "ascending"
    assert "（1）" in page.locator("tbody tr").first.inner_text()
    page.get_by_role("columnheader", name="编号").get_by_role("link").press("Enter")
    page.wait_for_url("**sort=-**")
    assert page.get_by_role("columnheader", name="编号").get_attribute("aria-sort") == "descending"
    assert "（3）" in page.locator("tbody tr").first.inner_text()


def test_menus_and_dialogs_open_close_and_give_the_focus_back(open_page: Callable[..., Any], office: Office) -> None:
    page = open_page()
    sign_in(page, "clerk")
    page.goto(LIST)
    menu = page.get_by_role("button", name="显示的栏")
    menu.focus()
    page.keyboard.press("Enter")
    page.locator(".dropdown-menu.show").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".dropdown-menu.show").count() == 0
    assert menu.evaluate("e => e === document.activeElement")
    page.locator("main").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    page.locator(".modal.show:focus-within").wait_for()
    for _step in range(6):
        page.keyboard.press("Tab")
        # the browser's own bar may have it, nothing of the page behind may
        inside = "(e => e === document.body || document.querySelector('.modal.show').contains(e))(document.activeElement)"
        assert page.evaluate(inside)
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")


def test_an_account_is_made_and_its_owner_sets_a_password(open_page: Callable[..., Any], office: Office) -> None:
    page = open_page()
    sign_in(page, "security")
    page.goto("/accounts/new/")
    page.get_by_label("登录名").fill("zhangwei")
    page.get_by_label("姓名", exact=True).fill("张伟")
    page.get_by_label("角色").select_option("deputy")
    person = page.get_by_role("combobox", name="对应名录中的人")
    person.press_sequentially("zw", delay=30)
    page.locator(".r-combo__list [role=option]").first.wait_for()
    person.press("Enter")
    page.get_by_role("button", name="建立账号").click()
    password = page.locator("code").inner_text()
    newcomer = open_page(width=390, height=844)
    newcomer.goto("/login/")
    newcomer.fill("#id_username", "zhangwei")
    newcomer.fill("#id_password", password)
    newcomer.click("form .btn-primary")
    newcomer.wait_for_url("**/password/")
    newcomer.get_by_label("现在的密码").fill(password)
    newcomer.get_by_label("新密码", exact=True).fill("quiet-river-stone")
    newcomer.get_by_label("再输入一次新密码").fill("quiet-river-stone")
    newcomer.get_by_role("button", name="修改密码").click()
    newcomer.get_by_role("heading", name="与我有关的").wait_for()
