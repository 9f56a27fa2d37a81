"""The page of a term's statistics and its downloads."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division, Term
from renda.directory.models.divisions import Level
from renda.figures import registry
from renda.reports.term import statistics, tables
from renda.reports.yearend.places import crumbs, division_of
from renda.ui import rooms
from renda.ui.charts import Chart
from renda.ui.words import said

CHARTS = 4
FIRST_ROOM = "meetings"
JUST_BEGUN = timedelta(days=180)


def terms_of(division: Division) -> list[Term]:
    """Terms of a division's own congress and of those above it, the newest first."""
    parts = division.path.split(".")
    own = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    return list(
        Term.objects.alive().filter(Q(division__path__in=own), starts_on__lte=clock.today()).order_by("-starts_on", "level")
    )


def _asked(request: HttpRequest) -> tuple[Actor, Division, list[Term], Term | None]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gate.require(actor, roles.FIGURES)
    division = division_of(actor)
    if division is None:
        raise Http404
    terms = terms_of(division)
    wanted = request.GET.get("term", "")
    level = Level.TOWNSHIP if division.level == Level.TOWNSHIP else Level.COUNTY
    own = [term for term in terms if term.level == level] or terms
    return actor, division, terms, next((t for t in terms if str(t.pk) == wanted), _first(own))


def _first(terms: list[Term]) -> Term | None:
    """The term that is shown first: the running one, or the one before while it has only begun."""
    begun = [term for term in terms if clock.today() - term.starts_on >= JUST_BEGUN]
    found = begun or terms
    return found[0] if found else None


def _gathered(request: HttpRequest, actor: Actor, division: Division, term: Term) -> statistics.Statistics:
    codes = [code for code in request.GET.getlist("code") if code in {i.code for i in registry.all_indicators()}]
    within = [room for room in request.GET.getlist("room") if room in rooms.ROOMS] or [FIRST_ROOM]
    found = statistics.gather(statistics.choose(within, codes), term.number, term.level, division, actor=actor)
    if not codes:
        found.drop_empty()
    return found


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Indicators by the years of a term, with the charts of the first ones."""
    actor, division, terms, term = _asked(request)
    found = _gathered(request, actor, division, term) if term else None
    chosen = {room for room in request.GET.getlist("room") if room in rooms.ROOMS} or {FIRST_ROOM}
    offered = {i.code.split(".")[0] for i in statistics.choose()}
    context: dict[str, Any] = {
        "term": term, "terms": [(one, said(one.get_level_display())) for one in terms], "found": found, "division": division,
        "rooms": [(key, room.label, key in chosen) for key, room in rooms.ROOMS.items() if key in offered],
        "choices": [(i, said(i.name), i.code in request.GET.getlist("code")) for i in statistics.choose(sorted(chosen))],
        "query": request.GET.urlencode(), "crumbs": crumbs(_("届次统计")),
    }  # fmt: skip
    if found:
        context |= {
            "headings": tables.headings(found), "notes": tables.notes(found), "charts": charts(found),
            "blocks": [(rooms.label(room), [(line, tables.cells(found, line)) for line in lines]) for room, lines in found.rooms().items()],
        }  # fmt: skip
    return render(request, "yearend/term.html", context)


def charts(found: statistics.Statistics) -> list[Chart]:
    """The first counts of the table, year by year."""
    lines = [line for line in found.lines if line.total and line.indicator.kind != "rank" and any(line.values)][:CHARTS]
    labels = [str(span.year) for span in found.spans]
    return [
        Chart(said(line.indicator.name), "bar", _("年度"), labels, [(said(line.indicator.name), tables.cells(found, line)[:-1])],
              unit=line.unit, whole=line.indicator.kind in ("count", "persons", "person_times"))
        for line in lines
    ]  # fmt: skip


@require_GET
def workbook(request: HttpRequest) -> FileResponse:
    """The statistics as a workbook."""
    return _file(request, ".xlsx", tables.write_workbook)


@require_GET
def document(request: HttpRequest) -> FileResponse:
    """The statistics as a Word table."""
    return _file(request, ".docx", tables.write_document)


def _file(request: HttpRequest, suffix: str, write: Callable[[statistics.Statistics, Path], None]) -> FileResponse:
    actor, division, _terms, term = _asked(request)
    if term is None:
        raise Http404
    found = _gathered(request, actor, division, term)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"term{suffix}"
        write(found, target)
        content = target.open("rb")  # stays readable after its name is gone
    return FileResponse(content, as_attachment=True, filename=f"{found.title}{suffix}")
