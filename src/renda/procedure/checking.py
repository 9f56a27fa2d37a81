"""Whether a step may be taken in a matter: state, person, order, window of the law, the room's own guards, answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory.models import Division, Organ
from renda.procedure import lawful, permission
from renda.procedure.cases import Case
from renda.procedure.declaration import Ask, Guard, Refusal, Step
from renda.procedure.refusals import Fault

MOST_TEXT = 300
MOST_LONG = 5000


def faults_of(step: Step, case: Case, *, outside: bool) -> Iterator[Fault]:
    """Everything that speaks against taking the step in this matter on the case's day, answers included."""
    barring = list(unlawful(step, case))
    yield from barring
    if not barring:
        yield from _not_permitted(step, case, outside)
        yield from _bad_day(case)
        yield from (_fault(case, one) for one in _refusals((*step.bars, *step.guards), case))


def bars(step: Step, case: Case) -> Iterator[Fault]:
    """Why the step is not offered now: it is unlawful whatever its form will say, or the record itself speaks against it."""
    lawful_ = list(unlawful(step, case))
    yield from lawful_
    if not lawful_:
        yield from (_fault(case, one) for one in _refusals(step.bars, case))


def unlawful(step: Step, case: Case) -> Iterator[Fault]:
    """What speaks against the step whatever its answers: the state, a step that stands already, the window of the law."""
    record = case.record
    if record.voided_at:
        yield Fault(record.pk, record.number, _("该事项已作废，不能再办理。"))
    elif case.state.code not in step.frm:
        yield Fault(
            record.pk,
            record.number,
            _("该事项现为“%(state)s”，不能办理“%(step)s”。请按当前状态可办的步骤办理。")
            % {"state": _(case.state.name), "step": _(step.name)},
            lawful.citations(case.under, step.basis, case.on),
        )
    elif step.once and case.taken(step.code):
        yield Fault(
            record.pk,
            record.number,
            _("“%(step)s”只能办理一次，该事项已办理过。") % {"step": _(step.name)},
            lawful.citations(case.under, step.basis, case.on),
        )
    elif step.window and (closed := _outside_window(step, case)):
        yield closed


def _outside_window(step: Step, case: Case) -> Fault | None:
    assert step.window is not None
    start = max((case.dates[code] for code in step.window.starts if code in case.dates), default=None)
    last = lawful.last_day(case.under, (step.window.law,), start) if start else None
    if last is None or case.on <= last:
        return None
    return Fault(
        case.record.pk,
        case.record.number,
        _("“%(step)s”应在 %(last)s 前提出，%(on)s 提出已超过法定期限。") % {"step": _(step.name), "last": last, "on": case.on},
        lawful.citation(case.under, step.window.law, case.on),
    )


def _not_permitted(step: Step, case: Case, outside: bool) -> Iterator[Fault]:
    way = permission.way(case.actor, step.who, case.record)
    words = {"step": _(step.name), "who": _(step.who.name)}
    if not way:
        yield Fault(case.record.pk, case.record.number, _("“%(step)s”由%(who)s办理，您当前的身份不能办理。") % words)
    elif (way == "outside") != outside:
        yield Fault(
            case.record.pk, case.record.number, _("“%(step)s”应由%(who)s办理；代为登记的，请按“线下办理登记”录入。") % words
        )


def _bad_day(case: Case) -> Iterator[Fault]:
    record, today = case.record, clock.today()
    if case.on > today:
        yield Fault(record.pk, record.number, _("办理日期 %(on)s 晚于今天，请核对。") % {"on": case.on}, field="on")
    before = case.standing[-1].on if case.standing else record.opened_on
    if before and case.on < before:
        yield Fault(
            record.pk,
            record.number,
            _("办理日期 %(on)s 早于上一步骤的日期 %(before)s，请核对。") % {"on": case.on, "before": before},
            field="on",
        )


def _refusals(guards: Iterable[Guard], case: Case) -> Iterator[Refusal]:
    for guard in guards:
        refusal = guard(case)
        if refusal:
            yield refusal


def _fault(case: Case, refusal: Refusal) -> Fault:
    article = lawful.citation(case.under, refusal.law, case.on) if refusal.law else ""
    return Fault(case.record.pk, case.record.number, refusal.reason, article)


def bad_answers(step: Step, answers: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with the answers themselves: missing, unknown, too long, no such organ. Two queries at most."""
    organs = _living(Organ, [answers.get(ask.name) for ask in step.asks if ask.kind == "organ"])
    divisions = _living(Division, [answers.get(ask.name) for ask in step.asks if ask.kind == "division"])
    known = {"organ": organs, "division": divisions}
    found = [
        Fault(0, "", _("没有“%(name)s”这一项。") % {"name": name}, field=name)
        for name in answers.keys() - {ask.name for ask in step.asks}
    ]
    for ask in step.asks:
        if not asked(ask, answers):
            continue
        reason = _wrong(ask, answers.get(ask.name), known)
        if reason:
            found.append(Fault(0, "", _("“%(label)s”%(reason)s") % {"label": _(ask.label), "reason": reason}, field=ask.name))
    return found


def given(step: Step, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Of the answers those that the step asks for, as they stand to each other, and that are not empty."""
    return {ask.name: value for ask in step.asks if (value := answers.get(ask.name)) not in (None, "") and asked(ask, answers)}


def asked(ask: Ask, answers: Mapping[str, Any]) -> bool:
    """Whether the field is asked for with these other answers."""
    name, value = ask.when
    return not name or answers.get(name) == value


def _wrong(ask: Ask, value: Any, known: Mapping[str, set[int]]) -> str:
    if value in (None, ""):
        return _("必填，不能为空") if ask.required else ""
    if ask.kind == "choice" and value not in dict(ask.options):
        return _("只能从列出的选项中选择")
    if ask.kind in known and value not in known[ask.kind]:
        return _("不在名录中，请从提示中选择")
    if ask.kind == "whole" and (not isinstance(value, int) or value < ask.least or (ask.most and value > ask.most)):
        return _("应为 %(least)s 至 %(most)s 的整数") % {"least": ask.least, "most": ask.most} if ask.most else _("应为正整数")
    if ask.kind == "day" and not isinstance(value, date):
        return _("应为日期，如 2021-03-05")
    most = ask.most or (MOST_LONG if ask.kind in ("long", "file") else MOST_TEXT)
    if ask.kind in ("text", "long", "file") and len(str(value)) > most:
        return _("最多 %(most)s 字") % {"most": most}
    return ""


def _living(model: Any, ids: Iterable[Any]) -> set[int]:
    wanted = [pk for pk in ids if isinstance(pk, int)]
    condition = {"valid_to__isnull": True} if model is Division else {"voided_at__isnull": True}
    return set(model.objects.filter(pk__in=wanted, **condition).values_list("pk", flat=True)) if wanted else set()
