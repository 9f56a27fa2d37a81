"""The roll at a glance, the list of voters, and its workbook."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from renda.core.cells import CellError
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections import pages
from renda.elections.models import Election, Entry, Likeness, RollImport, RollState, Source, Voter, VoterGroup, WhyOff
from renda.elections.roll import exporting, listing, searching, totals
from renda.elections.roll.listing import Asked
from renda.elections.roll.places import smallest
from renda.elections.roll.services import Refused
from renda.elections.roll.turns import Busy
from renda.ui.charts import Chart
from renda.ui.words import said

TAB = "election-roll"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BARS = 30


def roll_of(request: HttpRequest, pk: int, action: str = roles.VIEW) -> Election:
    """The election whose roll is asked for, for one who may take the action on voters."""
    return pages.election_of(request, pk, action, Voter)


@require_GET
@never_cache
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts by district, state and reason; what waits."""
    election, actor = roll_of(request, pk), pages.actor_of(request)
    if election.roll_id != election.pk:
        return redirect("election-roll", election.roll_id)
    found = totals.overview(election, actor)
    may_review = gate.may(actor, roles.EDIT, Likeness) and not roles.ROLES[actor.role].bound_to_organ
    context = {
        "found": found, "charts": _charts(found, election), "may_enter": gate.may(actor, roles.CREATE, Voter), "may_review": may_review,
        "waiting": searching.waiting(election) if may_review else {},
        "why_off": [(code, said(WhyOff(code).label), count) for code, count in found.why_off],
        "entries": [(said(Entry(code).label), count) for code, count in found.entries if code],
        "sources": [(said(Source(code).label), count) for code, count in found.sources],
        "imports": gate.visible_to(actor, RollImport.objects.filter(election=election))[:5],
        "may_export": gate.may(actor, roles.EXPORT, Voter),
    }  # fmt: skip
    return pages.page(request, "elections/roll/overview.html", election, TAB, context)


def _charts(found: totals.Overview, election: Election) -> list[Chart]:
    rows = [(one, total) for one, total in found.districts if one is not None]
    if not 1 < len(rows) <= MOST_BARS:
        return []
    url = reverse("election-roll-voters", args=[election.pk])
    return [
        Chart(
            _("各选区登记选民"), "rows", _("选区"), [one.name for one, _total in rows],
            [(_("登记选民"), [total.registered for _one, total in rows])], unit=_("人"), links=[f"{url}?district={one.pk}" for one, _total in rows],
        )
    ]  # fmt: skip


def asked_of(request: HttpRequest) -> Asked:
    """What the address asks for."""
    got = request.GET
    return Asked(
        got.get("district", "")[:20], got.get("group", "")[:20], got.get("state", "")[:20], got.get("why", "")[:20],
        " ".join(got.get("q", "").split())[:60], listing.place_of(got.get("after", "")[:100]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@never_cache
def voters(request: HttpRequest, pk: int) -> HttpResponse:
    """The list. What is searched for is posted, so that neither names nor numbers stand in addresses and logs."""
    election, actor = roll_of(request, pk), pages.actor_of(request)
    asked, fault = asked_of(request), ""
    words = " ".join(request.POST.get("q", "").split())[:60]
    after = listing.place_of(request.POST.get("after", "")[:100])
    asked = Asked(asked.district, asked.group, asked.state, asked.why, words, after)
    try:
        found = listing.page(election, asked, actor)
    except CellError as error:
        found, fault = listing.Page([]), error.reason
    except Busy:
        found, fault = (
            listing.Page([]),
            _("正在导入名单，登记册暂时不能逐页查看；按身份证号仍可以查找。请稍候，导入完成后刷新本页。"),
        )
    context = {
        "asked": asked, "voters": found.voters, "next_after": found.next_after, "fault": fault, "query": asked.query(),
        "districts": _districts(election, actor), "groups": _groups(asked), "pool": listing.POOL,
        "states": [(one.value, said(one.label)) for one in RollState], "reasons": [(one.value, said(one.label)) for one in WhyOff],
        "sees_pool": not roles.ROLES[actor.role].bound_to_organ, "may_enter": gate.may(actor, roles.CREATE, Voter),
        "may_export": gate.may(actor, roles.EXPORT, Voter), "may_reveal": gate.may(actor, roles.REVEAL, Voter),
    }  # fmt: skip
    crumb = (_("选民登记册"), "")
    return pages.page(
        request, "elections/roll/voters.html", election, TAB, context, crumb, status=pages.UNPROCESSABLE if fault else 200
    )


def _districts(election: Election, actor: Actor) -> list[tuple[int, str]]:
    found = smallest(election).order_by("division__path", "code", "pk")
    if roles.ROLES[actor.role].bound_to_organ:
        found = found.filter(office=actor.organ_id)
    return list(found.values_list("pk", "name"))


def _groups(asked: Asked) -> list[tuple[int, str]]:
    if not asked.district.isdigit():
        return []
    return list(VoterGroup.objects.alive().filter(district=int(asked.district)).values_list("pk", "name"))


@require_http_methods(["POST"])
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook of the voters asked for; with numbers only where a reason is posted."""
    election, actor = roll_of(request, pk, roles.EXPORT), pages.actor_of(request)
    try:
        content, _count = exporting.export(election, asked_of(request), actor=actor, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        return HttpResponse(str(refusal), status=pages.UNPROCESSABLE, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_('选民登记册') + '.xlsx')}"
    return answer
