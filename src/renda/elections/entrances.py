"""The way to an election's pages: from the room and from the election's entry."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from renda.directory import gate
from renda.directory.gate import Actor
from renda.elections.models import Election
from renda.ui import entrances
from renda.ui.entrances import Entrance

SHOWN = 6


def declare() -> None:
    """Have the ways in shown (called once, at start)."""
    entrances.declare_room("elections", newest)
    entrances.declare_records("elections.elections", own)


def newest(actor: Actor) -> Iterable[Entrance]:
    """The newest elections that the actor sees. One query."""
    rows = gate.visible_to(actor, Election.objects.alive()).order_by("-election_day", "level", "pk")
    for one in rows[:SHOWN]:
        yield Entrance(one.name, reverse("election", args=[one.pk]), _("选举日 %(day)s") % {"day": one.election_day})


def own(_actor: Actor, pk: int) -> Iterable[Entrance]:
    """The pages of the election whose entry is shown (the page itself asks the gate)."""
    yield Entrance(_("打开选举工作页"), reverse("election", args=[pk]))
