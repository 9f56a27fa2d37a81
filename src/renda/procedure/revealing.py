"""Secret answers of steps: shown for a reason that is journalled, and only to those who may unmask the record."""

from __future__ import annotations

from django.utils.translation import gettext as _

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.journal.services import Line, change, record
from renda.procedure import registry
from renda.procedure.declaration import Ask
from renda.procedure.models import Matter, StepTaken
from renda.procedure.refusals import Fault, StepRefused


def secret_ask(kind: str, code: str, name: str) -> Ask | None:
    """The secret field of a step with this name; None where there is none."""
    procedure = registry.of_kind(kind)
    steps = [one for one in procedure.steps if one.code == code] if procedure else []
    return next((ask for one in steps for ask in one.asks if ask.name == name and ask.secret), None)


def reveal(model: type[Matter], kind: str, pk: int, place: int, name: str, *, reason: str, actor: Actor) -> str:
    """The secret answer ``name`` of the step at ``place`` in a matter. Journalled with the reason, never with the value.

    Raises PermissionDenied, StepRefused without a reason, LookupError where the actor sees no such step, field or answer.
    """
    gate.require(actor, roles.REVEAL, model)
    matter = gate.visible_to(actor, model._default_manager.filter(pk=pk, voided_at__isnull=True)).first()
    step = StepTaken.objects.filter(matter_id=pk, place=place).first() if matter else None
    ask = secret_ask(kind, step.code, name) if step else None
    if matter is None or step is None or ask is None or name not in step.given:
        raise LookupError(name)
    if not reason.strip():
        raise StepRefused([Fault(pk, "", _("查看保密内容须写明事由，事由将记入日志。"), field="reason")])
    with change():
        payload = {"column": ask.label, "step": step.code, "place": place, "reason": reason.strip()}
        record(Line(str(actor), "secret.revealed", kind, pk, matter.called, payload))
    return str(step.given[name])
