"""The life of a matter in order: steps with their answers and articles, and between them the dates that a ledger brought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from renda.core.cells import DateValue, Precision
from renda.procedure import kinds
from renda.procedure.cases import Case
from renda.procedure.declaration import Ask, Step
from renda.procedure.models import Milestone, Source, StepTaken
from renda.registers.register import Register
from renda.ui import addresses, history, matters
from renda.ui.attachments import Row
from renda.ui.words import said

MASK = "＊＊＊＊"
Names = Mapping[int, str]


@dataclass
class Answer:
    """One field of a step's form as it was answered; a secret one is masked, ``reveal_url`` leads to it."""

    label: str
    text: str
    reveal_url: str = ""
    name: str = ""
    files: list[Row] = field(default_factory=list)


@dataclass
class Item:
    """One line of the timeline: a step that was taken, or a dated event from the ledger (``step`` False)."""

    name: str
    on: str
    day: date
    step: bool = True
    tone: str = "done"
    who: str = ""
    organ: str = ""
    outside: bool = False
    entered: datetime | None = None
    late_days: int = 0
    due: date | None = None
    leads: str = ""
    article: str = ""
    answers: list[Answer] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    undone_at: datetime | None = None
    undone_by: str = ""
    undo_reason: str = ""
    place: int = 0
    files: list[Row] = field(default_factory=list)

    def attach(self, rows: Sequence[Row]) -> None:
        """Show the files that came with the step: at the answer that asked for them, others below."""
        by_name = {one.name: one for one in self.answers if one.name}
        for row in rows:
            (by_name[row.ask].files if row.ask in by_name else self.files).append(row)


def of_case(register: Register, case: Case, organs: Names, divisions: Names, *, may_reveal: bool) -> list[Item]:
    """Steps in their order; dates from the ledger stand before the first step that is not earlier. No query."""
    steps = [_step_item(register, case, one, organs, divisions, may_reveal) for one in case.steps]
    rows = [one for one in case.marks if one.source == Source.RECORDED]
    order = {code: index for index, (code, _name) in enumerate(kinds.get(case.procedure.kind).milestones)}
    recorded = sorted(rows, key=lambda one: (one.on, order.get(one.code, 0)))
    return list(_merged(steps, [_recorded_item(case, one) for one in recorded]))


def _merged(steps: list[Item], recorded: list[Item]) -> Iterator[Item]:
    left = list(recorded)
    for step in steps:
        while left and left[0].day <= step.day:
            yield left.pop(0)
        yield step
    yield from left


def _recorded_item(case: Case, milestone: Milestone) -> Item:
    value = DateValue(milestone.on, cast(Precision, milestone.precision))
    try:
        name = kinds.get(case.procedure.kind).milestone_name(milestone.code)
    except KeyError:  # a milestone of an earlier declaration
        name = milestone.code
    return Item(matters.step_name(name), matters.day_words(value), milestone.on, step=False)


def _step_item(register: Register, case: Case, taken: StepTaken, organs: Names, divisions: Names, may_reveal: bool) -> Item:
    step = _declared(case, taken.code)
    undone = taken.undone_at is not None
    item = Item(
        name=said(step.name) if step else taken.code,
        on=date_format(taken.on, _("Y年n月j日")),
        day=taken.on,
        tone="undone" if undone else "late" if taken.late_days else "done",
        who=history.who(taken.actor),
        organ=organs.get(taken.organ_id or 0, ""),
        outside=taken.outside,
        entered=taken.at,
        late_days=taken.late_days,
        due=taken.due_on,
        leads=_leads(case, taken),
        article=taken.article,
        undone_at=taken.undone_at,
        undone_by=history.who(taken.undone_by) if undone else "",
        undo_reason=taken.undo_reason,
        place=taken.place,
    )
    if step:
        letters = {letter.code: letter.name for letter in case.procedure.letters}
        item.letters = [said(letters[code]) for code in step.letters if code in letters]
        item.answers = _answers(register, case, taken, step, organs, divisions, may_reveal)
    return item


def _declared(case: Case, code: str) -> Step | None:
    """The declaration of a step; None for one of an earlier declaration."""
    return next((one for one in case.procedure.steps if one.code == code), None)


def _leads(case: Case, taken: StepTaken) -> str:
    names = {one.code: said(one.name) for one in case.procedure.states}
    before, after = names.get(taken.from_state, ""), names.get(taken.to_state, "")
    return f"{before} → {after}" if before and after and before != after else ""


def _answers(
    register: Register, case: Case, taken: StepTaken, step: Step, organs: Names, divisions: Names, may_reveal: bool
) -> list[Answer]:
    given, found = taken.given, []
    for ask in step.asks:
        if ask.name not in given:
            continue
        if not ask.secret:
            found.append(Answer(said(ask.label), answer_words(ask, given[ask.name], organs, divisions), name=ask.name))
            continue
        url = addresses.of_answer(register, case.record.pk, taken.place, ask.name)
        found.append(Answer(said(ask.label), MASK, url if may_reveal and not case.record.voided_at else ""))
    return found


def answer_words(ask: Ask, value: Any, organs: Names, divisions: Names) -> str:
    """An answer as people read it: options by their words, organs and divisions by their names, days as written."""
    if ask.kind == "choice":
        return said(dict(ask.options).get(str(value), str(value)))
    if ask.kind == "yes_no":
        return _("是") if value == "yes" else _("否")
    if ask.kind in ("organ", "division"):
        return (organs if ask.kind == "organ" else divisions).get(int(value), _("（已删去的名录）"))
    if ask.kind == "day":
        return date_format(date.fromisoformat(str(value)), _("Y年n月j日"))
    return str(value)


def named_in(case: Case) -> Iterator[tuple[str, int]]:
    """The organs and divisions that answers name: kind and primary key."""
    for taken in case.steps:
        step = _declared(case, taken.code)
        kinds_of = {ask.name: ask.kind for ask in step.asks} if step else {}
        for name, value in taken.given.items():
            if kinds_of.get(name) in ("organ", "division"):
                yield kinds_of[name], int(value)
