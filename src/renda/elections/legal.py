"""The law of an election: that of election day, under the packs, holidays and choices of the election's division."""

from __future__ import annotations

from datetime import date
from functools import partial

from renda.elections.decisions import LegalDate, calendar
from renda.elections.decisions.calendar import BIRTH
from renda.elections.models import Election
from renda.law import LawError
from renda.law.ballots import Law
from renda.lawbook.reading import context

ELECTION_LAW = "《中华人民共和国全国人民代表大会和地方各级人民代表大会选举法》"
"""As procedures cite it."""


def law_on(election: Election) -> Law:
    """The parameters of the law by their keys."""
    return partial(context(election.division_id).parameter, as_of=election.election_day)


def calendar_of(election: Election, day: date | None = None) -> list[LegalDate]:
    """The legal dates, earliest first; with ``day`` as they would be with another election day. LawError for one that cannot be counted from."""
    under, wanted = context(election.division_id), day or election.election_day
    return calendar(wanted, packs=under.packs, choices=under.choices_on(wanted), by_election=election.by_election)


def dates(election: Election, *keys: str) -> dict[str, LegalDate]:
    """The legal dates with these keys (without any: all) by key. None where they cannot be counted, nor those left to a province without
    a rule in use."""
    try:
        found = calendar_of(election)
    except LawError:
        return {}
    return {one.key: one for one in found if not keys or one.key in keys}


def latest_birth(election: Election) -> date:
    """The latest birth date of a voter: of age on election day (选举法 4(1)). LawError where it cannot be counted."""
    return next(one.date for one in calendar_of(election) if one.key == BIRTH)
