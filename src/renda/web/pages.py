"""Home, everything, search, notices."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from renda.core import clock
from renda.registers import searching
from renda.ui import addresses, rooms
from renda.ui.words import said
from renda.web import due, home_page, menu
from renda.web.context import rooms_with_registers

SEARCH_LIMIT = 60
NOTICE_DAYS = 30


@require_GET
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Home by role: what is due, what takes place, the year's figures and their trend."""
    return render(request, "web/home.html", home_page.build(request.actor, request.GET.get("year", "")))  # type: ignore[attr-defined]


@require_GET
def everything(request: HttpRequest) -> HttpResponse:
    """All places that are open to this hat, room by room with their registers."""
    actor = request.actor  # type: ignore[attr-defined]
    open_rooms = menu.entries(actor, tuple(menu.ROOMS), request.path, rooms_with_registers())
    shown = [(entry, rooms.links(entry.key, actor)) for entry in open_rooms]
    platform = menu.entries(actor, tuple(menu.PAGES), request.path, rooms_with_registers())
    return render(request, "web/all.html", {"rooms": shown, "platform": platform})


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Records of all registers that contain the words, as far as the actor may see them."""
    actor, words = request.actor, request.GET.get("q", "").strip()[:100]  # type: ignore[attr-defined]
    hits = searching.search(actor, words, SEARCH_LIMIT) if words else []
    found: dict[str, list[tuple[str, str]]] = {}
    for hit in hits:
        found.setdefault(said(hit.register.name), []).append(
            (hit.label or _("（无标题）"), addresses.of_record(hit.register, hit.pk))
        )
    places = [e for e in menu.everything(actor, request.path, rooms_with_registers()) if words and words in str(e.label)]
    return render(
        request, "web/search.html", {"words": words, "found": found, "count": len(hits), "limit": SEARCH_LIMIT, "places": places}
    )


@require_GET
@never_cache
def notices(request: HttpRequest) -> HttpResponse:
    """Open matters that are late or due within a month."""
    today = clock.today()
    items = due.items(request.actor, until=today + timedelta(days=NOTICE_DAYS), limit=500)  # type: ignore[attr-defined]
    late = [item for item in items if item.due < today]
    return render(request, "web/notices.html", {"late": late, "coming": items[len(late) :], "days": NOTICE_DAYS})
