"""The list of reports, taking in last year's, and the worksheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.reports.models import Report, State
from renda.reports.pages import panel
from renda.reports.pages.common import UNPROCESSABLE, actor_of, found, frame, working
from renda.reports.pages.issued import show_issued
from renda.reports.pages.marking import text_html
from renda.reports.recognise.source import MAX_BYTES, SUFFIXES
from renda.reports.services import composing, finding, settling, taking
from renda.reports.services.places import progress, spots

LAST_YEARS_WORK_UNTIL = 4
SHOWN = 100
TONES = {State.WORKING: "run", State.ISSUED: "done"}


@require_GET
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Reports so far, and the upload."""
    return _index(request)


def _index(request: HttpRequest, fault: str = "", typed: dict[str, str] | None = None) -> HttpResponse:
    actor = actor_of(request)
    gate.require(actor, roles.VIEW, Report)
    rows = finding.visible(actor).defer("source_text", "draft")[:SHOWN]
    context = {
        "rows": [(one, TONES[State(one.state)], _(one.get_state_display())) for one in rows], "fault": fault,
        "divisions": finding.divisions(actor), "own": _own_division(actor), "typed": typed or {}, "year": _working_year(),
        "accept": ",".join(SUFFIXES), "most": MAX_BYTES // 2**20, "may_create": gate.may(actor, roles.CREATE, Report),
        "crumbs": [(_("首页"), "/"), (_("年度报告"), "")],
    }  # fmt: skip
    return render(request, "reports/index.html", context, status=UNPROCESSABLE if fault else 200)


def _working_year() -> int:
    """The year whose work is being reported on: in the first months still last year's."""
    today = clock.today()
    return today.year - (today.month <= LAST_YEARS_WORK_UNTIL)


def _own_division(actor: Actor) -> str:
    """The code of the division chosen at first: the actor's own, else the county."""
    divisions = finding.divisions(actor)
    own = next((one for one in divisions if one.pk == actor.division_id), None) or next(iter(divisions), None)
    return own.code if own else ""


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take last year's report in and go to its worksheet."""
    actor = actor_of(request)
    gate.require(actor, roles.CREATE, Report)
    typed = {name: request.POST.get(name, "").strip() for name in ("year", "title", "division")}
    file = request.FILES.get("file")
    if file is None:
        return _index(request, _("没有选择文件。请选择上年的报告（.docx、.txt 或 .md）。"), typed)
    if not typed["year"].isdigit():
        return _index(request, _("报告年度请填写四位数的年份，如 2021。"), typed)
    divisions = finding.divisions(actor)
    if not divisions:
        return _index(request, _("还没有登记区划，不知道是哪里的报告。请先导入区划台账。"), typed)
    division = next((one for one in divisions if one.code == typed["division"]), None)
    if division is None:
        raise PermissionDenied(_("只能为本区划起草报告。"))
    if (file.size or 0) > MAX_BYTES:
        return _index(
            request,
            _("“%(name)s”超过 %(most)d MB。请删去图片等附件后再上传。") % {"name": file.name, "most": MAX_BYTES // 2**20},
            typed,
        )
    try:
        made = taking.take_in(
            file.name or "", file.read(), year=int(typed["year"]), division=division, actor=actor, title=typed["title"]
        )
    except finding.Refused as refusal:
        return _index(request, str(refusal), typed)
    return HttpResponseRedirect(reverse("report", args=[made.pk]))


@require_GET
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The worksheet of a report in work, or the issued text. ``?at=`` opens the panel of a place."""
    report = found(request, pk)
    if report.state == State.ISSUED:
        return show_issued(request, report)
    report = working(request, pk)
    return render(request, "reports/worksheet.html", worksheet(request, report))


def worksheet(request: HttpRequest, report: Report) -> dict[str, Any]:
    """What the worksheet shows."""
    actor = actor_of(request)
    draft = composing.current(report, actor=actor)
    all_spots = spots(draft, settling.choices_by_place(report))
    chosen = next((spot for spot in all_spots if spot.key == request.GET.get("at", "")), None)
    base = reverse("report", args=[report.pk])
    context = frame(request, report, "report") | {
        "text": text_html(draft, all_spots, base, chosen.place if chosen else None), "progress": progress(all_spots), "base": base,
        "total": len(all_spots),
    }  # fmt: skip
    return context | (panel.context(request, report, draft, all_spots, chosen) if chosen else {"spot": None})


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the title."""
    seen = request.POST.get("seen", "")
    try:
        settling.rename(
            pk,
            request.POST.get("title", ""),
            request.POST.dict(),
            seen=int(seen) if seen.isdigit() else 0,
            actor=actor_of(request),
        )
    except finding.Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("report", args=[pk]))


@require_POST
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a report in work out of the list."""
    try:
        settling.void(pk, request.POST.get("reason", ""), actor=actor_of(request))
    except finding.Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("report", args=[pk]))
    messages.success(request, _("已作废，日志里保留了记录。"))
    return HttpResponseRedirect(reverse("reports"))
