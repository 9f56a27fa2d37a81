"""Taking steps, in sets: gate, locks in key order, checks, writing in bulk, journal, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from renda.core import bulk, clock
from renda.core.cells import DateValue
from renda.core.crypto import keyed_digest
from renda.core.exchanges import together
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.journal.services import Line, change, record
from renda.procedure import cases, checking, deriving, lawful, milestones, offers, permission, registry
from renda.procedure.cases import Case
from renda.procedure.declaration import Ask, Procedure, Step
from renda.procedure.models import Matter, Milestone, Source, StepTaken
from renda.procedure.refusals import Fault, Overtaken, StepRefused

Followers = Callable[[str, Sequence[int], frozenset[str]], None]
Keepers = Callable[[str, Sequence[int], frozenset[str], Sequence[Matter]], None]
_followers: list[Followers] = []
_keepers: list[Keepers] = []


def after_steps(follower: Followers) -> Followers:
    """Have a function called with (kind, matter ids, columns changed) in the transaction of each step or correction."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


def keeps_in_step(keeper: Keepers) -> Keepers:
    """As ``after_steps``, and before those, for what is kept of all matters (search index): with the matters themselves as they stand now,
    so that they are not read again; with none where they are to be read."""
    if keeper not in _keepers:
        _keepers.append(keeper)
    return keeper


def take(
    model: type[Matter],
    kind: str,
    code: str,
    ids: Sequence[int],
    *,
    actor: Actor,
    on: date | None = None,
    answers: Mapping[str, Any] | None = None,
    outside: bool = False,
    seen: Mapping[int, int] | None = None,
) -> list[int]:
    """Take a step in these matters, all or none; returns the ids of the steps taken, in the order of the ids.

    ``model`` is the kind's model. ``on`` is the day of the act (today), ``answers`` the form's fields (organs and divisions by primary
    key), ``outside`` records an act that the organ did on paper, ``seen`` the number of steps that the page showed per matter.
    Raises PermissionDenied, StepRefused with every reason, Overtaken where someone was quicker.
    """
    procedure = registry.needed(kind)
    step, wanted, day = procedure.step(code), sorted(set(ids)), on or clock.today()
    given = checking.given(step, answers or {})
    wrong = checking.bad_answers(step, {**(answers or {}), **given})
    if wrong:
        raise StepRefused(wrong)
    gate.require(actor, roles.VIEW, model)
    with change():
        several = _locked(model, kind, wanted, actor, day)
        _not_overtaken(several, seen or {})
        for one in several:
            one.answers = dict(given)
        faults = [fault for one in several for fault in checking.faults_of(step, one, outside=outside)]
        if faults:
            raise StepRefused(faults)
        taken = _write(model, procedure, step, several, outside)
    places = dict(zip(wanted, taken, strict=True))
    return [places[pk] for pk in ids]


def _locked(model: type[Matter], kind: str, ids: Sequence[int], actor: Actor, day: date) -> list[Case]:
    visible = gate.visible_to(actor, model._default_manager.all())
    several = cases.load(model, kind, ids, actor=actor, on=day, within=visible, lock=True)
    if len(several) != len(ids):
        raise StepRefused([Fault(0, "", _("有的事项不存在，或不在您的权限范围内，请刷新后重试。"))])
    return several


def _not_overtaken(several: Sequence[Case], seen: Mapping[int, int]) -> None:
    late = [one for one in several if one.record.pk in seen and one.record.steps_taken != seen[one.record.pk]]
    faults = []
    for one in late:
        words = {"state": _(one.state.name)}
        last = max(one.steps, key=lambda step: (step.undone_at or step.at, step.place), default=None)
        if last is None:
            reason = _("您打开页面后该事项有变动，现为“%(state)s”。本次未作改动，请刷新后再办。") % words
        elif last.undone_at:
            words |= {"who": last.undone_by, "step": _(one.procedure.step(last.code).name)}
            reason = _("您打开页面后，%(who)s已更正“%(step)s”，该事项现为“%(state)s”。本次未作改动，请刷新后再办。") % words
        else:
            words |= {"who": last.actor, "step": _(one.procedure.step(last.code).name)}
            reason = _("您打开页面后，%(who)s已办理“%(step)s”，该事项现为“%(state)s”。本次未作改动，请刷新后再办。") % words
        faults.append(Fault(one.record.pk, one.record.number, reason))
    if faults:
        raise Overtaken(faults)


def _write(model: type[Matter], procedure: Procedure, step: Step, several: Sequence[Case], outside: bool) -> list[int]:
    now = clock.now()
    rows = [_row(step, one, outside, now) for one in several]
    with together():
        columns = _set_columns(model, step, several)
        _set_milestones(step, several)
        _derive(procedure, several, rows, now)
        taken = bulk.insert(StepTaken, rows)
    for effect in step.effects:
        effect(several)
    follow(procedure.kind, [one.record.pk for one in several], columns, [one.record for one in several])
    for one, row in zip(several, rows, strict=True):
        record(_line(step, one, row))
    return taken


