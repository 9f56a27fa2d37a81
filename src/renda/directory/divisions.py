"""Entering divisions: the county's chain upward and its townships."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.journal.services import Line, change, record


class Written(NamedTuple):
    """A division as a sheet or a command gives it; ``parent`` is the code above it, empty for the topmost."""

    code: str
    name: str
    level: str
    parent: str = ""
    urban: bool = False
    population: int | None = None


def put_divisions(rows: Sequence[Written], *, actor: Actor) -> dict[str, str]:
    """Enter divisions, each after the one above it; code → created, updated, unchanged or rejected (its parent is unknown)."""
    held = {d.code: d for d in Division.objects.filter(valid_to__isnull=True)}
    outcome: dict[str, str] = {}
    with change():
        for row in sorted(rows, key=lambda r: len(r.code)):
            outcome[row.code] = _put(row, held)
        done = {name: list(outcome.values()).count(name) for name in ("created", "updated")}
        if any(done.values()):
            record(Line(str(actor), "divisions.entered", "directory.division", None, "行政区划", done))
    return outcome


def _put(row: Written, held: dict[str, Division]) -> str:
    above = held.get(row.parent)
    if row.parent and above is None:
        return "rejected"
    path = f"{above.path}.{row.code}" if above else row.code
    values = {
        "name": row.name,
        "level": row.level,
        "parent": above,
        "path": path,
        "urban": row.urban,
        "population": row.population,
    }
    known = held.get(row.code)
    if known is None:
        held[row.code] = Division.objects.create(code=row.code, **values)
        return "created"
    if all(getattr(known, name) == value for name, value in values.items()):
        return "unchanged"
    for name, value in values.items():
        setattr(known, name, value)
    known.save(update_fields=list(values))
    return "updated"
