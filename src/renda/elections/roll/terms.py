"""What a roll is checked under: the last birth date of a voter, the roll before it, whether the household extract is there."""

from __future__ import annotations

from renda.elections.legal import latest_birth
from renda.elections.models import Election, Voter
from renda.elections.roll.stage import Terms


def previous(election: Election) -> Election | None:
    """The election before this one whose roll is kept here: same level and place, the latest earlier day."""
    earlier = Election.objects.alive().filter(
        division=election.division_id, level=election.level, election_day__lt=election.election_day, rehearsal=election.rehearsal
    )
    return next((one for one in earlier.order_by("-election_day") if Voter.objects.filter(election=one).exists()), None)


def compared(election: Election) -> bool:
    """Whether a household extract stands in the roll, with which other lists are compared."""
    return Election.objects.filter(pk=election.pk, extract_at__isnull=False).exists()


def terms_of(election: Election, source: str, batch: int | None) -> Terms:
    """The terms of an import into this roll."""
    before = previous(election)
    return Terms(
        election=election.pk,
        day=election.election_day,
        source=source,
        compared=source != "household" and compared(election),
        previous=before.pk if before else None,
        adult_before=latest_birth(before) if before else None,
        batch=batch,
        fresh=not Voter.objects.filter(election=election).exists(),
    )
