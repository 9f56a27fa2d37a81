"""The panel of one place: what it counts, its values, and the ways to settle it. Settling goes on to the next place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from renda.core.canonical import digest
from renda.directory import gate, roles
from renda.figures import registry
from renda.reports import memory
from renda.reports.binding import sentence
from renda.reports.binding.answers import answer_all
from renda.reports.binding.asking import Asker
from renda.reports.draft.model import Binding, Draft
from renda.reports.models import Decision, Report
from renda.reports.pages.common import CONFLICT, UNPROCESSABLE, actor_of, may, working
from renda.reports.pages.marking import text_html
from renda.reports.services import choosing, composing, finding, settling
from renda.reports.services.places import KINDS, SURE, SURE_TONE, Place, Spot, following, progress, spots
from renda.reports.services.settling import Settled
from renda.reports.services.storing import plain_binding

AROUND = 36


def place_of(start: int, end: int, nth: int) -> Place:
    """The place that an address names."""
    return start, end, nth


def _spots(request: HttpRequest, report: Report) -> tuple[Draft, list[Spot]]:
    draft = composing.current(report, actor=actor_of(request))
    return draft, spots(draft, settling.choices_by_place(report))


def _spot(found: Sequence[Spot], place: Place) -> Spot:
    spot = next((one for one in found if one.place == place), None)
    if spot is None:
        raise Http404
    return spot


def meant(binding: Binding | None) -> str:
    """A short digest of a binding: what the clerk saw when accepting."""
    return digest(plain_binding(binding))[:16]


def context(
    request: HttpRequest, report: Report, draft: Draft, found: Sequence[Spot], spot: Spot, fault: str = ""
) -> dict[str, Any]:
    """What the panel of a place shows."""
    entry = spot.entry
    kept = settling.choices_by_place(report).get(spot.place)
    counted = [one for one in found if one.entry]
    value = choosing.said_value(entry.value, entry.unit) if entry else ""
    return {
        "report": report, "spot": spot, "entry": entry, "fault": fault, "seen": kept.version if kept else 0, "may": may(actor_of(request), report),
        "kind": _(KINDS[spot.kind]), "position": counted.index(spot) + 1 if spot in counted else 0, "counted": len(counted),
        "counts": sentence(entry.binding, report.year) if entry and entry.binding else "", "value": value,
        "before": choosing.said_value(entry.before, entry.unit) if entry else "",
        "left": draft.source[max(0, spot.place[0] - AROUND) : spot.place[0]].rpartition("\n")[2],
        "right": draft.source[spot.place[1] : spot.place[1] + AROUND].partition("\n")[0],
        "meant": meant(entry.binding) if entry else "", "remember": bool(entry and entry.binding and entry.confidence < SURE),
        "may_accept": bool(entry and entry.binding), "base": reverse("report", args=[report.pk]),
        "remembered": bool(entry and memory.keys(report.source_text, report.source_year).get(spot.place[:2])),
    }  # fmt: skip


@require_GET
@never_cache
def show(request: HttpRequest, pk: int, start: int, end: int, nth: int) -> HttpResponse:
    """The panel of a place."""
    report = working(request, pk)
    draft, found = _spots(request, report)
    return render(request, "reports/panel.html", context(request, report, draft, found, _spot(found, (start, end, nth))))


@require_POST
def settle(request: HttpRequest, pk: int, start: int, end: int, nth: int) -> HttpResponse:
    """Settle a place and show the next one; a refusal shows the place again with the reason."""
    report = working(request, pk)
    _draft, found = _spots(request, report)
    spot = _spot(found, place_of(start, end, nth))
    try:
        report = settling.settle(pk, [_decision(request, spot)], actor=actor_of(request))
    except finding.Refused as refusal:
        status = CONFLICT if isinstance(refusal, settling.Outrun) else UNPROCESSABLE
        return _refused(request, report, spot, str(refusal), status)
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("report", args=[pk]) + f"?at={spot.key}")
    return _moved_on(request, report, spot)


def _decision(request: HttpRequest, spot: Spot) -> Settled:
    posted = request.POST
    decision, seen = posted.get("decision", ""), posted.get("seen", "")
    own = spot.entry.binding if spot.entry else None
    binding = None
    if decision == Decision.ACCEPTED:
        if posted.get("meant", "") != meant(own):
            raise settling.Outrun(_("这一处的情况有了变化，您的改动没有保存。请刷新页面，核对后再定。"))
        binding = own
    elif decision == Decision.CHANGED:
        binding = choosing.from_form(posted.dict(), own)  # type: ignore[arg-type]
    start, end, nth = spot.place
    return Settled(
        start,
        end,
        decision,
        nth,
        int(seen) if seen.isdigit() else -1,
        binding,
        posted.get("written", ""),
        remember="remember" in posted,
    )


def _refused(request: HttpRequest, report: Report, spot: Spot, fault: str, status: int) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        messages.error(request, fault)
        return HttpResponseRedirect(reverse("report", args=[report.pk]) + f"?at={spot.key}")
    report.refresh_from_db()
    draft, found = _spots(request, report)
    again = next((one for one in found if one.place == spot.place), spot)
    shown = context(request, report, draft, found, again, fault) | _text(draft, found, report, again)
    return render(request, "reports/moved_on.html", shown, status=200 if status == CONFLICT else status)


def _moved_on(request: HttpRequest, report: Report, spot: Spot) -> HttpResponse:
    draft, found = _spots(request, report)
    after = following(found, spot.place)
    again = next((one for one in found if one.place == spot.place), spot)
    shown = after or again
    said = (
        context(request, report, draft, found, shown)
        | {"done": after is None, "just": again}
        | _text(draft, found, report, shown)
    )
    return render(request, "reports/moved_on.html", said)


def _text(draft: Draft, found: Sequence[Spot], report: Report, current: Spot) -> dict[str, Any]:
    base = reverse("report", args=[report.pk])
    return {"text": text_html(draft, found, base, current.place), "progress": progress(found)}


@require_POST
def accept_sure(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept at once all places that are filled with certainty and not settled yet."""
    report = working(request, pk)
    gate.require(actor_of(request), roles.EDIT, report)
    _draft, found = _spots(request, report)
    kept = settling.choices_by_place(report)
    chosen = [spot for spot in found if spot.tone == SURE_TONE and spot.entry and spot.entry.binding]
    decisions = [
        Settled(
            *spot.place[:2],
            Decision.ACCEPTED,
            spot.place[2],
            kept[spot.place].version if spot.place in kept else 0,
            spot.entry.binding,
        )
        for spot in chosen
        if spot.entry
    ]
    try:
        if decisions:
            settling.settle(pk, decisions, actor=actor_of(request))
            messages.success(request, _("已一并采用 %(n)d 处。") % {"n": len(decisions)})
    except finding.Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("report", args=[pk]))


