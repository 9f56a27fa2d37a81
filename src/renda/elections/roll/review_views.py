"""Pairs that may be one person, side by side; and the change against the last roll."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from renda.directory import gate, roles
from renda.elections import pages
from renda.elections.models import DuplicateSearch, ElectoralDistrict, Entry, Likeness, LikenessVerdict, Voter, WhyOff, WorkState
from renda.elections.roll import changes, searching
from renda.elections.roll.masking import side_by_side
from renda.elections.roll.services import Refused
from renda.elections.roll.terms import previous
from renda.elections.roll.views import TAB, roll_of
from renda.ui.words import said

PAGE = 20


def _require_whole(request: HttpRequest) -> None:
    """Whoever compares voters of all districts; a registrar sees the own district alone."""
    if roles.ROLES[pages.actor_of(request).role].bound_to_organ:
        raise PermissionDenied(_("查重和增减比对由选举委员会办公室进行。"))


@require_http_methods(["GET", "POST"])
@never_cache
def queue(request: HttpRequest, pk: int) -> HttpResponse:
    """Pairs that wait, the likeliest first; homonyms in a list of their own. POST searches anew."""
    election = roll_of(request, pk, roles.CREATE if request.method == "POST" else roles.VIEW)
    _require_whole(request)
    actor = pages.actor_of(request)
    if request.method == "POST":
        searching.start(election, hat=request.hat)  # type: ignore[attr-defined]
        return redirect("election-roll-duplicates", election.pk)
    homonym = request.GET.get("list") == "homonyms"
    rows = gate.visible_to(actor, Likeness.objects.filter(election=election, verdict=LikenessVerdict.OPEN, homonym=homonym))
    pairs = [_pair(one) for one in rows.select_related("first__district", "second__district")[:PAGE]]
    last = DuplicateSearch.objects.filter(election=election).first()
    context = {
        "pairs": pairs, "homonym": homonym, "waiting": searching.waiting(election), "last": last, "may_edit": not election.frozen_at,
        "running": last is not None and last.state in (WorkState.QUEUED, WorkState.RUNNING),
    }  # fmt: skip
    return pages.page(request, "elections/roll/duplicates.html", election, TAB, context, (_("查重"), ""))


def _pair(one: Likeness) -> dict[str, Any]:
    from renda.elections.matching.words import EVIDENCE

    numbers = side_by_side(str(one.first.identity_number), str(one.second.identity_number))
    return {
        "one": one, "evidence": [_(EVIDENCE.get(code, code)) for code in one.evidence],
        "sides": [_side(voter, number) for voter, number in zip((one.first, one.second), numbers, strict=True)],
    }  # fmt: skip


def _side(voter: Voter, number: str) -> dict[str, Any]:
    return {
        "voter": voter, "number": number, "sex": said(voter.get_sex_display()), "source": said(voter.get_source_display()),
        "state": said(voter.get_state_display()),
    }  # fmt: skip


@require_POST
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One person (which entry stays) or two."""
    election = roll_of(request, pk, roles.EDIT)
    _require_whole(request)
    stays = request.POST.get("stays", "")
    verdict = LikenessVerdict.SAME if stays.isdigit() else request.POST.get("verdict", "")
    try:
        searching.decide(number, verdict, stays=int(stays) if stays.isdigit() else None, actor=pages.actor_of(request))
        messages.success(request, _("已记下结论。"))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("election-roll-duplicates", election.pk)


@require_http_methods(["GET", "POST"])
@never_cache
def changed(request: HttpRequest, pk: int) -> HttpResponse:
    """The change against the last roll by the reasons of the law. POST takes the last roll over."""
    election = roll_of(request, pk, roles.IMPORT if request.method == "POST" else roles.VIEW)
    _require_whole(request)
    if request.method == "POST":
        try:
            taken = changes.carry_forward(election, actor=pages.actor_of(request))
            messages.success(request, _("已沿用上届选民 %(n)s 人。") % {"n": f"{taken:,}"})
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("election-roll-changes", election.pk)
    found = changes.changes(election)
    names = dict(ElectoralDistrict.objects.filter(pk__in=[one for one in found["districts"] if one]).values_list("pk", "name"))
    context = {
        "found": found, "added": [(said(Entry(code).label), n) for code, n in found["added"].items() if n and code],
        "removed": [(said(WhyOff(code).label), n) for code, n in found["removed"].items() if n],
        "districts": [(names.get(one, _("待划入选区")), row) for one, row in found["districts"].items()],
        "may_carry": gate.may(pages.actor_of(request), roles.IMPORT, Voter) and previous(election) is not None and not election.frozen_at,
    }  # fmt: skip
    return pages.page(request, "elections/roll/changes.html", election, TAB, context, (_("与上届比对"), ""))
