"""Addresses for machines, before everything else: whether the process lives, whether it can serve, and its numbers.

`/healthz` asks nothing of anybody. `/readyz` looks at the database, its structure, the disk and the background worker; a load balancer
leaves the last out (`/readyz?for=site`), so that a dead worker does not take the site along. `/metrics` answers this machine, without a
proxy in between, or who has the token `RENDA_METRICS_TOKEN`. None says anything personal.
"""

from __future__ import annotations

import hmac
import ipaddress
import os
import tempfile
from collections.abc import Callable

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse

from renda.core.commands import missing_migrations
from renda.web import metrics

Answer = Callable[[HttpRequest], HttpResponse]
SILENT_S = 60
PROXIED = ("X-Forwarded-For", "X-Real-Ip", "Forwarded")


def probes(get_response: Answer) -> Answer:
    """Answer the addresses for machines: no session, no host name, no sign-in."""
    addresses = {"/healthz": alive, "/readyz": ready, "/metrics": numbers}

    def middleware(request: HttpRequest) -> HttpResponse:
        view = addresses.get(request.path)
        if view is None:
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        response = view(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all."""
    return JsonResponse({"alive": True})


def ready(request: HttpRequest) -> HttpResponse:
    """200 where everything that serving needs is there, otherwise 503; each part says `ok` or what is wrong in a word."""
    found = {"database": _database()}
    found["migrations"] = _migrations() if found["database"] == "ok" else "unknown"
    found["disk"] = _disk()
    if request.GET.get("for") != "site":
        found["worker"] = _worker() if found["database"] == "ok" else "unknown"
    well = set(found.values()) == {"ok"}
    return JsonResponse({"ready": well, **found}, status=200 if well else 503)


def numbers(request: HttpRequest) -> HttpResponse:
    """The metrics, for whom they are meant; to others there is no such page."""
    if not _may_read(request):
        return HttpResponseNotFound()
    return HttpResponse(metrics.text(), content_type=metrics.CONTENT_TYPE)


def _may_read(request: HttpRequest) -> bool:
    token = os.environ.get("RENDA_METRICS_TOKEN", "")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    if any(name in request.headers for name in PROXIED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "unreachable"
    return "ok"


def _migrations() -> str:
    try:
        missing, _fresh = missing_migrations()
    except Error:
        return "unreachable"
    return "missing" if missing else "ok"


def _disk() -> str:
    try:
        with tempfile.NamedTemporaryFile(dir=settings.DATA, prefix=".ready-") as file:
            file.write(b"x" * 4096)
            file.flush()
    except OSError:
        return "not writable"
    return "ok"


def _worker() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FILTER (WHERE last_heartbeat > now() - make_interval(secs => %s)), count(*) FROM procrastinate_workers",
                [SILENT_S],
            )
            living, known = cursor.fetchone()
    except Error:
        return "unreachable"
    return "ok" if living else "silent" if known else "missing"
