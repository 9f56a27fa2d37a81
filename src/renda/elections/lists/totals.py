"""What the published lists come to, written into the ledger that the year's figures count (选民登记汇总)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Count, Q

from renda.directory.gate import OPERATOR, Actor
from renda.elections.models import ElectoralDistrict, Entry, Listed, RollState, RollTotal, Voter, WhyOff
from renda.registers import registry, services
from renda.registers.reading import natural_key

LEFT = (WhyOff.MOVED_OUT, WhyOff.DIED, WhyOff.DEPRIVED)


def write(districts: Iterable[ElectoralDistrict], *, actor: Actor) -> None:
    """Bring the totals of these districts, and of the county districts that they are part of, into line with the lists in force.

    The caller has asked the gate whether ``actor`` may publish.
    """
    small = {one.pk: one for one in districts}
    parents = ElectoralDistrict.objects.alive().filter(pk__in={one.parent_id for one in small.values() if one.parent_id})
    wanted = [*small.values(), *parents]
    parts = _parts(wanted)
    counted = _counted({pk for several in parts.values() for pk in several})
    register = registry.get("elections.rolls")
    held = _held(wanted)
    changes = []
    for one in wanted:
        row: dict[str, Any] = {"election": one.election_id, "district": one.name, "division": one.division_id}
        row |= {name: sum(counted[name].get(pk, 0) for pk in parts[one.pk]) for name in counted}
        pk = held.get((one.election_id, one.name))
        changes.append(services.Change(row, pk, "" if pk else natural_key(register, row)))
    services.save(
        register, changes, actor=replace(OPERATOR, name=str(actor))
    )  # a township's list counts in the county district too


def _parts(several: list[ElectoralDistrict]) -> dict[int, list[int]]:
    """The smallest districts that make up each: its parts, or itself."""
    found: dict[int, list[int]] = {}
    rows = ElectoralDistrict.objects.alive().filter(parent__in=[one.pk for one in several])
    for parent, pk in rows.values_list("parent_id", "pk"):
        found.setdefault(parent, []).append(pk)
    return {one.pk: found.get(one.pk) or [one.pk] for one in several}


def _held(several: list[ElectoralDistrict]) -> dict[tuple[int, str], int]:
    rows = RollTotal.objects.alive().filter(election__in={one.election_id for one in several})
    return {(election, name): pk for election, name, pk in rows.values_list("election_id", "district", "pk")}


def _counted(districts: set[int]) -> dict[str, dict[int, int]]:
    """By column of the ledger: district → count. Two queries."""
    listed = Listed.objects.filter(district__in=districts, ended_by__isnull=True).values("district").order_by()
    rows = listed.annotate(
        registered=Count("pk"),
        newly_adult=Count("pk", filter=Q(voter__entry=Entry.NEWLY_ADULT)),
        moved_in=Count("pk", filter=Q(voter__entry=Entry.MOVED_IN)),
    )
    found: dict[str, dict[int, int]] = {"registered": {}, "newly_adult": {}, "moved_in": {}, "removed": {}}
    for row in rows:
        for name in ("registered", "newly_adult", "moved_in"):
            found[name][row["district"]] = row[name]
    off = Voter.objects.filter(district__in=districts, state=RollState.OFF, why_off__in=LEFT).values("district").order_by()
    found["removed"] = {row["district"]: row["n"] for row in off.annotate(n=Count("pk"))}
    return found
