"""The public pages of petitions, as a voter who came once uses them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from renda.core import clock
from renda.core.cells import DateValue
from renda.directory.gate import Actor
from renda.files.models import Attachment
from renda.journal.models import Entry
from renda.petitions.models import Petition
from renda.procedure import services as procedure
from tests import small_county
from tests.files import documents
from tests.small_county import SmallCounty

pytestmark = [pytest.mark.django_db]
GIVEN = {
    "title": "反映学校路路灯长期不亮", "demand": "claim", "content": "自三月起不亮，请修复。", "petitioner": "欧阳秀兰", "phone": "13912345678",
    "address": "龙潭镇三村九号", "persons": "1", "consent": "on", "token": "t1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.travel(date(2026, 6, 1)):
        yield


@pytest.fixture
def county() -> SmallCounty:
    return small_county.make()


@pytest.fixture
def base(county: SmallCounty) -> str:
    return f"/public/{county.division.code}/"


def handed_in(client: Client, base: str, **more: Any) -> Petition:
    answer = client.post(f"{base}petition/new/", GIVEN | more)
    assert answer.status_code == 200, answer.content.decode()
    petition = Petition.objects.latest("pk")
    assert petition.number in answer.content.decode()
    assert petition.query_code in answer.content.decode()
    return petition


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    return content.getvalue()


def asked(client: Client, base: str, number: str, code: str) -> Any:
    return client.post(f"{base}petition/query/", {"number": number, "code": code})


def test_the_only_county_opens_at_once(client: Client, base: str) -> None:
    assert client.get("/public/").headers["Location"] == base
    page = client.get(base).content.decode()
    assert "待本县填写" in page
    assert "第二十二条" in page


def test_handed_in_it_waits_for_the_office(client: Client, base: str, county: SmallCounty) -> None:
    petition = handed_in(client, base)
    assert (petition.form, petition.phase, petition.keeper, petition.petitioner) == (
        "online",
        "registered",
        county.division,
        "欧阳秀兰",
    )
    assert petition.due_on == date(2026, 6, 16)
    assert petition.number.startswith("信2026-")


def test_nothing_of_who_it_is_stands_in_the_open(client: Client, base: str) -> None:
    handed_in(client, base)
    with connection.cursor() as cursor:
        for table in ("petitions_petition", "procedure_matter", "registers_searchentry", "journal_entry", "web_ratewindow"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            text = cursor.fetchone()[0] or ""
            for secret in ("欧阳秀兰", "13912345678", "三村九号", "自三月起"):
                assert secret not in text, (table, secret)


def test_the_same_form_twice_is_one_petition(client: Client, base: str) -> None:
    assert handed_in(client, base).pk == handed_in(client, base).pk
    assert handed_in(client, base, token="t2").pk
    assert Petition.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "13912345678 的投诉"}, "标题里请不要写身份证号和电话号码"),
        ({"consent": ""}, "勾选同意"),
        ({"phone": "不详"}, "电话号码"),
        ({"persons": "8", "representatives": "甲、乙、丙、丁、戊、己"}, "不得超过 5 人"),
        ({"website": "http://spam"}, "提交没有成功"),
        ({"content": ""}, "请求、事实和理由"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_kept(client: Client, base: str, change: dict[str, str], words: str) -> None:
    answer = client.post(f"{base}petition/new/", GIVEN | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Petition.objects.exists()


def test_pictures_and_pdf_are_kept_for_those_who_may_unmask_the_petitioner(client: Client, base: str) -> None:
    files = [SimpleUploadedFile("路灯.png", picture()), SimpleUploadedFile("合同.exe", documents.pdf())]
    petition = handed_in(client, base, files=files)
    kept = Attachment.objects.filter(record_id=petition.pk)
    assert [(row.name, row.secret, row.by) for row in kept] == [("路灯.png", True, "信访人"), ("合同.exe.pdf", True, "信访人")]
    entries = Entry.objects.filter(action="files.attached", subject_id=petition.pk)
    assert {entry.subject_label for entry in entries} == {"PNG", "PDF"}, "a file's name may name people"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"<script>", "不是图片，也不是 PDF"), (documents.word(), "不是图片，也不是 PDF"), (documents.pdf(script=True), "有脚本")],
)
def test_what_else_the_public_uploads_is_refused_and_nothing_kept(client: Client, base: str, content: bytes, words: str) -> None:
    files = [SimpleUploadedFile("路灯.png", picture()), SimpleUploadedFile("照片.png", content)]
    answer = client.post(f"{base}petition/new/", GIVEN | {"files": files})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "请重新选择" in page
    assert not Petition.objects.exists()
    assert not Attachment.objects.exists()


def test_more_than_five_files_are_refused(client: Client, base: str) -> None:
    answer = client.post(f"{base}petition/new/", GIVEN | {"files": [SimpleUploadedFile(f"{n}.png", picture()) for n in range(6)]})
    assert "一次最多上传 5 个文件" in answer.content.decode()
    assert not Petition.objects.exists()


def test_unknown_number_and_wrong_code_are_answered_alike(client: Client, base: str) -> None:
    petition = handed_in(client, base)
    wrong_code, unknown = (
        asked(client, base, petition.number, "AAAAAAAAAA"),
        asked(client, base, "信2026-9999", petition.query_code),
    )
    assert wrong_code.status_code == unknown.status_code == 422
    said = [answer.content.decode().split('role="alert"')[1].split("</div>")[0] for answer in (wrong_code, unknown)]
    assert said[0] == said[1]
    assert "编号或者查询码不正确" in said[0]


def test_how_it_stands_until_when_and_what_may_be_done_next(
    client: Client, base: str, county: SmallCounty, settings: Any
) -> None:
    petition = handed_in(client, base)
    code = petition.query_code.lower()  # as people type
    assert "已经收到并登记" in asked(client, base, petition.number, code).content.decode()
    clerk = Actor("周", "petition_clerk", division_id=county.division.pk, division_path=county.division.path)

    def take(step: str, on: date, answers: dict[str, Any], **more: Any) -> None:
        with clock.travel(date(2026, 7, 20)):
            procedure.take(Petition, "petition", step, [petition.pk], actor=clerk, on=on, answers=answers, **more)

    take("forward", date(2026, 6, 5), {"handler": county.organs["县住建局"].pk})
    page = asked(client, base, petition.number, code).content.decode()
    assert "已转送县住建局" in page
    assert "2026-06-20" in page
    take("take_up", date(2026, 6, 10), {}, outside=True)
    answer = {
        "result": "supported",
        "facts": "属实",
        "decision": "已修复",
        "legal_basis": "《城市道路管理条例》",
        "told": date(2026, 7, 1),
    }
    take("answer", date(2026, 6, 30), answer, outside=True)
    page = asked(client, base, petition.number, code).content.decode()
    assert "请求原办理机关的上一级机关复查" in page
    assert "2026-07-31" in page
    assert "欧阳" not in page


def test_rated_once_after_the_answer(client: Client, base: str, county: SmallCounty) -> None:
    petition = handed_in(client, base)
    address, given = (
        f"{base}petition/rate/",
        {"number": petition.number, "code": petition.query_code, "rating": "satisfied", "words": "修得快"},
    )
    assert client.post(address, given).status_code == 422
    procedure.set_milestones("closed", {petition.pk: DateValue(date(2026, 6, 1), "day")})
    procedure.refresh("petition", [petition.pk])
    assert client.post(address, given | {"code": "AAAAAAAAAA"}).status_code == 422
    assert client.post(address, given).status_code == 200
    petition.refresh_from_db()
    assert (petition.rating, petition.rated_on, petition.rating_words) == ("satisfied", date(2026, 6, 1), "修得快")
    assert client.post(address, given | {"rating": "dissatisfied"}).status_code == 422
    petition.refresh_from_db()
    assert petition.rating == "satisfied"


def test_guessing_is_slowed_down(client: Client, base: str) -> None:
    answers = [asked(client, base, f"信2026-{n:04d}", "AAAAAAAAAA").status_code for n in range(25)]
    assert answers[0] == 422
    assert answers[-1] == 429
