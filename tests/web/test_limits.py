"""Limits: counted in the database for each account or address, refused with the time to come again, one table for all."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver

from renda.web import client as clients
from renda.web import limits
from renda.web.limits import Limit
from renda.web.models import RateWindow
from tests.office import PASSWORD, Office
from tests.web.test_guard import routes

As = Callable[[str], Client]


def test_every_limited_address_exists_and_every_public_one_is_limited() -> None:
    assert limits.LIMITS.keys() <= routes().keys()
    open_ones = {name for name, view in _views() if not getattr(view, "login_required", True)}
    assert {"login", "login-second", "login-passkey", "login-outside-back"} <= open_ones
    for name in open_ones:
        assert limits.of_view(name, lambda: None) or limits.of_view(name, dict(_views())[name]), name


def _views(patterns: list | None = None, space: str = "") -> list[tuple[str, Callable]]:
    found = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(one, "url_patterns"):
            found += _views(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            found.append((space + one.name, one.callback))
    return found


def test_wrong_sign_ins_from_one_address_are_stopped_whatever_the_name(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "login", Limit("sign-in", 3, 300, failures=True))
    guesser = Client(REMOTE_ADDR="10.1.1.1")
    for guess in range(3):
        assert guesser.post("/login/", {"username": f"name{guess}", "password": "wrong"}).status_code == 422
    stopped = guesser.post("/login/", {"username": "town", "password": PASSWORD})
    assert stopped.status_code == 429
    assert 0 < int(stopped.headers["Retry-After"]) <= 300
    assert "操作过于频繁" in stopped.content.decode()
    assert Client(REMOTE_ADDR="10.1.1.2").post("/login/", {"username": "town", "password": PASSWORD}).status_code == 302


def test_right_sign_ins_do_not_count(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "login", Limit("sign-in", 2, 300, failures=True))
    for _morning in range(4):
        assert Client().post("/login/", {"username": "town", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("name", ["ui:reveal", "ui:export"])
def test_looking_and_taking_out_are_limited_for_each_account(
    as_role: As, office: Office, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    plain = limits.LIMITS[name]
    monkeypatch.setitem(limits.LIMITS, name, Limit(plain.name, 2, 3600, by_account=True, methods=plain.methods))
    pk = office.ids["petitions.petitions"][0]
    reveal = f"/petitions/petitions/{pk}/reveal/petitioner/"
    clerk, operator = as_role("petition"), as_role("operator")

    def once(client: Client) -> int:
        answer = (
            client.post(reveal, {"reason": "电话答复"}) if name == "ui:reveal" else client.get("/petitions/petitions/export/")
        )
        if answer.streaming:
            b"".join(answer.streaming_content)
        return answer.status_code

    assert [once(clerk), once(clerk), once(clerk)] == [200, 200, 429]
    assert once(operator) == 200


def test_counts_hold_no_address(office: Office) -> None:
    Client(REMOTE_ADDR="10.9.8.7").post("/login/", {"username": "x", "password": "y"})
    row = RateWindow.objects.get()
    assert "10.9.8.7" not in str(vars(row))
    assert row.count == 1


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "found"),
    [
        ("10.0.0.5", "1.2.3.4", [], "10.0.0.5"), ("10.0.0.5", "1.2.3.4", ["10.0.0.5"], "1.2.3.4"), ("10.0.0.5", "6.6.6.6, 1.2.3.4", ["10.0.0.0/8"], "1.2.3.4"),
        ("10.0.0.5", "6.6.6.6, 10.0.0.9", ["10.0.0.0/8"], "6.6.6.6"), ("10.0.0.5", "nonsense", ["10.0.0.5"], "10.0.0.5"), ("", "1.2.3.4", [], ""),
        ("10.0.0.5", "", ["10.0.0.5"], "10.0.0.5"), ("::1", "2001:db8::1", ["::1"], "2001:db8::1"),
    ],
)  # fmt: skip
def test_only_named_proxies_are_believed(settings, peer: str, forwarded: str, proxies: list[str], found: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR=peer)
    assert clients.address_of(request) == found
