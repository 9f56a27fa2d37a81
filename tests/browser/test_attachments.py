"""Real Chromium: a unit files a normative document with its materials as files; the office downloads them, adds one, takes one away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from renda.files.models import Attachment
from renda.filing.models import NormativeDocument
from tests import office as offices
from tests.browser.test_paths import faults, sign_in
from tests.files import documents
from tests.office import Office

Open = Callable[..., Any]


@pytest.fixture
def office(transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office on the live site, on 20 December 2026."""
    monkeypatch.setenv("RENDA_NOW", "2026-12-20T12:00")
    return offices.make()


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Paths of documents that an office has at hand, by name."""
    contents = {
        "备案报告.pdf": documents.pdf(), "正式文本.docx": documents.word(), "说明.ofd": documents.ofd(), "依据.xlsx": documents.sheet(),
        "宏.docx": documents.word(word__vbaProject_bin=b"x"),
    }  # fmt: skip
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: str(tmp_path / name) for name in contents}


def choose(page: Any, files: dict[str, str], **chosen: str) -> None:
    for field, name in chosen.items():
        page.set_input_files(f"#id_{field}", files[name])


def test_a_document_is_filed_with_its_materials(open_page: Open, office: Office, files: dict[str, str]) -> None:
    row = {"文件名称": "学校周边交通管理办法", "制定机关": "县教育局", "公布日期": "2026-12-02"}
    pk = office.county.enter("filing.documents", [row])[0]
    unit = open_page()
    sign_in(unit, "unit")
    unit.goto(f"/filing/documents/{pk}/step/file/")
    assert not unit.locator("#id_report_file").is_visible()
    unit.select_option("#id_form", "paper")
    assert unit.locator("#id_report").is_visible()
    unit.select_option("#id_form", "online")
    assert not unit.locator("#id_report").is_visible()
    choose(unit, files, report_file="备案报告.pdf", text_file="宏.docx", explanation_file="说明.ofd", basis_file="依据.xlsx")
    unit.fill("#id_contact", "办公室 12345")
    unit.click(".r-form__foot .btn-primary")
    unit.wait_for_selector(".r-summary")
    assert "含有宏" in unit.inner_text(".r-summary")
    assert not Attachment.objects.exists()
    choose(
        unit, files, report_file="备案报告.pdf", text_file="正式文本.docx", explanation_file="说明.ofd", basis_file="依据.xlsx"
    )
    unit.click(".r-form__foot .btn-primary")
    unit.wait_for_selector(".r-note--done")
    assert NormativeDocument.objects.get(pk=pk).phase == "filed"
    assert faults(unit) == []
    clerk = open_page()
    sign_in(clerk, "clerk")
    clerk.goto(f"/filing/documents/{pk}/")
    with clerk.expect_download() as got:
        clerk.click(".r-answers a:has-text('正式文本.docx')")
    assert Path(got.value.path()).read_bytes() == Path(files["正式文本.docx"]).read_bytes()
    clerk.click("#attachments summary")
    clerk.set_input_files("#files", files["备案报告.pdf"])
    clerk.fill("#caption", "纸质件扫描")
    clerk.click("#attachments .btn")
    clerk.wait_for_selector("#attachments >> text=纸质件扫描")
    clerk.locator("#attachments li", has_text="纸质件扫描").locator("text=作废").click()
    clerk.fill("#id_reason", "重复上传")
    clerk.click(".btn-danger")
    clerk.wait_for_selector("#attachments >> text=已作废的附件")
    assert Attachment.objects.filter(voided_at__isnull=True).count() == 4
