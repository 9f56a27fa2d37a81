"""Attaching pictures: checked by content, kept once, journalled."""

from random import Random

import pytest

from renda.demo import pictures
from renda.directory.gate import OPERATOR
from renda.directory.models import Division, Organ
from renda.files import services
from renda.files.models import Attachment, StoredFile
from renda.journal.models import Entry


@pytest.fixture
def organ(db: None) -> Organ:
    division = Division.objects.create(code="990123", name="青禾县", level="county", path="990123")
    return Organ.objects.create(name="青禾县水利局", division=division, natural_key="青禾县水利局")


def test_the_same_picture_twice_is_one_attachment(organ: Organ) -> None:
    content = pictures.landscape(Random("a"))
    assert content == pictures.landscape(Random("a"))
    first = services.attach("directory.organs", organ, "../现场.png", content, actor=OPERATOR)
    assert services.attach("directory.organs", organ, "又一张.png", content, actor=OPERATOR) == first
    assert (first.name, first.file.media_type, first.file.width) == ("现场.png", "image/png", 960)
    assert services.content_of(first.file) == content
    assert content[:64] not in services.path_of(first.file.digest).read_bytes()
    assert Entry.objects.filter(action="files.attached", subject_id=organ.pk).count() == 1


def test_a_jpeg_is_known_by_its_content(organ: Organ) -> None:
    made = services.attach("directory.organs", organ, "会议.png", pictures.meeting(Random("b")), actor=OPERATOR)
    assert made.file.media_type == "image/jpeg"


@pytest.mark.parametrize("content", [b"", b"<svg></svg>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_cannot_be_kept_is_refused(organ: Organ, content: bytes) -> None:
    with pytest.raises(services.FileRefused, match="请"):
        services.attach("directory.organs", organ, "假.png", content, actor=OPERATOR)
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()
