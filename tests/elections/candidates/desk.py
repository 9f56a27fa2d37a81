"""A county election whose one district of two seats has thirty voters on its roll, and short ways to nominate there."""

from __future__ import annotations

from datetime import date
from typing import Any

from renda.elections.candidates.nominating import Entered, Proposal, nominate
from renda.elections.models import ElectoralDistrict, Nominee
from tests.elections.lists import desk as lists
from tests.elections.lists.desk import DAY, Desk, clerk, number_of, voter

__all__ = [
    "DAY",
    "FIRST",
    "FORMAL",
    "NOMINATED",
    "SIGNERS",
    "Desk",
    "by_party",
    "by_voters",
    "clerk",
    "district",
    "make",
    "number_of",
    "person",
    "voter",
]
NOMINATED, FIRST, FORMAL = date(2021, 10, 18), date(2021, 10, 26), date(2021, 11, 3)
"""Days of nomination and of both lists, the lists on their last lawful days (election day 2021-11-10)."""
SIGNERS = tuple(f"选民{n:02d}" for n in range(20))


def make() -> Desk:
    """The desk of the voter lists, its county district with twenty voters more, whose names are their own."""
    desk = lists.make()
    for n, name in enumerate(SIGNERS):
        voter(desk, "county", name, 300 + n)
    return desk


def district(desk: Desk) -> ElectoralDistrict:
    """县城第一选区: two seats, so three or four formal candidates."""
    return desk.districts["county"]


def person(name: str, **more: Any) -> dict[str, Any]:
    """What a new nominee's form holds at least."""
    return {"name": name, "sex": "female", "birth_date": date(1980, 5, 1)} | more


def by_party(desk: Desk, name: str, *organisations: str, **more: Any) -> Entered:
    """Nominate by a party, or several jointly."""
    names = organisations or ("中共清河县委",)
    said = Proposal("party" if len(names) == 1 else "joint", NOMINATED, names)
    return nominate(district(desk), person(name, **more), said, actor=clerk(desk))


def by_voters(
    desk: Desk, who: str | Nominee, signatures: tuple[str, ...] = SIGNERS[:10], *, leave_out: bool = False
) -> Entered:  # fmt: skip
    """Nominate by voters."""
    said = Proposal("voters", NOMINATED, signatures="\n".join(signatures), leave_out=leave_out)
    return nominate(district(desk), who if isinstance(who, Nominee) else person(who), said, actor=clerk(desk))
