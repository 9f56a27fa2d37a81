"""Seats and districts of an election at a look, and the form that fixes a congress's seats."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from renda.directory import gate, roles
from renda.directory.models.divisions import Level
from renda.elections import pages
from renda.elections.models import Election, ElectoralDistrict, SeatDecision
from renda.elections.plan import seats
from renda.elections.plan.forms import SeatsForm
from renda.elections.plan.seats import Congress
from renda.elections.plan.views.common import chosen, ledgers, warning_line
from renda.law.quotas import Quota
from renda.registers.services import Refused

REGISTERS = ("elections.districts", "elections.seat_decisions")


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What was fixed, what the law allows, how the districts share it out, and how far each is from the mean."""
    election = pages.election_of(request, pk)
    several = seats.congresses(election)
    one, line = chosen(request, several), warning_line(election)
    context: dict[str, Any] = {
        "several": several, "one": one, "line": line, "township": election.level == Level.TOWNSHIP, "quota": _quota(election, one),
        "rows": _rows(election, one, line), "ledgers": ledgers(pages.actor_of(request), election, REGISTERS),
        "may_fix": _may(request, election, roles.CREATE, SeatDecision), "may_edit": _may(request, election, roles.EDIT, ElectoralDistrict),
        "over": sum(1 for share in one.districts if share.deviation is not None and line and abs(share.deviation) > line) if one else 0,
    }  # fmt: skip
    return pages.page(request, "elections/plan/index.html", election, "election-plan", context)


def _may(request: HttpRequest, election: Election, action: str, model: type[Any]) -> bool:
    return not election.frozen_at and gate.may(pages.actor_of(request), action, model)


def _quota(election: Election, one: Congress | None) -> Quota | None:
    """What the law allows: for the population of the decision, else for that of the districts together."""
    if one is None:
        return None
    return one.quota or (seats.ceiling(election, one.division, one.population) if one.population else None)


def _rows(election: Election, one: Congress | None, line: int | None) -> list[dict[str, Any]]:
    """The districts with their deviation; below a county district the township districts that are part of it."""
    if one is None:
        return []
    parts: dict[int, list[ElectoralDistrict]] = {}
    held = ElectoralDistrict.objects.alive().filter(parent__in=[share.district.pk for share in one.districts])
    for part in held.select_related("election").order_by("name") if election.level != Level.TOWNSHIP else ():
        parts.setdefault(part.parent_id or 0, []).append(part)
    return [
        {
            "share": share, "parts": parts.get(share.district.pk, []),
            "over": bool(line and share.deviation is not None and abs(share.deviation) > line),
            "bar": min(100, round(abs(share.deviation or 0))),
        }
        for share in one.districts
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
def fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a decision on the seats of a congress."""
    election = pages.election_of(request, pk, roles.CREATE, SeatDecision)
    several = seats.congresses(election)
    one = chosen(request, several)
    if one is None:
        messages.error(request, _("还没有划分选区，也没有要选举的乡镇。请先登记选区。"))
        return HttpResponseRedirect(reverse("election-plan", args=[pk]))
    form = SeatsForm(request.POST or None, election=election, congress=one, initial=SeatsForm.initial_of(one))
    if request.method == "POST" and form.is_valid() and _stored(request, election, one, form):
        return HttpResponseRedirect(f"{reverse('election-plan', args=[pk])}?area={one.division.pk}")
    context = {"form": form, "one": one, "quota": _quota(election, one)}
    status = pages.UNPROCESSABLE if form.is_bound else 200
    crumb = (_("确定代表总名额"), "")
    return pages.page(request, "elections/plan/fix.html", election, "election-plan", context, crumb, status=status)


def _stored(request: HttpRequest, election: Election, one: Congress, form: SeatsForm) -> bool:
    try:
        seats.fix(election, one.division, form.cleaned_data, actor=pages.actor_of(request))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    words = _("已登记：%(area)s代表总名额 %(seats)s 名。")
    messages.success(request, words % {"area": one.division.name, "seats": form.cleaned_data["seats"]})
    if form.over:
        messages.warning(request, form.over + _("已按说明登记。"))
    return True
