"""Counting again: running deadlines move, visibly, when holidays or the county's choices change; matters that were never derived are."""

from __future__ import annotations

from collections.abc import Sequence

from renda.directory.gate import Actor
from renda.journal.services import Line, change, record
from renda.lawbook.services import Change
from renda.procedure import deriving, kinds, registry, taking
from renda.procedure.declaration import Procedure
from renda.procedure.kinds import MatterKind
from renda.procedure.models import Deadline, Matter

BATCH = 5_000


def recount(why: str, *, actor: Actor) -> int:
    """Count the running deadlines of all kinds of matter anew after the law changed; returns how many moved.

    Deadlines of declared procedures keep their old day and ``why``; the journal says how many of each kind moved.
    """
    moved = 0
    with change():
        for kind in kinds.all_kinds():
            procedure = registry.of_kind(kind.code)
            count = _procedure(procedure, why) if procedure else _single(kind) if kind.due else 0
            if count:
                record(Line(str(actor), "deadlines.moved", kind.code, None, kind.name, {"reason": why, "deadlines": count}))
            moved += count
    return moved


def follow_law(changed: Change) -> int:
    """Move running deadlines when packs, holidays or choices change (a hook of the lawbook)."""
    return recount(changed.words, actor=changed.actor)


def _procedure(procedure: Procedure, why: str) -> int:
    running = Deadline.objects.filter(ended_on__isnull=True, matter__kind=procedure.kind, matter__closed_on__isnull=True)
    ids = sorted(set(running.values_list("matter_id", flat=True)))
    return sum(deriving.refresh(procedure.kind, part, why=why) for part in _parts(ids))


def _single(kind: MatterKind) -> int:
    """Kinds with one deadline and no declared procedure: those whose last day is another now."""
    moved = 0
    held = dict(Matter.objects.filter(kind=kind.code, closed_on__isnull=True, due_on__isnull=False).values_list("pk", "due_on"))
    for part in _parts(sorted(held)):
        deriving.refresh(kind.code, part)
        taking.follow(kind.code, part)
        now = Matter.objects.filter(pk__in=part).values_list("pk", "due_on")
        moved += sum(1 for pk, due in now if due != held[pk])
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
