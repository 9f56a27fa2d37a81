"""Which district, group and division a row of a list belongs to, by their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.elections.models import Election, ElectoralDistrict, Voter, VoterGroup

Named = tuple[str, str, str]
"""District, division and group as a row names them."""


@dataclass(frozen=True)
class Place:
    """Where a row belongs; ``why``: a code of `outcomes.LOOKS` where that cannot be said."""

    district: int | None = None
    division: int | None = None
    group: int | None = None
    why: str = ""


@dataclass
class Places:
    """The districts in which voters of a roll may stand: the smallest ones of the election and of those held with it."""

    election: Election
    actor: Actor
    default: int | None = None
    unknown_groups: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.districts = {one.pk: one for one in smallest(self.election).select_related("division")}
        self.by_name: dict[str, list[ElectoralDistrict]] = defaultdict(list)
        for one in self.districts.values():
            for name in {one.name, one.code} - {""}:
                self.by_name[name].append(one)
        groups = VoterGroup.objects.alive().filter(district__in=self.districts)
        self.groups = {(district, name): pk for district, name, pk in groups.values_list("district_id", "name", "pk")}
        self.divisions = {one.name: one.pk for one in Division.objects.subtree(self.election.division.path)}
        self.own = set(own_districts(self.actor, self.election).values_list("pk", flat=True))

    def of(self, named: Iterable[Named]) -> dict[Named, Place]:
        """The place of each combination of names."""
        return {one: self._place(*one) for one in set(named)}

    def _place(self, district: str, division: str, group: str) -> Place:
        found = self._district(district, division)
        if isinstance(found, str):
            return Place(why=found)
        if found is None:
            bound = roles.ROLES[self.actor.role].bound_to_organ
            return Place(division=self.divisions.get(division, self.election.division_id), why="not_yours" if bound else "")
        if found.pk not in self.own:
            return Place(why="not_yours")
        held = self.groups.get((found.pk, group))
        if group and held is None:
            self.unknown_groups.add(f"{found.name}／{group}")
        return Place(found.pk, found.division_id, held)

    def _district(self, name: str, division: str) -> ElectoralDistrict | str | None:
        if not name:
            return self.districts.get(self.default or 0)
        several = self.by_name.get(name, [])
        if division:
            several = [one for one in several if one.division.name == division] or several
        if len(several) > 1:
            several = [one for one in several if one.election_id == self.election.pk]
        return several[0] if len(several) == 1 else "district"


def smallest(election: Election) -> QuerySet[ElectoralDistrict]:
    """The districts of an election, and of elections held with it, that no other district is part of."""
    alive = ElectoralDistrict.objects.alive()
    joined = Q(election__held_with=election, election__voided_at__isnull=True)
    return alive.filter(Q(election=election) | joined).filter(~Exists(alive.filter(parent=OuterRef("pk"))))


def own_districts(actor: Actor, election: Election) -> QuerySet[ElectoralDistrict]:
    """Those of the smallest districts in which the actor may enter voters: the working group's own, or those of the actor's division."""
    found = smallest(election)
    if roles.CREATE not in roles.ROLES[actor.role].rooms.get(gate.access_of(Voter).room, frozenset()):
        return found.none()
    if roles.ROLES[actor.role].bound_to_organ:
        return found.filter(office=actor.organ_id) if actor.organ_id else found.none()
    if actor.division_path:
        return found.filter(division__in=Division.objects.subtree(actor.division_path))
    return found
