"""Pages after the vote: the elected with their review, decision and mandate; the closed file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.models import Mandate
from renda.elections import pages
from renda.elections.models import Election
from renda.elections.outcome import closing, forms, reviewing, seating, selecting
from renda.elections.outcome.faults import OutcomeFault
from renda.registers.services import Refused
from renda.ui.picking import picked

TAB = "election-outcome"
MOST_PICKED = 5_000
TONES = {
    "waiting": "idle", "valid": "run", "invalid": "late", "deferred": "soon", "confirmed": "run", "void": "late", "seated": "done",
}  # fmt: skip


def _words(row: reviewing.Row) -> str:
    if row.review is None:
        return _("待审查")
    if row.review.mandate_id:
        return _("已登记代表职务")
    if row.review.published_on:
        return _("已公布")
    return row.review.get_decision_display() if row.review.decision else row.review.get_opinion_display()


@require_GET
@never_cache
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """All elected with where each stands, and the next steps for those who may take them."""
    return _page(request, pages.election_of(request, pk))


def _page(request: HttpRequest, election: Election, bound: dict[str, django_forms.Form] | None = None) -> HttpResponse:
    actor = pages.actor_of(request)
    rows = reviewing.rows(actor, election)
    may_edit = gate.may(actor, roles.EDIT, election) and not election.frozen_at
    states = [row.state for row in rows]
    today = {"on": clock.today()}
    shown_rows = selecting.select(rows, selecting.Asked.of(request.GET))
    decider = str(reviewing.DECIDERS.get(election.level, ""))  # type: ignore[call-overload]
    shown: dict[str, Any] = {
        "any": bool(rows),
        "rows": [(row, TONES[row.state], _words(row)) for row in shown_rows.page],
        "shown": shown_rows,
        "whole": {"elected": len(rows), "decided": sum(one in ("confirmed", "void", "seated") for one in states), "seated": states.count("seated")},
        "may_edit": may_edit,
        "may_seat": may_edit and gate.may(actor, roles.CREATE, Mandate),
        "may_export": gate.may(actor, roles.EXPORT, Election),
        "to_publish": sum(bool(row.review and row.review.decision == "confirmed" and not row.review.published_on) for row in rows),
        "to_seat": sum(row.state == "confirmed" and bool(row.review and row.review.published_on) for row in rows),
        "opinion": forms.OpinionForm(initial=today, may_defer=reviewing.may_defer(election)),
        "decision": forms.DecisionForm(initial={**today, "by": decider}),
        "publish": forms.DayForm(initial=today),
        "seat": forms.SeatForm(),
        "bars": closing.bars(election, rows),
        "pieces": closing.pieces(election),
    } | (bound or {})  # fmt: skip
    return pages.page(request, "elections/outcome/index.html", election, TAB, shown, status=pages.UNPROCESSABLE if bound else 200)


def _done(request: HttpRequest, election: Election, work: Callable[[], str]) -> HttpResponse:
    """Do a change and say so; a refused one says why and changes nothing."""
    pages.attempt(request, work, OutcomeFault, Refused)
    return redirect(TAB, election.pk)


def _people(number: int) -> str:
    return ngettext("%(n)d 人", "%(n)d 人", number) % {"n": number}


def _chosen(request: HttpRequest, election: Election) -> list[int]:
    """The people that were ticked; with ``whole`` all those of the selection, on its other pages too."""
    if not request.POST.get("whole"):
        return picked(request.POST, MOST_PICKED)
    rows = reviewing.rows(pages.actor_of(request), election)
    return [row.elected.pk for row in selecting.narrowed(rows, selecting.Asked.of(request.POST))]


@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The committee's opinion, or the decision, on the chosen ones."""
    election = pages.election_of(request, pk, roles.EDIT)
    return _decide(request, election) if request.POST.get("act") == "decide" else _opine(request, election)


def _decide(request: HttpRequest, election: Election) -> HttpResponse:
    form = forms.DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, election, {"decision": form})
    data, actor = form.cleaned_data, pages.actor_of(request)

    def work() -> str:
        done = reviewing.decide(election, _chosen(request, election), data["decision"], on=data["on"], by=data["by"], actor=actor)
        return _("已登记决定：%(people)s。") % {"people": _people(done)}

    return _done(request, election, work)


def _opine(request: HttpRequest, election: Election) -> HttpResponse:
    form = forms.OpinionForm(request.POST, may_defer=reviewing.may_defer(election))
    if not form.is_valid():
        return _page(request, election, {"opinion": form})
    data, actor = form.cleaned_data, pages.actor_of(request)

    def work() -> str:
        chosen = _chosen(request, election)
        done = reviewing.give_opinion(election, chosen, data["opinion"], on=data["on"], ground=data["ground"], actor=actor)
        return _("已登记审查意见：%(people)s。") % {"people": _people(done)}

    return _done(request, election, work)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of deputies was published."""
    election = pages.election_of(request, pk, roles.EDIT)
    form = forms.DayForm(request.POST)
    if not form.is_valid():
        return _page(request, election, {"publish": form})
    actor, on = pages.actor_of(request), form.cleaned_data["on"]
    return _done(
        request,
        election,
        lambda: _("已登记公布：%(people)s。") % {"people": _people(reviewing.publish(election, on=on, actor=actor))},
    )


@require_POST
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Register the mandates of those confirmed and published."""
    election = pages.election_of(request, pk, roles.EDIT)
    gate.require(pages.actor_of(request), roles.CREATE, Mandate)
    form = forms.SeatForm(request.POST)
    if not form.is_valid():
        return _page(request, election, {"seat": form})
    actor, since = pages.actor_of(request), form.cleaned_data["since"]
    return _done(
        request,
        election,
        lambda: _("已登记代表职务：%(people)s。") % {"people": _people(seating.seat(election, since=since, actor=actor))},
    )


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the file for good."""
    election = pages.election_of(request, pk, roles.EDIT)
    actor = pages.actor_of(request)

    def work() -> str:
        if request.POST.get("sure") != election.name:
            raise OutcomeFault(_("封存以后不能再改。请完整填写选举名称，确认封存。"))
        closing.close(election, reviewing.rows(actor, election), actor=actor)
        return _("档案已经封存。")

    return _done(request, election, work)


@require_GET
@never_cache
def export(request: HttpRequest, pk: int) -> FileResponse:
    """The file of the election as one archive."""
    election = pages.election_of(request, pk, roles.EXPORT)
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    closing.write(election, target, actor=pages.actor_of(request))
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{election.name}档案.zip", content_type="application/zip")
