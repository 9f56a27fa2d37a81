"""A clerk imports ledgers in a real Chromium: progress over a reload, unknown headings, the workbook of rejected rows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from renda.core import clock
from renda.ledgers import flow, tasks
from renda.ledgers.models import Import
from renda.petitions.models import Petition
from tests import office as offices
from tests.browser.test_paths import faults, sign_in
from tests.ledgers import books
from tests.office import Office

HEADINGS = (*books.HEADINGS[:4], "来了几位", "承办单位")
GOOD = (("走1", "2021-03-05", "反映村道破损", "来信", 1, "县交通局"), ("走2", "2021.4.6", "反映水渠淤塞", "来访", "3人", ""))
BAD = (*GOOD, ("走3", "某日", "反映噪声", "来信", 1, ""))
MORE = (("走4", "2021-06-05", "反映路灯不亮", "来信", 2, ""),)


@pytest.fixture
def office(transactional_db: None, live_server: Any) -> Office:
    """The office on the live site."""
    return offices.make()


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Callable[[], None]:
    """Does the jobs that wait, beside the browser's event loop."""
    settings.DATA = tmp_path / "data"
    jobs: list[tuple[str, int, int]] = []
    monkeypatch.setattr(flow, "_queue", lambda task, pk, hat: jobs.append((task, pk, hat)))

    def all_of_them() -> None:
        while jobs:
            name, pk, hat = jobs.pop(0)
            getattr(tasks, name)(import_id=pk, hat_id=hat)

    return lambda: elsewhere(all_of_them)


def elsewhere(act: Callable[[], Any]) -> Any:
    """Run in a thread of its own; a browser's event loop and the database do not go together in one."""
    answer: list[Any] = []

    def run() -> None:
        try:
            answer.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return answer[0]


def upload(page: Any, path: Path) -> None:
    page.goto("/ledgers/")
    page.set_input_files("#files", str(path))
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_url("**/ledgers/*/")


def half_done() -> None:
    said = {"done": 50, "total": 100, "what": "信访登记", "started_at": clock.real_now().isoformat()}
    one = Import.objects.get()
    Import.objects.filter(pk=one.pk).update(progress=one.progress | said)


def test_a_clerk_imports_a_ledger(page: Any, office: Office, work: Callable[[], None], tmp_path: Path) -> None:
    before = elsewhere(Petition.objects.count)
    sign_in(page, "petition")
    upload(page, books.petitions(tmp_path / "信访.xlsx", BAD, HEADINGS))
    elsewhere(half_done)
    page.reload()
    page.get_by_text("50 / 100").wait_for()
    assert faults(page) == []

    work()
    page.get_by_text("没有认出的表头").wait_for()  # the page asks for itself; nobody reloads it
    assert faults(page) == []
    page.get_by_label("来了几位").select_option(label="人数")
    page.get_by_role("button", name="按所选重新检查").click()
    work()
    page.get_by_role("button", name="只导入合格的 2 行").wait_for()
    assert page.get_by_text("没有认出的表头").count() == 0
    assert elsewhere(Petition.objects.count) == before

    with page.expect_download() as download:
        page.get_by_role("link", name="下载退回和冲突的行").click()
    heading, row = books.cells(download.value.path().rename(tmp_path / "退回.xlsx"))
    place = heading.index("来信来访日期")
    assert row[place] == "某日"
    assert "不是日期" in row[place + 1]

    page.get_by_role("button", name="只导入合格的 2 行").click()
    work()
    page.get_by_text("导入结果").wait_for()
    assert elsewhere(Petition.objects.count) == before + len(GOOD)
    assert elsewhere(lambda: Petition.objects.get(number="走2").persons) == 3


def test_a_heading_once_mapped_is_known_from_then_on(page: Any, office: Office, work: Callable[[], None], tmp_path: Path) -> None:
    sign_in(page, "petition")
    upload(page, books.petitions(tmp_path / "一.xlsx", GOOD, HEADINGS))
    work()
    page.get_by_label("来了几位").select_option(label="人数")
    page.get_by_role("button", name="按所选重新检查").click()
    work()
    page.get_by_role("button", name="全部导入").click()
    work()
    page.get_by_text("导入结果").wait_for()
    upload(page, books.petitions(tmp_path / "二.xlsx", MORE, HEADINGS))
    work()
    page.get_by_role("button", name="全部导入").wait_for()
    assert page.get_by_text("没有认出的表头").count() == 0
    page.get_by_role("button", name="全部导入").click()
    work()
    page.get_by_text("导入结果").wait_for()
    assert elsewhere(lambda: Petition.objects.get(number="走4").persons) == 2


def test_reasons_are_told_in_the_language_of_the_clerk(
    open_page: Callable[..., Any], office: Office, work: Callable[[], None], tmp_path: Path
) -> None:
    page = open_page(language="en")
    sign_in(page, "petition")
    page.goto("/ledgers/")
    page.set_input_files(
        "#files", str(books.petitions(tmp_path / "a.xlsx", (("走1", "2021-03-05", "反映", "飞鸽", 1, "没有的局"),)))
    )
    page.get_by_role("button", name="Upload and check").click()
    page.wait_for_url("**/ledgers/*/")
    work()
    page.get_by_text("There is no choice “飞鸽”").wait_for()
    page.get_by_text("has no “没有的局”").wait_for()
