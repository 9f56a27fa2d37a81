"""The legal dates of running elections as lines of home, inbox, calendar and feed, for those who run them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.models import Election
from renda.elections.schedule import entries
from renda.ui.dated import Dated, source

AHEAD, BEHIND = timedelta(days=180), timedelta(days=75)
"""From when before, and until when after, its day an election's dates are shown."""


def running(actor: Actor) -> list[Election]:
    """The elections around today whose files are open, as far as the actor runs them. One query; none for those who run none."""
    if not gate.may(actor, roles.EDIT, Election):
        return []
    today = clock.today()
    near = Election.objects.alive().filter(
        election_day__range=(today - BEHIND, today + AHEAD), frozen_at__isnull=True, rehearsal=False, held_with__isnull=True
    )
    return list(gate.visible_to(actor, near).select_related("division").order_by("election_day", "pk"))


def declare() -> None:
    """Have the dates shown (called once, at start)."""
    source(dates)


def dates(actor: Actor, since: date | None, until: date) -> Iterable[Dated]:
    """What is to be done in the actor's running elections: nothing that is done or that the records are silent on."""
    for election in running(actor):
        for one in entries.plan_of(election).entries:
            if one.day is None or one.tone not in (entries.LATE, entries.SOON, entries.RUN) or one.day > until:
                continue
            if since is not None and one.day < since:
                continue
            yield Dated(
                f"election-{election.pk}-{one.key}", one.day, one.title, election.name, reverse("election-schedule", args=[election.pk]),
                one.article, one.tone, one.words,
            )  # fmt: skip
