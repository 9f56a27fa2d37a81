"""Attachments on the pages: documents of a record and of a step, who opens them, how they are taken away, what the journal and the check say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from renda.core import checking
from renda.files import services, upgrading
from renda.files.models import Attachment, StoredFile
from renda.journal.models import Entry
from renda.journal.services import verify
from renda.petitions.models import Petition
from renda.procedure.models import StepTaken
from tests.files import documents
from tests.office import Office
from tests.ui import steps_desk
from tests.ui.steps_desk import Pages

SUGGESTIONS = "suggestions.suggestions"


@pytest.fixture
def pages(db: None) -> Iterator[Pages]:
    yield from steps_desk.make()


def upload(client: Client, office: Office, **more: Any) -> Any:
    page = f"/suggestions/suggestions/{office.ids[SUGGESTIONS][0]}/"
    return client.post(page + "attachments/", more, follow=True)


def pdf(name: str = "意见.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, documents.pdf())


def test_a_document_is_listed_downloaded_and_never_shown_inline(office: Office, as_role: Callable[[str], Client]) -> None:
    clerk = as_role("clerk")
    page = upload(
        clerk, office, files=[pdf(), SimpleUploadedFile("说明.docx", documents.word())], caption="承办单位来函"
    ).content.decode()
    assert page.count("承办单位来函") == 2
    kept = Attachment.objects.get(name="意见.pdf")
    answer = clerk.get(f"/suggestions/suggestions/{kept.record_id}/attachments/{kept.pk}/")
    assert b"".join(answer) == documents_content(kept)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert clerk.get(f"/suggestions/suggestions/{kept.record_id}/pictures/{kept.pk}/").status_code == 404
    assert as_role("director").get(f"/suggestions/suggestions/{kept.record_id}/attachments/{kept.pk}/").status_code == 200
    assert as_role("audit").get(f"/suggestions/suggestions/{kept.record_id}/attachments/{kept.pk}/").status_code == 403


def faults(code: str) -> list[checking.Fault]:
    checking.load(["renda.files"])
    return list(checking.get(code).find())


def documents_content(row: Attachment) -> bytes:
    content = services.content_of(row.file)
    assert content.startswith(b"%PDF")
    assert not services.path_of(row.file.digest).read_bytes().startswith(b"%PDF"), "encrypted at rest"
    return content


def test_one_bad_file_keeps_all_of_them_out(office: Office, as_role: Callable[[str], Client]) -> None:
    files = [pdf(), SimpleUploadedFile("宏.docx", documents.word(word__vbaProject_bin=b"x"))]
    page = upload(as_role("clerk"), office, files=files).content.decode()
    assert "宏.docx：文档含有宏" in page
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()


def test_an_attachment_is_taken_away_with_a_reason(office: Office, as_role: Callable[[str], Client]) -> None:
    clerk = as_role("clerk")
    upload(clerk, office, files=[pdf()])
    kept = Attachment.objects.get()
    page = f"/suggestions/suggestions/{kept.record_id}/attachments/{kept.pk}/"
    assert as_role("director").post(page + "void/", {"reason": "传错"}).status_code == 403
    assert "请写明作废的原因" in clerk.post(page + "void/", {"reason": " "}).content.decode()
    answer = clerk.post(page + "void/", {"reason": "传错文件"}, follow=True).content.decode()
    assert "已作废的附件（1）" in answer
    assert "原因：传错文件" in answer
    assert clerk.get(page).status_code == 404
    assert clerk.post(page + "void/", {"reason": "再来"}).status_code == 404
    actions = Entry.objects.filter(subject_kind=SUGGESTIONS, action__startswith="files.").order_by("sequence")
    assert [(one.action, one.subject_label) for one in actions] == [("files.attached", "意见.pdf"), ("files.voided", "意见.pdf")]
    assert not verify().fault
    upload(clerk, office, files=[pdf()])
    assert Attachment.objects.filter(voided_at__isnull=True).count() == 1, "what was taken away may come again"


def test_a_secret_attachment_opens_for_those_who_may_unmask_and_is_journalled(pages: Pages) -> None:
    page = pages.post("petition", "attachments/", files=[pdf("周大勇的身份证.pdf")], secret="on")
    kept = Attachment.objects.get()
    assert kept.secret
    assert "含保密内容，下载记入日志" in page
    mine = pages.client("petition").get(pages.address(f"attachments/{kept.pk}/"))
    assert (mine.status_code, mine.headers["Cache-Control"]) == (200, "private, no-store")
    for who in ("clerk", "director"):
        seen = pages.page(who)
        assert "（保密附件）" in seen
        assert "身份证" not in seen
        assert pages.client(who).get(pages.address(f"attachments/{kept.pk}/")).status_code == 403
    entries = Entry.objects.filter(action__startswith="files.").order_by("sequence")
    assert [one.action for one in entries] == ["files.attached", "files.opened"]
    assert "周大勇" not in str([(one.subject_label, one.payload) for one in entries])


def test_files_come_with_a_step_and_stand_at_it(pages: Pages) -> None:
    pages.take("petition", "forward", date(2026, 12, 3), handler=pages.school)
    pages.post("unit", "step/take_up/", on="2026-12-05", seen="1", attachments=[pdf("受理告知书.pdf")])
    kept, taken = Attachment.objects.get(), StepTaken.objects.get(code="take_up")
    assert (kept.step, kept.ask, kept.secret) == (taken.place, "", True)
    page = pages.page("unit")
    assert page.index("受理并告知") < page.index("受理告知书.pdf") < page.index("登记内容")
    assert pages.client("unit").get(pages.address(f"attachments/{kept.pk}/")).status_code == 200
    assert pages.client("unit").post(pages.address("attachments/"), {"files": [pdf()]}).status_code == 403, "by steps only"
    assert "已作废" in pages.post("unit", f"attachments/{kept.pk}/void/", reason="扫描不清")


def test_a_refused_step_keeps_no_file(pages: Pages, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renda.files.services.data_folder", lambda: tmp_path)
    pages.take("petition", "forward", date(2026, 12, 3), handler=pages.school)
    page = pages.post("unit", "step/take_up/", status=422, on="2026-12-01", seen="1", attachments=[pdf()])
    assert "早于上一步骤的日期" in page
    assert "选好的文件没有保存，请重新选择" in page
    page = pages.post(
        "unit", "step/take_up/", status=422, on="2026-12-05", seen="1", attachments=[SimpleUploadedFile("a.pdf", b"%PDF-1")]
    )
    assert "PDF 已经损坏" in page
    assert StepTaken.objects.count() == 1
    assert not Attachment.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_files_written_before_a_failure_are_removed(office: Office, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from renda.directory.gate import OPERATOR
    from renda.suggestions.models import Suggestion

    monkeypatch.setattr("renda.files.services.data_folder", lambda: tmp_path)

    def fails(*_given: Any) -> None:
        raise RuntimeError("no journal")

    monkeypatch.setattr("renda.files.services.record", fails)
    with pytest.raises(RuntimeError):
        services.attach(
            SUGGESTIONS, Suggestion.objects.get(pk=office.ids[SUGGESTIONS][0]), "a.pdf", documents.pdf(), actor=OPERATOR
        )
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_plain_files_of_before_are_encrypted_by_the_command(office: Office) -> None:
    from renda.directory.gate import OPERATOR
    from renda.suggestions.models import Suggestion

    record = Suggestion.objects.get(pk=office.ids[SUGGESTIONS][0])
    content = documents.pdf()
    old = services.keep(content, "application/pdf")
    Attachment.objects.create(file=old, register=SUGGESTIONS, record_id=record.pk, division_id=record.division_id, name="旧.pdf")
    assert faults("files.sealed")
    assert upgrading.plain_ones() == [old.pk]
    upgrading.seal(old.pk, actor=OPERATOR)
    stored = StoredFile.objects.get(pk=old.pk)
    assert services.content_of(stored) == content
    assert upgrading.plain_ones() == []
    assert not faults("files.sealed")
    assert not faults("files.content")
    services.path_of(stored.digest).write_bytes(b"x" * stored.size)
    assert faults("files.content")


def test_the_unit_that_is_complained_of_gets_no_attachment(pages: Pages) -> None:
    pages.post("petition", "attachments/", files=[pdf()], secret="on")
    kept = Attachment.objects.get()
    Petition.objects.filter(pk=pages.pk).update(secret=True, accused=pages.school, handler=pages.school)
    assert pages.client("unit").get(pages.address(f"attachments/{kept.pk}/")).status_code == 404
