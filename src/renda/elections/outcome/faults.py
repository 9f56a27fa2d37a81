"""What the changes after the vote share: the fault of a refused one, and the journal's line about an election."""

from __future__ import annotations

from typing import Any

from renda.directory.gate import Actor
from renda.elections.models import Election
from renda.journal.services import Line, record

ELECTION = "elections.elections"


class OutcomeFault(ValueError):
    """A change that cannot be made; the text (Chinese) says what happened, why, and what to do next."""


def note(actor: Actor, action: str, election: Election, **payload: Any) -> None:
    """Journal something about an election."""
    record(Line(str(actor), action, ELECTION, election.pk, election.name, payload))
