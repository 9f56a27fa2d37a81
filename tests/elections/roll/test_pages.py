"""The pages of the roll: what each role sees and may do there, and that no page shows a whole number."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from renda.core import clock
from renda.directory.gate import OPERATOR
from renda.elections.models import Likeness, RollImport, Voter
from renda.elections.roll import flow, listing, sealed_files, searching, services
from renda.elections.roll.services import Entered
from renda.elections.roll.turns import Busy
from renda.journal.models import Entry
from tests import office as offices
from tests.elections.roll import desk as desks
from tests.elections.roll.desk import DAY, Desk, book, person
from tests.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return offices.make(suggestions=1)


@pytest.fixture
def desk(office: Office) -> Desk:
    with clock.travel(DAY):
        yield desks.make(county=office.county)  # type: ignore[misc]


def client(office: Office, name: str = "elect") -> Client:
    found = Client()
    found.force_login(office.accounts[name])
    return found


def address(desk: Desk, page: str = "") -> str:
    return f"/election/{desk.election.pk}/roll/{page}"


def enter(desk: Desk, place: int, district: str = "第1选区") -> Voter:
    row = person(place)
    return services.enter(Entered(desk.election, row[0], row[2], desk.districts[district], phone="13812345678"), actor=OPERATOR)


def test_a_list_that_takes_too_long_during_an_import_says_so(office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> listing.Page:
        raise Busy

    monkeypatch.setattr(listing, "page", busy)
    answer = client(office).get(address(desk, "voters/"))
    assert answer.status_code == 422
    assert "正在导入名单" in answer.content.decode()


PAGES = ("", "voters/", "enter/", "import/", "duplicates/", "changes/", "template/")


@pytest.mark.parametrize("page", PAGES)
def test_pages_answer_with_and_without_people(office: Office, desk: Desk, page: str) -> None:
    assert client(office).get(address(desk, page)).status_code == 200
    enter(desk, 1), enter(desk, 2, "第2选区")
    assert client(office).get(address(desk, page)).status_code == 200


def test_a_registrar_sees_the_own_district_alone(office: Office, desk: Desk) -> None:
    own, theirs = enter(desk, 1), enter(desk, 2, "第2选区")
    registrar = client(office, "registrar")
    page = registrar.get(address(desk, "voters/")).content.decode()
    assert own.name in page
    assert theirs.name not in page
    assert "第2选区" not in page
    for url in (f"voters/{theirs.pk}/", f"voters/{theirs.pk}/reveal/phone/"):
        assert registrar.get(address(desk, url)).status_code in (403, 404), url
    assert registrar.post(address(desk, f"voters/{theirs.pk}/off/"), {"why": "died", "reason": "x"}).status_code == 404
    found = registrar.post(address(desk, "voters/"), {"q": str(theirs.identity_number)}).content.decode()
    assert theirs.name not in found
    for url in ("duplicates/", "changes/"):
        assert registrar.get(address(desk, url)).status_code == 403
    overview = registrar.get(address(desk)).content.decode()
    assert "第1选区" in overview
    assert "第2选区" not in overview


@pytest.mark.parametrize("name", ["clerk", "director", "teller", "deputy", "audit"])
def test_others_see_no_voter(office: Office, desk: Desk, name: str) -> None:
    voter = enter(desk, 1)
    for url in ("", "voters/", f"voters/{voter.pk}/"):
        assert client(office, name).get(address(desk, url)).status_code in (403, 404), (name, url)


def test_a_number_is_shown_masked_and_whole_only_for_a_reason(office: Office, desk: Desk) -> None:
    voter = enter(desk, 1)
    elect = client(office)
    whole = str(voter.identity_number)
    page = elect.get(address(desk, f"voters/{voter.pk}/")).content.decode()
    assert whole not in page
    assert whole[6:14] not in page
    assert "13812345678" not in page
    url = address(desk, f"voters/{voter.pk}/reveal/identity_number/")
    assert whole not in elect.get(url).content.decode()
    assert elect.post(url, {"reason": ""}).status_code == 422
    assert whole in elect.post(url, {"reason": "核对证件"}).content.decode()
    assert Entry.objects.filter(action="secret.revealed", subject_id=voter.pk).count() == 1
    assert client(office, "registrar").post(url, {"reason": "核对证件"}).status_code == 403


def test_changes_ask_for_a_reason_and_stand_in_the_history(office: Office, desk: Desk) -> None:
    voter = enter(desk, 1)
    registrar = client(office, "registrar")
    url = address(desk, f"voters/{voter.pk}/off/")
    assert registrar.post(url, {"why": "moved_out", "reason": ""}).status_code == 422
    assert registrar.post(url, {"why": "moved_out", "reason": "迁往外县"}).status_code == 302
    voter.refresh_from_db()
    assert (voter.state, voter.why_off) == ("off", "moved_out")
    assert "迁往外县" in registrar.get(address(desk, f"voters/{voter.pk}/")).content.decode()


def test_entering_by_hand(office: Office, desk: Desk) -> None:
    row, registrar = person(1), client(office, "registrar")
    form = {"name": row[0], "identity_number": row[2], "district": desk.districts["第1选区"].pk}
    assert registrar.post(address(desk, "enter/"), form).status_code == 302
    again = registrar.post(address(desk, "enter/"), form)
    assert again.status_code == 422
    assert "此人已登记在" in again.content.decode()
    assert row[2] not in again.content.decode()
    assert registrar.post(address(desk, "enter/"), form | {"district": desk.districts["第2选区"].pk}).status_code == 422


def test_a_list_is_uploaded_checked_confirmed_and_forgotten(office: Office, desk: Desk, tmp_path: Path, settings: object) -> None:
    settings.DATA = str(tmp_path / "data")  # type: ignore[attr-defined]
    under_age = person(3, born="2010-01-02")
    path = book(tmp_path / "名单.xlsx", [person(1), person(2, district="第2选区"), under_age])
    elect = client(office)
    given = {"source": "household", "district": "", "files": [SimpleUploadedFile("名单.xlsx", path.read_bytes())]}
    answer = elect.post(address(desk, "import/"), given)
    assert answer.status_code == 302
    one = RollImport.objects.get()
    for file in sealed_files.folder_of(one.pk).iterdir():
        assert b"xl/worksheets" not in file.read_bytes(), "an uploaded list lies in plain on disk"
    hat = office.accounts["elect"].hats.get()
    flow.run(one.pk, hat.pk)
    one.refresh_from_db()
    assert (one.state, one.report["eligible"], one.report["under_age"]) == ("checked", 2, 1), one.message
    assert not Voter.objects.exists()
    assert "选举日未满十八周岁" in elect.get(answer["Location"]).content.decode()
    assert elect.post(address(desk, f"import/{one.pk}/confirm/")).status_code == 302
    flow.run(one.pk, hat.pk)
    one.refresh_from_db()
    assert (one.state, Voter.objects.count()) == ("done", 2)
    assert [file.name for file in sealed_files.folder_of(one.pk).iterdir()] == [sealed_files.REJECTS]
    back = elect.get(address(desk, f"import/{one.pk}/rejects/")).content
    rows = list(openpyxl.load_workbook(io.BytesIO(back)).active.iter_rows(values_only=True))
    assert rows[1][2] == 5
    assert under_age[2] not in str(rows)
    assert "第四条第一款" in rows[1][-1]
    assert client(office, "town").get(address(desk, f"import/{one.pk}/rejects/")).status_code in (403, 404)
    assert under_age[2] not in json.dumps([one.report, one.files, one.progress], ensure_ascii=False)


def test_export_has_no_number_without_a_reason(office: Office, desk: Desk) -> None:
    voter = enter(desk, 1)
    elect, number = client(office), str(voter.identity_number)

    def cells(answer: object) -> str:
        book = openpyxl.load_workbook(io.BytesIO(answer.content))  # type: ignore[attr-defined]
        return str([list(sheet.iter_rows(values_only=True)) for sheet in book])

    plain = cells(elect.post(address(desk, "export/")))
    assert voter.name in plain
    assert number not in plain
    assert number in cells(elect.post(address(desk, "export/"), {"reason": "移交公安机关核对"}))
    assert Entry.objects.filter(action="secret.exported").count() == 1
    assert client(office, "registrar").post(address(desk, "export/"), {"reason": "x"}).status_code == 403


def test_finding_by_number_is_one_query_by_an_index(office: Office, desk: Desk, tmp_path: Path) -> None:
    rows = [("张伟", "", desks.number("1960-03-05", 101 + n % 99, f"{110101 + n // 99}"), "", "第1选区") for n in range(3000)]
    desk.bring(book(tmp_path / "a.xlsx", rows))
    voter = Voter.objects.all()[1500]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE elections_voter")
    with CaptureQueriesContext(connection) as asked:
        assert listing.by_number(desk.election, str(voter.identity_number), OPERATOR) == voter
    assert len(asked) == 1
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + asked[0]["sql"])
        assert "voter_once" in "\n".join(row[0] for row in cursor.fetchall())


def test_pages_of_the_list_follow_one_another(office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)
    voters = {enter(desk, place).pk for place in range(8)}
    found: list[int] = []
    asked = listing.Asked()
    for _turn in range(5):
        page = listing.page(desk.election, asked, OPERATOR)
        found += [voter.pk for voter in page.voters]
        if not page.next_after:
            break
        asked = listing.Asked(after=listing.place_of(page.next_after))
    assert len(found) == 8
    assert set(found) == voters


def test_a_wrong_digit_comes_up_and_is_settled_once(office: Office, desk: Desk) -> None:
    right = person(1)
    voter = enter(desk, 1)
    other = enter(desk, 2)
    wrong = right[2][:13] + ("9" if right[2][13] != "9" else "8") + right[2][14:]
    Voter.objects.filter(pk=other.pk).update(name=right[0], birth_date=voter.birth_date, sex=voter.sex)
    other = Voter.objects.get(pk=other.pk)
    other.identity_number = wrong
    other.save()
    assert searching.search(desk.election).likely == 1
    elect = client(office)
    page = elect.get(address(desk, "duplicates/")).content.decode()
    assert right[2] not in page
    assert wrong not in page
    pair = Likeness.objects.get()
    assert elect.post(address(desk, f"duplicates/{pair.pk}/"), {"stays": voter.pk}).status_code == 302
    other.refresh_from_db()
    assert (other.state, other.why_off) == ("off", "duplicate")
    Voter.objects.filter(pk=other.pk).update(state="registered", why_off="")
    assert searching.search(desk.election).new == 0
    assert searching.waiting(desk.election) == {"likely": 0, "homonyms": 0}
