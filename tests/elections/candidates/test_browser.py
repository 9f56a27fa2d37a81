"""Real Chromium: the election clerk's way from a nomination by voters to the formal list and its announcement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from renda.elections.models import Announcement, Candidate, ElectoralDistrict, Nominee
from tests import office as offices
from tests.browser.test_paths import faults, sign_in
from tests.elections.candidates import desk as desks
from tests.elections.candidates.desk import SIGNERS, Desk
from tests.elections.lists import desk as lists


@pytest.fixture
def desk(transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The office on the live site, on the last day of the first list; its county is the desk's."""
    monkeypatch.setenv("RENDA_NOW", f"{desks.FIRST}T10:00")
    office = offices.make()
    monkeypatch.setattr(lists.small_county, "make", lambda: office.county)
    return desks.make()


def nominate(page: Any, url: str, name: str, **fields: str) -> None:
    page.goto(f"{url}nominate/")
    page.select_option("[name=kind]", fields.pop("kind", "organisation"))
    for field, value in {"name": name, **fields}.items():
        page.fill(f"[name={field}]", value)
    page.select_option("[name=sex]", "female")
    page.click("form.r-form .btn-primary")


def test_the_clerk_nominates_publishes_both_lists_and_announces(desk: Desk, page: Any) -> None:
    district = desks.district(desk)
    url = f"/election/{desk.election.pk}/candidates/district/{district.pk}/"
    sign_in(page, "elect")
    nominate(page, url, "周敏", kind="voters", signatures="\n".join(SIGNERS[:9]))
    assert "少于 10 人" in page.inner_text("[data-error-summary]")
    page.fill("[name=signatures]", "\n".join(SIGNERS[:10]))
    page.click("form.r-form .btn-primary")
    page.wait_for_url(f"**{url}")
    assert "选民 10 人联名" in page.inner_text("main")
    for name, organisation in (("吴兵", "县总工会"), ("丁香", "县妇联")):
        nominate(page, url, name, nominators=organisation)
        page.wait_for_url(f"**{url}")
    page.click("aside >> text=公布初步候选人名单")
    page.click("form.r-form .btn-primary")
    page.wait_for_url("**/candidates/")
    page.goto(url)
    page.click("aside >> text=公布正式候选人名单")
    page.click("form.r-form .btn-primary")
    page.wait_for_url(f"**{url}")
    assert list(Candidate.objects.alive().filter(formal=True).order_by("pk").values_list("name", flat=True)) == [
        "丁香",
        "吴兵",
        "周敏",
    ]
    page.click("aside >> text=发布公告 >> nth=-1")
    page.click("form.r-form .btn-primary")
    page.wait_for_url("**/announcements/")
    assert "第 1 号" in page.inner_text("main")
    assert Announcement.objects.get().district == ElectoralDistrict.objects.get(pk=district.pk)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_pages_are_accessible_and_fit_the_window(desk: Desk, open_page: Callable[..., Any], width: int, height: int) -> None:
    desks.by_party(desk, "周敏")
    district, election = desks.district(desk), desk.election.pk
    page = open_page(width=width, height=height)
    sign_in(page, "elect")
    root, found = f"/election/{election}/candidates/", []
    for path in (
        root, f"{root}district/{district.pk}/", f"{root}district/{district.pk}/nominate/", f"{root}nominee/{Nominee.objects.get().pk}/",
        f"{root}first/", f"{root}announcements/", f"{root}announcements/polling/new/",
    ):  # fmt: skip
        page.goto(path)
        found += faults(page)
    assert found == []
