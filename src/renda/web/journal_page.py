"""The journal's page, for those who may read it: entries newest first, and a check of the chain."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from renda.directory import gate, roles
from renda.journal import services as journal
from renda.journal.models import Entry
from renda.ui.history import action_name, subject_name

PER_PAGE = 50


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Entries, newest first; `who` narrows to an actor."""
    gate.require(request.actor, roles.JOURNAL)  # type: ignore[attr-defined]
    rows = Entry.objects.order_by("-sequence")
    who = request.GET.get("who", "").strip()[:60]
    if who:
        rows = rows.filter(actor__icontains=who)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    entries = [(e, action_name(e.action), subject_name(e.subject_kind)) for e in page.object_list]
    return render(request, "web/journal.html", {"entries": entries, "page": page, "who": who})


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Walk the chain and say whether anything was changed."""
    gate.require(request.actor, roles.JOURNAL)  # type: ignore[attr-defined]
    verdict = journal.verify()
    if verdict.fault:
        messages.error(
            request,
            _("第 %(at)s 条日志校验不符：%(fault)s。请保留现状并报告审计管理员。")
            % {"at": verdict.at_sequence, "fault": verdict.fault},
        )
    else:
        messages.success(request, _("已校验 %(n)s 条日志，前后相接，没有改动。") % {"n": f"{verdict.entries:,}"})
    return HttpResponseRedirect(reverse("journal"))
