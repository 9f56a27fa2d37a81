"""The calendar: dates by law, what is done and by whom, what is late; the day moved, marks taken back, the feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from icalendar import Calendar

from renda.core import clock
from renda.directory import gate
from renda.directory.gate import OPERATOR
from renda.elections.models import ActDone, DayChange, Election, Publication
from renda.elections.schedule import duties, entries, recorded, services, steps
from renda.elections.schedule.services import ScheduleFault
from renda.journal.models import Entry as Said
from renda.journal.services import verify
from renda.lawbook import services as lawbook
from tests.elections.plan import desk as desks
from tests.elections.plan.desk import DAY, Desk

pytestmark = pytest.mark.django_db
LIST, INITIAL, FORMAL = "elec.list.publish", "elec.cand.initial_publish", "elec.cand.formal_publish"


@pytest.fixture
def desk() -> Iterator[Desk]:
    """The office, 18 days before election day: the list is late."""
    with clock.travel(date(2026, 12, 11)):
        yield desks.make()


def by_key(desk: Desk) -> dict[str, entries.Entry]:
    return entries.plan_of(Election.objects.get(pk=desk.election.pk)).by_key()


def test_every_date_of_the_worked_example_with_its_article(desk: Desk) -> None:
    found = by_key(desk)
    days = {key: str(one.day) for key, one in found.items() if one.day}
    assert days[LIST] == "2026-12-09"
    assert days[INITIAL] == "2026-12-14"
    assert days[FORMAL] == "2026-12-22"
    assert days["elec.list.lawsuit.deadline"] == "2026-12-24"
    assert days["elec.list.judgment.deadline"] == days["elec.cand.stop"] == "2026-12-28"
    assert days["elec.first_session"] == "2027-02-28"
    assert found[LIST].article == "《选举法》第二十八条"
    assert (found[LIST].tone, found[LIST].late_days, found[LIST].words) == ("late", 2, "逾期 2 天")
    assert (found[INITIAL].tone, found[INITIAL].words) == ("soon", "还剩 3 天")
    assert found["elec.first_session"].tone == "run"


def test_the_course_of_things_is_the_order_of_the_page(desk: Desk) -> None:
    keys = [one.key for one in entries.plan_of(desk.election).entries]
    wanted = [recorded.QUOTA, recorded.DISTRICTS, recorded.REGISTRATION, LIST, recorded.NOMINATION, INITIAL, FORMAL, recorded.VOTING,
              recorded.RESULT, recorded.REVIEW, "elec.first_session"]  # fmt: skip
    assert [key for key in keys if key in wanted] == wanted


def test_the_strict_reading_of_the_county_takes_a_day(desk: Desk) -> None:
    lawbook.choose("cal.election.backward.strict", "strict", reason="县选委会决定", actor=OPERATOR)
    assert str(by_key(desk)[LIST].day) == "2026-12-08"


def test_what_the_records_show_is_done_by_itself(desk: Desk) -> None:
    assert by_key(desk)[recorded.QUOTA].done is None
    desk.fix(6, 200_000)
    desk.enter("bodies", [{"机构名称": "县选举委员会", "机构类别": "选举委员会", "任命日期": "2026-09-01"}])
    found = by_key(desk)
    assert found[recorded.QUOTA].done == entries.Done(date(2026, 8, 1))
    assert found[recorded.COMMITTEE].done == entries.Done(date(2026, 9, 1))
    assert found[recorded.DISTRICTS].done == entries.Done(None)
    assert found[recorded.VOTING].done is None


def test_the_list_is_published_when_the_last_district_has_its_list(desk: Desk) -> None:
    for n, one in enumerate(desk.districts.values()):
        assert by_key(desk)[LIST].done is None
        Publication.objects.create(
            election=desk.election, division=one.division, natural_key=str(n), district=one, published_on=date(2026, 12, 7 + n)
        )
    assert by_key(desk)[LIST].done == entries.Done(date(2026, 12, 9))
    assert by_key(desk)[LIST].words == "已完成"


def test_an_act_is_marked_with_its_day_and_by_whom_and_taken_back_for_a_reason(desk: Desk) -> None:
    services.mark(desk.election, LIST, date(2026, 12, 10), note="第3号公告", actor=desk.clerk)
    one = by_key(desk)[LIST]
    assert (one.tone, one.late_days, one.words) == ("done", 1, "已完成，晚了 1 天")
    assert one.done == entries.Done(date(2026, 12, 10), str(desk.clerk), "第3号公告")
    with pytest.raises(ScheduleFault, match="已经标为完成"):
        services.mark(desk.election, LIST, date(2026, 12, 10), actor=desk.clerk)
    with pytest.raises(ScheduleFault, match="请写明撤销的原因"):
        services.unmark(desk.election, LIST, reason=" ", actor=desk.clerk)
    services.unmark(desk.election, LIST, reason="写错了", actor=desk.clerk)
    assert by_key(desk)[LIST].tone == "late"
    with pytest.raises(ScheduleFault, match="不用撤销"):
        services.unmark(desk.election, LIST, reason="写错了", actor=desk.clerk)
    assert list(Said.objects.filter(action__startswith="election.act").values_list("action", flat=True).order_by("sequence")) == [
        "election.act_done", "election.act_undone",
    ]  # fmt: skip
    assert verify().fault is None


@pytest.mark.parametrize(
    ("key", "day", "words"), [("nothing", date(2026, 12, 1), "没有这一项"), (LIST, date(2026, 12, 12), "不能晚于今天")]
)
def test_a_mark_that_cannot_be(desk: Desk, key: str, day: date, words: str) -> None:
    with pytest.raises(ScheduleFault, match=words):
        services.mark(desk.election, key, day, actor=desk.clerk)


def test_who_may_not_change_the_election_marks_and_moves_nothing(desk: Desk) -> None:
    watcher = gate.actor_of(desk.accounts["director"].hats.get())
    for attempt in (
        lambda: services.mark(desk.election, LIST, date(2026, 12, 9), actor=watcher),
        lambda: services.unmark(desk.election, LIST, reason="x", actor=watcher),
        lambda: services.move_day(desk.election, date(2027, 1, 5), reason="x", actor=watcher),
        lambda: services.make_feed(desk.election, actor=watcher),
        lambda: services.revoke_feed(desk.election, actor=watcher),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert not ActDone.objects.exists()


def test_moving_the_day_moves_the_plan_of_all_that_is_held_together(desk: Desk) -> None:
    client, page = desk.client(), f"/election/{desk.election.pk}/schedule/move/"
    shown = client.post(page, {"day": "2026-12-25", "reason": "常委会决定"}).content.decode()
    assert "变更后将逾期的" in shown
    assert "初步候选人名单公布期限" in shown
    desk.election.refresh_from_db()
    assert desk.election.election_day == DAY, "shown, not done"
    done = client.post(page, {"day": "2026-12-25", "reason": "常委会决定", "seen": "2026-12-25"}, follow=True).content.decode()
    assert "选举日已改为 2026-12-25" in done
    assert "2026-12-29 → 2026-12-25" in done
    days = set(Election.objects.values_list("election_day", flat=True))
    assert days == {date(2026, 12, 25)}
    assert str(by_key(desk)[INITIAL].day) == "2026-12-10"
    assert DayChange.objects.count() == 2
    said = Said.objects.filter(action="election.day_moved").order_by("sequence")[0]
    assert said.payload == {"before": "2026-12-29", "after": "2026-12-25", "reason": "常委会决定"}


def test_a_day_that_cannot_be_moved(desk: Desk) -> None:
    for election, day, reason, words in (
        (desk.election, DAY, "x", "相同"),
        (desk.election, date(2027, 1, 5), " ", "原因"),
        (desk.township, date(2027, 1, 5), "x", "请在县级选举的日程里变更"),
        (desk.election, date(1900, 1, 1), "x", "不能推算"),
    ):
        with pytest.raises(ScheduleFault, match=words):
            services.move_day(election, day, reason=reason, actor=desk.clerk)
    desk.enter("turnouts", [
        {"选区": "第1选区", "投票轮次": "第一轮", "投票日期": "2026-12-10", "参加投票选民数": 5, "发出选票数": 5, "收回选票数": 5, "有效票数": 5}
    ])  # fmt: skip
    with pytest.raises(ScheduleFault, match="已经有投票记录"):
        services.move_day(desk.election, date(2027, 1, 5), reason="x", actor=desk.clerk)


def test_the_plain_form_does_not_move_the_day(desk: Desk) -> None:
    """The day moves in the calendar, where the reason is asked for; everything else of the entry is edited as any record."""
    client, page = desk.client(), f"/elections/elections/{desk.election.pk}/edit/"
    fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', client.get(page).content.decode()))
    fields |= {"level": "县级", "by_election": "否"}
    refused = client.post(page, {**fields, "election_day": "2026-12-25"}).content.decode()
    assert "变更选举日请在这次选举的“日程”页办理" in refused
    client.post(page, {**fields, "registration_to": "2026-12-01"})
    desk.election.refresh_from_db()
    assert (desk.election.election_day, str(desk.election.registration_to)) == (DAY, "2026-12-01")


def test_after_the_vote_silence_of_the_records_is_no_alarm(desk: Desk) -> None:
    desk.enter("turnouts", [
        {"选区": "第1选区", "投票轮次": "第一轮", "投票日期": "2026-12-10", "参加投票选民数": 5, "发出选票数": 5, "收回选票数": 5, "有效票数": 5}
    ])  # fmt: skip
    assert (by_key(desk)[LIST].tone, by_key(desk)[LIST].words) == ("idle", "没有记录")


def test_the_feed_opens_with_its_secret_and_with_nothing_else(desk: Desk) -> None:
    client, base = desk.client(), f"/election/{desk.election.pk}/schedule/feed/"
    shown = client.post(base + "make/").content.decode()
    token = re.findall(rf"{base}([\w-]{{43}})/", shown)[0]
    answer = Client().get(f"{base}{token}/")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    listed = next(one for one in events if "elec.list.publish" in str(one["uid"]))
    assert (str(listed["dtstart"].dt), "逾期 2 天" in str(listed["summary"])) == ("2026-12-09", True)
    assert "《选举法》第二十八条" in str(listed["description"])
    assert Client().get(base + "x" * 43 + "/").status_code == 404
    assert Client().get(f"/election/{desk.township.pk}/schedule/feed/{token}/").status_code == 404
    assert token not in client.get(f"/election/{desk.election.pk}/schedule/").content.decode()
    client.post(base + "make/")
    assert Client().get(f"{base}{token}/").status_code == 404, "a new address ends the old one"
    client.post(base + "revoke/")
    assert not services.living(desk.election).exists()
    assert Client().get(f"/election/{desk.election.pk}/schedule/dates.ics").status_code == 302


def test_dates_stand_on_home_inbox_calendar_and_feed_of_those_who_run_it(desk: Desk) -> None:
    client = desk.client()
    assert "选民名单公布期限" in client.get("/").content.decode()
    assert "选民名单公布期限" in client.get("/inbox/").content.decode()
    assert "初步候选人名单公布期限" in client.get("/calendar/?month=2026-12").content.decode()
    for who in ("director", "registrar", "teller", "petition"):
        assert "选民名单公布期限" not in desk.client(who).get("/").content.decode(), who
    titles = [one.key for one in duties.dates(desk.clerk, None, date(2026, 12, 25))]
    assert f"election-{desk.election.pk}-{LIST}" in titles
    assert not [key for key in titles if key.startswith(f"election-{desk.township.pk}-")], "held together, said once"
    Election.objects.filter(pk=desk.election.pk).update(frozen_at=clock.now())
    assert list(duties.dates(desk.clerk, None, date(2026, 12, 25))) == []


def test_eighteen_steps_with_the_worst_of_their_acts(desk: Desk) -> None:
    found = {one.number: one for one in steps.standings(entries.plan_of(desk.election))}
    assert len(found) == 18
    assert (found[5].tone, found[5].words) == ("late", "逾期 2 天")
    assert found[6].tone == "soon"
    assert found[16].words == "需要时进行"
    assert found[14].tone == "idle"
    desk.enter("elected", [{"选区": "第1选区", "当选人姓名": "王建国"}])
    assert {one.number: one.tone for one in steps.standings(entries.plan_of(desk.election))}[14] == "done"


def test_pages_mark_and_unmark(desk: Desk) -> None:
    client, page = desk.client(), f"/election/{desk.election.pk}/schedule/done/{LIST}/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"on": "2027-01-01"}).status_code == 422
    assert "已标为完成" in client.post(page, {"on": "2026-12-09"}, follow=True).content.decode()
    assert client.post(page, {"reason": ""}).status_code == 422
    assert "已撤销" in client.post(page, {"reason": "登记错了"}, follow=True).content.decode()
    assert client.get(f"/election/{desk.election.pk}/schedule/done/nothing/").status_code == 404
    assert "A3" in client.get(f"/election/{desk.election.pk}/schedule/wall/").content.decode()


def test_telling_a_record_twice_is_an_error() -> None:
    def other(_election: Election) -> None:
        return None

    with pytest.raises(ValueError, match="told twice"):
        recorded.recorded(recorded.QUOTA)(other)
