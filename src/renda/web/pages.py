"""Home, everything, search, notices."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from renda.registers import searching
from renda.ui import addresses, rooms
from renda.ui.words import said
from renda.web import duties, home_page, inbox, menu, reminders
from renda.web.context import rooms_with_registers

SHOWN_EACH = 8


@dataclass(frozen=True)
class Found:
    """What a search found in one register: the newest records, and the list of all of them."""

    name: str
    count: int
    hits: list[tuple[str, str]]
    url: str


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
    groups = searching.search(actor, words, SHOWN_EACH) if words else []
    found = [
        Found(
            said(group.register.name),
            group.count,
            [(hit.label or _("（无标题）"), addresses.of_record(hit.register, hit.pk)) for hit in group.hits],
            addresses.of_list(group.register, urlencode({"q": words})),
        )
        for group in groups
    ]
    places = [e for e in menu.everything(actor, request.path, rooms_with_registers()) if words and words in str(e.label)]
    count = sum(group.count for group in groups)
    return render(request, "web/search.html", {"words": words, "found": found, "count": count, "places": places})


@require_GET
@never_cache
def notices(request: HttpRequest) -> HttpResponse:
    """The reminders: running deadlines that are late, due today, in one, three and seven days, and within a month."""
    actor = request.actor  # type: ignore[attr-defined]
    acting = any(one.mine for one in duties.by_state(actor))
    tab = inbox.TODO if acting else inbox.WAITING
    return render(request, "web/notices.html", {"groups": reminders.groups(actor), "tab": tab, "days": reminders.AHEAD_DAYS})
