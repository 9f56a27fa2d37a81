"""Who is signed in: one row per signing in, live while its session is. The real clock counts here, as for the lockout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory.models import Account
from renda.web.models import SignIn

KEPT_DAYS = 180
AGENT_LENGTH = 300
BROWSERS = (
    ("Edg", "Edge"),
    ("QQBrowser", "QQ"),
    ("MicroMessenger", "微信"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
ADDRESS = re.compile(r"[0-9a-fA-F:.]{3,45}")


@dataclass(frozen=True)
class Seen:
    """One signing in as a page shows it."""

    at: datetime
    address: str
    device: str
    live: bool
    own: bool


def opened(request: HttpRequest, account: Account) -> None:
    """Remember a signing in; those of half a year ago are forgotten on the way."""
    if not request.session.session_key:
        request.session.save()
    address = request.META.get("REMOTE_ADDR", "")
    SignIn.objects.filter(at__lt=clock.real_now() - timedelta(days=KEPT_DAYS)).delete()
    SignIn.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "account": account,
            "at": clock.real_now(),
            "address": address if ADDRESS.fullmatch(address) else None,
            "agent": request.META.get("HTTP_USER_AGENT", "")[:AGENT_LENGTH],
        },
    )


def of_account(account: Account, own_key: str | None, limit: int = 20) -> list[Seen]:
    """The newest signings in of an account. Two queries."""
    rows = list(SignIn.objects.filter(account=account).order_by("-at")[:limit])
    live = _live([row.session_key for row in rows])
    return [
        Seen(row.at, row.address or "", device(row.agent), row.session_key in live, row.session_key == own_key) for row in rows
    ]


def live_count() -> int:
    """How many sessions are open on the whole site."""
    return len(_live(list(SignIn.objects.values_list("session_key", flat=True))))


def end(account: Account, *, but: str | None = None) -> int:
    """End every live session of an account (but one); returns how many ended."""
    keys = SignIn.objects.filter(account=account).exclude(session_key=but or "").values_list("session_key", flat=True)
    ended, _by_model = Session.objects.filter(session_key__in=list(keys)).delete()
    return ended


def _live(keys: list[str]) -> set[str]:
    return set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=clock.real_now()).values_list("session_key", flat=True)
    )


def device(agent: str) -> str:
    """Browser and system in a word each, from what the browser says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return " · ".join(part for part in (browser, system) if part) or _("未知设备")
