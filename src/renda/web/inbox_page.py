"""The page of the inbox: its tabs, filtered by room and state, page by page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from renda.directory.gate import Actor
from renda.directory.models import Organ
from renda.procedure import registry
from renda.ui import addresses, rooms
from renda.ui.words import said
from renda.web import dated_lines, duties, inbox, inbox_lines
from renda.web.inbox import Asked


@dataclass(frozen=True)
class Option:
    """A room or a state that the page can be narrowed to."""

    value: str
    name: str
    chosen: bool


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """One tab of the inbox."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = _asked(request.GET)
    context = {"asked": asked, **_filters(actor, asked), **_found(actor, asked), "empty": _nothing(asked)}
    context |= _paging(asked, request.GET, more=context["more"])
    return render(request, "web/inbox.html", context)


def _asked(params: QueryDict) -> Asked:
    tab, page, organ = params.get("tab", ""), params.get("page", ""), params.get("organ", "")
    return Asked(
        tab=tab if tab in inbox.TABS else inbox.TODO,
        room=params.get("room", "")[:40],
        state=params.get("state", "")[:80],
        organ=int(organ) if organ.isdecimal() and len(organ) < 12 else 0,
        late=params.get("late") == "1",
        page=min(max(int(page), 1), inbox.DEEPEST) if page.isdecimal() and len(page) < 7 else 1,
    )


def _found(actor: Actor, asked: Asked) -> dict[str, Any]:
    if asked.tab == inbox.DONE:
        taken, more = inbox.done(actor, asked)
        return {"acts": inbox_lines.acts(taken), "more": more}
    found, more = inbox.page(actor, asked)
    whole = asked.tab == inbox.TODO and asked.page == 1 and not (asked.state or asked.organ or asked.room or asked.late)
    return {"lines": dated_lines.merged(inbox_lines.lines(actor, found), dated_lines.near(actor) if whole else []), "more": more}


def _filters(actor: Actor, asked: Asked) -> dict[str, Any]:
    """The rooms and, but for what was done, the states that hold matters of the tab's sort."""
    several = inbox.chosen(actor, replace(asked, room="", state="", organ=0))
    open_rooms = dict.fromkeys(one.desk.register.room for one in several)
    states: dict[str, str] = {}
    for one in several if asked.tab != inbox.DONE else ():
        procedure = registry.of_kind(one.desk.register.matter_kind)
        if procedure and one.states and asked.room in ("", one.desk.register.room):
            states[one.key] = _state_name(one, procedure.state(one.states[0]).name, alone=len(open_rooms) == 1)
    return {
        "rooms": [Option(code, str(rooms.ROOMS[code].label), code == asked.room) for code in open_rooms],
        "states": [Option(key, name, key == asked.state) for key, name in states.items()],
        "organ": Organ.objects.filter(pk=asked.organ).first() if asked.organ else None,
        "narrowed": _is_narrowed(asked),
    }


def _is_narrowed(asked: Asked) -> bool:
    return bool(asked.room or asked.state or asked.organ or asked.late)


def _state_name(one: duties.Slice, name: str, *, alone: bool) -> str:
    return said(name) if alone else _("%(register)s：%(state)s") % {"register": said(one.desk.register.name), "state": said(name)}


def _nothing(asked: Asked) -> str:
    if _is_narrowed(asked):
        return _("没有符合这些条件的事项。可以放宽条件，或查看全部。")
    return {
        inbox.TODO: _("没有该您办的事项。轮到您办的事项会按期限先后列在这里。"),
        inbox.APPROVE: _("没有等您审批的事项。下级或承办单位报来、由您决定同意或退回的事项会列在这里。"),
        inbox.WAITING: _("没有等别人办的事项。您能查看、正由其他单位或人员办理的事项会列在这里。"),
        inbox.DONE: _("您用当前身份还没有在平台上办理过事项。办过的每一步会列在这里。"),
    }[asked.tab]


def _paging(asked: Asked, params: QueryDict, *, more: bool) -> dict[str, Any]:
    last = asked.page == inbox.DEEPEST
    return {
        "previous": addresses.changed(params, page=asked.page - 1 if asked.page > 2 else "") if asked.page > 1 else "",
        "next": addresses.changed(params, page=asked.page + 1) if more and not last else "",
        "clear": addresses.changed(params, ("page", "room", "state", "organ", "late")),
        "cut": more and last,
    }
