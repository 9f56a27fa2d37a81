"""Pictures on a record's page: added by those who may edit, shown to those who may see the record, refused otherwise."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from renda.files.models import Attachment
from renda.journal.models import Entry
from tests.office import Office

REGISTER = "suggestions.suggestions"


@pytest.fixture(autouse=True)
def folder(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renda.files.services.data_folder", lambda: tmp_path)


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 6), "white").save(file, "PNG")
    return file.getvalue()


def address(office: Office) -> str:
    return f"/suggestions/suggestions/{office.ids[REGISTER][0]}/"


def upload(client: Client, office: Office, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(address(office) + "attachments/", {"files": file, "caption": "现场办理"}, follow=True)


def test_a_picture_is_kept_shown_and_journalled(office: Office, as_role: Callable[[str], Client]) -> None:
    clerk = as_role("clerk")
    page = upload(clerk, office, "现场.png", png()).content.decode()
    kept = Attachment.objects.get()
    assert f"{address(office)}pictures/{kept.pk}/" in page
    assert "现场办理" in page
    answer = clerk.get(f"{address(office)}pictures/{kept.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert b"".join(answer.streaming_content) == png()
    assert Entry.objects.filter(action="files.attached", subject_id=office.ids[REGISTER][0]).count() == 1


def test_what_is_no_picture_is_refused_with_a_reason(office: Office, as_role: Callable[[str], Client]) -> None:
    page = upload(as_role("clerk"), office, "现场.png", b"<svg onload=alert(1)>").content.decode()
    assert "不是图片" in page
    assert not Attachment.objects.exists()


def test_only_those_who_may_edit_add_and_only_those_who_see_the_record_see_it(
    office: Office, as_role: Callable[[str], Client]
) -> None:
    assert upload(as_role("director"), office, "现场.png", png()).status_code == 403
    upload(as_role("clerk"), office, "现场.png", png())
    picture = f"{address(office)}pictures/{Attachment.objects.get().pk}/"
    assert as_role("director").get(picture).status_code == 200
    assert as_role("audit").get(picture).status_code in (403, 404)
    other = f"/suggestions/suggestions/{office.ids[REGISTER][1]}/pictures/{Attachment.objects.get().pk}/"
    assert as_role("clerk").get(other).status_code == 404
