"""A session that nobody uses ends: after the policy's minutes without a request, and after half a day in any case.

The real clock counts. The last use is noted once a minute at most, so a page costs no write. Requests that a page makes by itself to show
progress are no use.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from renda.core import clock
from renda.web import policies, sessions

SEEN, SINCE = "seen", "since"
TICK_SECONDS = 60
LONGEST_HOURS = 12
BY_ITSELF = frozenset({"ledgers-progress"})
IDLE, LONG = "idle", "long"
Answer = Callable[[HttpRequest], HttpResponse]


def idle(get_response: Answer) -> Answer:
    """Middleware: note the use of a session, or end it and lead to the sign-in, which leads back here."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        reason = _over(request)
        return _ended(request, reason) if reason else get_response(request)

    return middleware


def _over(request: HttpRequest) -> str:
    """Why the session is over, or nothing; notes the use where it goes on."""
    now = int(clock.real_now().timestamp())
    seen, since = request.session.get(SEEN), request.session.setdefault(SINCE, now)
    if seen is not None and now - seen < TICK_SECONDS:
        return ""
    if now - since > LONGEST_HOURS * 3600:
        return LONG
    if seen is not None and now - seen > policies.current().idle_minutes * 60:
        return IDLE
    if seen is None or not _by_itself(request):
        request.session[SEEN] = now
        sessions.used(request)
    return ""


def _by_itself(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in BY_ITSELF
    except Resolver404:
        return False


def _ended(request: HttpRequest, reason: str) -> HttpResponse:
    back = _back(request)
    logout(request)
    address = f"{reverse('login')}?{urlencode({'next': back, 'ended': reason})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _back(request: HttpRequest) -> str:
    """The page to return to: the one asked for, or where a form or a part of a page was sent from."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    came = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()}):
        return reverse("home")
    parts = urlsplit(came)
    return parts.path + (f"?{parts.query}" if parts.query else "")
