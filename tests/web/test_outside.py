"""Signing in through the office's own service, against a service in this process: what opens an account, and all that does not."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey

from renda.directory.models import Account
from renda.journal.models import Entry
from renda.web import outside
from renda.web.models import OutsideIdentity
from tests.office import Office
from tests.web.test_factors import code, enrol
from tests.web.test_sessions import Hands, hands

__all__ = ["hands"]


class Provider(ThreadingHTTPServer):
    """A sign-in service: its published settings, its keys, and tokens for whom the test names."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.key = RSAKey.generate_key(2048, {"kid": "k1"})
        self.signing = self.key
        self.claims: dict[str, Any] = {"sub": "u-1", "preferred_username": "clerk"}
        self.nonce, self.verifier_seen, self.broken = "", "", False

    def token(self) -> dict[str, Any]:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": "renda", "iat": now, "exp": now + 60, "nonce": self.nonce, **self.claims}
        return {
            "access_token": "opaque", "token_type": "Bearer", "id_token": jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.signing),
        }  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    """The addresses of the service."""

    server: Provider

    def do_GET(self) -> None:
        base = self.server.issuer
        self._say(
            {"keys": [self.server.key.as_dict(private=False)]}
            if self.path == "/keys"
            else {
                "issuer": base, "authorization_endpoint": f"{base}/go", "token_endpoint": f"{base}/token", "jwks_uri": f"{base}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )  # fmt: skip

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.verifier_seen = sent.get("code_verifier", [""])[0]
        self._say({"error": "invalid_grant"} if self.server.broken else self.server.token(), 400 if self.server.broken else 200)

    def _say(self, value: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: Any) -> None:
        """Quiet."""


@pytest.fixture
def provider(settings: Any, tmp_path: Any) -> Iterator[Provider]:
    service = Provider()
    threading.Thread(target=service.serve_forever, daemon=True).start()
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n")
    settings.OIDC = {
        "issuer": service.issuer,
        "client": "renda",
        "secret_file": str(secret),
        "claim": "preferred_username",
        "name": "统一身份认证",
    }
    outside.forget_client()
    yield service
    outside.forget_client()
    service.shutdown()
    service.server_close()


def through(client: Client, provider: Provider, **changed: str) -> Any:
    """To the service and back, as a browser goes."""
    away = client.get("/login/outside/", {"next": "/calendar/"})
    asked = {name: values[0] for name, values in parse_qs(urlsplit(away.headers["Location"]).query).items()}
    assert asked["code_challenge_method"] == "S256"
    provider.nonce = asked["nonce"]
    return client.get(f"/login/outside/back/?{urlencode({'code': 'c', 'state': asked['state'], **changed})}", follow=False)


def refusal(client: Client, answer: Any) -> str:
    assert answer.headers["Location"] == "/login/"
    page = client.get("/login/").content.decode()
    assert client.get("/all/").status_code == 302
    return page


def test_it_is_off_until_a_service_is_named(office: Office) -> None:
    client = Client()
    assert "统一身份认证" not in client.get("/login/").content.decode()
    for page in ("/login/outside/", "/login/outside/back/"):
        assert client.get(page).headers["Location"] == "/login/"


def test_a_named_account_is_opened_and_linked(office: Office, provider: Provider) -> None:
    client = Client()
    assert "用统一身份认证登录" in client.get("/login/").content.decode()
    assert through(client, provider).headers["Location"] == "/calendar/"
    assert client.get("/all/").status_code == 200
    assert provider.verifier_seen
    linked = OutsideIdentity.objects.get()
    assert (linked.account.username, linked.subject) == ("clerk", "u-1")
    assert Entry.objects.filter(action="account.outside_linked", subject_id=linked.account_id).count() == 1
    assert Entry.objects.filter(action="account.sign_in").latest("sequence").payload["how"] == "统一身份认证"
    provider.claims = {"sub": "u-1", "preferred_username": "renamed"}
    assert through(Client(), provider).headers["Location"] == "/calendar/"


def test_it_never_makes_an_account(office: Office, provider: Provider) -> None:
    before = Account.objects.count()
    for claims in ({"sub": "u-9", "preferred_username": "nobody"}, {"sub": "u-9"}, {"sub": "u-9", "preferred_username": ""}):
        provider.claims, client = claims, Client()
        assert "没有与您的统一身份对应的账号" in refusal(client, through(client, provider))
    assert Account.objects.count() == before
    assert not OutsideIdentity.objects.exists()


def test_a_name_given_to_somebody_else_opens_nothing(office: Office, provider: Provider) -> None:
    through(Client(), provider)
    provider.claims, client = {"sub": "u-2", "preferred_username": "clerk"}, Client()
    assert "已与另一个统一身份绑定" in refusal(client, through(client, provider))


def test_the_administrator_undoes_the_link(office: Office, provider: Provider) -> None:
    through(Client(), provider)
    security = Client()
    security.force_login(office.accounts["security"])
    security.post(f"/accounts/{office.accounts['clerk'].pk}/outside/")
    provider.claims = {"sub": "u-2", "preferred_username": "clerk"}
    assert through(Client(), provider).headers["Location"] == "/calendar/"


@pytest.mark.parametrize(
    "claims", [{"aud": "another"}, {"iss": "https://example.org"}, {"exp": 1}, {"nonce": "another"}, {"sub": ""}], ids=str
)
def test_an_answer_that_is_not_for_us_opens_nothing(office: Office, provider: Provider, claims: dict[str, Any]) -> None:
    provider.claims = {**provider.claims, **claims}
    client = Client()
    refusal(client, through(client, provider))
    assert not OutsideIdentity.objects.exists()


def test_a_forged_signature_a_stolen_state_and_a_refusal_open_nothing(office: Office, provider: Provider) -> None:
    provider.signing = RSAKey.generate_key(2048, {"kid": "k1"})
    client = Client()
    assert "没有成功" in refusal(client, through(client, provider))
    provider.signing = provider.key
    assert "没有成功" in refusal(client, through(client, provider, state="another"))
    assert "没有成功" in refusal(client, client.get("/login/outside/back/?error=access_denied"))
    provider.broken = True
    refusal(client, through(client, provider))


def test_a_locked_account_stays_locked_and_a_second_factor_is_still_asked(
    office: Office, provider: Provider, hands: Hands
) -> None:
    account = office.accounts["clerk"]
    enrol(office)
    client = Client()
    assert through(client, provider).headers["Location"] == "/login/second/"
    hands.forward(minutes=1)
    assert client.post("/login/second/", {"code": code(account)}).headers["Location"] == "/calendar/"
    account.is_active = False
    account.save()
    late = Client()
    assert "已停用" in refusal(late, through(late, provider))


def test_a_service_that_is_away_is_said_so(office: Office, settings: Any) -> None:
    settings.OIDC = {**settings.OIDC, "issuer": "http://127.0.0.1:9", "client": "renda", "secret_file": ""}
    outside.forget_client()
    client = Client()
    assert "暂时连不上" in refusal(client, client.get("/login/outside/"))
    settings.OIDC = {**settings.OIDC, "issuer": "http://sign-in.example.org"}
    outside.forget_client()
    assert "必须是 https" in refusal(client, client.get("/login/outside/"))
    outside.forget_client()
