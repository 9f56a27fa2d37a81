"""Records in every register, every column filled: one record with two of everything, one with thirty, and thirty in all.

Values are written as they are stored, past the reading of cells, so that no ledger's rules need to be met row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from renda.core.cells import DateValue, check_character
from renda.core.crypto import keyed_hash
from renda.directory import people
from renda.directory.gate import OPERATOR
from renda.directory.models import Division
from renda.elections.lists.voter_column import VoterRef
from renda.elections.models import Voter
from renda.files.models import Attachment, StoredFile
from renda.procedure.models import Matter, Thread
from renda.registers import registry
from renda.registers.columns import Column
from renda.registers.columns.satellites import Attended
from renda.registers.register import Register
from renda.registers.services import Change, save
from tests import small_county
from tests.small_county import SmallCounty

DAY = date(2021, 3, 1)
FEW, MANY = 2, 30
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "伟芳娜敏静丽强磊"

BALLOTS = {"electorate": 99, "expected": 99, "present": 90, "voters": 90, "issued": 90, "returned": 90, "valid": 90, "void": 0}
"""Numbers that others stand within, wherever they occur."""
OWN: dict[str, Any] = {
    "directory.terms.ends_on": date(2030, 3, 1),
    "elections.seat_decisions.ground": "works",
    "filing.documents.finding": "problem",
    "meetings.votes.valid": 80,
    "petitions.petitions.persons": 7,
    "petitions.petitions.repeated": True,
    "suggestions.suggestions.form": "bill",
    "suggestions.tests.unit": None,
    "supervision.problems.state": "corrected",
    "supervision.visits.form": "enforcement_visit",
}
"""Values that a rule of the database asks for."""


@dataclass
class Filled:
    """A county whose registers all hold ``MANY`` records; by register: the one with few things, the one with many."""

    county: SmallCounty
    divisions: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    files: list[StoredFile] = field(default_factory=list)
    ids: dict[str, list[int]] = field(default_factory=dict)

    def few(self, register: Register) -> int:
        """The record with two people, organs, laws, children, pictures, … each."""
        return self.ids[register.code][0]

    def many(self, register: Register) -> int:
        """The record with thirty of each."""
        return self.ids[register.code][1]


def make() -> Filled:
    """A fresh county with every register filled."""
    county = small_county.make()
    towns = [
        Division(
            code=f"990101{n}", name=f"第{n}镇", level="township", path=f"{county.division.path}.990101{n}", parent=county.division
        )
        for n in range(101, 100 + MANY)
    ]
    filled = Filled(county, [county.division.pk, *(one.pk for one in Division.objects.bulk_create(towns))])
    names = [{"name": f"{SURNAMES[n % 10]}{GIVEN[n // 10]}{GIVEN[n % 8]}"} for n in range(MANY)]
    filled.files = StoredFile.objects.bulk_create(
        [StoredFile(digest=f"{n:064x}", size=1, media_type="image/png", width=4, height=3) for n in range(MANY)]
    )
    filled.people = people.put(names, [None] * MANY, [county.division.pk] * MANY)
    for register in registry.all_registers():
        _fill(register, filled)
    return filled


def _fill(register: Register, filled: Filled) -> None:
    rows = [{c.field: _value(register, c, n, filled) for c in register.columns} for n in range(MANY)]
    for n, row in enumerate(rows):
        if register.person:
            row[register.person] = filled.people[n]
    if register.prepare:
        register.prepare(rows)
    changes = [Change(row, None, f"{register.code}:{n}", "") for n, row in enumerate(rows)]
    ids = filled.ids[register.code] = save(register, changes, actor=OPERATOR, batch=1)
    if register.matter_kind:
        few, many = (Thread.objects.create(title=f"{register.name}{how}") for how in "少多")
        Matter.objects.filter(pk__in=[ids[0], ids[2]]).update(thread=few)
        Matter.objects.filter(pk__in=[ids[1], *ids[3:]]).update(thread=many)
    _attach(register, ids, filled)
    _edit(register, ids, filled)


def _attach(register: Register, ids: Sequence[int], filled: Filled) -> None:
    """Pictures: a few, and many."""
    common = {"register": register.code, "division_id": filled.county.division.pk, "name": "图.png"}
    pairs = [(ids[0], file) for file in filled.files[:FEW]] + [(ids[1], file) for file in filled.files]
    Attachment.objects.bulk_create([Attachment(record_id=pk, file=file, **common) for pk, file in pairs])


def _edit(register: Register, ids: Sequence[int], filled: Filled) -> None:
    """Edits of the people that the two records name: one, and several."""
    columns = [c for c in register.columns if c.kind in ("people", "person") and not c.secret]
    for pk, edits in ((ids[0], 1), (ids[1], 3)) if columns else ():
        for n in range(edits, -1, -1):  # the last edit brings back what was there
            values = {c.field: _value(register, c, n * 2 + ids.index(pk), filled) for c in columns}
            save(register, [Change(values, pk)], actor=OPERATOR)


def how_many(n: int) -> int:
    """How many people, organs, … the nth record names."""
    return MANY if n == 1 else FEW


def _value(register: Register, column: Column, n: int, filled: Filled) -> Any:
    """A stored value that suits the column, of the nth record."""
    own = f"{register.code}.{column.field}"
    if own in OWN:
        return OWN[own]
    if register.parent == column.field:  # two children for the record with few, all others for the one with many
        return filled.ids[getattr(column, "to", "")][0 if n < FEW else 1]
    if column.kind == "ref":
        ids = filled.ids.get(getattr(column, "to", ""), [])
        return ids[(n + column.field.startswith("to_")) % len(ids)] if ids else None
    if column.kind == "refs":
        return tuple(filled.ids.get(getattr(column, "to", ""), ())[: how_many(n)])
    if column.kind in ("people", "person", "division", "head_count", "items"):
        return _linked(register, column, n, filled)
    if isinstance(column, VoterRef):
        return _voter(register, n, filled)
    return _plain(register, column, n)


def _voter(register: Register, n: int, filled: Filled) -> int:
    """Somebody on the roll of the first election, another one for each record."""
    stem = f"{990124 + (register.code == 'elections.transfers')}19700101{n:03d}"
    election = filled.ids["elections.elections"][0]
    found, _made = Voter.objects.get_or_create(
        identity_hash=keyed_hash(stem + check_character(stem)),
        election_id=election,
        defaults={
            "identity_number": stem + check_character(stem), "division": filled.county.division, "name": "选民", "sex": "male",
            "birth_date": date(1970, 1, 1), "state": "review", "source": "clerk",
        },
    )  # fmt: skip
    return found.pk


def _linked(register: Register, column: Column, n: int, filled: Filled) -> Any:
    if column.kind == "division":
        return filled.divisions[n if register.key == ("year", "division") else 0]
    if column.kind == "person":
        return filled.people[n - (column.field == "member")]
    if column.kind == "items":
        return tuple(f"第{i}项" for i in range(how_many(n)))
    if column.kind == "head_count":
        return n + 1
    first = MANY // 2 if column.field == "members" else n % 3 if n > 1 else 0  # nobody takes part in two capacities
    chosen = tuple(filled.people[first : first + how_many(n)][: MANY // 2])
    return Attended(chosen, 7 if getattr(column, "rest", "") else None) if hasattr(column, "capacity") else chosen


def _plain(register: Register, column: Column, n: int) -> Any:
    on = DAY + timedelta(days=n)
    longest = getattr(column.model_field, "max_length", None) or 60
    if column.kind == "choice":
        codes = list(column.choices)  # type: ignore[attr-defined]
        return codes[n % len(codes)]
    if column.kind == "identity":
        return f"99012319700101{n:03d}" + check_character(f"99012319700101{n:03d}")
    return {
        "text": f"{column.name}第{n}条"[-longest:], "day": DateValue(on) if getattr(column, "precision", "") else on,
        "milestone": DateValue(on), "whole": _whole(column.field, n), "money": 10000 * (n + 1), "number": n + 1,
        "percent": n + 1, "yes_no": n % 2 == 0, "phone": f"138{n:08d}",
    }[column.kind]  # fmt: skip


def _whole(name: str, n: int) -> int:
    if name == "number":
        return n + 1
    return 2021 if "year" in name else BALLOTS.get(name, n % 3 + 1)
