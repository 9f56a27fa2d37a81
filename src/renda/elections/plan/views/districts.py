"""The table of a congress's districts, changed all at once, and the proposal of another distribution of its seats."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from renda.directory import roles
from renda.directory.models.divisions import Level
from renda.elections import pages
from renda.elections.models import Election, ElectoralDistrict
from renda.elections.models.ledgers import DistrictBasis
from renda.elections.plan import changes, proposal, seats
from renda.elections.plan.even import Share, shares
from renda.elections.plan.proposal import Impossible, Proposal, Question
from renda.elections.plan.seats import Congress
from renda.elections.plan.views.common import chosen, warning_line
from renda.registers.services import Refused

CHANGED = "有人刚刚改过这些选区，请核对下面现在的内容后重新填写。"


def _congress(request: HttpRequest, election: Election) -> tuple[list[Congress], Congress | None]:
    several = seats.congresses(election)
    return several, chosen(request, several)


def _back(election: Election, one: Congress) -> str:
    return f"{reverse('election-plan', args=[election.pk])}?area={one.division.pk}"


@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """Seats, population, basis and (for township districts) the county district of every district, on one page."""
    election = pages.election_of(request, pk, roles.EDIT, ElectoralDistrict)
    several, one = _congress(request, election)
    districts = [share.district for share in one.districts] if one else []
    above = _above(election)
    state = changes.state_of(districts)
    rows, fault = changes.rows_of(districts), ""
    if request.method == "POST" and one is not None:
        if request.POST.get("state") != state:
            fault = _(CHANGED)
        else:
            rows = changes.rows_of(districts, request.POST.dict())
            if changes.read(rows, above):
                fault = _save(request, rows)
                if not fault:
                    return HttpResponseRedirect(_back(election, one))
    context = {
        "several": several, "one": one, "rows": rows, "above": sorted(above.items(), key=lambda item: item[1]), "state": state, "fault": fault,
        "bases": DistrictBasis.choices, "township": election.level == Level.TOWNSHIP,
        "faulty": [(row, name, words) for row in rows for name, words in row.faults.items()],
    }  # fmt: skip
    failed = bool(fault or context["faulty"])
    crumb = (_("调整选区"), "")
    return pages.page(
        request, "elections/plan/districts.html", election, "election-plan", context, crumb,
        status=pages.UNPROCESSABLE if failed else 200,
    )  # fmt: skip


def _above(election: Election) -> dict[int, str]:
    """The county districts that a township election's districts may be part of: those of the election it is held with."""
    if not election.held_with_id:
        return {}
    rows = ElectoralDistrict.objects.alive().filter(election=election.held_with_id)
    return dict(rows.values_list("pk", "name"))


def _save(request: HttpRequest, rows: list[changes.Row]) -> str:
    """Save the rows; what refused them, in words."""
    try:
        number = changes.store(rows, actor=pages.actor_of(request))
    except Refused as refusal:
        return str(refusal)
    words = ngettext("已保存 %(n)d 个选区的改动。", "已保存 %(n)d 个选区的改动。", number) % {"n": number}
    messages.success(request, words if number else _("没有改动。"))
    return ""


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """The distribution with the smallest largest deviation beside the present one; posted, it is adopted."""
    election = pages.election_of(request, pk, roles.EDIT, ElectoralDistrict)
    several, one = _congress(request, election)
    if one is None:
        return HttpResponseRedirect(reverse("election-plan", args=[pk]))
    districts = [share.district for share in one.districts]
    keep = (request.POST or request.GET).get("keep") == "1"
    found, fault = _found(one, districts, keep)
    if request.method == "POST" and found is not None:
        fault = _adopt(request, election, one, districts, found)
        if not fault:
            return HttpResponseRedirect(_back(election, one))
    context = {
        "several": several, "one": one, "keep": keep, "found": found, "fault": fault, "line": warning_line(election),
        "state": changes.state_of(districts), "rows": _beside(one, districts, found), "total": one.fixed.seats if one.fixed else one.shared_out,
        "before": _percent(found.before) if found else None, "after": _percent(found.after) if found else None,
    }  # fmt: skip
    crumb = (_("名额分配建议"), "")
    status = pages.UNPROCESSABLE if fault and request.method == "POST" else 200
    return pages.page(request, "elections/plan/proposal.html", election, "election-plan", context, crumb, status=status)


def _found(one: Congress, districts: list[ElectoralDistrict], keep: bool) -> tuple[Proposal | None, str]:
    question = Question(
        [district.population or 0 for district in districts],
        [district.seats for district in districts],
        one.fixed.seats if one.fixed else one.shared_out,
        [district.division_id for district in districts],
        keep,
    )
    try:
        return proposal.propose(question), ""
    except Impossible as reason:
        return None, str(reason)


def _beside(one: Congress, districts: list[ElectoralDistrict], found: Proposal | None) -> list[tuple[Share, Share]]:
    """Each district's share now and as proposed, those that change first."""
    if found is None:
        return []
    pairs = list(zip(one.districts, shares(districts, found.seats), strict=True))
    return sorted(pairs, key=lambda pair: pair[0].seats == pair[1].seats)


def _percent(part: Any) -> float:
    return float(part) * 100


def _adopt(
    request: HttpRequest, election: Election, one: Congress, districts: list[ElectoralDistrict], found: Proposal
) -> str:  # fmt: skip
    if request.POST.get("state") != changes.state_of(districts):
        return _(CHANGED)
    try:
        number = changes.adopt(election, districts, found, one.division.name, actor=pages.actor_of(request))
    except Refused as refusal:
        return str(refusal)
    messages.success(request, _("已采用分配建议，%(n)s 个选区的名额有变动。") % {"n": number})
    return ""
