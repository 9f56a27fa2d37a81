"""The legal days of a voter list, under the law of election day and what the county has settled."""

from __future__ import annotations

from datetime import date

from renda.directory.models import Division
from renda.elections import legal
from renda.elections.decisions import LegalDate
from renda.elections.models import Election
from renda.law import Due, LawError
from renda.lawbook.reading import context

PUBLISH = "elec.list.publish"
CORRECTIONS = "elec.voter.list_corrections"
LAWSUIT = "elec.list.lawsuit.deadline"
JUDGMENT = "elec.list.judgment.deadline"
OBJECTION = "elec.list.objection.window"
DECIDE = "elec.list.objection.decide"
USED = (PUBLISH, CORRECTIONS, LAWSUIT, JUDGMENT, OBJECTION, DECIDE)


def legal_dates(election: Election) -> dict[str, LegalDate]:
    """The legal days of the election by their key; a day that the law leaves to a province without a rule in use is not among them."""
    return legal.dates(election, *USED)


def objection_until(division: Division, published: date) -> Due | None:
    """The last day of objections to a list published on a day (选举法 29), with its working."""
    try:
        return context(division).due(OBJECTION, published)
    except LawError:
        return None
