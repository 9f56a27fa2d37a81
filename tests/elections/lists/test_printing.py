"""Posters and voter cards as PDF: what they say, that rare names do not fall out, how they are kept and who may download them."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from renda.core import clock
from renda.directory.models import Account, Hat
from renda.elections.lists import cards, correcting, printing, typesetting
from renda.elections.lists.printing import NotPrinted
from renda.elections.lists.publishing import Notice, publish
from renda.elections.models import Listed, Print, Publication, Voter
from renda.files.services import content_of, path_of
from renda.journal.models import Entry
from tests.elections.lists import desk as desks
from tests.elections.lists.desk import Desk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]
DAY = date(2021, 10, 20)
BASE = "https://rd.example/public/990101/voter/check/"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.travel(DAY):
        yield


@pytest.fixture
def desk() -> Desk:
    made = desks.make()
    places = [made.districts[name].pk for name in ("county", "east", "west")]
    publish(made.election, places, Notice(DAY, fields=("age",)), actor=desks.clerk(made))
    return made


def hat(desk: Desk, role: str = "election_clerk", place: str = "") -> Hat:
    account = Account.objects.create(username=f"{role}{place}", display_name=role, must_change_password=False)
    office = desk.districts[place].office if place else None
    return Hat.objects.create(account=account, role=role, division=desk.county.division, organ=office)


def made(desk: Desk, kind: str, wearing: Hat | None = None, place: str = "", number: int = 0) -> Print:
    """A print, made as the worker makes it."""
    worn = wearing or hat(desk)
    district = desk.districts[place].pk if place else None
    one = printing.order(desk.election, kind, hat=worn, district=district, number=number, base=BASE)
    printing.run(one.pk, worn.pk)
    one.refresh_from_db()
    assert one.state == "done", one.message
    return one


def documents(one: Print) -> dict[str, bytes]:
    assert one.file is not None
    content = content_of(one.file)
    if one.name.endswith(".pdf"):
        return {one.name: content}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def run(command: str, pdf: bytes, tmp_path: Path, *more: str) -> str:
    file = tmp_path / "one.pdf"
    file.write_bytes(pdf)
    return subprocess.run(
        [command, *more, str(file), *(["-"] if command == "pdftotext" else [])], capture_output=True, check=True
    ).stdout.decode()


def test_a_poster_names_everybody_with_the_law_and_the_days(desk: Desk, tmp_path: Path) -> None:
    (pdf,) = documents(made(desk, "poster_a3", place="east")).values()
    said = "".join(run("pdftotext", pdf, tmp_path, "-layout").split())
    for words in (
        "龙潭镇第一选区选民名单公告",
        "第二十八条",
        "2021年10月25日前",
        "第二十九条",
        "共有选民10人",
        "清河县选举委员会",
        "（印章）",
        "第1页共1页",
    ):
        assert words in said, words
    for name in desks.NAMES:
        assert name in said, name
    assert not any(str(voter.identity_number) in said for voter in desk.voters["east"])
    assert "13912345678" not in said


def test_rare_characters_have_a_face(desk: Desk, tmp_path: Path) -> None:
    one = made(desk, "poster_a4", place="east")
    (pdf,) = documents(one).values()
    assert "陈𬱖" in run("pdftotext", pdf, tmp_path)
    faces = run("pdffonts", pdf, tmp_path)
    assert "CJK" in faces
    assert all(line.split()[-5] == "yes" for line in faces.splitlines()[2:]), "every face is embedded"
    assert one.unprintable == ""


def test_a_character_that_no_face_has_is_told(desk: Desk) -> None:
    Listed.objects.filter(voter=desk.voters["east"][0]).update(name="王\U000e1234")
    assert made(desk, "cards", place="east").unprintable == "\U000e1234"


def test_posters_of_all_districts_come_in_one_file(desk: Desk) -> None:
    one = made(desk, "poster_a4")
    assert one.name.endswith(".zip")
    assert set(documents(one)) == {f"{name}选民名单.pdf" for name in ("第一选区", "龙潭镇第一选区", "龙潭镇第二选区")}


def test_a_correction_is_posted_with_who_came_and_went(desk: Desk, tmp_path: Path) -> None:
    Voter.objects.filter(pk=desk.voters["east"][0].pk).update(state="off", why_off="died")
    Voter.objects.filter(pk=desk.voters["east"][1].pk).update(state="off", why_off="deprived")
    desks.voter(desk, "east", "新来", 555)
    correcting.correct(desk.election, [desk.districts["east"].pk], Notice(DAY), actor=desks.clerk(desk))
    (pdf,) = documents(made(desk, "poster_a4", place="east", number=1)).values()
    said = "".join(run("pdftotext", pdf, tmp_path, "-layout").split())
    assert "选民名单补正公告（第1号）" in said
    assert "增列1人" in said
    assert "除名2人" in said
    assert "死亡" in said
    assert "剥夺" not in said, "such reasons are not posted"
    assert "依法不列入" in said


def test_cards_hold_number_code_district_and_day(desk: Desk, tmp_path: Path) -> None:
    desk.county.enter(
        "elections.polling_places",
        [
            {
                "选举": desk.township.name,
                "投票场所名称": "龙潭镇中心小学",
                "投票组织形式": "投票站",
                "选区": "龙潭镇第一选区",
                "区划": "龙潭镇",
            }
        ],
    )
    (pdf,) = documents(made(desk, "cards", place="east")).values()
    said = run("pdftotext", pdf, tmp_path)
    rows = Listed.objects.filter(district=desk.districts["east"])
    for row in rows:
        assert row.code in said
        assert f"101-{row.place:05d}" in said
    assert said.count("2021 年 11 月 10 日") + said.count("2021年11月10日") == 10
    assert said.count("龙潭镇中心小学") == 10
    assert "31 岁" in said or "31岁" in said
    assert not any(str(voter.identity_number) in said for voter in desk.voters["east"])
    assert run("pdfinfo", pdf, tmp_path).count("Pages:           2") == 1, "eight on a page"


def test_single_cards_have_a_page_each(desk: Desk, tmp_path: Path) -> None:
    (pdf,) = documents(made(desk, "card", place="east")).values()
    assert "Pages:           10" in run("pdfinfo", pdf, tmp_path)


def test_many_cards_come_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "PART", 4)
    one = made(desk, "cards", place="east")
    assert list(documents(one)) == [f"龙潭镇第一选区选民证{n:02d}.pdf" for n in (1, 2, 3)]
    assert one.items == 10


def test_more_cards_than_can_be_made_at_once_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "MOST_CARDS", 9)
    with pytest.raises(NotPrinted, match="按选区分批"):
        printing.order(desk.election, "cards", hat=hat(desk))
    assert not Print.objects.exists()


def test_what_was_made_is_encrypted_and_its_download_journalled(desk: Desk, client: Client) -> None:
    worn = hat(desk)
    one = made(desk, "poster_a4", worn, place="east")
    assert one.file is not None
    assert not path_of(one.file.digest).read_bytes().startswith(b"%PDF")
    client.force_login(worn.account)
    answer = client.get(f"/election/{desk.election.pk}/lists/prints/{one.pk}/file/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert Entry.objects.filter(action="voter_print.opened", subject_id=one.pk).count() == 1


def test_a_working_group_prints_its_own_district_alone(desk: Desk, client: Client) -> None:
    own, other = hat(desk, "registrar", "east"), hat(desk, "registrar", "west")
    one = made(desk, "cards", own, place="east")
    with pytest.raises(NotPrinted):
        printing.order(desk.election, "cards", hat=own, district=desk.districts["west"].pk)
    client.force_login(other.account)
    assert client.get(f"/election/{desk.election.pk}/lists/prints/{one.pk}/file/").status_code == 404
    whole = made(desk, "poster_a4", own)
    assert len(documents(whole)) == 1


def test_who_may_not_export_the_roll_prints_nothing(desk: Desk) -> None:
    with pytest.raises(PermissionDenied):
        printing.order(desk.election, "cards", hat=hat(desk, "congress_clerk"))


def test_nothing_is_printed_before_a_list_is_published(desk: Desk) -> None:
    Listed.objects.all().delete()
    Publication.objects.all().delete()
    with pytest.raises(NotPrinted, match="还没有公布"):
        printing.order(desk.election, "poster_a3", hat=hat(desk))


def test_a_hat_taken_away_meanwhile_makes_nothing(desk: Desk) -> None:
    worn = hat(desk)
    one = printing.order(desk.election, "poster_a3", hat=worn)
    assert ProcrastinateJob.objects.filter(task_name="elections.voter_print").count() == 1
    pk = worn.pk
    worn.delete()
    printing.run(one.pk, pk)
    one.refresh_from_db()
    assert (one.state, one.file) == ("failed", None)
    assert "身份已被撤销" in one.message


def test_without_a_chinese_face_the_print_says_what_to_install(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def faceless(*_more: object, **_named: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 0, b'{"fault": "no_face"}\n', b"")

    monkeypatch.setattr(typesetting.subprocess, "run", faceless)
    worn = hat(desk)
    one = printing.order(desk.election, "poster_a3", hat=worn)
    printing.run(one.pk, worn.pk)
    one.refresh_from_db()
    assert "fonts-noto-cjk" in one.message


def test_a_card_is_checked_by_its_code(desk: Desk) -> None:
    row = Listed.objects.get(voter=desk.voters["east"][0])
    found = cards.find(desk.election, row.code, actor=desks.registrar(desk, "east"))
    assert found is not None
    assert (found.row, found.ended) == (row, "")
    assert cards.find(desk.election, row.code, actor=desks.registrar(desk, "west")) is None
    Voter.objects.filter(pk=row.voter_id).update(state="off", why_off="moved_out")
    correcting.correct(desk.election, [desk.districts["east"].pk], Notice(DAY), actor=desks.clerk(desk))
    found = cards.find(desk.election, row.code, actor=desks.clerk(desk))
    assert found is not None
    assert found.ended == "迁出"


def test_codes_are_of_one_size_and_differ() -> None:
    codes = typesetting.codes_of([f"{BASE}#ABCD{n:04d}" for n in range(3)])
    assert codes.side is not None
    parts = {codes.bitmaps[n * codes.side**2 : (n + 1) * codes.side**2] for n in range(3)}
    assert len(parts) == 3
    assert len(codes.bitmaps) == 3 * codes.side**2
    assert typesetting.codes_of(["", ""]).side is None
