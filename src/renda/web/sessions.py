"""Who is signed in: one row per signing in, live while its session is. The real clock counts here, as for the lockout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory.models import Account
from renda.ui.words import said
from renda.web import client, policies
from renda.web.models import How, SignIn

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


@dataclass(frozen=True)
class Seen:
    """One signing in as a page shows it."""

    at: datetime
    address: str
    device: str
    live: bool
    own: bool
    pk: int = 0
    how: str = ""
    seen_at: datetime | None = None


def opened(request: HttpRequest, account: Account, how: str = How.PASSWORD) -> None:
    """Remember a signing in; those of half a year ago are forgotten on the way."""
    if not request.session.session_key:
        request.session.save()
    SignIn.objects.filter(at__lt=clock.real_now() - timedelta(days=KEPT_DAYS)).delete()
    SignIn.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "account": account,
            "at": clock.real_now(),
            "seen_at": clock.real_now(),
            "how": how,
            "address": client.address_of(request) or None,
            "agent": request.META.get("HTTP_USER_AGENT", "")[:AGENT_LENGTH],
        },
    )


def used(request: HttpRequest) -> None:
    """Note that the session of this request is in use."""
    SignIn.objects.filter(session_key=request.session.session_key or "").update(seen_at=clock.real_now())


def of_account(account: Account, own_key: str | None, limit: int = 20) -> list[Seen]:
    """The newest signings in of an account. Two queries."""
    rows = list(SignIn.objects.filter(account=account).order_by("-at")[:limit])
    live = _live([row.session_key for row in rows])
    return [
        Seen(
            row.at, row.address or "", device(row.agent), row.session_key in live, row.session_key == own_key,
            row.pk, said(row.get_how_display()), row.seen_at,
        )
        for row in rows
    ]  # fmt: skip


def live_count() -> int:
    """How many sessions are open on the whole site."""
    return len(_live(list(SignIn.objects.values_list("session_key", flat=True))))


def end(account: Account, *, but: str | None = None) -> int:
    """End every live session of an account (but one); returns how many ended."""
    keys = SignIn.objects.filter(account=account).exclude(session_key=but or "").values_list("session_key", flat=True)
    ended, _by_model = Session.objects.filter(session_key__in=list(keys)).delete()
    return ended


def end_one(account: Account, pk: int, *, but: str | None = None) -> bool:
    """End one session of an account by the number of its signing in; the one in use (``but``) stays. False where there is none such."""
    found = SignIn.objects.filter(account=account, pk=pk).exclude(session_key=but or "").values_list("session_key", flat=True)
    ended, _by_model = Session.objects.filter(session_key__in=list(found)).delete()
    return bool(ended)


def _live(keys: list[str]) -> set[str]:
    """Those sessions that still open something: neither past their end nor without use for longer than the policy allows."""
    now = clock.real_now()
    kept = Session.objects.filter(session_key__in=keys, expire_date__gt=now).values_list("session_key", flat=True)
    idle = Q(seen_at__isnull=False, seen_at__lt=now - timedelta(minutes=policies.current().idle_minutes + 1))
    return set(SignIn.objects.filter(session_key__in=list(kept)).exclude(idle).values_list("session_key", flat=True))


def device(agent: str) -> str:
    """Browser and system in a word each, from what the browser says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return " · ".join(part for part in (browser, system) if part) or _("未知设备")
