"""One voter: what is written, what may be done, unmasking; and entering one by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from renda.directory import gate, roles
from renda.elections import pages
from renda.elections.models import Election, ElectoralDistrict, RollState, Voter, VoterGroup, WhyOff
from renda.elections.roll import services
from renda.elections.roll.entering import name_of, number_of
from renda.elections.roll.masking import masked
from renda.elections.roll.places import own_districts
from renda.elections.roll.services import Entered, Refused
from renda.elections.roll.views import TAB, roll_of
from renda.journal.models import Entry as JournalEntry
from renda.ui.history import action_name, who
from renda.ui.words import said

SECRETS = ("identity_number", "phone", "address")
MOST_EVENTS = 50


def _voter(request: HttpRequest, election: Election, pk: int) -> Voter:
    seen = gate.visible_to(pages.actor_of(request), Voter.objects.filter(election=election.roll_id))
    return get_object_or_404(seen.select_related("district__parent", "group", "division"), pk=pk)


@require_GET
@never_cache
def show(request: HttpRequest, pk: int, voter: int) -> HttpResponse:
    """What is written of a voter, with what may be done."""
    election = roll_of(request, pk)
    return _show(request, election, _voter(request, election, voter))


def _show(request: HttpRequest, election: Election, one: Voter, fault: str = "") -> HttpResponse:
    actor = pages.actor_of(request)
    secrets = [(name, said(str(Voter._meta.get_field(name).verbose_name)), _hidden(name, one)) for name in SECRETS]  # type: ignore[union-attr]
    context = {
        "one": one, "fault": fault, "secrets": secrets, "may_edit": gate.may(actor, roles.EDIT, one) and not election.frozen_at,
        "may_reveal": gate.may(actor, roles.REVEAL, one), "events": _events(one), "off": one.state == RollState.OFF,
        "registered": one.state == RollState.REGISTERED, "sex": said(one.get_sex_display()), "state": said(one.get_state_display()),
        "why": said(one.get_why_off_display()) if one.why_off else "", "entry": said(one.get_entry_display()) if one.entry else "",
        "source": said(one.get_source_display()), "reasons": [(each.value, said(each.label)) for each in WhyOff],
        "districts": own_districts(actor, election).order_by("division__path", "code", "pk"),
        "groups": VoterGroup.objects.alive().filter(district=one.district_id) if one.district_id else [],
        "tone": {RollState.REGISTERED: "done", RollState.REVIEW: "soon"}.get(RollState(one.state), "idle"),
    }  # fmt: skip
    crumbs = ((_("选民登记册"), reverse("election-roll-voters", args=[election.pk])), (one.name, ""))
    status = pages.UNPROCESSABLE if fault else 200
    return pages.page(request, "elections/roll/voter.html", election, TAB, context, *crumbs, status=status)


def _hidden(name: str, one: Voter) -> str:
    value = str(getattr(one, name))
    return masked(value) if name == "identity_number" else "＊＊＊＊" if value else ""


def _events(one: Voter) -> list[dict[str, Any]]:
    entries = JournalEntry.objects.filter(subject_kind=services.KIND, subject_id=one.pk).order_by("-sequence")[:MOST_EVENTS]
    return [
        {"at": e.at, "who": who(e.actor), "action": action_name(e.action), "reason": e.payload.get("reason", "")} for e in entries
    ]


@require_POST
def take(request: HttpRequest, pk: int, voter: int, step: str) -> HttpResponse:
    """A change: off, on, move, out, correct."""
    election, actor = roll_of(request, pk, roles.EDIT), pages.actor_of(request)
    one = _voter(request, election, voter)
    reason = request.POST.get("reason", "")
    try:
        if step == "off":
            services.put_off([one.pk], request.POST.get("why", ""), reason=reason, actor=actor)
        elif step == "on":
            services.put_on([one.pk], reason=reason, actor=actor)
        elif step == "out":
            services.move([one.pk], None, reason=reason, actor=actor)
        elif step == "move":
            services.move([one.pk], _district(request, election), reason=reason, actor=actor)
        elif step == "correct":
            services.correct(one.pk, _corrected(request, one), reason=reason, actor=actor)
        else:
            raise Http404
    except Refused as refusal:
        return _show(request, election, one, str(refusal))
    messages.success(request, _("已保存，并记入日志。"))
    if gate.visible_to(actor, Voter.objects.filter(pk=one.pk)).exists():
        return redirect("election-roll-voter", election.pk, one.pk)
    return redirect("election-roll-voters", election.pk)


def _district(request: HttpRequest, election: Election) -> ElectoralDistrict:
    chosen = request.POST.get("district", "")
    found = own_districts(pages.actor_of(request), election).filter(pk=int(chosen)).first() if chosen.isdigit() else None
    if found is None:
        raise Refused(_("请选择选区。"))
    return found


def _corrected(request: HttpRequest, one: Voter) -> dict[str, Any]:
    """What was filled in; secret fields that were left empty stay."""
    posted = request.POST
    values: dict[str, Any] = {"name": name_of(posted.get("name", one.name)), "note": posted.get("note", one.note).strip()[:200]}
    values["household_at"] = posted.get("household_at", one.household_at).strip()[:100]
    group = posted.get("group", "")
    if group.isdigit() and VoterGroup.objects.alive().filter(pk=int(group), district=one.district_id).exists():
        values["group_id"] = int(group)
    for name in SECRETS:
        text = posted.get(name, "").strip()[:200]
        if text:
            values[name] = number_of(text) if name == "identity_number" else text
    return values


@require_http_methods(["GET", "POST"])
@never_cache
def reveal(request: HttpRequest, pk: int, voter: int, field: str) -> HttpResponse:
    """A secret value, for a reason that is journalled; shown once, in the answer itself."""
    election = roll_of(request, pk)
    one, actor = _voter(request, election, voter), pages.actor_of(request)
    gate.require(actor, roles.REVEAL, Voter)
    if field not in SECRETS:
        raise Http404
    value, fault = "", ""
    if request.method == "POST":
        try:
            value = services.reveal(one.pk, field, reason=request.POST.get("reason", ""), actor=actor)
        except Refused as refusal:
            fault = str(refusal)
    column = said(str(Voter._meta.get_field(field).verbose_name))  # type: ignore[union-attr]
    back = reverse("election-roll-voter", args=[election.pk, one.pk])
    title = _("查看%(name)s") % {"name": column}
    crumbs = [(_("首页"), "/"), (election.name, reverse(TAB, args=[election.pk])), (one.name, back), (title, "")]
    context = {
        "title": title,
        "value": value,
        "fault": fault,
        "column": column,
        "name": one.name,
        "back_url": back,
        "crumbs": crumbs,
    }
    return render(request, "ui/reveal.html", context, status=pages.UNPROCESSABLE if fault else 200)


@require_http_methods(["GET", "POST"])
@never_cache
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter one person by hand, or take one in from the pool."""
    election, actor = roll_of(request, pk, roles.CREATE), pages.actor_of(request)
    fault, posted = "", {}
    if request.method == "POST":
        try:
            made = services.enter(_entered(request, election), actor=actor)
            messages.success(request, _("“%(name)s”已登记在“%(district)s”。") % {"name": made.name, "district": made.district})
            return redirect("election-roll-enter", election.pk)
        except (Refused, PermissionDenied) as refusal:
            fault, posted = str(refusal), request.POST.dict()
    context = {
        "fault": fault,
        "posted": posted,
        "districts": own_districts(actor, election).order_by("division__path", "code", "pk"),
    }
    crumbs = ((_("选民登记册"), reverse("election-roll-voters", args=[election.pk])), (_("录入选民"), ""))
    status = pages.UNPROCESSABLE if fault else 200
    return pages.page(request, "elections/roll/enter.html", election, TAB, context, *crumbs, status=status)


def _entered(request: HttpRequest, election: Election) -> Entered:
    posted = request.POST
    return Entered(
        election, name_of(posted.get("name", "")), number_of(posted.get("identity_number", "")), _district(request, election),
        phone=posted.get("phone", "").strip()[:40], address=posted.get("address", "").strip()[:200],
        household_at=posted.get("household_at", "").strip()[:100], certificate=posted.get("certificate") == "on",
        note=posted.get("note", "").strip()[:200],
    )  # fmt: skip
