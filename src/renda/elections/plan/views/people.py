"""Who runs the election: bodies, voter groups, polling places and their people, and who of them has to give way."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from renda.directory import gate, roles
from renda.elections import pages
from renda.elections.models import BodyMember, PlaceKind
from renda.elections.plan import incompatible, people
from renda.elections.plan.views.common import ledgers
from renda.registers import registry
from renda.ui import addresses

REGISTERS = (
    "elections.bodies", "elections.members", "elections.voter_groups", "elections.polling_places", "elections.polling_staff",
)  # fmt: skip
SHOWN = 60


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The tree with contacts, the numbers at polling places, and the conflicts that the entries show."""
    election = pages.election_of(request, pk, roles.VIEW, BodyMember)
    actor = pages.actor_of(request)
    places = people.places(election)
    nodes = [(node, addresses.of_record(registry.get("elections.bodies"), node.body.pk)) for node in people.tree(election)]
    found = incompatible.conflicts(election) if gate.may(actor, roles.EDIT, BodyMember) else []
    context = {
        "nodes": nodes, "groups": people.groups_of(election), "ledgers": ledgers(actor, election, REGISTERS),
        "conflicts": [(one, addresses.of_record(registry.get(one.register), one.record)) for one in found],
        "kinds": [(kind.label, sum(row.place.kind == kind for row in places)) for kind in PlaceKind],
        "staffed": sum(row.staff > 0 for row in places), "all_places": len(places),
        "lacking": [(row, addresses.of_record(registry.get("elections.polling_places"), row.place.pk)) for row in places if row.lacks][:SHOWN],
    }  # fmt: skip
    return pages.page(request, "elections/plan/people.html", election, "election-plan", context, (_("机构和人员"), ""))
