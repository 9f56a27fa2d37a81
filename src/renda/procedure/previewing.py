"""What would happen if a step were taken in several matters: nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.procedure import cases, checking, registry
from renda.procedure.cases import Case
from renda.procedure.models import Matter
from renda.procedure.refusals import Fault


def visible(model: type[Matter], kind: str, ids: Sequence[int], *, actor: Actor, on: date) -> list[Case]:
    """The matters among these that the actor may see, by id; PermissionDenied for a role that sees none of the kind."""
    gate.require(actor, roles.VIEW, model)
    return cases.load(model, kind, sorted(ids), actor=actor, on=on, within=gate.visible_to(actor, model._default_manager.all()))


def faults_by_matter(several: Sequence[Case], code: str, *, answers: Mapping[str, Any], outside: bool) -> dict[int, list[Fault]]:
    """What speaks against the step in each of these matters of one kind; an empty list where it can be taken. LookupError for no procedure."""
    found = {}
    for one in several:
        step = one.procedure.step(code)
        one.answers = checking.given(step, answers)
        found[one.record.pk] = list(checking.faults_of(step, one, outside=outside))
    return found


def bad_answers(kind: str, code: str, answers: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with the answers to a step whatever the matter. LookupError where the kind has no procedure."""
    return checking.bad_answers(registry.needed(kind).step(code), answers)
