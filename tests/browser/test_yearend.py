"""Real Chromium: the year-end papers — choosing the album's pictures, from report to plan, the statistics of a term — and axe on their pages."""

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from PIL import Image

from renda.directory.gate import OPERATOR
from renda.files.services import attach
from renda.outreach.models import AlbumPicture
from renda.planning.models import PlanItem
from renda.registers import registry
from tests import office as offices
from tests.browser.test_paths import faults, sign_in
from tests.office import Office
from tests.reports.test_plan_part import REPORT

ADDRESSES = (
    "/yearend/",
    "/yearend/album/",
    "/yearend/term/?room=suggestions&room=petitions",
    "/yearend/plan/?year=2021",
    "/yearend/plan/pick/",
)


@pytest.fixture
def office(transactional_db: None, live_server: Any) -> Office:
    """The office with a term, a plan, and two visits with pictures."""
    made = offices.make()
    made.county.enter("directory.terms", [{"层级": "县级", "届次": 11, "起始日期": "2020-01-01"}])
    made.county.enter("planning.plan", [{"年度": 2021, "计划事项": "开展饮水安全视察", "计划完成日期": "2021-06-30"}])
    rows = [{"活动名称": f"饮水安全视察{n}", "活动形式": "视察", "活动日期": f"2021-06-0{n}"} for n in (1, 2)]
    for pk, colour in zip(made.county.enter("supervision.visits", rows), ("teal", "olive"), strict=True):
        content = io.BytesIO()
        Image.new("RGB", (640, 400), colour).save(content, "PNG")
        attach(
            "supervision.visits",
            registry.get("supervision.visits").model._default_manager.get(pk=pk),
            "现场.png",
            content.getvalue(),
            actor=OPERATOR,
        )
    return made


@pytest.mark.parametrize(("width", "language", "scheme"), [(1366, "zh-hans", "light"), (390, "en", "dark")])
def test_axe_finds_nothing_serious(open_page: Callable[..., Any], office: Office, width: int, language: str, scheme: str) -> None:
    page = open_page(width=width, height=800, language=language, color_scheme=scheme)
    sign_in(page, "clerk")
    found = []
    for address in ADDRESSES:
        page.goto(address)
        found += faults(page)
    page.goto("/yearend/plan/pick/")
    page.fill("#text", REPORT)
    page.click("form:has(#text) .btn-primary")
    page.wait_for_selector("[data-picked]")
    assert found + faults(page) == []


def test_a_clerk_chooses_the_albums_pictures(open_page: Callable[..., Any], office: Office) -> None:
    page = open_page()
    sign_in(page, "clerk")
    page.goto("/yearend/album/?year=2021")
    assert page.inner_text("[data-picked]") == "0"
    page.click("[data-pick-all]")
    assert page.inner_text("[data-picked]") == "2"
    page.locator("input[name=pick]").nth(1).uncheck()
    assert page.inner_text("[data-picked]") == "1"
    page.locator("textarea").nth(0).fill("县人大代表视察饮水安全")
    page.click("button[value=keep]")
    page.wait_for_url("**/yearend/album/?year=2021&by=room")
    assert page.locator("input[name=pick]").nth(0).is_checked()
    assert page.locator("textarea").nth(0).input_value() == "县人大代表视察饮水安全"
    assert [row.caption for row in AlbumPicture.objects.alive()] == ["县人大代表视察饮水安全"]
    with page.expect_download() as download:
        page.click("button[value=docx]")
    made = docx.Document(str(download.value.path()))
    assert download.value.suggested_filename == "2021年工作图册.docx"
    assert made.tables[0].rows[1].cells[0].text == "县人大代表视察饮水安全"


def test_a_clerk_turns_a_report_into_a_plan(open_page: Callable[..., Any], office: Office) -> None:
    page = open_page()
    sign_in(page, "clerk")
    page.goto("/yearend/plan/pick/")
    page.set_input_files("#file", {"name": "2020年工作报告.txt", "mimeType": "text/plain", "buffer": REPORT.encode()})
    page.click("form:has(#file) .btn-primary")
    page.wait_for_selector("[data-picked]")
    assert page.inner_text("[data-picked]") == "3"
    page.locator("input[name=pick]").nth(2).uncheck()
    page.select_option("#owner-1", label="县教育局")
    page.click("form[data-pick] .btn-primary")
    page.wait_for_url("**/yearend/plan/?year=2021")
    assert "已列入 2021 年工作计划 2 项" in page.inner_text("main")
    item = PlanItem.objects.get(title__startswith="6月底前对")
    assert (item.owner.name if item.owner else "", item.planned_on.isoformat()) == ("县教育局", "2021-06-30")
