"""Importing through the site: upload, check in the background, confirm, result; who may do what."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from renda.journal.models import Entry
from renda.ledgers import flow, tasks
from renda.ledgers.models import Import, State
from renda.petitions.models import Petition
from renda.registers.models import Mapping
from tests.ledgers import books
from tests.ui.conftest import as_role, office

__all__ = ["as_role", "office"]
pytestmark = pytest.mark.django_db

Jobs = list[tuple[str, int, int]]
ROWS = (("信1", "2021-03-05", "反映村道破损", "来信", 1, "县交通局"), ("信2", "2021.4.6", "反映水渠淤塞", "来访", "3人", ""))
BAD = (*ROWS, ("信3", "某日", "反映噪声", "来信", 1, ""))


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Jobs:
    """Jobs that were queued; the test runs them when it wants to. Files go to a data folder of the test's own."""
    jobs: Jobs = []
    settings.DATA = tmp_path / "data"
    monkeypatch.setattr(flow, "_queue", lambda task, pk, hat: jobs.append((task, pk, hat)))
    return jobs


def work(jobs: Jobs) -> None:
    while jobs:
        name, pk, hat = jobs.pop(0)
        getattr(tasks, name)(import_id=pk, hat_id=hat)


def send(client: Client, *paths: Path) -> Any:
    return client.post("/ledgers/upload/", {"files": [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]})


@pytest.fixture
def clerk(as_role: Callable[[str], Client]) -> Client:
    return as_role("petition")


def test_upload_check_confirm_result(clerk: Client, queue: Jobs, tmp_path: Path) -> None:
    before = Petition.objects.count()
    answer = send(clerk, books.petitions(tmp_path / "信访.xlsx", ROWS))
    one = Import.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/ledgers/{one.pk}/")
    stored = flow.folder_of(one.pk) / one.files[0]["stored"]
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    assert 'hx-get="/ledgers/' in clerk.get(answer.url).content.decode()
    work(queue)
    one.refresh_from_db()
    assert (one.state, one.report["created"], Petition.objects.count()) == (State.CHECKED, 2, before)
    page = clerk.get(answer.url).content.decode()
    assert "全部导入" in page
    assert clerk.get(f"{answer.url}progress/")["HX-Refresh"] == "true"
    clerk.post(f"{answer.url}write/", {"how": "all"})
    work(queue)
    one.refresh_from_db()
    assert (one.state, one.report["created"], Petition.objects.count()) == (State.DONE, 2, before + 2)
    assert Petition.objects.get(number="信2").import_batch == one.pk
    assert not stored.exists()
    assert "导入结果" in clerk.get(answer.url).content.decode()
    assert "信访.xlsx" in clerk.get("/ledgers/").content.decode()


def test_good_rows_and_the_workbook_of_the_others(clerk: Client, queue: Jobs, tmp_path: Path) -> None:
    address = send(clerk, books.petitions(tmp_path / "a.xlsx", BAD)).url
    work(queue)
    page = clerk.get(address).content.decode()
    assert "只导入合格的 2 行" in page
    assert "某日" in page
    clerk.post(f"{address}write/", {"how": "all"})
    assert Import.objects.get().state == State.CHECKED
    clerk.post(f"{address}write/", {"how": "good"})
    work(queue)
    assert Import.objects.get().state == State.DONE
    assert Petition.objects.filter(number__in=["信1", "信2", "信3"]).count() == 2
    content = b"".join(clerk.get(f"{address}rejects.xlsx").streaming_content)
    (tmp_path / "r.xlsx").write_bytes(content)
    assert "某日" in books.cells(tmp_path / "r.xlsx")[1]


def test_unknown_heading_is_mapped_and_remembered(clerk: Client, queue: Jobs, tmp_path: Path) -> None:
    headings = ("信访编号", "来信来访日期", "反映事项", "信访形式", "几个人来的", "承办单位")
    address = send(clerk, books.petitions(tmp_path / "a.xlsx", ROWS, headings)).url
    work(queue)
    assert Import.objects.get().report["sheets"][0]["unknown_headings"] == ["几个人来的"]
    assert "几个人来的" in clerk.get(address).content.decode()
    clerk.post(f"{address}settle/", {"map-1-0": "persons"})
    work(queue)
    assert Import.objects.get().report["sheets"][0]["unknown_headings"] == []
    clerk.post(f"{address}write/", {"how": "all"})
    work(queue)
    assert Petition.objects.get(number="信2").persons == 3
    assert Mapping.objects.get().field == "persons"
    assert Entry.objects.filter(action="ledgers.mapped").count() == 1


def test_heading_left_out_is_not_asked_again(clerk: Client, queue: Jobs, tmp_path: Path) -> None:
    headings = ("信访编号", "来信来访日期", "反映事项", "信访形式", "天气", "承办单位")
    address = send(clerk, books.petitions(tmp_path / "a.xlsx", ROWS, headings)).url
    work(queue)
    clerk.post(f"{address}settle/", {"map-1-0": ""})
    work(queue)
    assert Import.objects.get().report["sheets"][0]["unknown_headings"] == []


def test_column_that_does_not_exist_is_refused(clerk: Client, queue: Jobs, tmp_path: Path) -> None:
    headings = ("信访编号", "来信来访日期", "反映事项", "信访形式", "天气", "承办单位")
    address = send(clerk, books.petitions(tmp_path / "a.xlsx", ROWS, headings)).url
    work(queue)
    clerk.post(f"{address}settle/", {"map-1-0": "no_such_column"})
    assert not Mapping.objects.exists()
    assert Import.objects.get().state == State.CHECKED


