"""Checking a voter card by its code: whose it is, in which district, whether it still holds."""

from __future__ import annotations

from dataclasses import dataclass

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.lists.papers import card_number
from renda.elections.models import Election, Listed


@dataclass(frozen=True)
class Card:
    """A card that was found. ``ended`` says since which correction, and why, it no longer holds."""

    row: Listed
    number: str
    ended: str = ""


def find(election: Election, code: str, *, actor: Actor) -> Card | None:
    """The card with this check code among those that the actor may see; None alike for a wrong code and for another's district."""
    gate.require(actor, roles.VIEW, Listed)
    rows = Listed.objects.filter(election_id=election.roll_id, code=code).select_related("district", "ended_by")
    row = gate.visible_to(actor, rows).order_by("-pk").first()
    if row is None:
        return None
    return Card(row, card_number(row.district, row.place), row.ended_why if row.ended_by else "")
