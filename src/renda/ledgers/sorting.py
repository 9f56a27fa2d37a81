"""Which rows of a reading are new, changed, unchanged, conflicting or rejected."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import TextField
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.registers import loading
from renda.registers.reading import Reading, key_by
from renda.registers.register import Register, Values
from renda.registers.services import Change


class Held(NamedTuple):
    """A record that stands in the database under a natural key."""

    pk: int
    digest: str
    edited: bool


@dataclass
class Sorted:
    """Row indexes by what is to become of them, and the changes to write."""

    created: dict[int, Change] = field(default_factory=dict)
    updated: dict[int, Change] = field(default_factory=dict)
    unchanged: list[int] = field(default_factory=list)
    conflicting: dict[int, str] = field(default_factory=dict)
    rejected: dict[int, dict[str, str]] = field(default_factory=dict)

    def add(self, part: Sorted, indexes: Sequence[int]) -> None:
        """Take in the rows of a part; ``indexes``: which rows of the whole they are."""
        for name in ("created", "updated", "conflicting", "rejected"):
            getattr(self, name).update({indexes[index]: what for index, what in getattr(part, name).items()})
        self.unchanged += [indexes[index] for index in part.unchanged]


class Seen(dict[tuple[int, str], tuple[int, str]]):
    """Division and natural key of the sheet's rows so far → row number in the sheet, digest."""


def sort_rows(
    register: Register, reading: Reading, given: Collection[str], numbers: Sequence[int], actor: Actor, seen: Seen
) -> Sorted:
    """Sort the rows of a reading. ``given``: the columns that the sheet has; ``numbers``: row numbers in the sheet, for reasons;
    ``seen``: the rows of the sheet that came before, which this call adds to."""
    result = Sorted(rejected=dict(reading.faults))
    _reject_outside(register, reading, actor, result)
    _find_numbered_here(register, reading)
    held = _held(register, reading)
    differing: dict[int, Held] = {}
    for index, (row, key, digest) in enumerate(zip(reading.values, reading.keys, reading.digests, strict=True)):
        if index in result.rejected:
            continue
        place = (row["division"], key)
        if place in seen:
            _repeated(index, digest, seen[place], result)
            continue
        seen[place] = numbers[index], digest
        known = held.get(place)
        if known is None:
            result.created[index] = Change(row, None, key, digest)
        elif known.digest == digest:
            result.unchanged.append(index)
        else:
            differing[index] = known
    _sort_differing(register, reading, given, differing, result)
    return result


def _reject_outside(register: Register, reading: Reading, actor: Actor, result: Sorted) -> None:
    if not actor.division_path:
        return
    within = set(Division.objects.subtree(actor.division_path).values_list("pk", flat=True))
    for index, row in enumerate(reading.values):
        if row["division"] not in within:
            result.rejected.setdefault(index, {})["division"] = "所属区划不在您的权限范围内"


def _find_numbered_here(register: Register, reading: Reading) -> None:
    """Rows that carry a number which this platform gave to a record that came without one go by that record's (second) key."""
    if not register.second_key or register.by_field.get("number") is None:
        return
    seconds = [key_by(register, row, register.second_key) for row in reading.values]
    rows = register.records().filter(natural_key__in=set(seconds)).values_list("division_id", "natural_key", "number")
    numbers = {(division, key): number for division, key, number in rows}
    for index, (row, second) in enumerate(zip(reading.values, seconds, strict=True)):
        if row.get("number") and numbers.get((row["division"], second)) == row["number"]:
            reading.keys[index] = second


def _held(register: Register, reading: Reading) -> dict[tuple[int, str], Held]:
    keys = RawSQL("SELECT unnest(%s::text[])", [list(set(reading.keys))], output_field=TextField())
    rows = register.records().filter(natural_key__in=keys)
    found = rows.values_list("division_id", "natural_key", "pk", "source_digest", "edited")
    return {(division, key): Held(pk, digest, edited) for division, key, pk, digest, edited in found}


def _repeated(index: int, digest: str, first: tuple[int, str], result: Sorted) -> None:
    number, same = first
    if digest == same:
        result.unchanged.append(index)
    else:
        result.conflicting[index] = _("与本表第 %(number)s 行是同一条记录，内容却不同，请保留一行") % {"number": number}


def _sort_differing(
    register: Register, reading: Reading, given: Collection[str], differing: dict[int, Held], result: Sorted
) -> None:
    columns = [c for c in register.columns if c.field in given]
    before = loading.load(register, [held.pk for held in differing.values()], columns)
    for index, held in differing.items():
        row = reading.values[index]
        changed = [c.name for c in columns if c.key_text(row.get(c.field)) != c.key_text(before[held.pk].get(c.field))]
        if not changed:
            result.unchanged.append(index)
        elif held.edited:
            result.conflicting[index] = _("记录导入后已在平台上修改，%(changed)s与本表不一致，请逐条确认以哪个为准") % {
                "changed": "、".join(changed)
            }
        else:
            values = _narrowed(register, row, given)
            result.updated[index] = Change(values, held.pk, reading.keys[index], reading.digests[index])


def _narrowed(register: Register, row: Values, given: Collection[str]) -> dict[str, Any]:
    keep = {*given, register.person} - {""}
    return {name: value for name, value in row.items() if name in keep}
