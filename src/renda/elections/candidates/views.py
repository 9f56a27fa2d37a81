"""The first page of candidates: districts with nominees and lists; and the page of one district."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.documents.language import TemplateFault
from renda.elections import legal, pages
from renda.elections.candidates import changes, overview
from renda.elections.candidates.changes import CandidateFault
from renda.elections.candidates.registers import MEETINGS
from renda.elections.models import (
    Consultation,
    Election,
    IntroductionMeeting,
    NominationSigner,
    Nominee,
    PreElection,
)
from renda.registers import registry
from renda.ui import addresses

TAB = "election-candidates"
Crumb = tuple[str, str]


def attempt(request: HttpRequest, work: Callable[[], str]) -> bool:
    """Do a change and say what it says; a refused one says why. True where it was done."""
    return pages.attempt(request, work, CandidateFault, TemplateFault)


def may(election: Election, actor: Actor) -> dict[str, bool]:
    """What the pages offer: nothing that changes a closed file."""
    is_open = not election.frozen_at
    return {
        "may_enter": is_open and gate.may(actor, roles.CREATE, Nominee),
        "may_edit": is_open and gate.may(actor, roles.EDIT, Nominee),
        "may_sign": is_open and gate.may(actor, roles.CREATE, NominationSigner),
    }


def meetings_of(election: Election) -> dict[str, str]:
    """Where the meetings of candidates with voters are kept."""
    register, query = registry.get(MEETINGS), f"election={election.pk}"
    return {"url": addresses.of_list(register, query), "new": addresses.of_new(register, query)}


@require_GET
@never_cache
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """How nomination and lists stand, district by district."""
    election, actor = pages.election_of(request, pk), pages.actor_of(request)
    found = overview.build(election, actor)
    shown = {
        "page": found, "meetings": meetings_of(election), "can_first": sum(1 for one in found.rows if one.can_first), **may(election, actor),
    }  # fmt: skip
    return pages.page(request, "elections/candidates/index.html", election, TAB, shown)


def row_of(election: Election, actor: Actor, pk: int) -> overview.Row:
    """A district with its nominees and lists; 404 where the actor does not see it."""
    (row,) = overview.rows_of(election, [changes.district_of(actor, election, pk)], actor)
    return row


def crumbs(election: Election, row: overview.Row, title: str = "") -> list[Crumb]:
    """The path to a district's page, or to a page below it."""
    if not title:
        return [(row.district.name, "")]
    return [(row.district.name, reverse("election-nominees", args=[election.pk, row.district.pk])), (title, "")]


@require_GET
@never_cache
def district(request: HttpRequest, pk: int, district: int) -> HttpResponse:
    """One district: who was nominated by whom, discussions, pre-election, both lists, meetings."""
    election, actor = pages.election_of(request, pk), pages.actor_of(request)
    row = row_of(election, actor, district)
    shown: dict[str, Any] = {
        "row": row,
        "lines": overview.lines_of(election, row),
        "talks": Consultation.objects.filter(district=row.district).select_related("group").order_by("held_on", "pk"),
        "pre": PreElection.objects.alive().filter(district=row.district).first(),
        "introductions": gate.visible_to(actor, IntroductionMeeting.objects.alive()).filter(district=row.district),
        "meet": legal.law_on(election)("elec.cand.meet_voters"),
        "meetings": meetings_of(election),
        "dates": changes.legal_dates(election),
        **may(election, actor),
    }
    return pages.page(request, "elections/candidates/district.html", election, TAB, shown, *crumbs(election, row))


def refused(form: Any, fault: Exception) -> None:
    """A refused change as errors of its form, one for each line."""
    for line in str(fault).split("\n"):
        form.add_error(None, line)


def status_of(form: Any) -> int:
    """422 for a form that was sent and not taken."""
    return pages.UNPROCESSABLE if form.is_bound else 200
