"""How the voter lists of an election stand: one row for each district, and the legal days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Min

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.decisions import LegalDate
from renda.elections.lists import correcting
from renda.elections.lists import districts as lists_districts
from renda.elections.lists.dates import CORRECTIONS, LAWSUIT, PUBLISH, legal_dates, objection_until
from renda.elections.models import (
    Election,
    ElectoralDistrict,
    Objection,
    Print,
    PrintKind,
    PrintState,
    Publication,
    RollState,
    Transfer,
    Voter,
)

CARDS = (PrintKind.CARDS, PrintKind.CARD)


@dataclass
class Row:
    """One district: who is registered or under review on its roll now, its list, what has changed since, prints and objections."""

    district: ElectoralDistrict
    registered: int = 0
    review: int = 0
    publication: Publication | None = None
    corrections: int = 0
    pending: int = 0
    posters: bool = False
    cards: bool = False
    objections: int = 0
    objections_due: date | None = None
    objections_until: date | None = None

    @property
    def can_publish(self) -> bool:
        """Whether its list can be published now."""
        return self.publication is None and self.registered > 0

    @property
    def days_left(self) -> int | None:
        """Days until the nearest deadline of its open objections; below zero where it has passed."""
        return (self.objections_due - clock.today()).days if self.objections_due else None


@dataclass
class Overview:
    """The page: rows, legal days, and what they come to."""

    rows: list[Row]
    dates: Mapping[str, LegalDate]
    may_roll: bool
    transfers: int = 0
    by_pk: dict[int, Row] = field(default_factory=dict)

    @property
    def published(self) -> int:
        """Districts whose list is published."""
        return sum(1 for one in self.rows if one.publication)

    @property
    def registered(self) -> int:
        """Voters on the roll of these districts now."""
        return sum(one.registered for one in self.rows)

    @property
    def pending(self) -> int:
        """Voters whom the next correction lists would name."""
        return sum(one.pending for one in self.rows)

    @property
    def objections(self) -> int:
        """Open objections."""
        return sum(one.objections for one in self.rows)

    @property
    def publish_by(self) -> LegalDate | None:
        """The last lawful day of publication."""
        return self.dates.get(PUBLISH)

    @property
    def correct_by(self) -> LegalDate | None:
        """The last lawful day of corrections, where a province sets one."""
        return self.dates.get(CORRECTIONS)

    @property
    def sue_by(self) -> LegalDate | None:
        """The last lawful day of a suit."""
        return self.dates.get(LAWSUIT)

    @property
    def days_to_publish(self) -> int | None:
        """Days left until that day; below zero where it has passed."""
        return (self.publish_by.date - clock.today()).days if self.publish_by else None


def build(election: Election, actor: Actor) -> Overview:
    """How the lists stand, as far as the actor may see it: what the roll holds is counted for those alone who may read it."""
    rows = [Row(one) for one in lists_districts.seen(election, actor).select_related("division", "parent", "election")]
    found = Overview(rows, legal_dates(election), gate.may(actor, roles.VIEW, Voter))
    found.by_pk = {one.district.pk: one for one in rows}
    _publications(found, election)
    if found.may_roll:
        _roll(found, election)
        _prints(found, election, actor)
        _matters(found, election, actor)
    return found


def _publications(found: Overview, election: Election) -> None:
    for one in Publication.objects.alive().filter(district__in=found.by_pk).order_by("district", "number"):
        row = found.by_pk[one.district_id]
        if one.number:
            row.corrections = one.number
            continue
        row.publication = one
        until = objection_until(election.division, one.published_on)
        row.objections_until = until.date if until else None


def _roll(found: Overview, election: Election) -> None:
    rows = Voter.objects.filter(election_id=election.roll_id, district__in=found.by_pk).order_by()
    for district, state, count in rows.values_list("district", "state").annotate(n=Count("pk")):
        if state == RollState.REGISTERED:
            found.by_pk[district].registered = count
        elif state == RollState.REVIEW:
            found.by_pk[district].review = count
    for district, count in correcting.pending(election).items():
        if district in found.by_pk:
            found.by_pk[district].pending = count


def _prints(found: Overview, election: Election, actor: Actor) -> None:
    done = gate.visible_to(actor, Print.objects.filter(election=election, state=PrintState.DONE, number=0))
    for district, kind in done.values_list("district", "kind").distinct():
        published = [one for one in found.rows if one.publication]
        for row in [found.by_pk[district]] if district in found.by_pk else published if district is None else []:
            row.cards |= kind in CARDS
            row.posters |= kind not in CARDS


def _matters(found: Overview, election: Election, actor: Actor) -> None:
    opened = gate.visible_to(
        actor, Objection.objects.filter(election_id=election.roll_id, closed_on__isnull=True, voided_at__isnull=True)
    )
    counted = opened.order_by().values_list("district").annotate(n=Count("pk"), due=Min("due_on"))
    for district, count, due in counted:
        if district in found.by_pk:
            found.by_pk[district].objections, found.by_pk[district].objections_due = count, due
    moving = Transfer.objects.filter(election_id=election.roll_id, closed_on__isnull=True, voided_at__isnull=True)
    found.transfers = gate.visible_to(actor, moving).count()
