"""Home, everything, search, notices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from renda.ui import rooms
from renda.web import duties, finding, home_page, inbox, menu, reminders
from renda.web.context import rooms_with_registers


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
    """Records of all registers, figures and reports that contain the words, as far as the actor may see them."""
    actor, words = request.actor, request.GET.get("q", "").strip()[:100]  # type: ignore[attr-defined]
    found = finding.find(actor, words)
    places = [e for e in menu.everything(actor, request.path, rooms_with_registers()) if words and words in str(e.label)]
    count = sum(one.count for one in found)
    return render(request, "web/search.html", {"words": words, "found": found, "count": count, "places": places})


@require_GET
@never_cache
def notices(request: HttpRequest) -> HttpResponse:
    """The reminders: running deadlines that are late, due today, in one, three and seven days, and within a month."""
    actor = request.actor  # type: ignore[attr-defined]
    acting = any(one.mine for one in duties.by_state(actor))
    tab = inbox.TODO if acting else inbox.WAITING
    return render(request, "web/notices.html", {"groups": reminders.groups(actor), "tab": tab, "days": reminders.AHEAD_DAYS})