def _derive(procedure: Procedure, several: Sequence[Case], rows: Sequence[Mapping[str, Any]], now: datetime) -> None:
    known = deriving.Known(
        dates={one.record.pk: one.dates for one in several},
        by_steps={one.record.pk: {m.code for m in one.marks if m.source == Source.STEPPED} for one in several},
        stepped={row["matter_id"]: (row["to_state"], row["on"]) for row in rows},
        under={one.record.pk: one.under for one in several},
        deadlines=[deadline for one in several for deadline in one.deadlines],
    )
    also = {one.record.pk: {"steps_taken": one.record.steps_taken + 1, "updated_at": now} for one in several}
    deriving.derive(procedure.kind, [one.record.pk for one in several], known, also=also)


def follow(kind: str, ids: Sequence[int], columns: Iterable[str] = (), records: Sequence[Matter] = ()) -> None:
    """Tell those who derive something from matters that steps changed them, and which of their columns; ``records`` where they are at hand."""
    changed = frozenset(columns)
    for keeper in _keepers:
        keeper(kind, ids, changed, records)
    for follower in _followers:
        follower(kind, ids, changed)


def _row(step: Step, case: Case, outside: bool, now: datetime) -> dict[str, Any]:
    due = offers.kept_until(step, case)
    held = {m.code: [m.on.isoformat(), m.precision, m.source] for m in case.marks}
    return {
        "matter_id": case.record.pk,
        "place": case.record.steps_taken + 1,
        "code": step.code,
        "on": case.on,
        "at": now,
        "from_state": case.state.code,
        "to_state": destination(step, case),
        "actor": str(case.actor),
        "account_id": case.actor.account_id,
        "organ_id": permission.acting_organ(case.actor, step, case.record),
        "outside": outside,
        "answers": json.dumps(case.answers, ensure_ascii=False, default=str) if case.answers else "",
        "article": lawful.citations(case.under, step.basis, case.on)[:300],
        "due_on": due,
        "late_days": max(0, (case.on - due).days) if due else 0,
        "before": {
            "columns": {name: getattr(case.record, attname(type(case.record), name)) for name in _columns(step)},
            "milestones": {code: held.get(code) for code in _dated(step)},
        },
        "undo_reason": "",
        "undone_by": "",
    }


def destination(step: Step, case: Case) -> str:
    """The state that the step leads to."""
    if step.back:
        return next(
            (
                one.from_state
                for one in reversed(case.standing)
                if one.to_state == case.state.code and one.from_state != case.state.code
            ),
            case.procedure.starts,
        )
    return step.to or case.state.code


def _dated(step: Step) -> list[str]:
    return [*([step.dates] if step.dates else []), *step.clears, *(ask.milestone for ask in step.asks if ask.milestone)]


def _columns(step: Step) -> list[str]:
    return [*(ask.column for ask in step.asks if ask.column), *(name for name, _value in step.fixed)]


def attname(model: type[Matter], name: str) -> str:
    """The attribute that holds a field's value in the row: a foreign key's ends in ``_id``."""
    return str(getattr(model._meta.get_field(name), "attname", name))


def _set_columns(model: type[Matter], step: Step, several: Sequence[Case]) -> list[str]:
    """Write the record's columns that the step sets; returns which."""
    names = _columns(step)
    if not names:
        return names
    rows = []
    for one in several:
        values = dict(step.fixed) | {ask.column: _stored(ask, one) for ask in step.asks if ask.column}
        row = {attname(type(one.record), name): value for name, value in values.items()}
        for name, value in row.items():
            setattr(one.record, name, value)
        rows.append({"id": one.record.pk, **row})
    bulk.update(model, rows, [attname(model, name) for name in names])
    return names


def _stored(ask: Ask, case: Case) -> Any:
    value = case.answers.get(ask.name)
    if value is None:
        return getattr(case.record, attname(type(case.record), ask.column)) if not ask.required else None
    return value == "yes" if ask.kind == "yes_no" else value


def _set_milestones(step: Step, several: Sequence[Case]) -> None:
    """Clear and date milestones, in the database and in the cases."""
    dated: dict[str, dict[int, DateValue | None]] = {code: {one.record.pk: None for one in several} for code in step.clears}
    for one in several:
        days = {ask.milestone: one.answers.get(ask.name) for ask in step.asks if ask.milestone}
        days |= {step.dates: one.on} if step.dates else {}
        fresh = {code: day for code, day in days.items() if day is not None}
        for code, day in fresh.items():
            dated.setdefault(code, {})[one.record.pk] = DateValue(day, "day")
        kept = [m for m in one.marks if m.code not in step.clears and m.code not in fresh]
        one.mark(
            kept + [Milestone(matter_id=one.record.pk, code=code, on=day, source=Source.STEPPED) for code, day in fresh.items()]
        )
    for code, values in dated.items():
        milestones.put(code, values, source=Source.STEPPED)


def _line(step: Step, case: Case, row: Mapping[str, Any]) -> Line:
    open_kinds = {ask.name for ask in step.asks if ask.kind not in ("text", "long", "file") and not ask.secret}
    payload = {
        "step": step.code,
        "name": step.name,
        "from": row["from_state"],
        "to": row["to_state"],
        "on": case.on.isoformat(),
        "article": row["article"],
        "outside": row["outside"],
        "late_days": row["late_days"],
        "answers": {name: str(value) if name in open_kinds else _masked(value) for name, value in case.answers.items()},
    }
    return Line(str(case.actor), "step.taken", case.procedure.kind, case.record.pk, case.record.called, payload)


def _masked(value: Any) -> dict[str, str]:
    """Free words may name people: the journal proves them by a keyed digest."""
    return {"digest": keyed_digest(str(value))}
