"""Second factors: one-time codes, recovery codes, passkeys; set up by their owner, asked at the door, taken away by the administrator."""

from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from django.db import connection
from django.test import Client

from renda.core import clock
from renda.journal.models import Entry
from renda.web import factors
from renda.web.models import CodeDevice, Passkey, RecoveryCode
from tests.office import PASSWORD, Office
from tests.web.authenticator import Authenticator
from tests.web.test_sessions import Hands, hands, signed_in

__all__ = ["hands"]
As = Callable[[str], Client]
HOST = {"SERVER_NAME": "localhost"}


def code(account: Any, hands: Hands | None = None) -> str:
    """What the phone shows now."""
    secret = CodeDevice.objects.get(account=account).secret
    return pyotp.TOTP(str(secret)).at(clock.real_now())


def enrol(office: Office, name: str = "clerk") -> list[str]:
    """One-time codes for an account; returns its recovery codes."""
    account = office.accounts[name]
    factors.begin(account)
    return factors.confirm(account, code(account))


def first(client: Client, name: str = "clerk", after: str = "/calendar/") -> Any:
    return client.post("/login/", {"username": name, "password": PASSWORD, "next": after})


def test_codes_are_set_up_with_a_picture_and_a_first_code(office: Office) -> None:
    client, account = signed_in(), office.accounts["clerk"]
    page = client.get("/me/codes/")
    assert page.context["picture"].startswith("data:image/svg+xml")
    assert client.post("/me/codes/", {"code": "000000"}).status_code == 422
    assert client.get("/me/").context["device"] is None
    done = client.post("/me/codes/", {"code": code(account)})
    fresh = done.context["fresh"]
    assert len(set(fresh)) == factors.CODES
    assert Entry.objects.get(action="account.factor_added").payload == {"factor": "动态口令"}
    assert client.get("/me/").context["codes_left"] == factors.CODES
    assert client.get("/me/codes/").headers["Location"] == "/me/"
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM web_codedevice")
        assert str(CodeDevice.objects.get().secret).encode() not in bytes(cursor.fetchone()[0])
    assert not any(one.replace("-", "") in str(list(RecoveryCode.objects.values())) for one in fresh)


def test_the_password_alone_no_longer_opens(office: Office, hands: Hands) -> None:
    enrol(office)
    hands.forward(minutes=1)
    client = Client()
    assert first(client).headers["Location"] == "/login/second/"
    assert client.get("/all/").status_code == 302
    assert client.post("/login/second/", {"code": "123"}).status_code == 422
    assert client.post("/login/second/", {"code": code(office.accounts["clerk"])}).headers["Location"] == "/calendar/"
    assert client.get("/all/").status_code == 200
    assert Entry.objects.filter(action="account.sign_in").latest("sequence").payload["how"] == "密码和动态口令"


def test_a_code_counts_once(office: Office, hands: Hands) -> None:
    enrol(office)
    account = office.accounts["clerk"]
    assert not factors.check_code(account, code(account)), "the code that set it up"
    hands.forward(seconds=31)
    now = code(account)
    assert factors.check_code(account, now)
    assert not factors.check_code(account, now)
    hands.forward(minutes=5)
    assert not factors.check_code(account, now)


def test_wrong_codes_close_the_name_and_a_right_password_does_not_open_it_again(office: Office, hands: Hands) -> None:
    enrol(office)
    client = Client()
    for _try in range(5):
        first(client)
        client.post("/login/second/", {"code": "000000"})
    hands.forward(minutes=1)
    assert "已暂停登录" in first(client).content.decode()
    assert client.post("/login/second/", {"code": code(office.accounts["clerk"])}).status_code == 422


def test_the_first_proof_holds_for_a_few_minutes_only(office: Office, hands: Hands) -> None:
    enrol(office)
    client = Client()
    first(client)
    hands.forward(minutes=6)
    assert client.post("/login/second/", {"code": code(office.accounts["clerk"])}).headers["Location"] == "/login/"
    assert client.get("/all/").status_code == 302


def test_a_recovery_code_opens_once(office: Office) -> None:
    spare = enrol(office)[0]
    client = Client()
    first(client)
    assert client.post("/login/second/", {"code": spare.upper().replace("-", " ")}).status_code == 302
    again = Client()
    first(again)
    assert again.post("/login/second/", {"code": spare}).status_code == 422
    assert Entry.objects.filter(action="account.recovery_used").count() == 1


def test_changes_ask_for_a_proof_that_is_not_old(office: Office, hands: Hands) -> None:
    client = signed_in()
    hands.forward(minutes=11)
    assert client.get("/me/codes/").headers["Location"] == "/me/sure/?next=%2Fme%2Fcodes%2F"
    assert client.post("/me/codes/off/").headers["Location"] == "/me/sure/?next=%2Fme%2F"
    assert client.post("/me/sure/", {"password": "wrong", "next": "/me/codes/"}).status_code == 422
    assert client.post("/me/sure/", {"password": PASSWORD, "next": "/me/codes/"}).headers["Location"] == "/me/codes/"
    assert client.get("/me/codes/").status_code == 200


