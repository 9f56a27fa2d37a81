"""Counting again: running deadlines move, visibly, when holidays or the county's choices change; matters that were never derived are."""

from __future__ import annotations

from collections.abc import Sequence

from renda.directory.gate import Actor
from renda.journal.services import Line, change, record
from renda.procedure import deriving, lawful, registry
from renda.procedure.models import Deadline, Matter

BATCH = 5_000


def recount(why: str, *, actor: Actor) -> int:
    """Count the running deadlines of all procedures anew after the law changed; returns how many moved, each with ``why`` and its old day."""
    lawful.forget()
    moved = 0
    with change():
        for procedure in registry.all_procedures():
            running = Deadline.objects.filter(ended_on__isnull=True, matter__kind=procedure.kind, matter__closed_on__isnull=True)
            ids = sorted(set(running.values_list("matter_id", flat=True)))
            count = sum(deriving.refresh(procedure.kind, part, why=why) for part in _parts(ids))
            if count:
                record(
                    Line(str(actor), "deadlines.moved", procedure.kind, None, procedure.name, {"reason": why, "deadlines": count})
                )
            moved += count
    return moved


def catch_up() -> int:
    """Derive matters of declared procedures that have no phase yet: those from before their procedure was declared."""
    count = 0
    for procedure in registry.all_procedures():
        ids = list(Matter.objects.filter(kind=procedure.kind, phase="").order_by("pk").values_list("pk", flat=True))
        with change():
            for part in _parts(ids):
                deriving.refresh(procedure.kind, part)
        count += len(ids)
    return count


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
