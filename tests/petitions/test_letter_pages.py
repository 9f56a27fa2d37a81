"""Letters in the browser: made from the matter's page, downloaded through the gate, each download of masked content journalled."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse

from renda.directory.models import Hat
from renda.documents.models import PaperVersion
from renda.journal.models import Entry
from renda.petitions.models import Petition
from tests import office as offices
from tests.office import Office
from tests.petitions.letter_desk import LetterDesk

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _now(settings: Any) -> None:
    settings.RENDA_NOW = "2026-12-20"


class Counter:
    """An office with accounts, and a petition that its letters are about."""

    def __init__(self, **more: Any) -> None:
        self.office: Office = offices.make(suggestions=0)
        housing = self.office.county.organs["县住建局"]
        Hat.objects.filter(account=self.office.accounts["unit"]).update(organ=housing)
        self.desk = LetterDesk(self.office.county, **more)

    def client(self, who: str) -> Client:
        """The browser of an account."""
        client = Client()
        client.force_login(self.office.accounts[who])
        return client

    def page(self, who: str) -> str:
        """The matter's page as an account sees it."""
        return self.client(who).get(reverse("ui:detail", args=["petitions", "petitions", self.desk.pk])).content.decode()

    def make_url(self, step: str, letter: str) -> str:
        """Where a letter of a step is made."""
        return reverse("ui:letter-make", args=["petitions", "petitions", self.desk.pk, self.desk.place(step), letter])

    def url(self, version: PaperVersion) -> str:
        """Where a version is downloaded."""
        return reverse("ui:letter", args=["petitions", "petitions", self.desk.pk, version.pk])


@pytest.fixture
def counter() -> Counter:
    return Counter()


def test_from_the_button_to_the_download(counter: Counter) -> None:
    counter.desk.through("forward")
    client, url = counter.client("petition"), counter.make_url("forward", "forward")
    assert url in counter.page("petition")
    shown = client.get(url).content.decode()
    assert "反映道路积水" in shown
    for secret in ("周大勇", "13812345678", "龙潭镇一村12号"):
        assert secret not in shown, "masked content is not shown before the letter is made"
    answer = client.post(
        url, {"成文日期": "2026年6月6日", "附件": "来信\n照片", "机关联系人": "王芳", "机关联系电话": "1"}, follow=True
    )
    said = answer.content.decode()
    assert "已生成《信访事项转送函》，文号 清人信转〔2026〕1号" in said
    made = PaperVersion.objects.get()
    got = client.get(counter.url(made))
    assert got.headers["Content-Disposition"].startswith("attachment; filename")
    assert "no-store" in got.headers["Cache-Control"]
    assert got.headers["Content-Security-Policy"] == "sandbox"
    texts = [one.text for one in docx.Document(io.BytesIO(got.content)).paragraphs]
    assert "2026年6月6日" in texts
    assert "附件：1.来信" in texts
    entry = Entry.objects.get(action="letter.opened")
    assert (entry.subject_kind, entry.subject_id, entry.payload["letter"]) == (
        "petitions.petitions",
        counter.desk.pk,
        "信访事项转送函",
    )
    assert url not in "".join(line for line in counter.page("petition").splitlines() if "btn-plain" in line)


def test_a_new_version_begins_with_what_was_filled_in_and_needs_a_reason(counter: Counter) -> None:
    counter.desk.through("forward")
    client, url = counter.client("petition"), counter.make_url("forward", "forward")
    client.post(url, {"成文日期": "2026年6月6日", "附件": "来信"})
    again = client.get(url).content.decode()
    assert "2026年6月6日" in again
    assert "清人信转〔2026〕1号" in again
    refused = client.post(url, {"成文日期": "2026年6月7日", "文号": "清人信转〔2026〕1号"})
    assert refused.status_code == 422
    assert "请写明原因" in refused.content.decode()
    client.post(url, {"成文日期": "2026年6月7日", "文号": "清人信转〔2026〕1号", "reason": "日期有误"})
    assert [(one.version, one.reason) for one in PaperVersion.objects.order_by("version")] == [(1, ""), (2, "日期有误")]
    page = counter.page("petition")
    assert "第 2 版" in page
    assert counter.url(PaperVersion.objects.get(version=1)) in page


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"成文日期": ""}, "请填写成文日期"),
        ({"成文日期": "2026年6月6日", "机关联系人": "长" * 301}, "最多 300 字"),
        ({"文号": "长" * 61}, "文号最多 60 字"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(given: dict[str, str], fault: str, counter: Counter) -> None:
    counter.desk.through("forward")
    answer = counter.client("petition").post(counter.make_url("forward", "forward"), given)
    assert answer.status_code == 422
    assert fault in answer.content.decode()
    assert not PaperVersion.objects.exists()


def test_the_office_without_the_right_to_unmask_sees_that_there_is_a_letter_but_not_the_letter(counter: Counter) -> None:
    made = counter.desk.through("forward").make("forward", "notice")
    page = counter.page("clerk")
    assert "信访事项告知书" in page
    assert "您当前的身份不能下载" in page
    assert counter.url(made) not in page
    answer = counter.client("clerk").get(counter.url(made))
    assert answer.status_code == 403
    assert "周大勇" not in answer.content.decode()
    assert counter.client("clerk").get(counter.make_url("forward", "notice")).status_code == 403


def test_a_unit_opens_its_own_letters_and_those_sent_to_it_not_what_the_office_tells_the_petitioner() -> None:
    counter = Counter(是否保密="是", 被反映单位="某公司")
    desk = counter.desk.through("assign", "take_up")
    assigning, notice, own = (
        desk.make("assign", "assign"),
        desk.make("assign", "notice"),
        desk.make("take_up", "unit_notice", who=desk.unit),
    )
    unit = counter.client("unit")
    assert [unit.get(counter.url(one)).status_code for one in (assigning, notice, own)] == [200, 403, 200]
    for one in (assigning, own):
        document = docx.Document(io.BytesIO(unit.get(counter.url(one)).content))
        assert "周大勇" not in "".join(paragraph.text for paragraph in document.paragraphs)
    assert counter.url(notice) not in counter.page("unit")


def test_letters_of_another_matter_or_county_are_not_there(counter: Counter) -> None:
    made = counter.desk.through("forward").make("forward", "forward")
    other = LetterDesk(counter.office.county, 信访事项="反映路灯不亮").through("forward")
    client = counter.client("petition")
    assert client.get(reverse("ui:letter", args=["petitions", "petitions", other.pk, made.pk])).status_code == 404
    elsewhere = reverse("ui:letter", args=["suggestions", "suggestions", counter.desk.pk, made.pk])
    assert counter.client("operator").get(elsewhere).status_code == 404
    Petition.objects.filter(pk=counter.desk.pk).update(keeper=counter.office.county.townships["白沙镇"])
    assert counter.client("town").get(counter.url(made)).status_code == 404
    assert counter.client("unit").get(counter.url(made)).status_code == 200


def test_a_voided_matter_keeps_its_letters_and_makes_no_more(counter: Counter) -> None:
    made = counter.desk.through("forward").make("forward", "forward")
    from renda.directory.gate import OPERATOR
    from renda.registers import registry, services

    services.void(registry.get("petitions.petitions"), [counter.desk.pk], reason="重复登记", actor=OPERATOR)
    client = counter.client("petition")
    assert client.get(counter.url(made)).status_code == 200
    assert client.post(counter.make_url("forward", "notice")).status_code == 404
    assert PaperVersion.objects.count() == 1
