"""Issuing a report, the issued text with its digest, and what has drifted since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.registers import registry as registers
from renda.reports.models import Report, State
from renda.reports.pages.common import CONFLICT, UNPROCESSABLE, actor_of, found, frame, working
from renda.reports.pages.marking import issued_html
from renda.reports.services import checking, choosing, composing, finding, issuing, settling
from renda.reports.services.places import spots
from renda.ui import addresses

SHOWN = 20


@require_http_methods(["GET", "POST"])
@never_cache
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """The question before issuing, with what stands in the way; POST issues."""
    report, actor = working(request, pk), actor_of(request)
    gate.require(actor, roles.ISSUE, report)
    if report.state == State.ISSUED:
        return HttpResponseRedirect(reverse("report", args=[pk]))
    fault, status = "", 200
    if request.method == "POST":
        try:
            issuing.issue(
                pk, seen=int(request.POST.get("seen") or 0), issued_on=_day(request.POST.get("issued_on", "")), actor=actor
            )
        except settling.Outrun as refusal:
            fault, status = str(refusal), CONFLICT
            report.refresh_from_db()
        except (finding.Refused, ValueError) as refusal:
            fault, status = str(refusal), UNPROCESSABLE
        else:
            messages.success(request, _("已印发。文字、数字和依据已经固定，摘要记入日志。"))
            return HttpResponseRedirect(reverse("report", args=[pk]))
    draft = composing.current(report, actor=actor)
    rows = checking.findings(report, draft, spots(draft, settling.choices_by_place(report)), actor=actor)
    late = [row for row in rows if row.tone == checking.LATE]
    context = frame(request, report, "report-issue") | {
        "fault": fault, "late": late, "others": len(rows) - len(late), "today": clock.today(), "filled": draft.counts()["filled"],
    }  # fmt: skip
    return render(request, "reports/issue.html", context, status=status)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise finding.Refused(_("印发日期没有填写，或不是日期。")) from error


def show_issued(request: HttpRequest, report: Report) -> HttpResponse:
    """The issued text with its digest, for all who may see it."""
    issued = report.issue
    context = frame(request, report, "report")
    draft = composing.current(report, actor=actor_of(request))
    text = issued_html(draft, reverse("report", args=[report.pk]), linked=context["may"].export)
    said = {"issued_as": issued, "text": text, "intact": issuing.intact(issued) and draft.text() == issued.content["text"]}
    return render(request, "reports/issued.html", context | said)


@dataclass(frozen=True)
class Named:
    """A record that drifted, as the page shows it; without an address where the actor may not see it."""

    label: str
    url: str


@dataclass(frozen=True)
class Change:
    """Records of one question that were added, removed or changed."""

    name: str
    words: str
    count: int
    rows: list[Named]
    more: int


@require_GET
@never_cache
def drift(request: HttpRequest, pk: int) -> HttpResponse:
    """Which figures of an issued report would read otherwise today, and by which records."""
    report, actor = found(request, pk), actor_of(request)
    gate.require(actor, roles.EXPORT, report)
    if report.state != State.ISSUED:
        raise Http404
    rows = [
        (one, choosing.said_value(one.then, one.unit), choosing.said_value(one.now, one.unit), _changes(one, actor))
        for one in issuing.drift(report.issue, actor=actor)
    ]
    total = sum(1 for one in report.issue.figures if one["binding"])
    context = frame(request, report, "report-drift") | {"rows": rows, "total": total, "issued_as": report.issue}
    return render(request, "reports/drift.html", context)


def _changes(one: issuing.FigureDrift, actor: Actor) -> list[Change]:
    found_ = []
    for records in one.records:
        for words, pks in ((_("新增"), records.added), (_("减少"), records.removed), (_("改动"), records.changed)):
            if pks:
                rows = _named(records.register, pks[:SHOWN], actor)
                found_.append(Change(_(records.name), words, len(pks), rows, len(pks) - len(rows)))
    return found_


def _named(code: str, pks: tuple[int | str, ...], actor: Actor) -> list[Named]:
    """Records by their labels, as far as the actor may see them; voided ones too."""
    try:
        register = registers.get(code)
    except KeyError:
        return []
    if not gate.may(actor, roles.VIEW, register.model) or any(isinstance(pk, str) for pk in pks):
        return []
    secret = register.by_field[register.label].secret
    rows = gate.visible_to(actor, register.model._default_manager.filter(pk__in=pks)).order_by("pk")
    labels = rows.values_list("pk", register.label_path) if not secret else ((pk, "") for pk in rows.values_list("pk", flat=True))
    return [Named(str(label or _("第 %(pk)d 号记录") % {"pk": pk}), addresses.of_record(register, pk)) for pk, label in labels]
