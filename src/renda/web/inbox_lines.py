"""The lines of the inbox: of each matter its number and title, what is to be done, by whom, until when and under which article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from renda.core import clock
from renda.core.fields import EncryptedTextField
from renda.directory.gate import Actor
from renda.directory.models import Organ
from renda.lawbook.reading import context
from renda.procedure import kinds, lawful, offers, registry
from renda.procedure.cases import Case
from renda.procedure.declaration import Period, Step, Who
from renda.procedure.models import Deadline, Matter, Milestone, StepTaken
from renda.registers.registry import get as get_register
from renda.ui import addresses
from renda.ui.matters import register_of_kind, state_of, step_name
from renda.ui.templatetags.renda import deadline_words
from renda.ui.words import said
from renda.web.inbox import Found

STEPS_SHOWN = 3


@dataclass
class Line:
    """One matter as the inbox shows it. ``due`` is the last day; ``tone`` and ``words`` say how long that is; ``key`` never changes."""

    key: str
    register: str
    number: str
    title: str
    url: str
    state: str = ""
    whose: str = ""
    steps: list[str] = field(default_factory=list)
    more: bool = False
    period: str = ""
    article: str = ""
    due: date | None = None
    tone: str = ""
    words: str = ""
    moved: str = ""
    moved_from: date | None = None


def lines(actor: Actor, found: Sequence[Found]) -> list[Line]:
    """A line for each matter found. One query per register on the page, and four."""
    ids = [one.pk for one in found]
    records = _records(found)
    marks, steps = _grouped(Milestone.objects.filter(matter_id__in=ids)), _steps(ids)
    deadlines = _grouped(Deadline.objects.filter(matter_id__in=ids))
    cases = {}
    for one in found:
        record, procedure = records.get(one.pk), registry.of_kind(get_register(one.register).matter_kind)
        if record is not None and procedure is not None:
            held = (marks.get(one.pk, []), steps.get(one.pk, []), deadlines.get(one.pk, []))
            cases[one.pk] = Case(record, procedure, *held, actor, clock.today())
    organs = _organs(cases.values())
    shown = []
    for one in found:
        if one.pk in cases:
            shown.append(_of_case(cases[one.pk], one, organs))
        elif one.pk in records:
            shown.append(_of_kind(records[one.pk], one, {mark.code: mark.on for mark in marks.get(one.pk, [])}))
    return shown


def _records(found: Iterable[Found]) -> dict[int, Any]:
    """The records themselves, without what is encrypted."""
    by_register: dict[str, list[int]] = defaultdict(list)
    for one in found:
        by_register[one.register].append(one.pk)
    records: dict[int, Any] = {}
    for code, ids in by_register.items():
        model = get_register(code).model
        records |= model._default_manager.select_related("division").defer(*_encrypted(model)).in_bulk(ids)
    return records


def _encrypted(model: type[Model]) -> list[str]:
    return [one.name for one in model._meta.concrete_fields if isinstance(one, EncryptedTextField)]


def _steps(ids: Sequence[int]) -> Mapping[int, list[StepTaken]]:
    return _grouped(StepTaken.objects.filter(matter_id__in=ids).defer("answers", "before").order_by("place"))


def _grouped(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.matter_id].append(row)
    return found


def _organs(cases: Iterable[Case]) -> dict[int, str]:
    """The names of the organs whose turn it is. One query."""
    wanted = {organ for case in cases if (organ := _organ_of(case.record, case.state.turn))}
    return dict(Organ.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _organ_of(record: Any, who: Who | None) -> int | None:
    return getattr(record, f"{who.organ}_id") if who and who.organ else None


def _of_case(case: Case, found: Found, organs: Mapping[int, str]) -> Line:
    line = _begun(case.record, found)
    line.state = said(case.state.name)
    turn = case.state.turn
    line.whose = organs.get(_organ_of(case.record, turn) or 0) or (said(turn.name) if turn else "")
    period, deadline = _running(case, found)
    if period and deadline:
        line.period, line.article = said(period.name), article_of(case.record.division_id, deadline.law, deadline.starts_on)
        line.moved, line.moved_from = deadline.moved_why, deadline.moved_from
    own = _open_steps(case, period, only=bool(found.period))
    line.steps, line.more = [said(step.name) for step in own[:STEPS_SHOWN]], len(own) > STEPS_SHOWN
    return line


def _running(case: Case, found: Found) -> tuple[Period | None, Deadline | None]:
    """The running period of a line: the one it was found by, else that of the day shown, first of whose turn it is."""
    periods = {one.code: one for one in case.procedure.periods}
    running = [one for one in case.deadlines if one.ended_on is None and one.due_on == found.due and one.code in periods]
    if found.period:
        running = [one for one in running if one.code == found.period]
    running.sort(key=lambda one: periods[one.code].whose != case.state.turn)
    return (periods[running[0].code], running[0]) if running else (None, None)


def _open_steps(case: Case, period: Period | None, *, only: bool) -> list[Step]:
    """The steps that the actor may take itself, those that keep the period first (``only`` those; to end the matter is the last resort)."""
    own = [one.step for one in offers.offers(case) if one.way == "own" and one.bar is None]
    keeping = [step for step in own if period and period.kept_by(step)]
    going_on = [step for step in keeping if not step.to or not case.procedure.state(step.to).final]
    keeping = going_on or keeping
    return keeping if only else [*keeping, *(step for step in own if step not in keeping)]


def _of_kind(record: Any, found: Found, dates: Mapping[str, date]) -> Line:
    """A matter of a kind with a single deadline: what is to be done is its next milestone."""
    line, kind = _begun(record, found), kinds.get(record.kind)
    line.state = state_of(record.kind, record.stage, record.due_on, record.closed_on).stage
    codes = [code for code, _name in kind.milestones]
    rest = codes[codes.index(record.stage) + 1 :] if record.stage in codes else codes
    line.steps = [step_name(kind.milestone_name(code)) for code in rest[:1]]
    if kind.due:
        start = dates.get(kind.due[1])
        line.article = article_of(record.division_id, kind.due[0], start) if start else ""
    return line


def _begun(record: Any, found: Found) -> Line:
    register = get_register(found.register)
    line = Line(
        f"{found.pk}-{found.period or 'due'}",
        said(register.name),
        record.number,
        record.title,
        addresses.of_record(register, found.pk),
        due=found.due,
    )
    if found.due:
        line.tone, line.words = deadline_words(found.due, None)
    return line


def article_of(division: int, law: str, day: date) -> str:
    """The article that a deadline rests on, under what the division has settled; empty for a day that an office set itself."""
    return lawful.citation(context(division), law, day) if law else ""


@dataclass(frozen=True)
class Act:
    """A step that the actor took: in which matter, on which day, and where the matter stands now."""

    register: str
    number: str
    title: str
    url: str
    step: str
    on: date
    late_days: int
    state: str
    tone: str


def acts(taken: Sequence[StepTaken]) -> list[Act]:
    """Steps as lines. No query."""
    return [act for one in taken if (act := _act(one, one.matter))]


def _act(taken: StepTaken, matter: Matter) -> Act | None:
    procedure, register = registry.of_kind(matter.kind), register_of_kind(matter.kind)
    if procedure is None or register is None:
        return None
    state = procedure.state(matter.phase)
    return Act(
        said(register.name), matter.number, matter.title, addresses.of_record(register, matter.pk), _step_name(procedure.step, taken.code),
        taken.on, taken.late_days, said(state.name), "done" if state.final else "run",
    )  # fmt: skip


def _step_name(step: Any, code: str) -> str:
    """A step in words; one that the procedure no longer has keeps its code."""
    try:
        return said(step(code).name)
    except KeyError:
        return code
