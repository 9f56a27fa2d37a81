"""What a roll comes to: by district, by reason, by age, each in one query over the whole table."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from renda.directory import gate
from renda.directory.gate import Actor
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


def by_district(election: Election, actor: Actor | None = None) -> dict[int | None, Total]:
    """District (None: the pool) → its totals, of the voters that the actor sees (without one: all). One query."""
    whole = Voter.objects.filter(election=election.roll_id)
    rows: QuerySet[Voter] = whole if actor is None else gate.visible_to(actor, whole)
    on = Q(state=RollState.REGISTERED)
    counted = rows.order_by().values("district").annotate(
        registered=Count("pk", filter=on),
        newly_adult=Count("pk", filter=on & Q(entry=Entry.NEWLY_ADULT)),
        moved_in=Count("pk", filter=on & Q(entry=Entry.MOVED_IN)),
        review=Count("pk", filter=Q(state=RollState.REVIEW)),
        off=Count("pk", filter=Q(state=RollState.OFF)),
        removed=Count("pk", filter=Q(state=RollState.OFF, why_off__in=LEFT)),
        women=Count("pk", filter=on & Q(sex="female")),
    )  # fmt: skip
    names = Total.__dataclass_fields__
    return {row["district"]: Total(**{name: row[name] for name in names}) for row in counted}  # type: ignore[literal-required]


@dataclass
class Overview:
    """A roll at a glance: totals over all districts, and counts by reason."""

    total: Total
    districts: list[tuple[ElectoralDistrict | None, Total]] = field(default_factory=list)
    why_off: list[tuple[str, int]] = field(default_factory=list)
    entries: list[tuple[str, int]] = field(default_factory=list)
    sources: list[tuple[str, int]] = field(default_factory=list)


def overview(election: Election, actor: Actor) -> Overview:
    """What the actor sees of the roll, in four queries."""
    found = by_district(election, actor)
    names = list(Total.__dataclass_fields__)
    total = Total(**{name: sum(getattr(one, name) for one in found.values()) for name in names})
    districts = {
        one.pk: one
        for one in ElectoralDistrict.objects.filter(pk__in=[pk for pk in found if pk]).order_by("division__path", "code", "pk")
    }
    rows: list[tuple[ElectoralDistrict | None, Total]] = [(one, found[pk]) for pk, one in districts.items()]
    rows += [(None, found[None])] if None in found else []
    seen = gate.visible_to(actor, Voter.objects.filter(election=election.roll_id)).order_by()
    on = seen.filter(state=RollState.REGISTERED)
    return Overview(
        total, rows,
        list(seen.filter(state=RollState.OFF).values_list("why_off").annotate(n=Count("pk")).order_by("-n")),
        list(on.values_list("entry").annotate(n=Count("pk")).order_by("-n")),
        list(on.values_list("source").annotate(n=Count("pk")).order_by("-n")),
    )  # fmt: skip
