"""What must hold of matters: what is derived from milestones and steps, the order of steps, deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F

from renda.core.checking import Fault, rule
from renda.procedure import deriving, kinds, registry
from renda.procedure.models import Deadline, Matter, Milestone, StepTaken

CHUNK = 2000


def _chunks(kind: str) -> Iterator[list[Matter]]:
    last = 0
    while rows := list(Matter.objects.filter(kind=kind, voided_at__isnull=True, pk__gt=last).order_by("pk")[:CHUNK]):
        last = rows[-1].pk
        yield rows


@rule("matters.derived", "事项的立项、办结、进展与其办理节点和步骤相符")
def derived() -> Iterator[Fault]:
    """Matters whose derived columns are not what follows from their milestones and steps."""
    for kind in kinds.all_kinds():
        for rows in _chunks(kind.code):
            yield from _differing(kind, rows)


def _differing(kind: kinds.MatterKind, rows: Sequence[Matter]) -> Iterator[Fault]:
    ids, procedure = [one.pk for one in rows], registry.of_kind(kind.code)
    dates, by_steps = deriving._marks(ids)
    stepped = deriving._stepped(ids) if procedure else {}
    under = deriving._contexts(ids)
    told = deriving._from_ledger(procedure, [pk for pk in ids if pk not in stepped])
    for one in rows:
        wanted: dict[str, Any] = deriving._derived(kind, one.pk, dates[one.pk], under[one.pk])
        if procedure:
            phase = told.get(one.pk) or deriving.phase_of(procedure, kind, dates[one.pk], by_steps[one.pk], stepped.get(one.pk))
            closed = deriving._closed_on(kind, dates[one.pk]) if procedure.state(phase).final else None
            wanted |= {"phase": phase, "closed_on": closed}
            wanted.pop("due_on")  # follows from the deadlines, whose rule is its own
        for name, value in wanted.items():
            if name != "id" and getattr(one, name) != value:
                yield Fault(
                    f"{kind.name} {one.pk}", f"{name} 登记为 {getattr(one, name) or '空'}，按办理节点应为 {value or '空'}"
                )


@rule("matters.kind", "每个事项的类别都有定义，办理节点都属于其类别")
def known_kinds() -> Iterator[Fault]:
    """Matters of no kind, and milestones that their kind does not have."""
    known = {kind.code: {code for code, _name in kind.milestones} for kind in kinds.all_kinds()}
    for pk, kind in Matter.objects.exclude(kind__in=known).values_list("pk", "kind").iterator(CHUNK):
        yield Fault(f"事项 {pk}", f"类别“{kind}”没有定义")
    for code, milestones in known.items():
        strange = Milestone.objects.filter(matter__kind=code).exclude(code__in=milestones)
        for pk, name in strange.values_list("matter_id", "code").iterator(CHUNK):
            yield Fault(f"事项 {pk}", f"节点“{name}”不属于这个类别")


@rule("matters.dates", "事项的办结日期不早于立项日期")
def ordered() -> Iterator[Fault]:
    """Matters that closed before they opened."""
    rows = Matter.objects.filter(voided_at__isnull=True, closed_on__lt=F("opened_on")).order_by("pk")
    for pk, kind in rows.values_list("pk", "kind").iterator(CHUNK):
        yield Fault(f"事项 {pk}（{kind}）", "办结日期早于立项日期")


@rule("steps.chain", "每个事项的步骤次序连续，前一步到达的状态就是后一步的起点，更正都有原因")
def steps() -> Iterator[Fault]:
    """Steps that do not join on to the standing step before them."""
    matter, place, state = 0, 0, ""
    columns = ("matter_id", "place", "from_state", "to_state", "undone_at", "undo_reason")
    for pk, now, before, after, undone, reason in (
        StepTaken.objects.order_by("matter_id", "place").values_list(*columns).iterator(CHUNK)
    ):
        if pk != matter:
            matter, place, state = pk, 0, ""
        if now <= place:
            yield Fault(f"事项 {pk}", f"第 {now} 步的次序不对")
        if undone and not reason:
            yield Fault(f"事项 {pk}", f"第 {now} 步已更正而没有原因")
        if not undone:
            if state and before != state:
                yield Fault(f"事项 {pk}", f"第 {now} 步从“{before}”开始，前一步到达的是“{state}”")
            state = after
        place = now


@rule("deadlines.spans", "期限的届满日期不早于起算日期，并属于现有的事项类别")
def spans() -> Iterator[Fault]:
    """Deadlines that end before they begin."""
    for pk, code in Deadline.objects.filter(due_on__lt=F("starts_on")).values_list("matter_id", "code").iterator(CHUNK):
        yield Fault(f"事项 {pk}", f"期限“{code}”届满早于起算")
