"""The public pages of voters: registering, looking oneself up, asking for a transfer; a guess learns nothing."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from renda.core import clock
from renda.elections.lists.publishing import Notice, publish
from renda.elections.models import Election, RegistrationStation, RollState, Transfer, Voter
from renda.journal.models import Entry
from tests.elections.lists import desk as desks
from tests.elections.lists.desk import Desk, number_of

pytestmark = [pytest.mark.django_db]
TODAY = date(2021, 10, 10)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.travel(TODAY):
        yield


@pytest.fixture
def desk() -> Desk:
    made = desks.make()
    Election.objects.filter(pk=made.election.pk).update(registration_from=date(2021, 10, 1), registration_to=date(2021, 10, 15))
    return made


@pytest.fixture
def base(desk: Desk) -> str:
    return f"/public/{desk.county.division.code}/voter/"


def given(desk: Desk, **more: Any) -> dict[str, Any]:
    return {
        "name": "周小芳", "number": number_of(801), "phone": "13912345678", "address": "龙潭镇三村九号", "at": "home",
        "division": desk.county.townships["龙潭镇"].pk, "consent": "on",
    } | more  # fmt: skip


def look(client: Client, base: str, name: str, number: str) -> Any:
    return client.post(f"{base}check/", {"name": name, "number": number})


def text_of(answer: Any) -> str:
    """The page without what differs from one request to the next."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|Token": "[^"]+"', "", answer.content.decode())


def test_a_registration_waits_for_the_station(client: Client, desk: Desk, base: str) -> None:
    RegistrationStation.objects.create(
        election=desk.election,
        division=desk.county.townships["龙潭镇"],
        natural_key="s",
        name="龙潭镇登记站",
        address="政府街1号",
    )
    answer = client.post(f"{base}new/", given(desk))
    assert answer.status_code == 200
    assert "龙潭镇登记站" in answer.content.decode()
    voter = Voter.objects.get(name="周小芳")
    assert (voter.state, voter.source, voter.district, voter.division) == ("review", "web", None, desk.county.townships["龙潭镇"])
    assert (voter.sex, voter.birth_date, voter.phone) == ("male", date(1990, 1, 1), "13912345678")


def test_handing_in_twice_changes_nothing_and_says_the_same(client: Client, desk: Desk, base: str) -> None:
    known = desk.voters["east"][0]
    fresh = text_of(client.post(f"{base}new/", given(desk)))
    with CaptureQueriesContext(
        connection,
    ) as one:
        again = client.post(f"{base}new/", given(desk, name="别人", number=str(known.identity_number)))
    with CaptureQueriesContext(connection) as other:
        new = client.post(f"{base}new/", given(desk, number=number_of(802)))
    assert text_of(again) == fresh == text_of(new)
    assert len(one) == len(other), "the same work whether the number is known or not"
    known.refresh_from_db()
    assert (known.name, known.state) == ("王丽", "registered")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"number": "11010519491231002"}, "身份证号不对"),
        ({"number": number_of(1, date(2003, 11, 11))}, "2003-11-10"),
        ({"phone": "打我"}, "电话号码"),
        ({"consent": ""}, "个人信息处理说明"),
        ({"website": "x"}, "没有成功"),
        ({"at": ""}, "必填"),
    ],
)
def test_what_is_wrong_is_said_and_the_number_is_not_shown_again(
    client: Client, desk: Desk, base: str, more: dict[str, Any], words: str
) -> None:
    answer = client.post(f"{base}new/", given(desk, **more))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page or (words == "必填" and "r-error" in page)
    assert given(desk, **more)["number"] not in page
    assert not Voter.objects.filter(source="web").exists()


def test_who_turns_eighteen_on_election_day_may_register(client: Client, desk: Desk, base: str) -> None:
    assert client.post(f"{base}new/", given(desk, number=number_of(1, date(2003, 11, 10)))).status_code == 200


def test_outside_the_days_of_registration_the_page_says_when(client: Client, desk: Desk, base: str) -> None:
    with clock.travel(date(2021, 10, 16)):
        page = client.post(f"{base}new/", given(desk)).content.decode()
    assert "2021-10-15" in page
    assert not Voter.objects.filter(source="web").exists()


def test_a_voter_finds_district_group_place_and_card(client: Client, desk: Desk, base: str) -> None:
    with clock.travel(date(2021, 10, 20)):
        publish(desk.election, [desk.districts["east"].pk], Notice(date(2021, 10, 20)), actor=desks.clerk(desk))
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
    voter = desk.voters["east"][0]
    answer = look(client, base, " 王丽 ", str(voter.identity_number))
    page = answer.content.decode()
    for words in ("您已经登记", "龙潭镇第一选区", "第10小组", "101-", "2021-11-10", "龙潭镇中心小学"):
        assert words in page
    assert str(voter.identity_number) not in page


