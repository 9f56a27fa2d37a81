"""The pages of indicators: the list, and one page each with value, trend, breakdown, records and definition."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures import evaluate, periods, registry, series
from renda.figures.indicators import Indicator
from renda.registers import registry as registers
from renda.ui import addresses, rooms
from renda.ui.words import said
from renda.web import finding, presenting

TREND_YEARS = 6
RECORDS = 50
LAST_PAGE = 400
KIND_NAMES = {
    "count": "件次", "persons": "人数", "person_times": "人次", "money": "金额", "ratio": "比率", "change": "增减", "duration": "时长",
    "output": "产出", "rank": "位次", "stock": "时点数",
}  # fmt: skip


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and 1954 <= int(asked) <= 2200 else clock.today().year


def _page(request: HttpRequest) -> int:
    wanted = request.GET.get("page", "")
    return min(LAST_PAGE, max(1, int(wanted))) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1


def division_asked(request: HttpRequest, actor: Actor) -> Division:
    """The division asked for, if it lies in the actor's scope; otherwise the actor's own."""
    own = presenting.division_of(actor)
    if own is None:
        raise Http404
    asked = request.GET.get("division", "")
    found = Division.objects.subtree(own.path).filter(code=asked, valid_to__isnull=True).first() if asked else None
    return found or own


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All indicators by room with this year's value and last year's beside it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gate.require(actor, roles.FIGURES)
    year, words = _year(request), request.GET.get("q", "").strip()[:60]
    chosen = [i for i in registry.all_indicators() if finding.matches(i, words)]
    room = request.GET.get("room", "")
    every = sorted({i.code.split(".")[0] for i in chosen}, key=list(rooms.ROOMS).index)
    if not words:
        room = room if room in every else (every[0] if every else "")
        chosen = [i for i in chosen if i.code.startswith(f"{room}.")]
    division = division_asked(request, actor)
    values = series.by_year(chosen, [year - 1, year], division, actor=actor) if chosen else {}
    context = {
        "year": year, "years": range(clock.today().year, clock.today().year - TREND_YEARS, -1), "words": words, "division": division,
        "rooms": [(key, rooms.label(key), key == room and not words) for key in every],
        "tiles": [presenting.tile(i, values[i.code], year) for i in chosen],
    }  # fmt: skip
    return render(request, "figures/index.html", context)


def asked(request: HttpRequest, code: str) -> tuple[Indicator, evaluate.Question]:
    """The indicator and the question that an address asks. Http404 for a code that does not exist."""
    try:
        indicator = registry.get(code)
    except KeyError as unknown:
        raise Http404 from unknown
    division = division_asked(request, request.actor)  # type: ignore[attr-defined]
    return indicator, evaluate.Question(periods.year(_year(request)), division, _filters(request, indicator))


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: value, trend, breakdown, records and definition."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gate.require(actor, roles.FIGURES)
    indicator, question = asked(request, code)
    year, division = _year(request), question.division
    by = request.GET.get("by", "") or (indicator.breakdowns[0].code if indicator.breakdowns else "")
    try:
        figure = evaluate.evaluate(indicator, question, actor=actor, by=by)
    except evaluate.Unanswerable as fault:
        raise Http404(str(fault)) from fault
    years = series.by_year([indicator], range(year - TREND_YEARS + 1, year + 1), division, actor=actor)[code]
    context = {
        "indicator": indicator, "figure": figure, "year": year, "division": division, "by": by,
        "tile": presenting.tile(indicator, {**years, year: figure.value}, year),
        "kind": said(KIND_NAMES[indicator.kind]),
        "trend": presenting.trend(indicator, years),
        "years": range(clock.today().year, clock.today().year - TREND_YEARS, -1),
        "breakdown": presenting.breakdown(indicator, _by_name(indicator, by), figure.breakdown) if figure.breakdown else None,
        "divisions": _below(actor), "filters": question.where, "parts": _parts(indicator, year),
        "export_url": reverse("figure-export", args=[code]) + addresses.changed(request.GET, ("page",)),
        "page_url": addresses.changed(request.GET, ("page",)).rstrip("?&") + ("&" if len(request.GET.keys() - {"page"}) else "?") + "page=",
        **_records(indicator, question, actor, _page(request)),
        "crumbs": [(_("首页"), "/"), (_("数据"), "/figures/"), (said(indicator.name), "")],
    }  # fmt: skip
    return render(request, "figures/show.html", context)


def _filters(request: HttpRequest, indicator: Indicator) -> dict[str, str]:
    return {b.code: request.GET[f"where.{b.code}"] for b in indicator.breakdowns if request.GET.get(f"where.{b.code}")}


def _by_name(indicator: Indicator, by: str) -> str:
    return next((b.name for b in indicator.breakdowns if b.code == by), by)


def _below(actor: Actor) -> list[tuple[str, str]]:
    own = presenting.division_of(actor)
    return (
        []
        if own is None
        else list(Division.objects.subtree(own.path).filter(valid_to__isnull=True).order_by("path").values_list("code", "name"))
    )


def _parts(indicator: Indicator, year: int) -> list[tuple[str, str]]:
    """The indicators that a made one is made of."""
    return [(said(registry.get(c).name), f"/figures/{c}/?year={year}") for c in evaluate.codes_of(indicator)]


def _records(indicator: Indicator, question: evaluate.Question, actor: Actor, page: int) -> dict[str, Any]:
    found = evaluate.records(indicator, question, actor=actor, limit=page * RECORDS + 1)
    shown = found[(page - 1) * RECORDS : page * RECORDS]
    headings = headings_of(shown)
    rows = [(_address(row), [(said(name), _cell(row.get(name))) for name in headings]) for row in shown]
    return {
        "headings": [said(h) for h in headings], "rows": rows, "page": page, "first": (page - 1) * RECORDS + 1,
        "last": (page - 1) * RECORDS + len(shown), "next_page": page + 1 if len(found) > page * RECORDS else 0,
    }  # fmt: skip


def _cell(value: Any) -> Any:
    """A value of evidence as the page shows it: the names of choices and stages in the reader's language."""
    return said(value) if isinstance(value, str) else value


def headings_of(rows: list[dict[str, Any]]) -> list[str]:
    """The evidence columns of rows, which may come from several registers."""
    return list(dict.fromkeys(name for row in rows for name in row if name not in ("pk", "register")))


def _address(row: dict[str, Any]) -> str:
    if not row["register"]:
        return ""
    try:
        return addresses.of_record(registers.get(row["register"]), row["pk"])
    except KeyError:
        return ""
