"""Calendar feeds: what stands in them, who opens them, and that a secret is told once and revoked for good."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from renda.journal.models import Entry
from renda.procedure.models import Deadline
from renda.web import limits
from renda.web.feed_models import CalendarFeed
from tests.office import Office
from tests.web.inbox_desk import Desk

As = Callable[[str], Client]
ADDRESS = re.compile(r'value="http://testserver(/calendar/feed/[\w-]{43}\.ics)"')


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def made(client: Client) -> str:
    """The path of a new feed, as the page tells it."""
    found = ADDRESS.search(client.post("/calendar/feed/make/").content.decode())
    assert found
    return found[1]


def read(path: str) -> icalendar.Calendar:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(answer.content)


def test_a_running_deadline_lasts_a_day_names_its_article_and_warns_three_days_before(desk: Desk, as_role: As) -> None:
    (pk,) = desk.register("2021-11-15")
    events = {str(one["uid"]): one for one in read(made(as_role("petition"))).walk("VEVENT")}
    assert set(events) == {f"deadline-{pk}-triage@990101.renda", f"deadline-{pk}-notify@990101.renda"}
    event, deadline = events[f"deadline-{pk}-triage@990101.renda"], Deadline.objects.get(matter_id=pk, code="triage")
    assert event.decoded("dtstart") == deadline.due_on
    assert event.decoded("dtend") == deadline.due_on + timedelta(days=1)
    assert "依据：《信访条例》" in str(event["description"])
    assert "反映路灯不亮" in str(event["summary"])
    assert str(event["url"]) == f"http://testserver/petitions/petitions/{pk}/"
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-3)


def test_nobodys_name_telephone_or_address_stands_in_it(desk: Desk, as_role: As) -> None:
    desk.register("2021-11-15")
    text = Client().get(made(as_role("petition"))).content.decode().replace("\r\n ", "")
    assert "反映路灯不亮" in text
    assert "周大勇" not in text
    assert "138" not in text


def test_what_is_late_stands_on_its_last_day_without_an_alarm(desk: Desk, as_role: As) -> None:
    desk.register("2021-09-01")
    events = read(made(as_role("petition"))).walk("VEVENT")
    assert events
    assert all(event.decoded("dtstart") < date(2021, 11, 20) and not event.walk("VALARM") for event in events)


def test_each_capacity_reads_its_own(desk: Desk, as_role: As) -> None:
    pk = desk.assign(desk.register("2021-11-15")[0])
    unit = {str(one["uid"]) for one in read(made(as_role("unit"))).walk("VEVENT")}
    clerk = {str(one["uid"]) for one in read(made(as_role("petition"))).walk("VEVENT")}
    assert {f"deadline-{pk}-take_up@990101.renda", f"deadline-{pk}-report@990101.renda"} <= unit
    assert not clerk


def test_activities_stand_in_it_from_their_first_to_their_last_day(desk: Desk, as_role: As) -> None:
    rows = [
        {"活动名称": "代表视察水利工程", "活动类别": "视察", "开始日期": "2021-11-25", "结束日期": "2021-11-26", "地点": "龙潭镇"}
    ]
    desk.office.county.enter("deputies.activities", rows, year=2021)
    (event,) = [one for one in read(made(as_role("clerk"))).walk("VEVENT") if str(one["uid"]).startswith("activity-")]
    assert str(event["summary"]) == "代表视察水利工程"
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2021, 11, 25), date(2021, 11, 27))


def test_identifiers_stay_and_a_closed_matter_leaves(desk: Desk, as_role: As) -> None:
    (pk,) = desk.register("2021-11-15")
    path = made(as_role("petition"))
    first = [str(one["uid"]) for one in read(path).walk("VEVENT")]
    assert [str(one["uid"]) for one in read(path).walk("VEVENT")] == first
    desk.take(pk, "withdraw", date(2021, 11, 19), {"statement": "11月19日当面撤回"})
    assert read(path).walk("VEVENT") == []


def test_the_secret_is_told_once_and_kept_nowhere(desk: Desk, as_role: As) -> None:
    client = as_role("petition")
    path = made(client)
    token = path.rpartition("/")[2].removesuffix(".ics")
    assert token not in client.get("/calendar/").content.decode()
    (feed,) = CalendarFeed.objects.all()
    assert token not in feed.digest
    assert not Entry.objects.filter(payload__icontains=token).exists()
    entry = Entry.objects.get(action="calendar.feed_made")
    assert "信访" in entry.actor


def test_a_new_one_ends_the_old_one_and_revoking_ends_it_too(desk: Desk, as_role: As) -> None:
    client = as_role("petition")
    first, second = made(client), made(client)
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
    assert client.post("/calendar/feed/revoke/").status_code == 302
    assert Client().get(second).status_code == 404
    assert Entry.objects.filter(action="calendar.feed_revoked").count() == 1
    client.post("/calendar/feed/revoke/")
    assert Entry.objects.filter(action="calendar.feed_revoked").count() == 1


def test_a_locked_account_and_a_hat_taken_away_end_it(desk: Desk, as_role: As) -> None:
    account = desk.office.accounts["petition"]
    path = made(as_role("petition"))
    account.is_active = False
    account.save(update_fields=["is_active"])
    assert Client().get(path).status_code == 404
    account.is_active = True
    account.save(update_fields=["is_active"])
    assert Client().get(path).status_code == 200
    account.hats.all().delete()
    assert Client().get(path).status_code == 404


def test_guessing_is_limited(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PUBLIC", limits.Limit("public", 3, 3600, methods=("GET", "POST")))
    answers = [Client().get(f"/calendar/feed/{'x' * 43}.ics").status_code for _try in range(5)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_administrators_have_no_feed(desk: Desk, as_role: As) -> None:
    for name in ("system", "security", "audit"):
        assert as_role(name).post("/calendar/feed/make/").status_code == 403
        assert "feed-title" not in as_role(name).get("/calendar/").content.decode()


def test_a_reading_asks_as_many_queries_for_many_as_for_few(desk: Desk, as_role: As) -> None:
    def asked() -> int:
        Client().get(path)
        with CaptureQueriesContext(connection) as queries:
            Client().get(path)
        return len(queries)

    desk.register("2021-11-15")
    path = made(as_role("petition"))
    few = asked()
    desk.register(*(f"2021-11-{day:02d}" for day in range(1, 20)), 信访形式="来电")
    assert asked() == few
