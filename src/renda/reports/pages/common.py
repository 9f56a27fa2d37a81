"""What every page of a report needs: the actor, the report through the gate, crumbs and tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.reports.models import Report, State
from renda.reports.services import finding

UNPROCESSABLE, CONFLICT = 422, 409


@dataclass(frozen=True)
class Tab:
    """One of the pages of a report."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class May:
    """What the actor may do with a report."""

    edit: bool
    issue: bool
    void: bool
    export: bool


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request."""
    return request.actor  # type: ignore[attr-defined]


def found(request: HttpRequest, pk: int) -> Report:
    """The report, where the actor may see it. Http404 else."""
    report = finding.find(pk, actor_of(request))
    if report is None:
        raise Http404
    return report


def working(request: HttpRequest, pk: int) -> Report:
    """A report whose making the actor may see: drafts, values and records, not the issued text alone."""
    report = found(request, pk)
    gate.require(actor_of(request), roles.EXPORT, report)
    return report


def may(actor: Actor, report: Report) -> May:
    """What the actor may do with the report as it stands."""
    open_ = report.state == State.WORKING
    can = {action: gate.may(actor, action, Report) for action in (roles.EDIT, roles.ISSUE, roles.VOID, roles.EXPORT)}
    return May(open_ and can[roles.EDIT], open_ and can[roles.ISSUE], open_ and can[roles.VOID], can[roles.EXPORT])


def frame(request: HttpRequest, report: Report, name: str) -> dict[str, Any]:
    """Crumbs, tabs and permissions of a report's page; ``name`` is the page's address name."""
    allowed = may(actor_of(request), report)
    pages = [("report", _("底稿"))] if report.state == State.WORKING else [("report", _("印发稿"))]
    if allowed.export:
        pages.append(("report-compare", _("与上年对照")))
        pages.append(("report-checks", _("打印前检查")) if report.state == State.WORKING else ("report-drift", _("印发后变动")))
    tabs = [Tab(label, reverse(page, args=[report.pk]), page == name) for page, label in pages]
    crumbs = [(_("首页"), "/"), (_("年度报告"), reverse("reports")), (report.title, "")]
    return {"report": report, "may": allowed, "tabs": tabs, "crumbs": crumbs, "issued": report.state == State.ISSUED}
