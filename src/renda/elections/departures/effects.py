"""What a recall that passed or an accepted resignation does: the mandate ends that day; a corrected step gives it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Model

from renda.core import bulk
from renda.directory.gate import OPERATOR, Actor
from renda.directory.models import Mandate
from renda.directory.models.divisions import Level
from renda.directory.models.mandates import EndReason
from renda.elections.departures import mandates, signing
from renda.elections.departures.kinds import RECALL, RESIGNATION
from renda.elections.models import Recall, RecallOutcome, Resignation, ResignationOutcome
from renda.procedure import services as procedure
from renda.procedure.cases import Case
from renda.procedure.models import StepTaken
from renda.registers import registry
from renda.registers.services import Change, enter, save, void

DEPUTIES, RESIGNATIONS = "directory.deputies", "appointments.resignations"
Departed = Recall | Resignation


def keep_count(several: Sequence[Case]) -> None:
    """The number of signatures that count is kept in the matter, found on the roll where there is one."""
    for one in several:
        known = signing.counted(one.record)
        if known is not None:
            one.record.counted = known
            bulk.update(Recall, [{"id": one.record.pk, "counted": known}], ["counted"])


def end_recalled(several: Sequence[Case]) -> None:
    """The mandates end on the day of the vote (选举法 53)."""
    _end(Recall, several, EndReason.RECALLED)


def end_resigned(several: Sequence[Case]) -> None:
    """The mandates end on the day on which the resignation was accepted (选举法 55); the year's ledger of resignations says so too."""
    _end(Resignation, several, EndReason.RESIGNED)
    for one in several:
        enter(RESIGNATIONS, [_ledger_row(one)], actor=_for(str(one.actor)))


def _end(model: type[Departed], several: Sequence[Case], reason: EndReason) -> None:
    register = registry.get(DEPUTIES)
    for one in several:
        save(register, [Change({"until": one.on, "end_reason": reason.value}, one.record.mandate_id)], actor=one.actor)
        one.record.mandate_ended_on = one.on
        one.record.mandate.refresh_from_db(fields=["until", "end_reason"])
    bulk.update(model, [{"id": one.record.pk, "mandate_ended_on": one.on} for one in several], ["mandate_ended_on"])


def _ledger_row(case: Case) -> dict[str, Any]:
    record: Resignation = case.record
    body = "committee" if record.level == Level.COUNTY else "township"
    return {
        "person": record.person_id, "level": record.level, "accepted_on": case.on, "accepted_by": body,
        "meeting": str(case.answers.get("meeting") or ""), "division": record.division_id,
    }  # fmt: skip


def _for(name: str) -> Actor:
    """What follows from a step by itself, in the name of whoever took it: a township's clerk does not keep the county's ledger."""
    return replace(OPERATOR, name=name)


def settle(model: type[Departed], ids: Sequence[int]) -> None:
    """After a matter was saved or moved on: whose mandate and which district it is about, and whether it is still under way."""
    rows = []
    for one in model._default_manager.filter(pk__in=ids).select_related("person").order_by("pk"):
        row: dict[str, int | None] = {"id": one.pk, "settled": bool(one.closed_on or one.voided_at or one.outcome)}
        kept = one.mandate_ended_on is not None or one.outcome
        mandate = one.mandate if kept else mandates.held(one.person_id, one.level, one.opened_on) if one.opened_on else None
        district = mandates.district_of(mandate) if mandate else None
        rows.append(row | {"mandate_id": mandate.pk if mandate else None, "district_id": district.pk if district else None})
    bulk.update(model, rows, ["settled", "mandate_id", "district_id"])


@procedure.after_steps
def follow(kind: str, ids: Sequence[int], columns: frozenset[str]) -> None:
    """After a correction: a mandate that the corrected step had ended, and nobody has changed since, is held again."""
    if kind == RECALL.code:
        _give_back(Recall, RecallOutcome.PASSED, EndReason.RECALLED, ids)
    elif kind == RESIGNATION.code:
        _give_back(Resignation, ResignationOutcome.ACCEPTED, EndReason.RESIGNED, ids)


def _give_back(model: type[Departed], standing: str, reason: EndReason, ids: Sequence[int]) -> None:
    rows = model._default_manager.filter(pk__in=ids, mandate_ended_on__isnull=False).exclude(outcome=standing)
    for one in rows.select_related("mandate", "person"):
        last = StepTaken.objects.filter(matter_id=one.pk, undone_at__isnull=False).order_by("-undone_at", "-pk").first()
        actor = _for(last.undone_by if last else OPERATOR.name)
        ended = one.mandate_ended_on
        if one.mandate is not None and (one.mandate.until, one.mandate.end_reason) == (ended, reason.value):
            save(registry.get(DEPUTIES), [Change({"until": None, "end_reason": ""}, one.mandate_id)], actor=actor)
        if model is Resignation and ended is not None:
            _void_ledger(one, ended, actor, last.undo_reason if last else "")
        bulk.update(model, [{"id": one.pk, "mandate_ended_on": None}], ["mandate_ended_on"])


def _void_ledger(record: Departed, on: date, actor: Actor, reason: str) -> None:
    register = registry.get(RESIGNATIONS)
    row: Model | None = register.records().filter(person=record.person_id, level=record.level, accepted_on=on).first()
    if row is not None:
        void(register, [row.pk], reason=reason or "更正", actor=actor)


def ended(mandate: Mandate) -> bool:
    """Whether a seat became empty before its term ended: what a by-election fills (选举法 57)."""
    return mandate.until is not None and mandate.end_reason not in ("", EndReason.EXPIRED)
