"""One line of the log and one count for each request: its number, method, pattern of address, status, duration, account as a digest."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from renda.core import logs
from renda.core.crypto import keyed_digest
from renda.web import metrics

Answer = Callable[[HttpRequest], HttpResponse]
HEADER = "X-Request-ID"
logger = logging.getLogger("renda.request")


def logged(get_response: Answer) -> Answer:
    """Give each request a number (a proxy's own is kept), send it back, log and count the request. Static files are left out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/static/"):
            return get_response(request)
        number = _number(request)
        token = logs.request_id.set(number)
        started = time.perf_counter()
        try:
            response = get_response(request)
            seconds = time.perf_counter() - started
            route = route_of(request)
            metrics.count(request.method or "", route, response.status_code, seconds)
            said: dict[str, object] = {
                "method": request.method,
                "route": route,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
            }
            logger.info("request", extra=said | _account(request))
        finally:
            logs.request_id.reset(token)
        response.headers[HEADER] = number
        return response

    return middleware


def route_of(request: HttpRequest) -> str:
    """The pattern of the address, without what stands in its places; one word for addresses that there are not."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match is not None else "unknown"


def _number(request: HttpRequest) -> str:
    given = request.headers.get(HEADER, "")
    return given if re.fullmatch(r"[A-Za-z0-9-]{8,64}", given) else uuid.uuid4().hex


def _account(request: HttpRequest) -> dict[str, str]:
    """A digest that is the same for one account's requests. Asks no database: who was not looked up, is not named."""
    user = getattr(request, "_cached_user", None)
    return {"account": keyed_digest(f"account:{user.pk}")[:12]} if user is not None and user.pk else {}
