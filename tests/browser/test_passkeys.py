"""Real Chromium with a virtual authenticator: a passkey is added and opens the platform without a password; an unverified one does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from renda.journal.models import Entry
from renda.web.models import Passkey
from tests import office as offices
from tests.browser.test_paths import PASSWORD, faults
from tests.office import Office

Open = Callable[..., Any]


@pytest.fixture
def office(transactional_db: None, live_server: Any) -> Office:
    """The office on the live site."""
    return offices.make()


class Device:
    """A device with a fingerprint reader, plugged into a page by Chromium's own tools (CDP WebAuthn)."""

    def __init__(self, page: Any) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }  # fmt: skip
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def credentials(self) -> list[dict[str, Any]]:
        """The keys that it holds."""
        return list(self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"])

    def finger(self, right: bool) -> None:
        """Whether the right finger is on the reader."""
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": right})


def at_localhost(page: Any, live_server: Any) -> str:
    """Browsers know a site's passkeys by its name, which has to be one."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


def sign_in(page: Any, site: str) -> None:
    """With the password, at that name of the site."""
    page.goto(f"{site}/login/")
    page.fill("#id_username", "clerk")
    page.fill("#id_password", PASSWORD)
    page.click("form .btn-primary")
    page.wait_for_url(f"{site}/")


def test_a_passkey_is_added_and_opens_the_platform(open_page: Open, office: Office, live_server: Any) -> None:
    page = open_page()
    site = at_localhost(page, live_server)
    device = Device(page)
    sign_in(page, site)
    page.goto(f"{site}/me/")
    form = page.locator("form[data-passkey=add]")
    form.wait_for(state="visible")
    form.locator("[name=name]").fill("办公室电脑")
    form.locator("button").click()
    page.wait_for_selector("text=通行密钥已添加")
    assert Passkey.objects.get().name == "办公室电脑"
    (credential,) = device.credentials()
    assert credential["isResidentCredential"]
    assert faults(page) == []
    page.context.clear_cookies()
    page.goto(f"{site}/login/")
    proof = page.locator("form[data-passkey=prove]")
    proof.wait_for(state="visible")
    proof.locator("button").click()
    page.wait_for_url(f"{site}/")
    assert office.accounts["clerk"].display_name in page.inner_text("header, .r-bar")
    assert Passkey.objects.get().used_at is not None
    assert Entry.objects.filter(action="account.factor_added").count() == 1


def test_the_wrong_finger_opens_nothing(open_page: Open, office: Office, live_server: Any) -> None:
    page = open_page()
    site = at_localhost(page, live_server)
    device = Device(page)
    sign_in(page, site)
    page.goto(f"{site}/me/")
    page.locator("form[data-passkey=add] button").click()
    page.wait_for_selector("text=通行密钥已添加")
    page.context.clear_cookies()
    device.finger(right=False)
    page.goto(f"{site}/login/")
    page.locator("form[data-passkey=prove] button").click()
    page.wait_for_selector("[data-passkey-fault]:visible")
    assert "没有完成" in page.inner_text("[data-passkey-fault]")
    assert page.url.startswith(f"{site}/login/")
