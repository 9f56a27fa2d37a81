"""What a roll comes to: by district, by reason, by age, in one reading of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from renda.directory import gate
from renda.directory.gate import Actor
from renda.directory.models.people import Sex
from renda.elections.models import Election, ElectoralDistrict, Entry, RollState, Voter, WhyOff

LEFT = (WhyOff.MOVED_OUT, WhyOff.DIED, WhyOff.DEPRIVED)


@dataclass(frozen=True)
class Total:
    """A district's voters: registered, of those newly of age and moved in, waiting for a look, off, and those taken off by the law's
    reasons (moved out, died, deprived)."""

    registered: int = 0
    newly_adult: int = 0
    moved_in: int = 0
    review: int = 0
    off: int = 0
    removed: int = 0
    women: int = 0


Cell = tuple[int | None, str, str, str, str, str, int]
"""How many voters have one district, state, entry, reason, source and sex."""


def _cells(election: Election, actor: Actor | None) -> list[Cell]:
    """A roll in one reading of it, of the voters that the actor sees (without one: all)."""
    whole = Voter.objects.filter(election=election.roll_id)
    rows: QuerySet[Voter] = whole if actor is None else gate.visible_to(actor, whole)
    named = rows.order_by().values_list("district", "state", "entry", "why_off", "source", "sex")
    return list(named.annotate(n=Count("pk")))


def by_district(election: Election, actor: Actor | None = None) -> dict[int | None, Total]:
    """District (None: the pool) → its totals, of the voters that the actor sees (without one: all). One query."""
    return _totals(_cells(election, actor))


def _totals(cells: list[Cell]) -> dict[int | None, Total]:
    counted: dict[int | None, Counter[str]] = defaultdict(Counter)
    for district, state, entry, why, _source, sex, count in cells:
        of = counted[district]
        if state == RollState.REGISTERED:
            of["registered"] += count
            of["newly_adult"] += count * (entry == Entry.NEWLY_ADULT)
            of["moved_in"] += count * (entry == Entry.MOVED_IN)
            of["women"] += count * (sex == Sex.FEMALE)
        elif state == RollState.REVIEW:
            of["review"] += count
        else:
            of["off"] += count
            of["removed"] += count * (why in LEFT)
    return {district: Total(**of) for district, of in counted.items()}


@dataclass
class Overview:
    """A roll at a glance: totals over all districts, and counts by reason."""

    total: Total
    districts: list[tuple[ElectoralDistrict | None, Total]] = field(default_factory=list)
    why_off: list[tuple[str, int]] = field(default_factory=list)
    entries: list[tuple[str, int]] = field(default_factory=list)
    sources: list[tuple[str, int]] = field(default_factory=list)


def overview(election: Election, actor: Actor) -> Overview:
    """What the actor sees of the roll, in two queries."""
    cells = _cells(election, actor)
    found = _totals(cells)
    names = list(Total.__dataclass_fields__)
    total = Total(**{name: sum(getattr(one, name) for one in found.values()) for name in names})
    districts = ElectoralDistrict.objects.filter(pk__in=[pk for pk in found if pk]).order_by("division__path", "code", "pk")
    rows: list[tuple[ElectoralDistrict | None, Total]] = [(one, found[one.pk]) for one in districts]
    rows += [(None, found[None])] if None in found else []
    why_off, entries, sources = Counter[str](), Counter[str](), Counter[str]()
    for _district, state, entry, why, source, _sex, count in cells:
        if state == RollState.OFF:
            why_off[why] += count
        elif state == RollState.REGISTERED:
            entries[entry] += count
            sources[source] += count
    return Overview(total, rows, why_off.most_common(), entries.most_common(), sources.most_common())
