"""Undoing the last step of a matter: a journalled correction with a reason. The step stays in the record, marked as corrected."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from renda.core import bulk, clock
from renda.core.cells import DateValue
from renda.directory import gate, roles
from renda.directory.gate import OPERATOR, Actor
from renda.journal.services import Line, change, record
from renda.procedure import cases, deriving, milestones, taking
from renda.procedure.cases import Case
from renda.procedure.models import Matter, StepTaken
from renda.procedure.refusals import Fault, Overtaken, StepRefused


def undo(model: type[Matter], kind: str, pk: int, *, reason: str, actor: Actor, seen: int | None = None) -> StepTaken:
    """Undo the last standing step of a matter: its state, milestones and columns are again what they were before.

    ``seen`` is the number of steps that the page showed. Raises PermissionDenied, StepRefused, Overtaken. Returns the step.
    """
    gate.require(actor, roles.VIEW, model)
    with change():
        visible = gate.visible_to(actor, model._default_manager.all())
        found = cases.load(model, kind, [pk], actor=actor, on=clock.today(), within=visible, lock=True)
        if not found:
            raise StepRefused([Fault(pk, "", _("该事项不存在，或不在您的权限范围内。"))])
        case = found[0]
        last = _undoable(case, reason, seen)
        _restore(model, case, last)
        _mark(last, reason, actor)
        bulk.update(
            Matter,
            [{"id": pk, "steps_taken": case.record.steps_taken + 1, "updated_at": clock.now()}],
            ["steps_taken", "updated_at"],
        )
        deriving.refresh(kind, [pk])
        taking.follow(kind, [pk], last.before.get("columns", {}))
        payload = {"step": last.code, "place": last.place, "from": last.to_state, "to": last.from_state, "reason": reason.strip()}
        record(Line(str(actor), "step.undone", kind, pk, case.record.called, payload))
    return last


def may_undo(case: Case) -> bool:
    """Whether the actor may undo the last standing step: it is the actor's own, or the actor's role corrects."""
    if not case.standing or case.record.voided_at:
        return False
    actor, last = case.actor, case.standing[-1]
    own = actor.account_id is not None and last.account_id == actor.account_id
    return own or actor.role in case.procedure.corrects or actor.role == OPERATOR.role


def _undoable(case: Case, reason: str, seen: int | None) -> StepTaken:
    number, pk = case.record.number, case.record.pk
    if seen is not None and seen != case.record.steps_taken:
        raise Overtaken([Fault(pk, number, _("您打开页面后该事项又有新的办理，本次未作更正，请刷新后核对。"))])
    if not reason.strip():
        raise StepRefused([Fault(pk, number, _("请写明更正原因，原因将记入日志。"), field="reason")])
    if not case.standing:
        raise StepRefused([Fault(pk, number, _("该事项没有可以更正的步骤。台账登记的日期请在“修改”中更正。"))])
    if not may_undo(case):
        raise StepRefused([Fault(pk, number, _("只有办理该步骤的人或者主管的工作人员可以更正。"))])
    return case.standing[-1]


def _restore(model: type[Matter], case: Case, last: StepTaken) -> None:
    columns = last.before.get("columns", {})
    if columns:
        attnames = {name: taking.attname(model, name) for name in columns}
        row: dict[str, Any] = {"id": case.record.pk, **{attnames[name]: value for name, value in columns.items()}}
        bulk.update(model, [row], list(attnames.values()))
    for code, held in last.before.get("milestones", {}).items():
        value = DateValue(date.fromisoformat(held[0]), held[1]) if held else None
        milestones.put(code, {case.record.pk: value}, **({"source": held[2]} if held else {}))


def _mark(last: StepTaken, reason: str, actor: Actor) -> None:
    last.undone_at, last.undone_by, last.undo_reason = clock.now(), str(actor), reason.strip()[:300]
    last.save(update_fields=["undone_at", "undone_by", "undo_reason"])
