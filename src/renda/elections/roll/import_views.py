"""Lists brought into the roll through the browser. Every change is a function of `flow`."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from renda.core import clock
from renda.directory import gate, roles
from renda.elections import pages
from renda.elections.models import Election, RollImport, Source, WorkState
from renda.elections.roll import columns, flow, sealed_files
from renda.elections.roll.importing import SOURCES
from renda.elections.roll.in_memory import in_memory
from renda.elections.roll.outcomes import OUTCOMES, TAKEN, WORDS
from renda.elections.roll.places import own_districts
from renda.elections.roll.views import TAB, XLSX, roll_of
from renda.ledgers.sheets import Book
from renda.ui.words import said

SHOWN = 50
RUNNING = (WorkState.QUEUED, WorkState.RUNNING)
TONES = {WorkState.DONE: "done", WorkState.FAILED: "late", WorkState.CHECKED: "soon", WorkState.DROPPED: "idle"}
NEEDED = ("name", "identity_number", "sex", "phone", "address", "household_at", "district", "group", "certificate", "note")


@dataclass(frozen=True)
class Progress:
    """How far the work is, in words."""

    words: str = ""
    what: str = ""
    rest: str = ""


@in_memory
@require_http_methods(["GET", "POST"])
@never_cache
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """The upload, and imports so far."""
    election, actor = roll_of(request, pk, roles.IMPORT), pages.actor_of(request)
    fault = ""
    if request.method == "POST":
        chosen = request.POST.get("district", "")
        district = own_districts(actor, election).filter(pk=int(chosen)).first() if chosen.isdigit() else None
        given = flow.Upload(request.FILES.getlist("files"), request.POST.get("source", ""), district)
        try:
            made = flow.upload(election, given, hat=request.hat)  # type: ignore[attr-defined]
            return redirect("election-roll-import", election.pk, made.pk)
        except flow.NotAccepted as refusal:
            fault = str(refusal)
    bound = roles.ROLES[actor.role].bound_to_organ
    context = {
        "fault": fault, "bound": bound, "accept": ",".join(flow.SUFFIXES),
        "sources": [(one.value, said(one.label)) for one in SOURCES if not (bound and one == Source.HOUSEHOLD)],
        "districts": own_districts(actor, election).order_by("division__path", "code", "pk"),
        "rows": [_row(one) for one in gate.visible_to(actor, RollImport.objects.filter(election=election))[:SHOWN]],
    }  # fmt: skip
    status = pages.UNPROCESSABLE if fault else 200
    return pages.page(request, "elections/roll/imports.html", election, TAB, context, (_("导入名单"), ""), status=status)


def _row(one: RollImport) -> dict[str, Any]:
    taken = sum(one.report.get(code, 0) for code in TAKEN)
    return {
        "one": one, "tone": TONES.get(WorkState(one.state), "run"), "state": said(one.get_state_display()), "source": said(one.get_source_display()),
        "read": one.report.get("read", 0), "taken": taken,
    }  # fmt: skip


def _import(request: HttpRequest, pk: int, number: int) -> tuple[Election, RollImport]:
    election = roll_of(request, pk, roles.IMPORT)
    seen = gate.visible_to(pages.actor_of(request), RollImport.objects.filter(election=election))
    return election, get_object_or_404(seen.select_related("election", "district"), pk=number)


@require_GET
@never_cache
def show(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An import: progress, what was found, or what was written."""
    election, one = _import(request, pk, number)
    counts = [(code, WORDS[code], one.report.get(code, 0), code in TAKEN) for code in OUTCOMES]
    context = {
        **_row(one), "counts": [row for row in counts if row[2]], "running": one.state in RUNNING, "progress": _progress(one),
        "checked": one.state == WorkState.CHECKED, "done": one.state == WorkState.DONE, "failed": one.state == WorkState.FAILED,
        "has_rejects": sealed_files.has_rejects(one.pk) and one.account_id == request.user.pk, "mine": one.account_id == request.user.pk,
        "not_taken": one.report.get("read", 0) - _row(one)["taken"],
    }  # fmt: skip
    crumbs = ((_("导入名单"), reverse("election-roll-imports", args=[election.pk])), (_("导入 %(n)s 号") % {"n": one.pk}, ""))
    return pages.page(request, "elections/roll/import.html", election, TAB, context, *crumbs)


@require_GET
@never_cache
def progress(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The part of the page that asks for itself while the import runs; the whole page once it is over."""
    election, one = _import(request, pk, number)
    if one.state not in RUNNING:
        return HttpResponseClientRefresh()
    return render(request, "elections/roll/progress.html", {"election": election, "progress": _progress(one), **_row(one)})


def _progress(one: RollImport) -> Progress:
    said_so = one.progress if one.state in RUNNING else {}
    done = said_so.get("done", 0)
    if not said_so.get("started_at") or not done:
        return Progress(_("正在排队，或正在读取文件……") if one.state in RUNNING else "")
    seconds = (clock.real_now() - datetime.fromisoformat(said_so["started_at"])).total_seconds()
    rate = _("每秒 %(rate)s 行") % {"rate": f"{done / seconds:,.0f}"} if seconds > 1 else ""
    words = ngettext("已处理 %(n)s 行", "已处理 %(n)s 行", done) % {"n": f"{done:,}"}
    return Progress(words, said_so.get("what", ""), rate)


@require_POST
def step(request: HttpRequest, pk: int, number: int, step: str) -> HttpResponse:
    """Write a checked import (``confirm``), or give it up (``drop``)."""
    election, one = _import(request, pk, number)
    try:
        if step == "confirm":
            flow.confirm(one, hat=request.hat)  # type: ignore[attr-defined]
        elif step == "drop":
            flow.drop(one, actor=pages.actor_of(request))
        else:
            raise Http404
    except flow.NotAccepted as refusal:
        messages.error(request, str(refusal))
    return redirect("election-roll-import", election.pk, one.pk)


@require_GET
@never_cache
def rejects(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The rows that were not taken, with the reason beside them and numbers masked."""
    _election, one = _import(request, pk, number)
    try:
        content = flow.rejects(one, actor=pages.actor_of(request))
    except FileNotFoundError:
        raise Http404 from None
    return _workbook(content, _("没有列入的行-%(n)s号") % {"n": one.pk})


@require_GET
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The empty workbook."""
    roll_of(request, pk, roles.IMPORT)
    held = io.BytesIO()
    with Book(held) as book:  # type: ignore[arg-type]
        sheet = book.sheet(_("选民名单"))
        for place, field in enumerate(NEEDED):
            sheet.write_string(0, place, columns.TITLES[field], book.required if field in columns.NEEDED else book.heading)
            sheet.set_column(place, place, 20, book.text)
        sheet.freeze_panes(1, 1)
    return _workbook(held.getvalue(), _("选民名单空表"))


def _workbook(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return answer
