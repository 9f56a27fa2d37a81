"""Uploaded pictures: known by their content, refused where they are something else besides, kept once, served to be looked at only."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from renda.files import services
from renda.files.models import Attachment, StoredFile
from renda.files.services import FileRefused
from renda.files.serving import answer
from renda.journal.models import Entry
from tests.office import Office
from tests.ui.conftest import as_role, office

__all__ = ["as_role", "office"]
As = Callable[[str], Client]


def picture(form: str = "PNG", **more: object) -> bytes:
    content = io.BytesIO()
    Image.effect_noise((64, 48), 80).convert("RGB").save(content, form, **more)
    return content.getvalue()


def archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as book:
        book.writestr("a.txt", "x")
    return content.getvalue()


def commented(text: str) -> bytes:
    info = PngInfo()
    info.add_text("Comment", text)
    return picture(pnginfo=info)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_pictures_are_known_by_their_content(form: str) -> None:
    seen = services.look(picture(form))
    assert (seen.media_type, seen.width, seen.height) == (services.IMAGES[form], 64, 48)


@pytest.mark.parametrize(
    ("content", "besides"),
    [
        (picture() + archive(), "压缩包"), (picture("JPEG", comment=b"<ScRiPt>alert(1)</script>"), "网页或脚本"), (commented("<html><body>x"), "网页或脚本"),
        (commented("<?php system($_GET[0]); ?>"), "网页或脚本"), (picture("GIF", comment=b"<svg onload=alert(1)>"), "网页或脚本"),
        (picture("JPEG", comment=b"%PDF-1.7 1 0 obj"), "PDF"), (picture("GIF") + b"<script>alert(1)</script>", "网页或脚本"),
    ],
    ids=["zip", "script", "html", "php", "svg", "pdf", "tail"],
)  # fmt: skip
def test_a_picture_that_is_something_else_besides_is_refused(content: bytes, besides: str) -> None:
    Image.open(io.BytesIO(content)).verify()
    with pytest.raises(FileRefused, match=f"又是{besides}"):
        services.look(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"MZ" + bytes(60),
        archive(),
        b"GIF89a/*" + b"x" * 30,
        picture()[:60],
    ],
    ids=["nothing", "svg", "pdf", "program", "zip", "half gif", "half png"],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused):
        services.look(content)


def test_metadata_of_cameras_is_no_disguise() -> None:
    packet = '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta>'
    assert services.look(commented(packet)).width == 64


def test_a_disguised_upload_leaves_nothing(as_role: As, office: Office) -> None:
    pk = office.ids["suggestions.suggestions"][0]
    page, before = f"/suggestions/suggestions/{pk}/attachments/", Entry.objects.count()
    sent = SimpleUploadedFile("图.png", picture() + archive(), "image/png")
    answered = as_role("clerk").post(page, {"files": sent}, follow=True)
    assert "可能被人动过手脚" in answered.content.decode()
    assert not Attachment.objects.exists()
    assert Entry.objects.count() == before


def test_pictures_are_shown_in_a_sandbox_to_those_who_see_the_record(as_role: As, office: Office) -> None:
    pk = office.ids["suggestions.suggestions"][0]
    page, clerk = f"/suggestions/suggestions/{pk}/attachments/", as_role("clerk")
    clerk.post(page, {"files": SimpleUploadedFile("现场.html", picture(), "text/html"), "caption": "现场"})
    shown = f"/suggestions/suggestions/{pk}/pictures/{Attachment.objects.get().pk}/"
    answered = clerk.get(shown)
    assert b"".join(answered.streaming_content).startswith(b"\x89PNG")
    assert answered.headers["Content-Type"] == "image/png"
    assert answered.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answered.headers["Content-Security-Policy"]
    assert "script-src" not in answered.headers["Content-Security-Policy"]
    assert answered.headers["Content-Disposition"].startswith("inline")
    assert as_role("petition").get(shown).status_code == 403
    assert as_role("town").get(shown).status_code == 404
    for role in ("director", "deputy", "unit"):
        assert as_role(role).post(page, {"files": SimpleUploadedFile("图.png", picture())}).status_code == 403, role
    assert Attachment.objects.count() == 1


@pytest.mark.django_db
def test_whatever_is_no_picture_is_handed_over_to_be_saved() -> None:
    content = b"<html><script>alert(1)</script></html>"
    for kind in ("text/html", "image/svg+xml", "application/pdf"):
        stored = services.keep(content + kind.encode(), kind)
        answered = answer(stored, "附件.html", inline=True)
        assert answered.headers["Content-Type"] == "application/octet-stream"
        assert answered.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answered.headers["Content-Security-Policy"]
        answered.file_to_stream.close()


@pytest.mark.django_db
def test_content_is_kept_once_and_readable_by_its_owner_alone() -> None:
    first, again = services.keep(b"same", "text/plain"), services.keep(b"same", "text/plain")
    assert first == again
    assert StoredFile.objects.count() == 1
    path: Path = services.path_of(first.digest)
    assert path.stat().st_mode & 0o077 == 0
    assert path.stat().st_mode & 0o111 == 0
