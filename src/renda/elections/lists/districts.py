"""The districts whose voter lists an election publishes: the smallest ones that its roll knows."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.models import Election, ElectoralDistrict


def of_election(election: Election) -> QuerySet[ElectoralDistrict]:
    """The districts in which voters of the election's roll are registered. Where township elections share the county election's
    roll, their districts are the smallest; on a township election's own page, those are its own districts."""
    alive = ElectoralDistrict.objects.alive()
    parts = alive.filter(parent=OuterRef("pk"))
    if election.roll_id != election.pk:
        return alive.filter(election=election)
    own = Q(election=election) | Q(election__held_with=election, election__voided_at__isnull=True)
    return alive.filter(own).filter(~Exists(parts)).select_related("election", "parent")


def seen(election: Election, actor: Actor) -> QuerySet[ElectoralDistrict]:
    """Those of them that the actor may see the voters of, in their order."""
    found = gate.visible_to(actor, of_election(election))
    role = roles.ROLES[actor.role]
    if role.bound_to_organ:
        found = found.filter(office=actor.organ_id)
    return found.order_by("division__path", "code", "pk")
