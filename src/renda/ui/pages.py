"""What the pages of registers share: which register an address means, who acts, the way back, the message after saving."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from renda.directory.gate import Actor
from renda.registers import registry
from renda.registers.register import Register
from renda.ui import addresses, rooms
from renda.ui.words import said

UNPROCESSABLE = 422


def register_at(room: str, slug: str) -> Register:
    """The register at an address. Http404 where there is none."""
    try:
        return registry.get(f"{room}.{slug}")
    except KeyError as unknown:
        raise Http404 from unknown


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request."""
    return request.actor  # type: ignore[attr-defined]


def crumbs(register: Register, *more: tuple[str, str], back: str = "") -> list[tuple[str, str]]:
    """The way from home to the register and on; ``back`` is the query of its list."""
    start = [(_("首页"), "/")]
    if said(register.name) != rooms.label(register.room):
        start.append((rooms.label(register.room), addresses.of_room(register.room)))
    listed = (said(register.name), addresses.of_list(register, back) if more else "")
    return [*start, listed, *more]


def back(request: HttpRequest, register: Register) -> str:
    """The query of the list as it was last seen, so that the way back keeps its place."""
    return request.session.get(f"list:{register.code}", "")


def saved(request: HttpRequest, words: str, draft: str) -> None:
    """Say that something was done, and that its draft on the reader's machine is done with."""
    messages.success(request, words, extra_tags=f"{request.user.pk}:{draft}")