def test_sheet_of_unknown_kind_can_be_named(clerk: Client, queue: Jobs, tmp_path: Path) -> None:
    path = books.write(tmp_path / "a.xlsx", {"Sheet1": [("编号", "标题"), ("甲1", "某事")]})
    address = send(clerk, path).url
    work(queue)
    one = Import.objects.get()
    assert (one.state, one.report["sheets"][0]["register"]) == (State.CHECKED, "")
    assert "这是哪一种台账" in clerk.get(address).content.decode()
    clerk.post(f"{address}settle/", {"register-1": "suggestions.suggestions"})
    assert not queue, "a register outside the role's reach was accepted"
    clerk.post(f"{address}settle/", {"register-1": "petitions.petitions"})
    assert Import.objects.get().files[0]["registers"] == {"Sheet1": "petitions.petitions"}


def test_file_that_cannot_be_read_says_why(clerk: Client, queue: Jobs, tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    address = send(clerk, broken).url
    work(queue)
    one = Import.objects.get()
    assert one.state == State.FAILED
    assert one.message in clerk.get(address).content.decode()
    clerk.post(f"{address}drop/")
    assert Import.objects.get().state == State.REFUSED
    assert not flow.folder_of(one.pk).exists()


def test_upload_of_no_ledger_is_refused(clerk: Client, queue: Jobs, tmp_path: Path) -> None:
    program = tmp_path / "a.exe"
    program.write_bytes(b"MZ")
    answer = send(clerk, program)
    assert answer.status_code == 422
    assert "不是台账文件" in answer.content.decode()
    assert clerk.post("/ledgers/upload/", {}).status_code == 422
    assert not Import.objects.exists()
    assert not queue


def test_a_name_with_a_path_in_it_stays_in_the_folder(clerk: Client, queue: Jobs, tmp_path: Path) -> None:
    content = books.petitions(tmp_path / "a.xlsx", ROWS).read_bytes()
    clerk.post("/ledgers/upload/", {"files": SimpleUploadedFile("..\\..\\x.xlsx", content)})
    one = Import.objects.get()
    assert one.files[0]["name"] == "x.xlsx"
    assert [path.name for path in flow.folder_of(one.pk).iterdir()] == ["1.xlsx"]


@pytest.mark.parametrize("role", ["director", "deputy", "unit", "system", "security", "audit"])
def test_roles_without_import_are_refused(as_role: Callable[[str], Client], queue: Jobs, tmp_path: Path, role: str) -> None:
    client = as_role(role)
    for address in ("/ledgers/", "/ledgers/templates.zip", "/ledgers/export.zip"):
        assert client.get(address).status_code == 403, address
    assert send(client, books.petitions(tmp_path / "a.xlsx", ROWS)).status_code == 403
    assert not Import.objects.exists()


def test_imports_of_petitions_stay_with_those_who_may_import_them(
    as_role: Callable[[str], Client], clerk: Client, queue: Jobs, tmp_path: Path
) -> None:
    address = send(clerk, books.petitions(tmp_path / "信访甲.xlsx", ROWS)).url
    work(queue)
    for role in ("clerk", "town"):
        other = as_role(role)
        for part in ("", "progress/", "rejects.xlsx"):
            assert other.get(f"{address}{part}").status_code == 404, (role, part)
        for part in ("write/", "settle/", "drop/"):
            assert other.post(f"{address}{part}").status_code == 404, (role, part)
        assert "信访甲" not in other.get("/ledgers/").content.decode()
    assert Import.objects.get().state == State.CHECKED


def test_register_outside_the_role_fails_with_the_reason(as_role: Callable[[str], Client], queue: Jobs, tmp_path: Path) -> None:
    suggestions = [("编号", "类别", "标题", "领衔代表", "提出日期"), ("2021-001", "建议", "关于修路的建议", "张伟", "2021-02-25")]
    send(as_role("town"), books.write(tmp_path / "a.xlsx", {"议案建议": suggestions}))
    work(queue)
    one = Import.objects.get()
    assert one.state == State.FAILED
    assert "没有“导入台账”的权限" in one.message


def test_withdrawn_hat_stops_the_import(clerk: Client, queue: Jobs, tmp_path: Path) -> None:
    send(clerk, books.petitions(tmp_path / "a.xlsx", ROWS))
    from renda.directory.models import Hat

    Hat.objects.filter(pk=queue[0][2]).delete()
    work(queue)
    assert Import.objects.get().state == State.FAILED


def test_templates_are_those_of_the_role(clerk: Client) -> None:
    with zipfile.ZipFile(io.BytesIO(b"".join(clerk.get("/ledgers/templates.zip").streaming_content))) as packed:
        names = packed.namelist()
    assert names
    assert all("信访" in name for name in names), names
    assert clerk.get("/ledgers/templates/petitions.petitions.xlsx").status_code == 200
    assert clerk.get("/ledgers/templates/suggestions.suggestions.xlsx").status_code == 404


def test_recovery_of_imports_that_a_dead_worker_left(clerk: Client, queue: Jobs, tmp_path: Path) -> None:
    send(clerk, books.petitions(tmp_path / "a.xlsx", ROWS))
    one, (_, pk, hat) = Import.objects.get(), queue.pop()
    flow.recover()
    assert queue == [("check", pk, hat)]
    work(queue)
    started = {"hat": hat, "started_at": "2021-11-20T00:00:00+00:00"}
    Import.objects.filter(pk=pk).update(state=State.WRITING, progress=started)
    flow.recover()
    one.refresh_from_db()
    assert (one.state, bool(one.message)) == (State.FAILED, True)
    Import.objects.filter(pk=pk).update(state=State.WRITING, progress={"hat": hat})
    flow.recover()
    assert Import.objects.get().state == State.WRITING, "an import that waits in the queue was given up"
