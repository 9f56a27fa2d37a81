"""What the election pages share: the election asked for, its tabs, and the refusal of changes to a closed file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.closed import require_open
from renda.elections.models import Announcement, Election, ElectoralDistrict, SeatDecision, Turnout, Voter, VoteRound

UNPROCESSABLE = 422
Crumb = tuple[str, str]
OF_THE_WHOLE = (Election, SeatDecision, ElectoralDistrict, Announcement)
"""What concerns an election as a whole is changed and handed out where the election belongs; a township works on its districts alone."""


@dataclass(frozen=True)
class Tab:
    """One page of an election: its address name, what it is called, and the model that one must be able to see there."""

    url: str
    label: str | Promise
    model: type[Model] = Election


TABS: tuple[Tab, ...] = (
    Tab("election", gettext_lazy("总览")),
    Tab("election-plan", gettext_lazy("选区与名额")),
    Tab("election-schedule", gettext_lazy("日程")),
    Tab("election-roll", gettext_lazy("选民登记"), Voter),
    Tab("election-lists", gettext_lazy("选民名单")),
    Tab("election-candidates", gettext_lazy("候选人")),
    Tab("election-voting", gettext_lazy("投票")),
    Tab("election-counting", gettext_lazy("计票")),
    Tab("election-outcome", gettext_lazy("结果")),
)


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    return request.actor  # type: ignore[attr-defined]


def election_of(request: HttpRequest, pk: int, action: str = roles.VIEW, model: type[Model] = Election) -> Election:
    """The election, for one who may take the action on records of ``model``. 404 where it is not seen, PermissionDenied where the
    action is not open, or changes a closed file."""
    actor = actor_of(request)
    gate.require(actor, action, model)
    found = get_object_or_404(gate.visible_to(actor, Election.objects.alive()), pk=pk)
    if action not in (roles.VIEW, roles.EXPORT):
        require_open(found)
    if model in OF_THE_WHOLE and action != roles.VIEW:
        gate.require(actor, action, found)
    return found


def attempt(request: HttpRequest, work: Callable[[], str], *faults: type[Exception]) -> bool:
    """Do a change and say what it says; one of the ``faults`` says why it was refused. True where it was done."""
    try:
        words = work()
    except faults as fault:
        messages.error(request, str(fault))
        return False
    if words:
        messages.success(request, words)
    return True


def page(
    request: HttpRequest, template: str, election: Election, tab: str, context: dict[str, Any], *crumbs: Crumb, status: int = 200
) -> HttpResponse:
    """An election's page with its tabs and the path to it."""
    tabs = _tabs(actor_of(request), election, tab)
    trail = [(_("首页"), "/"), (_("换届选举"), reverse("ui:room", args=["elections"]))]
    own = reverse("election", args=[election.pk])
    if tab == "election":
        trail.append((election.name, ""))
    else:
        trail += [(election.name, own), (next((str(one.label) for one in TABS if one.url == tab), ""), "")]
    if crumbs:
        trail[-1] = (trail[-1][0], reverse(tab, args=[election.pk]))
        trail += crumbs
    shared = {"election": election, "tabs": tabs, "crumbs": trail, "by_ledger": told_by_ledger(election)}
    return render(request, template, shared | context, status=status)


def told_by_ledger(election: Election) -> bool:
    """Whether the election is over and known by its ledgers alone: what the records of its steps are silent on raises no alarm."""
    if election.election_day >= clock.today() or not Turnout.objects.alive().filter(election=election).exists():
        return False
    return not VoteRound.objects.alive().filter(election=election).exists()


def _tabs(actor: Actor, election: Election, current: str) -> list[tuple[str, str, str | Promise, bool]]:
    found = []
    for tab in TABS:
        if gate.may(actor, roles.VIEW, tab.model):
            found.append((tab.url, reverse(tab.url, args=[election.pk]), tab.label, tab.url == current))
    return found
