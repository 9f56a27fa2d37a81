"""The table of all parameters, and one parameter with its history, local rules, uses and a calculator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from renda.core import clock
from renda.law import LawError, UnknownKey, pack, pack_names, store, uses
from renda.law.deadlines import Due
from renda.law.declarations import Parameter
from renda.law.uses import Use
from renda.law.values import Value, history
from renda.lawbook import listing, table
from renda.lawbook.reading import Context, context
from renda.lawbook.views.common import day_in, page, place_of

PER_PAGE = 50


@dataclass(frozen=True)
class Past:
    """One value of the history: until when, in words, and whether it is the one in force."""

    value: Value
    shown: str
    now: bool
    used: bool = True


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The parameters that fit what is asked, as of a day (today)."""
    given = request.GET
    day = day_in(given.get("on", "")) or clock.today()
    asked = {name: given.get(name, "").strip()[:60] for name in ("q", "family", "state", "pack")}
    countable = given.get("countable") == "1"
    every = table.rows(context(place_of(request)), day)
    found = table.narrowed(
        every, words=asked["q"], family=asked["family"], state=asked["state"], pack=asked["pack"], countable=countable
    )
    several = Paginator(found, PER_PAGE).get_page(given.get("page"))
    query = given.copy()
    query.pop("page", None)
    shown = {
        "page": several, "asked": asked, "on": given.get("on", ""), "day": day, "countable": countable, "query": query.urlencode(),
        "total": len(every), "families": list(table.FAMILIES.items()), "names": table.FAMILIES,
        "states": [(state, words) for state, (_tone, words) in table.STATES.items()],
        "packs": [(name, pack(name).title) for name in pack_names()], "titles": {name: pack(name).title for name in pack_names()},
        "narrowed": any(asked.values()) or countable,
    }  # fmt: skip
    return page(request, "lawbook/table.html", "law", shown)


@require_GET
def show(request: HttpRequest, key: str) -> HttpResponse:
    """One parameter: what holds today and why, what held before, what packs say, where it is used; counting from a day."""
    try:
        declared = store.declaration(key)
    except UnknownKey as error:
        raise Http404(str(error)) from error
    place = place_of(request)
    under, today = context(place), clock.today()
    value, refusal = _today(key, under, today)
    shown: dict[str, Any] = {
        "declared": declared, "value": value, "shown": table.says(value) if value else "", "refusal": refusal,
        "state": table.STATES[table.state_of(value) if value or declared.choice else "past"],
        "family": table.FAMILIES[key.partition(".")[0]], "history": _history(declared, value), "local": _local(declared, under, today),
        "choice": listing.choice(key, place), "uses": _uses(key), "titles": {name: pack(name).title for name in pack_names()},
    }  # fmt: skip
    if declared.count:
        shown |= _calculated(request, key, declared, under)
    return page(request, "lawbook/parameter.html", "law", shown, (declared.title, ""))


def _today(key: str, under: Context, day: date) -> tuple[Value | None, str]:
    try:
        return under.parameter(key, as_of=day), ""
    except LawError as error:
        return None, str(error)


def _history(declared: Parameter, now: Value | None) -> list[Past]:
    """National values, newest first."""
    return [
        Past(one, table.says(one), now is not None and not now.pack and one.effective_from == now.effective_from)
        for one in reversed(history(declared.key))
    ]


def _local(declared: Parameter, under: Context, day: date) -> list[Past]:
    """What each pack says, those in use first."""
    used = store.with_parents(under.packs)
    found = []
    for name in store.packs_with(declared.key):
        own = [one for one in history(declared.key, [name]) if one.pack == name]
        for one in reversed(own):
            found.append(Past(one, table.says(one), (one.effective_from or day) <= day, name in used))
    return sorted(found, key=lambda one: not one.used)


def _uses(key: str) -> list[tuple[str, list[Use]]]:
    by_kind: dict[str, list[Use]] = {}
    for use in uses.of(key):
        by_kind.setdefault(use.kind, []).append(use)
    return [(_kind(kind), several) for kind, several in by_kind.items()]


def _kind(kind: str) -> str:
    """A kind of use in the reader's language."""
    names = {
        "deadline": _("办理期限"), "rule": _("登记校验"), "outcome": _("自动判定"), "figure": _("指标"), "page": _("页面"), "report": _("报告"),
        "choice": _("推算约定"),
    }  # fmt: skip
    return names[kind]


def _calculated(request: HttpRequest, key: str, declared: Parameter, under: Context) -> dict[str, Any]:
    """The calculator: from a day of the address, the last day with its working; or why there is none."""
    text, extended = request.GET.get("from", ""), request.GET.get("extended") == "1"
    start = day_in(text)
    found: dict[str, Any] = {"start": text, "extended": extended, "may_extend": _may_extend(declared)}
    if not text:
        return found
    if start is None or start.year < 1955 or start.year > 2200:
        return found | {"fault": _("“%(text)s”不是可以推算的日期，请写成 2026-12-29 的样子。") % {"text": text[:20]}}
    try:
        due: Due = under.due(key, start, extended=extended)
    except LawError as error:
        return found | {"fault": str(error)}
    return found | {"due": due, "off": under.holidays.why_off(due.date)}


def _may_extend(declared: Parameter) -> bool:
    return any(entry.details.get("extension") for entry in declared.entries)
