"""Sessions end when nobody uses them, can be ended by their owner, and lead back to where one was."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from renda.core import clock
from renda.journal.models import Entry
from renda.web import idle, policies
from renda.web.models import SignIn
from tests.office import PASSWORD, Office

As = Callable[[str], Client]


class Hands:
    """The real clock's hands, moved by the test."""

    def __init__(self) -> None:
        self.at = clock.real_now()

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    moved = Hands()
    monkeypatch.setattr(clock, "real_now", moved)
    return moved


def signed_in(name: str = "clerk") -> Client:
    client = Client()
    assert client.post("/login/", {"username": name, "password": PASSWORD}).status_code == 302
    return client


def test_half_an_hour_without_a_request_ends_the_session_and_leads_back(office: Office, hands: Hands) -> None:
    client = signed_in()
    for _use in range(3):
        hands.forward(minutes=29)
        assert client.get("/all/").status_code == 200
    hands.forward(minutes=31)
    answer = client.get("/suggestions/suggestions/?year=2021")
    assert answer.headers["Location"] == "/login/?next=%2Fsuggestions%2Fsuggestions%2F%3Fyear%3D2021&ended=idle"
    page = client.get(answer.headers["Location"])
    assert "没有操作" in page.content.decode()
    back = client.post("/login/", {"username": "clerk", "password": PASSWORD, "next": page.context["next"]})
    assert back.headers["Location"] == "/suggestions/suggestions/?year=2021"


def test_a_form_that_comes_too_late_leads_back_to_its_page_and_changes_nothing(office: Office, hands: Hands) -> None:
    client, before = signed_in(), Entry.objects.count()
    hands.forward(minutes=31)
    page = "http://testserver/suggestions/suggestions/new/"
    answer = client.post("/suggestions/suggestions/new/", {"title": "x"}, headers={"referer": page})
    assert answer.headers["Location"] == "/login/?next=%2Fsuggestions%2Fsuggestions%2Fnew%2F&ended=idle"
    assert Entry.objects.count() == before
    part = signed_in()
    hands.forward(minutes=31)
    answer = part.get("/lookup/people/", headers={"hx-request": "true", "hx-current-url": page})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/login/?next=%2Fsuggestions")
    far = signed_in()
    hands.forward(minutes=31)
    assert "next=%2F&" in far.post("/hat/", headers={"referer": "https://example.org/x/"}).headers["Location"]


def test_a_working_day_ends_the_session_in_any_case(office: Office, hands: Hands) -> None:
    client = signed_in()
    for _use in range(25):
        hands.forward(minutes=28.5)
        assert client.get("/all/").status_code == 200
    hands.forward(minutes=20)
    assert client.get("/all/").headers["Location"].endswith("ended=long")


def test_what_a_page_asks_by_itself_is_no_use(office: Office, hands: Hands, as_role: As) -> None:
    assert "ledgers-progress" in idle.BY_ITSELF
    client = signed_in()
    for _poll in range(4):
        hands.forward(minutes=9)
        answer = client.get("/ledgers/1/progress/")
    assert answer.headers["Location"].endswith("ended=idle")


def test_the_minutes_are_the_offices_choice(office: Office, hands: Hands, as_role: As) -> None:
    security, client = as_role("security"), signed_in()
    for wrong in ("4", "481", "x", ""):
        assert security.post("/accounts/policy/", {"idle_minutes": wrong, "second_factor": "none"}).status_code == 422
    assert security.post("/accounts/policy/", {"idle_minutes": "10", "second_factor": "none"}).status_code == 302
    assert policies.current().idle_minutes == 10
    entry = Entry.objects.get(action="door.policy")
    assert entry.payload == {"changes": {"idle_minutes": [30, 10]}}
    assert "安全管理员" in entry.actor
    hands.forward(minutes=11)
    assert client.get("/all/").status_code == 302


def test_ones_own_sessions_are_listed_and_ended(office: Office, hands: Hands) -> None:
    third = signed_in()
    hands.forward(seconds=1)
    there = signed_in()
    hands.forward(seconds=1)
    here = signed_in()
    shown = here.get("/me/").context["sessions"]
    assert [(one.live, one.own, one.how) for one in shown] == [(True, True, "密码"), (True, False, "密码"), (True, False, "密码")]
    other = SignIn.objects.get(session_key=there.session.session_key)
    assert "这处登录已下线" in here.post(f"/me/sessions/{other.pk}/end/", follow=True).content.decode()
    assert there.get("/").status_code == 302
    own = SignIn.objects.get(session_key=here.session.session_key)
    here.post(f"/me/sessions/{own.pk}/end/")
    assert here.get("/me/").status_code == 200
    assert "已下线 1 处" in here.post("/me/sessions/", follow=True).content.decode()
    assert third.get("/").status_code == 302
    assert Entry.objects.filter(action="account.sessions_ended").count() == 2


def test_nobody_ends_anothers_session_from_his_own_page(office: Office) -> None:
    mine, other = signed_in("clerk"), signed_in("town")
    foreign = SignIn.objects.get(session_key=other.session.session_key)
    mine.post(f"/me/sessions/{foreign.pk}/end/")
    assert other.get("/").status_code == 200


def test_a_session_left_alone_is_shown_as_over(office: Office, hands: Hands) -> None:
    left = signed_in()
    hands.forward(minutes=45)
    here = signed_in()
    assert [one.live for one in here.get("/me/").context["sessions"]] == [True, False]
    assert left.get("/").status_code == 302
