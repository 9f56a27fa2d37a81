"""Changes to an election's districts, many at once: seats, population, the county district above; and the adoption of a proposal."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from renda.core.canonical import canonical
from renda.directory.gate import Actor
from renda.elections.models import Election, ElectoralDistrict
from renda.elections.models.ledgers import DistrictBasis
from renda.elections.plan.proposal import Proposal
from renda.journal.services import Line, change, record
from renda.registers import registry
from renda.registers.services import Change, Refused, save

DISTRICTS = "elections.districts"
LEAST, MOST = 1, 3
MOST_PEOPLE = 10_000_000
COLUMNS = ("seats", "population", "basis", "parent")


@dataclass
class Row:
    """One district as the table of districts shows it: its texts, and what is wrong with them, by column."""

    district: ElectoralDistrict
    texts: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)


def state_of(districts: Sequence[ElectoralDistrict]) -> str:
    """A digest of what the table shows, so that a change made meanwhile is noticed."""
    said = [[one.pk, one.seats, one.population, one.basis, one.parent_id] for one in districts]
    return hashlib.sha256(canonical(said)).hexdigest()[:24]


def rows_of(districts: Sequence[ElectoralDistrict], posted: Mapping[str, str] | None = None) -> list[Row]:
    """The table's rows: as stored, or as they were posted (``seats-12``…)."""
    found = []
    for one in districts:
        texts = {
            "seats": str(one.seats),
            "population": str(one.population or ""),
            "basis": one.basis,
            "parent": str(one.parent_id or ""),
        }
        if posted is not None:
            texts |= {name: posted.get(f"{name}-{one.pk}", texts[name]).strip() for name in COLUMNS}
        found.append(Row(one, texts))
    return found


def read(rows: Sequence[Row], above: Mapping[int, str]) -> bool:
    """Read what was posted into the rows' values; whether all of it can be. ``above``: the county districts that may stand above."""
    for row in rows:
        row.values["seats"] = _number(row, "seats", LEAST, MOST, _("每一选区一至三名（选举法第二十五条第二款）"))
        row.values["population"] = None
        if row.texts["population"]:
            row.values["population"] = _number(row, "population", 0, MOST_PEOPLE, _("请填整数人数"))
        row.values["basis"] = row.texts["basis"]
        if row.texts["basis"] not in DistrictBasis.values:
            row.faults["basis"] = _("请选择划分依据")
        parent = row.texts["parent"]
        row.values["parent"] = int(parent) if parent.isdecimal() and int(parent) in above else None
        if parent and row.values["parent"] is None:
            row.faults["parent"] = _("请选择同步进行的县级选举的选区")
    return not any(row.faults for row in rows)


def _number(row: Row, name: str, least: int, most: int, words: str) -> int | None:
    text = row.texts[name].replace(",", "").replace("，", "")
    if not text.isdecimal() or not least <= int(text) <= most:
        row.faults[name] = words
        return None
    return int(text)


def store(rows: Sequence[Row], *, actor: Actor) -> int:
    """Save what changed in the rows, all at once; how many districts changed. Errors as ``registers.services.save``."""
    changes = []
    for row in rows:
        one = row.district
        now = {"seats": one.seats, "population": one.population, "basis": one.basis, "parent": one.parent_id}
        fresh = {name: value for name, value in row.values.items() if now[name] != value}
        if fresh:
            changes.append(Change(fresh, one.pk))
    if changes:
        save(registry.get(DISTRICTS), changes, actor=actor)
    return len(changes)


def adopt(election: Election, districts: Sequence[ElectoralDistrict], proposal: Proposal, where: str, *, actor: Actor) -> int:
    """Give the districts the proposed seats; one change with its journal entry. Returns how many districts changed.

    ``where``: the congress, for the journal. Errors: Refused where nothing would change.
    """
    changes = [
        Change({"seats": seats}, one.pk) for one, seats in zip(districts, proposal.seats, strict=True) if seats != one.seats
    ]
    if not changes:
        raise Refused(_("现在的分配与建议相同，不必采用。"))
    with change():
        save(registry.get(DISTRICTS), changes, actor=actor)
        said = {
            "area": where, "districts": len(changes), "before": round(float(proposal.before) * 100, 2),
            "after": round(float(proposal.after) * 100, 2),
        }  # fmt: skip
        record(Line(str(actor), "election.seats_adopted", "elections.elections", election.pk, str(election), said))
    return len(changes)
