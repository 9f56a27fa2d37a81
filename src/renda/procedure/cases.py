"""A matter at hand: what a step, a guard or a letter needs to know of it. Loaded in sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from renda.core.fetching import Ask, fetch
from renda.directory.gate import Actor
from renda.lawbook.reading import Context, context
from renda.procedure import registry
from renda.procedure.declaration import Procedure, State
from renda.procedure.models import Deadline, Matter, Milestone, StepTaken

HELD = (
    Ask(Milestone, 'WHERE matter_id = ANY(%s) ORDER BY "on", id'),
    Ask(StepTaken, "WHERE matter_id = ANY(%s) ORDER BY matter_id, place"),
    Ask(Deadline, "WHERE matter_id = ANY(%s) ORDER BY matter_id, due_on"),
)


@dataclass
class Case:
    """One matter: its record (the model of its kind), milestones, standing steps and deadlines; and the step at hand.

    ``answers`` are what the step's form gave, ``on`` the civil day of the act, ``actor`` who takes it. ``shared`` is one dictionary for all
    cases of a step, in which guards keep what they looked up, so that nothing is asked twice.
    """

    record: Any
    procedure: Procedure
    marks: list[Milestone]
    steps: list[StepTaken]
    deadlines: list[Deadline]
    actor: Actor
    on: date
    answers: dict[str, Any] = field(default_factory=dict)
    shared: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def dates(self) -> dict[str, date]:
        """The days of the milestones by their code."""
        return {one.code: one.on for one in self.marks}

    @cached_property
    def under(self) -> Context:
        """The packs, holidays and choices that hold for the matter's division; asked once for all cases of a step."""
        place = ("under", self.record.division_id)
        if place not in self.shared:
            self.shared[place] = context(self.record.division)
        found: Context = self.shared[place]
        return found

    @property
    def state(self) -> State:
        """The state that the matter is in."""
        return self.procedure.state(self.record.phase or self.procedure.starts)

    @property
    def standing(self) -> list[StepTaken]:
        """The steps that were not undone, in order."""
        return [one for one in self.steps if one.undone_at is None]

    def mark(self, marks: list[Milestone]) -> None:
        """Take these as the matter's milestones."""
        self.marks = marks
        self.__dict__.pop("dates", None)

    def taken(self, code: str) -> bool:
        """Whether a step stands in the matter."""
        return any(one.code == code for one in self.standing)


def load(
    model: type[Matter],
    kind: str,
    ids: Sequence[int],
    *,
    actor: Actor,
    on: date,
    within: QuerySet | None = None,
    lock: bool = False,
) -> list[Case]:
    """The matters with these ids in the order of the ids, as far as they are ``within`` a queryset. Two queries.

    With ``lock`` their rows are locked in key order, those of the kind's own table too, as an edit by hand locks them.
    """
    procedure = registry.needed(kind)
    rows = (
        (model._default_manager.all() if within is None else within).filter(pk__in=ids).select_related("division").order_by("pk")
    )
    records = {one.pk: one for one in (rows.select_for_update(of=("self", "matter_ptr")) if lock else rows)}
    found = list(records)
    marks, steps, deadlines = map(_grouped, fetch(HELD, [found]) if found else ((), (), ()))
    shared: dict[Any, Any] = {}
    return [
        Case(records[pk], procedure, marks.get(pk, []), steps.get(pk, []), deadlines.get(pk, []), actor, on, shared=shared)
        for pk in ids
        if pk in records
    ]


def _grouped(rows: Any) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.matter_id, []).append(row)
    return found
