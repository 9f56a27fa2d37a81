"""How often things may be done, in one place: signing in, seeing secret values, taking data out, public addresses.

Counts stand in the database, so that several processes count together, and the real clock counts. A refused request says when to come
again. Each limited address is named in `LIMITS`; every other address that is open without signing in falls under `PUBLIC`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from renda.core import clock
from renda.core.crypto import keyed_digest
from renda.web import client, faults
from renda.web.models import RateWindow

UNPROCESSABLE = 422
SWEEP_EVERY = 100


@dataclass(frozen=True)
class Limit:
    """``times`` in ``seconds`` for each account (or each address). ``failures``: only answers that say a try failed count."""

    name: str
    times: int
    seconds: int
    by_account: bool = False
    methods: tuple[str, ...] = ("POST",)
    failures: bool = False


SIGN_IN = Limit("sign-in", 30, 300, failures=True)
REVEAL = Limit("reveal", 60, 3600, by_account=True)
EXPORT = Limit("export", 120, 3600, by_account=True, methods=("GET", "POST"))
PUBLIC = Limit("public", 120, 60, methods=("GET", "POST"))
LOOK_UP = Limit("look-up", 20, 600, failures=True)
HAND_IN = Limit("hand-in", 20, 3600)
LIMITS = {
    "portal:query": LOOK_UP,
    "portal:rate": LOOK_UP,
    "portal:new": HAND_IN,
    "portal:voter-check": LOOK_UP,
    "portal:voter-transfer": HAND_IN,
    "portal:voter-new": HAND_IN,
    **dict.fromkeys(("login", "login-second", "login-passkey", "login-outside-back", "my-sure"), SIGN_IN),
    "ui:reveal": REVEAL,
    **dict.fromkeys(
        (
            "ui:export",
            "figure-export",
            "ledgers-export",
            "report-evidence",
            "term-workbook",
            "album-make",
            "election-lists-print-file",
        ),
        EXPORT,
    ),
}
Answer = Callable[[HttpRequest], HttpResponse]


def of_view(name: str, view: Callable[..., Any]) -> Limit | None:
    """The limit of an address by its name; that of public ones where nothing else is said."""
    return LIMITS.get(name) or (None if getattr(view, "login_required", True) else PUBLIC)


class RateLimits:
    """Middleware: refuses what is done too often (429), and counts."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count failed tries by their answer."""
        response = self.get_response(request)
        limit: Limit | None = getattr(request, "_limit", None)
        if limit and limit.failures and response.status_code == UNPROCESSABLE:
            _count(limit, request)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse where the limit is used up."""
        limit = of_view(request.resolver_match.view_name if request.resolver_match else "", view)
        if limit is None or request.method not in limit.methods:
            return None
        request._limit = limit  # type: ignore[attr-defined]
        done = _done(limit, request) + 1 if limit.failures else _count(limit, request)
        return faults.too_often(request, _seconds_left(limit)) if done > limit.times else None


def _key(limit: Limit, request: HttpRequest) -> str:
    who = f"account:{request.user.pk}" if limit.by_account and request.user.is_authenticated else client.address_of(request)
    return keyed_digest(f"limit:{limit.name}:{who}")


def _window(limit: Limit) -> int:
    return int(clock.real_now().timestamp()) // limit.seconds


def _seconds_left(limit: Limit) -> int:
    return limit.seconds - int(clock.real_now().timestamp()) % limit.seconds


def _done(limit: Limit, request: HttpRequest) -> int:
    found = RateWindow.objects.filter(key=_key(limit, request), window=_window(limit)).values_list("count", flat=True).first()
    return found or 0


def _count(limit: Limit, request: HttpRequest) -> int:
    """Count one more in this span and return how many there are now; safe beside other processes."""
    window = _window(limit)
    ends = clock.real_now() + timedelta(seconds=_seconds_left(limit))
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO web_ratewindow (key, "window", ends_at, count) VALUES (%s, %s, %s, 1) '
            'ON CONFLICT (key, "window") DO UPDATE SET count = web_ratewindow.count + 1 RETURNING count',
            [_key(limit, request), window, ends],
        )
        count: int = cursor.fetchone()[0]
    if count % SWEEP_EVERY == 1:
        RateWindow.objects.filter(ends_at__lt=clock.real_now() - timedelta(days=1)).delete()
    return count
