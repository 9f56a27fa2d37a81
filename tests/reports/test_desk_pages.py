"""The pages of reports: who may open and send what, the flow of the panel, downloads, and what deputies see."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern

from renda.directory.models import Account, Division, Hat
from renda.figures import registry
from renda.reports.models import Choice, Remembered, Report, State
from renda.reports.pages import panel, printing, urls
from renda.reports.services import choosing, issuing
from tests.office import ROLES, Office
from tests.reports.desk import TEXT, actor_of, entry_of, open_report, places, word_file, write_all

pytestmark = pytest.mark.django_db

Sign = Callable[[str], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}
DRAFTERS, READERS = ("clerk", "operator"), ("clerk", "operator", "director")
# What each address answers to those who may use it (GET unless it only takes POST), and who they are; all others get 403 or 404.
GUARDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "reports": ("GET", (*READERS, "town", "deputy")), "report-upload": ("POST", (*DRAFTERS, "town")), "report-memory": ("GET", (*DRAFTERS, "town")),
    "report-forget": ("POST", (*DRAFTERS, "town")), "report": ("GET", READERS), "report-rename": ("POST", DRAFTERS), "report-void": ("POST", DRAFTERS),
    "report-accept-sure": ("POST", DRAFTERS), "report-checks": ("GET", READERS), "report-compare": ("GET", READERS),
    "report-docx": ("GET", READERS), "report-pdf": ("GET", READERS), "report-evidence": ("GET", READERS),
    "report-issue": ("GET", ("director", "operator")), "report-drift": ("GET", ()), "report-spot": ("GET", READERS),
    "report-settle": ("POST", DRAFTERS), "report-change": ("GET", DRAFTERS), "report-search": ("GET", READERS), "report-try": ("GET", READERS),
    "report-records": ("GET", READERS),
}  # fmt: skip


def address(pattern: URLPattern, report: Report, key: str) -> str:
    """The address of a pattern for a report and a place."""
    text = str(pattern.pattern).replace("<int:pk>", str(report.pk))
    return "/reports/" + text.replace("<int:start>-<int:end>-<int:nth>", key)


@pytest.fixture
def report(office: Office) -> Report:
    return open_report(office)


def key_of(report: Report, old: str, office: Office) -> str:
    return next(spot.key for spot in places(report, actor_of(office, "clerk")) if spot.old == old)


def test_every_address_has_its_guard(report: Report) -> None:
    assert {pattern.name for pattern in urls.urlpatterns} == GUARDS.keys()


@pytest.mark.parametrize("name", list(ROLES))
def test_who_may_use_which_address(
    report: Report, office: Office, as_role: Sign, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "_pdf", lambda report, draft, path: path.write_bytes(b"%PDF"))
    client, key = as_role(name), key_of(report, "5件", office)
    for pattern in urls.urlpatterns:
        method, allowed = GUARDS[pattern.name or ""]
        url = address(pattern, report, key)
        data = {"indicator": "suggestions.count", "year": "2021", "division": office.county.division.code}
        answer = client.get(url, data) if method == "GET" else client.post(url, data)
        if name in allowed:
            assert answer.status_code in (200, 302, 422), (pattern.name, answer.status_code)
        else:
            assert answer.status_code in (403, 404), (pattern.name, answer.status_code)
    assert Report.objects.filter(voided_at__isnull=True).count() == 1
    assert Client().get(f"/reports/{report.pk}/").headers["Location"].startswith("/login/")


@pytest.mark.parametrize("name", list(ROLES))
def test_refused_methods(report: Report, office: Office, as_role: Sign, name: str) -> None:
    client, key = as_role(name), key_of(report, "5件", office)
    for pattern in urls.urlpatterns:
        method, _allowed = GUARDS[pattern.name or ""]
        other = client.post if method == "GET" else client.get
        assert other(address(pattern, report, key)).status_code in (405, 403, 404, 302, 422), pattern.name  # issue takes both
    assert not Choice.objects.exists()


def test_a_township_clerk_never_reaches_the_countys_report(report: Report, office: Office, as_role: Sign) -> None:
    own = open_report(office, "town", at="龙潭镇")
    client = as_role("town")
    assert client.get(f"/reports/{own.pk}/").status_code == 200
    assert client.get(f"/reports/{report.pk}/").status_code == 404
    body = client.get("/reports/").content.decode()
    assert f"/reports/{own.pk}/" in body
    assert f"/reports/{report.pk}/" not in body
    data = {"year": "2021", "division": office.county.division.code, "file": SimpleUploadedFile("a.txt", TEXT.encode())}
    assert client.post("/reports/upload/", data).status_code == 403


def test_upload_leads_to_the_worksheet(office: Office, as_role: Sign) -> None:
    client = as_role("clerk")
    data = {"year": "2021", "division": office.county.division.code, "file": SimpleUploadedFile("去年.txt", TEXT.encode())}
    answer = client.post("/reports/upload/", data)
    body = client.get(answer.headers["Location"]).content.decode()
    assert "清河县人大常委会2021年工作报告" in body
    assert body.count('class="rp-spot ') >= 5
    bad = client.post("/reports/upload/", data | {"file": SimpleUploadedFile("a.exe", b"MZ")})
    assert bad.status_code == 422
    assert "不是 .docx、.txt 或 .md 文件" in bad.content.decode()


def test_settling_moves_on_to_the_next_place(report: Report, office: Office, as_role: Sign) -> None:
    client, who = as_role("clerk"), actor_of(office, "clerk")
    key = key_of(report, "5件", office)
    shown = client.get(f"/reports/{report.pk}/at/{key}/", **HTMX).content.decode()
    assert "代表建议件数" in shown
    assert "依据 3 条记录" in shown
    posted = {"decision": "accepted", "seen": "0", "meant": panel.meant(entry_of(report, "5件", who).binding)}
    answer = client.post(f"/reports/{report.pk}/at/{key}/settle/", posted, **HTMX)
    body = answer.content.decode()
    assert f'data-panel="{key_of(report, "4件", office)}"' in body
    assert "已定 1 处" in body
    assert 'id="text"' in body
    assert Choice.objects.get().decision == "accepted"
    again = client.post(f"/reports/{report.pk}/at/{key}/settle/", posted | {"decision": "open"}, **HTMX)
    assert again.status_code == 200
    assert "您的改动没有保存" in again.content.decode()
    assert Choice.objects.get().decision == "accepted"


def test_accepting_something_else_than_was_shown_is_refused(report: Report, office: Office, as_role: Sign) -> None:
    key = key_of(report, "5件", office)
    posted = {"decision": "accepted", "seen": "0", "meant": "0" * 16}
    assert "有了变化" in as_role("clerk").post(f"/reports/{report.pk}/at/{key}/settle/", posted, **HTMX).content.decode()
    assert not Choice.objects.exists()


def test_changing_by_search_selects_and_value(report: Report, office: Office, as_role: Sign) -> None:
    client, key = as_role("clerk"), key_of(report, "7个", office)
    base = f"/reports/{report.pk}/at/{key}"
    found = client.get(f"{base}/search/?q=代表建议件数", **HTMX).content.decode()
    assert "suggestions.count" in found
    assert "<b>3件</b>" in found
    selects = client.get(f"{base}/change/?indicator=suggestions.count", **HTMX).content.decode()
    assert "采用这个指标" in selects
    assert 'name="where.' in selects
    tried = client.get(f"{base}/try/?indicator=suggestions.count&period=last&form=value", **HTMX).content.decode()
    assert "<b>0件</b>" in tried
    assert client.get(f"{base}/try/?indicator=no.such").status_code == 404
    client.post(
        f"{base}/settle/",
        {
            "decision": "changed",
            "seen": "0",
            "indicator": "suggestions.count",
            "period": "year",
            "form": "value",
            "remember": "1",
        },
    )
    assert Choice.objects.get().binding["indicator"] == "suggestions.count"
    assert "先进集体3个" in client.get(f"/reports/{report.pk}/compare/").content.decode().replace("<ins>", "").replace(
        "</ins>", ""
    )
    assert "表彰先进集体" in client.get("/reports/memory/").content.decode()
    client.post("/reports/memory/forget/", {"pick": [str(Remembered.objects.get().pk)]})
    assert not Remembered.objects.exists()


@pytest.mark.parametrize(
    "words", ["代表建议件数", "建议件数", "dbjyjs", "daibiaojianyijianshu", "suggestions.count", "建议 件数"]
)
def test_an_indicator_is_found_by_name_alias_pinyin_and_code(words: str) -> None:
    assert "suggestions.count" in [one.code for one in choosing.search(words)]


def test_every_indicator_is_found_first_by_its_own_name() -> None:
    for one in registry.all_indicators():
        names = [found.name for found in choosing.search(one.name)]
        assert one.name in names[:3], one.code
    assert choosing.search("   ") == []
    assert choosing.search("代表建义件数")  # a slip of the pen: the nearest names


def test_all_that_is_sure_is_accepted_at_once(report: Report, office: Office, as_role: Sign) -> None:
    body = as_role("clerk").post(f"/reports/{report.pk}/accept/", follow=True).content.decode()
    n = Choice.objects.filter(decision="accepted").count()
    assert n >= 2
    assert f"已一并采用 {n} 处" in body


def test_records_are_linked_and_pass_the_gate(report: Report, office: Office, as_role: Sign) -> None:
    url = f"/reports/{report.pk}/at/{key_of(report, '5件', office)}/records/"
    body = as_role("clerk").get(url).content.decode()
    assert "关于农村饮水安全的建议（1）" in body
    assert f"/suggestions/suggestions/{office.ids['suggestions.suggestions'][0]}/" in body
    petitions = f"/reports/{report.pk}/at/{key_of(report, '6件', office)}/records/"
    assert "13812345678" not in as_role("clerk").get(petitions).content.decode()


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_downloads(report: Report, office: Office, as_role: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    client = as_role("clerk")
    word = docx.Document(io.BytesIO(content_of(client.get(f"/reports/{report.pk}/report.docx"))))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "代表建议3件" in text
    assert "〔待核〕" in text
    book = openpyxl.load_workbook(io.BytesIO(content_of(client.get(f"/reports/{report.pk}/evidence.xlsx"))))
    assert len(book.sheetnames) >= 2
    monkeypatch.setattr("renda.documents.pdf._program", lambda: None)
    answer = client.get(f"/reports/{report.pk}/report.pdf", follow=True)
    assert "没有安装 LibreOffice" in answer.content.decode()


def test_a_word_source_keeps_its_own_paragraphs(office: Office, as_role: Sign) -> None:
    client = as_role("clerk")
    content = word_file("清河县人大常委会2020年工作报告", "2020年，共收到代表建议5件。")
    data = {"year": "2021", "division": office.county.division.code, "file": SimpleUploadedFile("去年.docx", content)}
    url = client.post("/reports/upload/", data).headers["Location"]
    word = docx.Document(io.BytesIO(content_of(client.get(f"{url}report.docx"))))
    assert any("代表建议3件" in paragraph.text for paragraph in word.paragraphs)


def test_issuing_through_the_page_and_what_each_role_sees_then(report: Report, office: Office, as_role: Sign) -> None:
    director = as_role("director")
    assert "处须先改正" in director.get(f"/reports/{report.pk}/issue/").content.decode()
    written = write_all(report, actor_of(office, "clerk"))
    posted = {"seen": str(written.version), "issued_on": "2021-11-20"}
    assert as_role("clerk").post(f"/reports/{report.pk}/issue/", posted).status_code == 403
    assert director.post(f"/reports/{report.pk}/issue/", posted | {"seen": "1"}).status_code == 409
    body = director.post(f"/reports/{report.pk}/issue/", posted, follow=True).content.decode()
    report.refresh_from_db()
    assert report.state == State.ISSUED
    assert report.issue.digest in body
    assert "内容与摘要相符" in body
    word = docx.Document(io.BytesIO(content_of(director.get(f"/reports/{report.pk}/report.docx"))))
    assert any(report.issue.digest in paragraph.text for paragraph in word.paragraphs)
    deputy = as_role("deputy")
    assert report.issue.digest in deputy.get(f"/reports/{report.pk}/").content.decode()
    assert "印发后变动" not in deputy.get(f"/reports/{report.pk}/").content.decode()
    for page in ("drift/", "compare/", "report.docx", "evidence.xlsx", "checks/"):
        assert deputy.get(f"/reports/{report.pk}/{page}").status_code == 403, page


def test_the_page_of_drift_names_the_records(report: Report, office: Office, as_role: Sign) -> None:
    written = write_all(report, actor_of(office, "clerk"))
    issuing.issue(report.pk, seen=written.version, issued_on=date(2021, 11, 20), actor=actor_of(office, "director"))
    client = as_role("clerk")
    assert "与印发时相同" in client.get(f"/reports/{report.pk}/drift/").content.decode()
    row = {"编号": "2021-099", "类别": "建议", "标题": "后补的建议", "领衔代表": "张伟", "提出日期": "2021-03-01"}
    office.county.enter("suggestions.suggestions", [row], year=2021)
    body = client.get(f"/reports/{report.pk}/drift/").content.decode()
    assert "新增 1" in body
    assert "后补的建议" in body


def test_english_pages_say_nothing_in_chinese_of_their_own(report: Report, office: Office, as_role: Sign) -> None:
    client = as_role("clerk")
    client.cookies["renda_language"] = "en"
    body = client.get(f"/reports/{report.pk}/?at={key_of(report, '5件', office)}").content.decode()
    assert "Leave open" in body
    for words in ("采用", "留待核实", "手工填写", "与上年对照", "打印前检查", "把握"):
        assert words not in body, words


def test_markup_in_a_report_stays_text(office: Office, as_role: Sign) -> None:
    nasty = '<script>alert(1)</script>2020年工作报告\n各位代表：\n2020年，共收到"<b>代表</b>建议5件&amp;。<img src=x onerror=alert(1)>表彰7个。\n'
    report = open_report(office, text=nasty)
    client = as_role("clerk")
    base = f"/reports/{report.pk}/"
    pages = ["", f"?at={key_of(report, '7个', office)}", "compare/", "checks/", f"at/{key_of(report, '5件', office)}/"]
    write_all(report, actor_of(office, "clerk"))
    for page in [*pages, *pages[:1]]:
        body = client.get(base + page).content.decode()
        assert "<script>alert" not in body, page
        assert "<img src=x" not in body, page
        assert "<b>代表" not in body, page
    report.refresh_from_db()
    issuing.issue(report.pk, seen=report.version, issued_on=date(2021, 11, 20), actor=actor_of(office, "director"))
    assert "<script>alert" not in client.get(base).content.decode()


def test_without_divisions_the_page_says_what_to_do(db: None) -> None:
    account = Account(username="first", display_name="first", must_change_password=False)
    account.set_password("x")
    account.save()
    client = Client()
    client.force_login(account)
    area = Division.objects.create(code="990199", name="旧县", level="county", path="990199", valid_to=date(2000, 1, 1))
    Hat.objects.create(account=account, role="congress_clerk", division=area)
    assert client.get("/reports/").status_code == 200
    answer = client.post("/reports/upload/", {"year": "2021", "division": "", "file": SimpleUploadedFile("a.txt", TEXT.encode())})
    assert answer.status_code == 422
    assert "还没有登记区划" in answer.content.decode()
