"""What the gate costs on a list of a thousand rows: the rows that an actor may see, against the same rows asked for without the gate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.bench_import import prepare_county
from bench.measure import Comparison, phase

SIZES = {"quick": 2_000, "full": 20_000}
LISTED = 1_000
TURNS = 30


def run(rows: int) -> dict[str, Comparison]:
    """The first thousand of ``rows`` petitions, for an office (by division) and for a unit (by organ, what is closed to it left out)."""
    from renda.directory import gate
    from renda.directory.gate import Actor
    from renda.directory.models import Division, Organ
    from renda.petitions.models import Petition

    with TemporaryDirectory() as name:
        prepare_county(Path(name))
    county, organ = Division.objects.get(level="county"), Organ.objects.alive().order_by("pk")[0]
    _petitions(rows, county.pk, organ.pk)
    bare = Petition.objects.alive().order_by("-pk")
    found = {}
    for role, rows_alone in (("petition_clerk", bare), ("handling_unit", bare.filter(handler=organ))):
        actor = Actor("基准", role, organ_id=organ.pk, division_id=county.pk, division_path=county.path)
        assert _listed(rows_alone) == _listed(gate.visible_to(actor, bare))
        reference = _timed("bare", lambda rows_alone=rows_alone: _listed(rows_alone))
        ours = _timed("gate", lambda actor=actor: _listed(gate.visible_to(actor, bare)))
        found[f"a list of {LISTED:,} rows through the gate, {role}"] = Comparison(ours, reference)
    return found


def _listed(rows: Any) -> list[tuple[Any, ...]]:
    return list(rows.values_list("pk", "number", "title", "opened_on", "due_on", "phase")[:LISTED])


def _timed(name: str, act: Callable[[], object]) -> Any:
    act()
    with phase(name) as timed:
        for _turn in range(TURNS):
            act()
    return timed


def _petitions(count: int, division: int, organ: int) -> None:
    from django.db import connection

    from renda.core.cells import DateValue
    from renda.directory.gate import OPERATOR
    from renda.registers import registry
    from renda.registers.services import Change, save

    received = DateValue(date(2026, 6, 1), "day")
    common = {"form": "letter", "division": division, "keeper": division, "received": received, "petitioner": "周某某"}
    rows = [{**common, "title": f"反映{n}", "handler": organ if n % 2 else None} for n in range(count)]
    save(registry.get("petitions.petitions"), [Change(row, None, str(n)) for n, row in enumerate(rows)], actor=OPERATOR)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
