"""Real Chromium: a household extract comes onto the roll, a pair of doubles is decided, a number is looked at for a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from renda.elections.models import Likeness, RollImport, Voter
from renda.elections.roll import flow, searching
from renda.journal.models import Entry
from tests import office as offices
from tests.browser.test_ledgers import elsewhere
from tests.browser.test_paths import faults, sign_in
from tests.elections.roll import desk as desks
from tests.elections.roll.desk import Desk

NEIGHBOUR = "990107"


@pytest.fixture
def desk(transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The office on the live site, seven weeks before the election."""
    monkeypatch.setenv("RENDA_NOW", "2021-09-20T10:00")
    return desks.make(county=offices.make().county)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Callable[[], None]:
    """Does the imports that wait, beside the browser's event loop."""
    settings.DATA = tmp_path / "data"
    jobs: list[tuple[int, int]] = []
    monkeypatch.setattr(flow, "_queue", lambda pk, hat: jobs.append((pk, hat)))

    def all_of_them() -> None:
        while jobs:
            flow.run(*jobs.pop(0))

    return lambda: elsewhere(all_of_them)


def extract(folder: Path) -> Path:
    """Thirty voters, one of them a second time under a neighbouring county's code, one too young, one wrong number."""
    rows = [desks.person(n) for n in range(30)]
    name, sex, number, address, district = rows[3]
    twin = (name, sex, desks.number(number[6:14], int(number[14:17]), NEIGHBOUR), address, district)
    young = desks.person(40, born="2010-03-04")
    return desks.book(folder / "户籍资料.xlsx", [*rows, twin, young, ("王芳", "女", "99010119800101", "龙潭镇9号", "第1选区")])


def test_from_the_extract_to_the_roll(page: Any, desk: Desk, work: Callable[[], None], tmp_path: Path) -> None:
    sign_in(page, "elect")
    root = f"/election/{desk.election.pk}/roll/"
    page.goto(f"{root}import/")
    assert page.locator("nav.r-rail, .r-rail").count(), "the page stands in the frame of the site"
    assert page.locator('a[aria-current="page"]', has_text="选民登记").count()
    page.set_input_files("#files", str(extract(tmp_path)))
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_selector("#roll-progress")
    work()
    page.get_by_role("button", name="写入登记册（31 人）").wait_for()
    table = page.inner_text("main")
    assert "共读取 33 行" in table
    assert faults(page) == []
    assert elsewhere(Voter.objects.count) == 0, "nothing is written before it is confirmed"
    page.get_by_role("button", name="写入登记册（31 人）").click()
    page.wait_for_selector("#roll-progress")
    work()
    page.get_by_role("link", name="查看选民登记情况").wait_for()
    assert elsewhere(lambda: RollImport.objects.get().report["eligible"]) == 31
    page.get_by_role("link", name="查看选民登记情况").click()
    page.wait_for_url(f"**{root}")
    assert "登记选民" in page.inner_text("main")
    assert faults(page) == []

    elsewhere(lambda: searching.search(desk.election))
    page.goto(f"{root}duplicates/")
    assert page.get_by_text("疑似同一人 1").count()
    assert faults(page) == []
    page.get_by_role("button", name="同一人，保留这条").first.click()
    page.get_by_text("没有待核对的").wait_for()
    assert elsewhere(lambda: Likeness.objects.get(homonym=False).verdict) == "same"
    assert elsewhere(lambda: Voter.objects.filter(state="off", why_off="duplicate").count()) == 1

    held = elsewhere(lambda: Voter.objects.filter(state="registered").order_by("pk")[0])
    page.goto(f"{root}voters/{held.pk}/")
    assert str(held.identity_number) not in page.content()
    page.click(f'a[href$="/{held.pk}/reveal/identity_number/"]')
    page.fill("[name=reason]", "核对选民证")
    page.click("main form .btn-primary")
    page.get_by_text(str(held.identity_number)).wait_for()
    said = elsewhere(lambda: Entry.objects.order_by("-sequence")[0])
    assert "核对选民证" in str(said.payload)
    assert str(held.identity_number) not in str(said.payload)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_pages_are_accessible_and_fit_the_window(
    open_page: Callable[..., Any], desk: Desk, tmp_path: Path, width: int, height: int
) -> None:
    desk.bring(extract(tmp_path))
    searching.search(desk.election)
    page = open_page(width=width, height=height)
    sign_in(page, "elect")
    root, found = f"/election/{desk.election.pk}/roll/", []
    first = Voter.objects.order_by("pk").values_list("pk", flat=True)[0]
    for path in ("", "voters/", "enter/", "import/", "duplicates/", "changes/", f"voters/{first}/"):
        page.goto(root + path)
        assert page.locator(".r-rail").count(), path
        found += faults(page)
    assert found == []