def test_unknown_number_and_wrong_name_get_one_answer_with_the_same_work(client: Client, desk: Desk, base: str) -> None:
    number = str(desk.voters["east"][0].identity_number)
    look(client, base, "王莉", number_of(998))  # the first count of a span sweeps old ones
    with CaptureQueriesContext(connection) as wrong_name:
        one = look(client, base, "王莉", number)
    with CaptureQueriesContext(connection) as unknown:
        other = look(client, base, "王莉", number_of(999))
    assert one.status_code == other.status_code == 422
    assert text_of(one) == text_of(other)
    shapes = [[re.sub(r"'[^']*'::bytea|\d+", "", query["sql"]) for query in several] for several in (wrong_name, unknown)]
    assert shapes[0] == shapes[1]


def test_the_look_up_is_one_indexed_query(client: Client, desk: Desk, base: str) -> None:
    """Among enough voters for the planner to care."""
    common = {"election": desk.election, "division": desk.county.division, "sex": "male", "birth_date": date(1990, 1, 1)}
    rows = [
        Voter(name=f"选民{n}", identity_number=f"{n:018d}", state=RollState.REVIEW, source="web", **common) for n in range(3000)
    ]
    Voter.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE elections_voter")
    with CaptureQueriesContext(connection) as asked:
        look(client, base, "王莉", number_of(999))
    found = [query["sql"] for query in asked if '"elections_voter"' in query["sql"]]
    assert len(found) == 1
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {found[0]}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "voter_once" in plan, plan


def test_guessing_is_limited(client: Client, desk: Desk, base: str) -> None:
    answers = [look(client, base, "某人", number_of(n)).status_code for n in range(900, 925)]
    assert answers[:20] == [422] * 20
    assert 429 in answers


@pytest.mark.parametrize(("why", "shown"), [("moved_out", "迁出"), ("deprived", ""), ("suspended", ""), ("died", "")])
def test_reasons_that_concern_the_voter_alone_are_told_at_the_station(
    client: Client, desk: Desk, base: str, why: str, shown: str
) -> None:
    voter = desk.voters["east"][0]
    Voter.objects.filter(pk=voter.pk).update(state=RollState.OFF, why_off=why)
    page = look(client, base, "王丽", str(voter.identity_number)).content.decode()
    assert "没有列入" in page
    assert ("原因" in page) is bool(shown)
    assert shown in page
    assert not any(word in page for word in ("剥夺", "停止行使", "死亡"))


def test_nothing_of_it_enters_journal_or_log(client: Client, desk: Desk, base: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post(f"{base}new/", given(desk))
        look(client, base, "周小芳", number_of(801))
        look(client, base, "周小芳", number_of(999))
    said = caplog.text + " ".join(f"{one.payload} {one.subject_label}" for one in Entry.objects.all())
    statements = [record for record in caplog.records if record.name == "django.db.backends"]
    assert not statements
    for secret in ("周小芳", number_of(801), number_of(999), "13912345678", "三村九号"):
        assert secret not in said


def ask(client: Client, desk: Desk, base: str, token: str, to: str = "west") -> Any:
    return client.post(f"{base}transfer/", {"token": token, "district": desk.districts[to].pk, "reason": "现在住在镇西"})


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found.group(1)


def test_a_voter_asks_for_a_transfer_after_looking_up(client: Client, desk: Desk, base: str) -> None:
    voter = desk.voters["east"][0]
    page = look(client, base, "王丽", str(voter.identity_number)).content.decode()
    answer = ask(client, desk, base, token_in(page))
    transfer = Transfer.objects.get()
    assert transfer.number in answer.content.decode()
    assert (transfer.asked_by, transfer.from_district, transfer.phase) == ("web", desk.districts["east"], "asked")
    assert "正在办理" in look(client, base, "王丽", str(voter.identity_number)).content.decode()
    assert "正在办理的转移" in ask(client, desk, base, token_in(page), "county").content.decode()


def test_a_token_of_somebody_else_s_making_asks_for_nothing(client: Client, desk: Desk, base: str) -> None:
    assert ask(client, desk, base, f"{desk.voters['east'][0].pk}:x:y").status_code == 422
    with clock.travel(TODAY):
        assert not Transfer.objects.exists()


def test_the_pages_need_a_token_against_forgery(desk: Desk, base: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{base}check/", {"name": "王丽", "number": number_of(1)}).status_code == 403
    assert strict.post(f"{base}new/", given(desk)).status_code == 403


def test_without_an_election_the_page_says_so(client: Client, desk: Desk, base: str) -> None:
    with clock.travel(date(2021, 11, 11)):
        assert "没有正在进行的选举" in client.get(f"{base}check/").content.decode()