@require_GET
@never_cache
def change(request: HttpRequest, pk: int, start: int, end: int, nth: int) -> HttpResponse:
    """The part of the panel that chooses another indicator: the search, and the selects of the one picked."""
    report = working(request, pk)
    gate.require(actor_of(request), roles.EDIT, report)
    _draft, found = _spots(request, report)
    spot = _spot(found, place_of(start, end, nth))
    picked = request.GET.get("indicator", "")
    own = spot.entry.binding if spot.entry else None
    shown: dict[str, Any] = {"report": report, "spot": spot, "base": reverse("report", args=[report.pk]), "picked": picked}
    if picked or own:
        binding = choosing.from_form(request.GET.dict(), own) if picked else own  # type: ignore[arg-type]
        if binding is None:
            raise Http404
        shown |= _selects(request, report, binding, own, fresh="period" not in request.GET and bool(picked))
    return render(request, "reports/change.html", shown | {"seen": _seen(report, spot)})


def _seen(report: Report, spot: Spot) -> int:
    kept = settling.choices_by_place(report).get(spot.place)
    return kept.version if kept else 0


def _selects(request: HttpRequest, report: Report, binding: Binding, own: Binding | None, *, fresh: bool) -> dict[str, Any]:
    indicator = registry.get(binding.indicator)
    if fresh:
        binding = Binding(binding.indicator, binding.where, choosing.default_period(indicator, binding.period), binding.form)
    asker = Asker(report.division, actor_of(request))
    return {
        "indicator": indicator, "dimensions": choosing.dimensions(binding, report.year, asker), "periods": choosing.periods(binding, own),
        "forms": choosing.forms(binding), **_answered(request, report, binding),
    }  # fmt: skip


def _answered(request: HttpRequest, report: Report, binding: Binding) -> dict[str, Any]:
    answer = answer_all([binding], report.year, report.division, actor_of(request))[0]
    return {
        "answer": answer, "sentence": sentence(binding, report.year), "value": choosing.shown(answer),
        "before": choosing.said_value(answer.before, answer.unit),
    }  # fmt: skip


@require_GET
@never_cache
def search(request: HttpRequest, pk: int, start: int, end: int, nth: int) -> HttpResponse:
    """Indicators that fit what was typed, each with its value of the report's year."""
    report = working(request, pk)
    indicators = choosing.search(request.GET.get("q", "")[:60])
    bindings = [Binding(one.code, {}, choosing.default_period(one, {"type": "year", "offset": 0})) for one in indicators]
    answers = answer_all(bindings, report.year, report.division, actor_of(request))
    rows = [(one, choosing.shown(answer)) for one, answer in zip(indicators, answers, strict=True)]
    url = reverse("report-change", args=[pk, start, end, nth])
    return render(request, "reports/candidates.html", {"rows": rows, "words": request.GET.get("q", ""), "url": url})


@require_GET
@never_cache
def try_(request: HttpRequest, pk: int, start: int, end: int, nth: int) -> HttpResponse:
    """What the selects come to, as they stand."""
    report = working(request, pk)
    _draft, found = _spots(request, report)
    spot = _spot(found, place_of(start, end, nth))
    binding = choosing.from_form(request.GET.dict(), spot.entry.binding if spot.entry else None)  # type: ignore[arg-type]
    if binding is None:
        raise Http404
    return render(request, "reports/try.html", _answered(request, report, binding))
