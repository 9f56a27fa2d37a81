"""Templates of a division: own ones, those of the county above, the return to the shipped one; who may change them; the journal."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from renda.documents import registry, services
from renda.documents.language import TemplateFault
from renda.documents.models import PaperVersion, TemplateVersion
from renda.journal.models import Entry
from tests import office as offices
from tests import small_county
from tests.documents.wordfiles import letter, word_file
from tests.office import Office
from tests.petitions.letter_desk import LetterDesk, text_of
from tests.petitions.test_procedure import actor
from tests.small_county import SmallCounty

pytestmark = [pytest.mark.django_db]
OWN = word_file("本县自己的函：{{ 事项 }}")
CODE = "petition.forward"


@pytest.fixture
def county() -> SmallCounty:
    return small_county.make()


def test_the_latest_own_version_counts_and_all_are_kept(county: SmallCounty, tmp_path: Path) -> None:
    template, clerk = letter(tmp_path), actor("petition_clerk", county.division)
    assert services.current(template, county.division).version is None
    first = services.upload(template, county.division, "甲.docx", OWN, reason="改抬头", actor=clerk)
    second = services.upload(template, county.division, "乙.docx", word_file("二 {{ 事项 }}"), reason="改正文", actor=clerk)
    assert [first.version, second.version] == [1, 2]
    assert services.current(template, county.division).version == second
    restored = services.restore(template, county.division, reason="仍用原来的", actor=clerk)
    assert (restored.version, restored.file) == (3, None)
    now = services.current(template, county.division)
    assert (now.version, now.content) == (None, template.shipped.read_bytes())
    assert [(one.version, one.name, one.reason) for one in services.versions(template, county.division)] == [
        (3, "", "仍用原来的"),
        (2, "乙.docx", "改正文"),
        (1, "甲.docx", "改抬头"),
    ]
    assert [one.action for one in Entry.objects.order_by("sequence")] == [
        "template.changed",
        "template.changed",
        "template.restored",
    ]
    assert Entry.objects.get(action="template.restored").payload["reason"] == "仍用原来的"


def test_a_township_uses_the_countys_template_until_it_has_its_own(county: SmallCounty, tmp_path: Path) -> None:
    template, town = letter(tmp_path), county.townships["龙潭镇"]
    above = services.upload(
        template, county.division, "县.docx", OWN, reason="全县统一", actor=actor("congress_clerk", county.division)
    )
    assert services.current(template, town).version == above
    own = services.upload(
        template, town, "镇.docx", word_file("镇 {{ 事项 }}"), reason="本镇", actor=actor("township_clerk", town)
    )
    assert services.current(template, town).version == own
    assert services.current(template, county.division).version == above
    assert services.current(template, county.townships["白沙镇"]).version == above
    assert {code: one.pk for code, one in services.in_force(town).items()} == {"test.letter": own.pk}
    services.restore(template, town, reason="随县", actor=actor("township_clerk", town))
    assert services.current(template, town).version == above


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("director", "county"),
        ("handling_unit", "county"),
        ("deputy", "county"),
        ("system_admin", "county"),
        ("township_clerk", "county"),
    ],
)
def test_others_do_not_change_templates(role: str, place: str, county: SmallCounty, tmp_path: Path) -> None:
    where = county.townships["龙潭镇"] if role == "township_clerk" else county.division
    with pytest.raises(PermissionDenied):
        services.upload(letter(tmp_path), county.division, "甲.docx", OWN, reason="改", actor=actor(role, where))
    assert not TemplateVersion.objects.exists()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_change_needs_a_reason(reason: str, county: SmallCounty, tmp_path: Path) -> None:
    clerk = actor("petition_clerk", county.division)
    with pytest.raises(TemplateFault, match="请写明更换的原因"):
        services.upload(letter(tmp_path), county.division, "甲.docx", OWN, reason=reason, actor=clerk)
    with pytest.raises(TemplateFault, match="请写明更换的原因"):
        services.restore(letter(tmp_path), county.division, reason=reason, actor=clerk)


def test_there_is_nothing_to_restore_where_the_shipped_one_is_used(county: SmallCounty, tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match="不需要恢复"):
        services.restore(letter(tmp_path), county.division, reason="试", actor=actor("petition_clerk", county.division))


def test_a_letter_is_made_from_the_offices_own_template_and_says_from_which(county: SmallCounty, settings: Any) -> None:
    settings.RENDA_NOW = "2026-12-20"
    desk, template = LetterDesk(county).through("forward"), registry.get(CODE)
    own = services.upload(
        template,
        county.division,
        "函.docx",
        word_file("本县的转送函 {{ 文号 }}", "{{ 信访事项 }}"),
        reason="本县式样",
        actor=desk.clerk,
    )
    made = desk.make("forward", "forward")
    assert text_of(made).strip() == "本县的转送函 清人信转〔2026〕1号\n反映道路积水"
    assert made.template == own
    assert not made.secret, "the template takes none of the masked words"
    services.restore(template, county.division, reason="恢复", actor=desk.clerk)
    again = desk.make("forward", "forward", {"reason": "换模板"})
    assert (again.template, again.secret) == (None, True)
    assert text_of(PaperVersion.objects.get(pk=made.pk)) == text_of(made)


@pytest.fixture
def office() -> Office:
    return offices.make(suggestions=1)


def sign_in(office: Office, who: str = "petition") -> Client:
    client = Client()
    client.force_login(office.accounts[who])
    return client


def send(client: Client, content: bytes, name: str = "函.docx", reason: str = "本县式样") -> Any:
    file = io.BytesIO(content)
    file.name = name
    return client.post(reverse("letter-template-upload", args=[CODE]), {"file": file, "reason": reason}, follow=True)


def test_the_page_lists_every_letter_and_shows_one_with_its_words(office: Office) -> None:
    client = sign_in(office)
    listed = client.get(reverse("letter-templates")).content.decode()
    for template in registry.all_templates():
        assert template.name in listed
        assert reverse("letter-template", args=[template.code]) in listed
    shown = client.get(reverse("letter-template", args=[CODE])).content.decode()
    for word in registry.get(CODE).words:
        assert f"{{{{ {word.name} }}}}" in shown
    assert "关于转送信访事项的函" in shown
    assert client.get(reverse("letter-template", args=["petition.none"])).status_code == 404


def test_upload_use_and_restore_in_the_browser(office: Office) -> None:
    client = sign_in(office)
    answer = send(client, word_file("新函 {{ 信访编号 }}"))
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "第 1 版" in said
    assert "新模板没有用到原来的占位符" in said
    assert "清河县第 1 版" in client.get(reverse("letter-templates")).content.decode()
    got = client.get(reverse("letter-template-file", args=[CODE, 1]))
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert docx.Document(io.BytesIO(got.content)).paragraphs[0].text.startswith("新函")
    sample = client.get(reverse("letter-template-sample", args=[CODE, "docx"]))
    assert docx.Document(io.BytesIO(sample.content)).paragraphs[0].text == "新函 信2026-0018"
    client.post(reverse("letter-template-restore", args=[CODE]), {"reason": "仍用自带"})
    assert "平台自带" in client.get(reverse("letter-template", args=[CODE])).content.decode()
    assert client.get(reverse("letter-template-file", args=[CODE, 2])).status_code == 404  # the return has no file
    assert client.get(reverse("letter-template-file", args=[CODE, 0])).content == registry.get(CODE).shipped.read_bytes()


def test_a_refused_upload_says_why_and_changes_nothing(office: Office) -> None:
    client = sign_in(office)
    for content, name, reason, words in (
        (word_file("{{ 查无此词 }}"), "函.docx", "试", "查无此词"),
        (OWN, "函.docm", "试", "只接受 .docx"),
        (word_file("{{ 信访编号 }}"), "函.docx", "", "请写明更换的原因"),
    ):
        answer = send(client, content, name, reason)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert client.post(reverse("letter-template-upload", args=[CODE])).status_code == 422
    assert not TemplateVersion.objects.exists()


def test_the_page_stays_usable_when_a_template_has_lost_a_word(office: Office) -> None:
    client = sign_in(office)
    send(client, word_file("新函 {{ 信访编号 }}"))
    version = TemplateVersion.objects.get()
    from renda.files import services as files
    from renda.journal.services import change

    with change():
        version.file = files.keep(word_file("{{ 旧词 }}"), "application/octet-stream")
    version.save(update_fields=["file"])
    answer = client.get(reverse("letter-template", args=[CODE]))
    assert answer.status_code == 422
    assert "旧词" in answer.content.decode()
