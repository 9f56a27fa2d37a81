"""What is remembered for the next report: listed, and forgotten where it was wrong."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from renda.core import clock
from renda.directory import gate, roles
from renda.reports import memory
from renda.reports.binding import sentence
from renda.reports.models import Remembered
from renda.reports.pages.common import actor_of
from renda.reports.services.storing import binding_from
from renda.ui.picking import picked

SHOWN = 500


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """All that is remembered for the actor's divisions."""
    actor = actor_of(request)
    gate.require(actor, roles.EDIT, Remembered)
    year = clock.today().year
    rows = [(one, _says(one, year)) for one in memory.visible(actor)[:SHOWN]]
    crumbs = [(_("首页"), "/"), (_("年度报告"), reverse("reports")), (_("记住的口径"), "")]
    return render(request, "reports/memory.html", {"rows": rows, "crumbs": crumbs})


def _says(one: Remembered, year: int) -> str:
    binding = binding_from(one.binding)
    return sentence(binding, year) if binding else _("不对应指标，留待核实")


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget the chosen ones."""
    n = memory.forget(picked(request.POST), actor=actor_of(request))
    if n:
        messages.success(request, ngettext("已忘记 %(n)d 条。", "已忘记 %(n)d 条。", n) % {"n": n})
    return HttpResponseRedirect(reverse("report-memory"))