@pytest.mark.parametrize(
    ("policy", "name", "asked"),
    [("admins", "security", True), ("admins", "clerk", False), ("everyone", "clerk", True), ("none", "audit", False)],
)
def test_the_office_may_require_it(as_role: As, office: Office, policy: str, name: str, asked: bool) -> None:
    as_role("security").post("/accounts/policy/", {"idle_minutes": "30", "second_factor": policy})
    client, account = signed_in(name), office.accounts[name]
    assert (client.get("/all/").headers.get("Location") == "/me/") == asked
    if asked:
        assert client.get("/me/").status_code == 200
        client.get("/me/codes/")
        client.post("/me/codes/", {"code": code(account)})
        assert client.get("/all/").status_code == 200
        client.post("/me/codes/off/")
        assert CodeDevice.objects.filter(account=account).exists(), "the last one stays where it is required"


def test_without_a_factor_there_are_no_recovery_codes(office: Office) -> None:
    client = signed_in()
    client.get("/me/codes/")
    client.post("/me/codes/", {"code": code(office.accounts["clerk"])})
    client.post("/me/codes/off/")
    assert not RecoveryCode.objects.exists()
    client.post("/me/recovery/")
    assert not RecoveryCode.objects.exists()
    assert first(Client()).headers["Location"] == "/calendar/"


def test_the_administrator_takes_them_away_for_a_lost_phone(as_role: As, office: Office) -> None:
    enrol(office)
    security, account = as_role("security"), office.accounts["clerk"]
    assert "取消" in security.get(f"/accounts/{account.pk}/").content.decode()
    security.post(f"/accounts/{account.pk}/factors/")
    assert first(Client()).headers["Location"] == "/calendar/"
    entry = Entry.objects.get(action="account.factors_taken")
    assert (entry.subject_id, "安全管理员" in entry.actor) == (account.pk, True)
    own = office.accounts["security"]
    assert security.post(f"/accounts/{own.pk}/factors/").status_code == 403


def with_passkey(office: Office, device: Authenticator) -> Client:
    client = Client(**HOST)
    client.post("/login/", {"username": "clerk", "password": PASSWORD})
    options = client.post("/me/passkeys/options/").json()
    assert options["rp"]["id"] == "localhost"
    assert client.post("/me/passkeys/", {"answer": device.create(options), "name": "办公电脑"}).status_code == 200
    return client


def test_a_passkey_opens_without_a_password(office: Office) -> None:
    device = Authenticator()
    with_passkey(office, device)
    assert Passkey.objects.get().name == "办公电脑"
    client = Client(**HOST)
    answer = device.sign(client.post("/login/passkey/options/").json())
    said = client.post("/login/passkey/", {"answer": answer, "next": "/calendar/"})
    assert said.json() == {"next": "/calendar/"}
    assert client.get("/all/").status_code == 200
    assert Entry.objects.filter(action="account.sign_in").latest("sequence").payload["how"] == "通行密钥"
    assert client.post("/login/passkey/", {"answer": answer}).status_code == 422, "an answer counts once"


def test_a_passkey_is_the_second_proof(office: Office) -> None:
    device = Authenticator(verifies=False)
    with_passkey(office, device)
    client = Client(**HOST)
    assert first(client).headers["Location"] == "/login/second/"
    options = client.post("/login/passkey/options/").json()
    assert len(options["allowCredentials"]) == 1
    assert client.post("/login/passkey/", {"answer": device.sign(options)}).json() == {"next": "/calendar/"}


@pytest.mark.parametrize(
    "what", ["unverified", "stranger", "other site", "old challenge", "nonsense", "taken back", "locked account"]
)
def test_what_proves_nothing_opens_nothing(office: Office, what: str) -> None:
    device = Authenticator(verifies=what != "unverified")
    with_passkey(office, device)
    client = Client(**HOST)
    options = client.post("/login/passkey/options/").json()
    if what == "stranger":
        device = Authenticator()
    if what == "other site":
        device.origin = "https://example.org"
    answer = device.sign(options)
    if what == "old challenge":
        client.post("/login/passkey/options/")
    if what == "nonsense":
        answer = "{"
    if what == "taken back":
        Passkey.objects.all().delete()
    if what == "locked account":
        office.accounts["clerk"].is_active = False
        office.accounts["clerk"].save()
    assert client.post("/login/passkey/", {"answer": answer}).status_code == 422
    assert client.get("/all/").status_code == 302


def test_anothers_passkey_is_no_second_proof(office: Office) -> None:
    device = Authenticator()
    with_passkey(office, device)
    enrol(office, "town")
    client = Client(**HOST)
    first(client, "town")
    options = client.post("/login/passkey/options/").json()
    assert client.post("/login/passkey/", {"answer": device.sign(options)}).status_code == 422


def test_passkeys_are_removed_and_offered_only_where_they_can_work(office: Office) -> None:
    client = with_passkey(office, Authenticator())
    client.post(f"/me/passkeys/{Passkey.objects.get().pk}/remove/")
    assert not Passkey.objects.exists()
    assert "用通行密钥登录" in Client(**HOST).get("/login/").content.decode()
    assert "用通行密钥登录" not in Client().get("/login/").content.decode()
