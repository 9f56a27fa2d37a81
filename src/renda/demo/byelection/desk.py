"""Who acts in the demo's by-election, and how rows are entered: by headings, as a clerk fills in a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from renda.demo.county import County
from renda.demo.names import person_name
from renda.directory import gate
from renda.directory.gate import Actor
from renda.directory.models import Division, Hat
from renda.elections.models import Election, ElectoralDistrict
from renda.registers import registry
from renda.registers.columns import ReadContext
from renda.registers.reading import read_rows
from renda.registers.services import Change, save

PLACE = "龙潭镇"
Row = Mapping[str, Any]


class DeskFault(RuntimeError):
    """A row of the demo's own was refused: a fault of the program. The text says which register and why."""


@dataclass
class Desk:
    """What the parts of the by-election hand on: the made-up county, who acts, the election and its district."""

    county: County
    division: Division
    election: Election = field(init=False)
    district: ElectoralDistrict = field(init=False)
    _rng: Random = field(init=False)

    def __post_init__(self) -> None:
        self._rng = self.county.rng("by-election", "names")

    def name(self, sex: str = "") -> str:
        """Somebody's name; each call the next, the same at each run."""
        return person_name(self._rng, sex or self._rng.choice(("male", "female")))[0]

    @property
    def constituency(self) -> str:
        """The district as a ledger tells it from those of the general elections that bear its name."""
        return f"{self.district.name}（{self.election.election_day.year}年）"

    def hat(self, username: str) -> Hat:
        """The hat of a demo account."""
        return Hat.objects.select_related("account", "division", "organ").get(account__username=username)

    def actor(self, username: str) -> Actor:
        """The actor that a demo account is."""
        return gate.actor_of(self.hat(username))

    def enter(self, code: str, rows: Sequence[Row], username: str) -> list[int]:
        """Save rows (heading → cell) into a register; returns the keys. DeskFault where a row is not taken."""
        register, actor = registry.get(code), self.actor(username)
        by_heading = {heading: column.field for column in register.columns for heading in column.headings}
        fields = dict.fromkeys(by_heading[heading] for row in rows for heading in row)
        cells = [{by_heading[heading]: cell for heading, cell in row.items()} for row in rows]
        context = ReadContext(actor, self.division.pk, None)
        reading = read_rows(register, {name: [row.get(name) for row in cells] for name in fields}, context)
        if reading.faults:
            raise DeskFault(f"{register.name}：{reading.faults}")
        several = zip(reading.values, reading.keys, strict=True)
        return save(register, [Change(values, None, key) for values, key in several], actor=actor)
