"""From which address a request comes: the peer's own, or what a proxy that the office trusts says of it."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The client's address; empty where it cannot be told.

    `X-Forwarded-For` counts only as far as each hop from this side is a proxy named in `settings.TRUSTED_PROXIES`: anybody can write
    the rest of it.
    """
    hops = [request.META.get("REMOTE_ADDR", ""), *reversed(request.headers.get("X-Forwarded-For", "").split(","))]
    address = ""
    for hop in hops:
        found = _plain(hop)
        if not found:
            break
        address = found
        if not _trusted(found):
            break
    return address


def _plain(hop: str) -> str:
    try:
        return str(ip_address(hop.strip()))
    except ValueError:
        return ""


def _trusted(address: str) -> bool:
    return any(ip_address(address) in ip_network(net, strict=False) for net in settings.TRUSTED_PROXIES)
