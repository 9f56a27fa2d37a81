"""The pages of voter lists, as the election clerk and a registrar use them; the main path in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from renda.core import clock
from renda.directory.models import Account, Hat
from renda.elections.lists import correcting, printing
from renda.elections.lists.publishing import Notice, publish
from renda.elections.models import Election, Listed, Print, Publication, Voter
from tests.elections.lists import desk as desks
from tests.elections.lists.desk import Desk
from tests.office import PASSWORD

pytestmark = [pytest.mark.django_db]
DAY = date(2021, 10, 20)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.travel(DAY):
        yield


@pytest.fixture
def desk() -> Desk:
    return desks.make()


def account(desk: Desk, role: str = "election_clerk", place: str = "") -> Account:
    made = Account(username=f"{role}{place}", display_name="李选", must_change_password=False)
    made.set_password(PASSWORD)
    made.save()
    office = desk.districts[place].office if place else None
    Hat.objects.create(account=made, role=role, division=desk.county.division, organ=office)
    return made


def page(client: Client, desk: Desk, rest: str = "") -> str:
    answer = client.get(f"/election/{desk.election.pk}/lists/{rest}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.fixture
def clerk(client: Client, desk: Desk) -> Client:
    client.force_login(account(desk))
    return client


def sent(client: Client, desk: Desk, rest: str, **data: Any) -> Any:
    return client.post(f"/election/{desk.election.pk}/lists/{rest}", data)


def test_the_page_says_how_each_list_stands(clerk: Client, desk: Desk) -> None:
    Voter.objects.filter(pk=desk.voters["east"][0].pk).update(state="review")
    found = page(clerk, desk)
    for words in ("龙潭镇第一选区", "属县级第二选区", "未公布", "待核查 1", "最迟 2021-10-21", "还有 1 天", "第二十八条"):
        assert words in found, words
    assert "第二选区</a>" not in found.replace("龙潭镇第二选区</a>", ""), "a county district of parts has no list of its own"


def test_lists_are_published_from_the_page(clerk: Client, desk: Desk) -> None:
    ids = [desk.districts[name].pk for name in ("east", "west")]
    answer = sent(clerk, desk, "publish/", districts=ids, on="2021-10-20", place="公告栏", order="pinyin", fields_shown=["age"])
    assert answer.status_code == 302
    made = Publication.objects.get(district=desk.districts["east"])
    assert (made.order, made.fields, made.place, made.voters) == ("pinyin", ["age"], "公告栏", 10)
    found = page(clerk, desk)
    assert "申诉期到 10-25" in found
    assert "龙潭镇第一选区" not in page(clerk, desk, "publish/"), "what is published is not offered again"


def test_a_late_list_is_refused_with_the_reason_beside_the_form(clerk: Client, desk: Desk) -> None:
    with clock.travel(date(2021, 10, 25)):
        answer = sent(clerk, desk, "publish/", districts=[desk.districts["east"].pk], on="2021-10-24", order="roll")
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "已晚 3 天" in said
    assert 'value="2021-10-24"' in said


def test_changes_are_offered_as_a_correction(clerk: Client, desk: Desk) -> None:
    publish(desk.election, [desk.districts["east"].pk], Notice(DAY), actor=desks.clerk(desk))
    assert "不需要补正" in page(clerk, desk, "correct/")
    Voter.objects.filter(pk=desk.voters["east"][0].pk).update(state="off", why_off="died")
    assert "变动 1 人" in page(clerk, desk, "correct/")
    assert (
        sent(clerk, desk, "correct/", districts=[desk.districts["east"].pk], on="2021-10-20", order="strokes").status_code == 302
    )
    assert "补正到第 1 号" in page(clerk, desk)


def test_a_closed_file_is_not_changed(clerk: Client, desk: Desk) -> None:
    Election.objects.filter(pk=desk.election.pk).update(frozen_at="2021-12-01T00:00:00Z")
    assert sent(clerk, desk, "publish/", districts=[desk.districts["east"].pk], on="2021-10-20", order="roll").status_code == 403
    assert "公布选民名单</a>" not in page(clerk, desk)


def test_a_print_is_ordered_and_shown_while_it_is_made(clerk: Client, desk: Desk) -> None:
    assert "还没有公布选民名单" in page(clerk, desk, "prints/")
    publish(desk.election, [desk.districts["east"].pk], Notice(DAY), actor=desks.clerk(desk))
    assert sent(clerk, desk, "prints/", kind="cards", district="", number="0").status_code == 302
    one = Print.objects.get()
    assert one.base == f"http://testserver/public/{desk.county.division.code}/voter/check/"
    Print.objects.filter(pk=one.pk).update(progress={"done": 3, "total": 10, "what": "龙潭镇第一选区"})
    found = page(clerk, desk, "prints/")
    assert 'aria-busy="true"' in found
    assert "30%" in page(clerk, desk, f"prints/{one.pk}/")
    assert clerk.get(f"/election/{desk.election.pk}/lists/prints/{one.pk}/file/").status_code == 404
    printing._failed(one.pk, "排版没有完成")
    assert "排版没有完成" in page(clerk, desk, "prints/")
    assert clerk.get(f"/election/{desk.election.pk}/lists/prints/{one.pk}/").headers.get("HX-Refresh") == "true"


def test_a_card_is_checked_on_the_page(clerk: Client, desk: Desk) -> None:
    publish(desk.election, [desk.districts["east"].pk], Notice(DAY), actor=desks.clerk(desk))
    row = Listed.objects.filter(district=desk.districts["east"])[0]
    said = sent(clerk, desk, "card/", code=f"http://x/public/990101/voter/check/#{row.code.lower()}").content.decode()
    assert row.name in said
    assert "有效" in said
    assert sent(clerk, desk, "card/", code="AAAAAAAA").status_code == 422


def test_a_registrar_sees_the_own_district_alone(client: Client, desk: Desk) -> None:
    client.force_login(account(desk, "registrar", "east"))
    found = page(client, desk)
    assert "龙潭镇第一选区" in found
    assert "龙潭镇第二选区" not in found
    assert "公布选民名单</a>" not in found
    assert sent(client, desk, "publish/", districts=[desk.districts["east"].pk], on="2021-10-20", order="roll").status_code == 403


def test_who_may_not_read_the_roll_sees_what_is_published(client: Client, desk: Desk) -> None:
    publish(desk.election, [desk.districts["east"].pk], Notice(DAY), actor=desks.clerk(desk))
    client.force_login(account(desk, "director"))
    found = page(client, desk)
    assert "2021-10-20" in found
    assert "待核查" not in found
    assert "申诉和转移" not in found


def test_the_page_asks_the_database_as_often_for_many_districts_as_for_few(
    clerk: Client, desk: Desk, django_assert_max_num_queries: Any
) -> None:
    for n in range(20):
        desks.district(desk.election, desk.county.division, f"更多选区{n}")
    with django_assert_max_num_queries(45):
        page(clerk, desk)
    assert correcting.pending(desk.election) == {}


@pytest.mark.django_db(transaction=True)
def test_a_clerk_publishes_and_orders_posters_in_the_browser(open_page: Callable[..., Any]) -> None:
    """The site runs by its own clock, so election day is set by it."""
    desk = desks.make()
    today = clock.real_now().astimezone(clock.CIVIL_ZONE).date()
    for one in (desk.election, desk.township):
        Election.objects.filter(pk=one.pk).update(election_day=today + timedelta(days=25))
    account(desk)
    for width, place in ((1366, "east"), (390, "west")):
        one = open_page(width=width)
        one.goto("/login/")
        one.fill("#id_username", "election_clerk")
        one.fill("#id_password", PASSWORD)
        one.click("main button[type=submit], form button.btn-primary")
        one.wait_for_url(re.compile(r"/$"))
        one.goto(f"/election/{desk.election.pk}/lists/publish/")
        for box in one.locator("input[name=districts]").all():
            box.set_checked(box.get_attribute("value") == str(desk.districts[place].pk))
        one.fill("#id_place", "公告栏")
        one.locator("form.r-form .btn-primary").click()
        one.wait_for_url(re.compile(r"/lists/$"))
        assert one.evaluate("document.documentElement.scrollWidth") <= width
        one.goto(f"/election/{desk.election.pk}/lists/prints/")
        one.select_option("#id_kind", "poster_a3")
        one.locator("form.r-form .btn-primary").click()
        one.wait_for_selector("li[aria-busy]")
        assert one.evaluate("document.documentElement.scrollWidth") <= width
    assert {row.district_id for row in Publication.objects.all()} == {desk.districts["east"].pk, desk.districts["west"].pk}
    assert Print.objects.filter(kind="poster_a3").count() == 2
