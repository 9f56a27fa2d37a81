"""An election at a glance: days left, the next legal day, the eighteen steps, the numbers, charts and a map."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from renda.core import clock
from renda.directory import gate, roles
from renda.elections import drawing, overview, pages
from renda.elections.models import Election
from renda.elections.plan import seats
from renda.elections.schedule import entries, steps


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The election's first page."""
    election = pages.election_of(request, pk)
    plan = entries.plan_of(election)
    context = {
        "plan": plan,
        "left": (election.election_day - clock.today()).days,
        "near": entries.near(plan.entries, clock.today()),
        "steps": [(one, reverse(one.step.tab, args=[election.pk])) for one in steps.standings(plan)],
        "totals": overview.totals(election),
        "fixed": election.seats,
        "joined": gate.visible_to(pages.actor_of(request), Election.objects.alive().filter(held_with=election)),
        "may_map": not election.frozen_at and gate.may(pages.actor_of(request), roles.EDIT, election),
        **_pictures(request, election),
    }
    return pages.page(request, "elections/hub.html", election, "election", context)


def _pictures(request: HttpRequest, election: Election) -> dict[str, Any]:
    """Charts and the map, each only where there is something to show. What has many districts is shown by township."""
    by_name, by_place = overview.parts(election, by_district=True), overview.parts(election, by_district=False)
    few = len(by_name) <= overview.MOST_BARS
    registered = overview.registration_chart(by_name if few else by_place, by_district=few)
    bands = overview.ages(election, pages.actor_of(request))
    several = len(by_name) > 1  # a single district is no chart: its numbers stand above
    drawn, words = overview.picture(election, by_place, by_name) if several else (None, "")
    charts = (registered, overview.seats_chart(seats.congresses(election))) if several else ()
    return {
        "charts": [one for one in charts if one],
        "pyramid": drawing.pyramid(bands) if bands else None,
        "map": drawn,
        "map_words": words,
    }
