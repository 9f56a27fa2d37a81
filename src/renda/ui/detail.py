"""What a record's page shows: columns, milestones, history, thread, rows of child registers. A constant number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.http import Http404
from django.utils.translation import gettext as _

from renda.core.cells import DateValue, Precision
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.files import kinds as kinds_of_files
from renda.law import LawError
from renda.lawbook.services import context
from renda.procedure import kinds
from renda.procedure.models import Matter, Milestone
from renda.registers import loading, registry
from renda.registers.columns import Column
from renda.registers.register import Register
from renda.ui import addresses, attachments, cells, entrances, history, letters, links, matters, steps
from renda.ui.entrances import Entrance
from renda.ui.steps import Panel
from renda.ui.words import said

CHILD_ROWS = 10
CHILD_COLUMNS = 6
THREAD_ROWS = 50


@dataclass
class Fact:
    """One column of the record. ``reveal_url`` where a secret value stands behind the mask."""

    name: str
    text: str
    reveal_url: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Step:
    """One milestone of a matter's life, reached or not."""

    name: str
    on: str
    tone: str = ""


@dataclass
class Child:
    """Rows of a child register that belong to the record."""

    name: str
    count: int
    headings: list[str]
    rows: list[tuple[str, list[cells.Cell]]]
    all_url: str
    new_url: str = ""


@dataclass
class Deadline:
    """A matter's deadline with its article."""

    words: str
    tone: str
    due: date
    article: str = ""
    working: list[str] = field(default_factory=list)


@dataclass
class DetailPage:
    """Everything that the template of a record needs."""

    title: str
    kind: str
    number: str
    facts: list[Fact]
    history: list[history.Event]
    children: list[Child]
    blank: list[str] = field(default_factory=list)
    void_reason: str = ""
    state: matters.State | None = None
    deadline: Deadline | None = None
    steps: list[Step] = field(default_factory=list)
    thread: list[tuple[str, str, str]] = field(default_factory=list)
    edit_url: str = ""
    void_url: str = ""
    attachments: attachments.Attachments = field(default_factory=lambda: attachments.Attachments([], []))
    attach_secret: bool = False
    accept: str = kinds_of_files.ACCEPT
    attach_url: str = ""
    panel: Panel | None = None
    letters: letters.Letters | None = None
    links: links.Links | None = None
    entrances: list[Entrance] = field(default_factory=list)


def find(register: Register, pk: int, actor: Actor) -> Any:
    """The record, voided or not, as far as the actor may see it. Http404 otherwise."""
    gate.require(actor, roles.VIEW, register.model)
    rows = gate.visible_to(actor, register.model._default_manager.filter(**register.fixed))
    record = rows.select_related("division").filter(pk=pk).first()
    if record is None:
        raise Http404
    return record


def build(register: Register, record: Any, actor: Actor) -> DetailPage:
    """The page of a record that was found through ``find``."""
    columns = [c for c in register.columns if c.kind != "milestone"]  # the timeline reads those at once
    values = loading.load(register, [record.pk], columns)[record.pk]
    raw = loading.as_cells(columns, [values])[0]
    by_field = {c.field: cell for c, cell in zip(columns, raw, strict=True)}
    facts = _facts(register, record.pk, by_field, values, actor)
    page = DetailPage(
        title=cells.shown(register.by_field[register.label], by_field[register.label]) or _("（无标题）"),
        kind=said(register.name),
        number=str(by_field.get("number") or ""),
        facts=[fact for fact in facts if fact.text],
        blank=[fact.name for fact in facts if not fact.text],
        history=history.of_record(register, record.pk),
        children=[
            _child(child, register, record.pk, actor)
            for child in registry.children_of(register)
            if gate.may(actor, roles.VIEW, child.model)
        ],
        void_reason=record.void_reason,
        attachments=attachments.of_record(register, record, actor),
        entrances=[] if record.voided_at else entrances.of_record(register.code, record.pk, actor),
    )
    if steps.has_procedure(register):
        _procedure(page, register, record, actor)
    elif register.matter_kind:
        _matter(page, register, record)
    if register.matter_kind:
        page.links = links.of_matter(register, record, actor)
    if register.matter_kind and record.thread_id:
        page.thread = _thread(record, actor)
    if attachments.may_add(register, record, actor):
        page.attach_secret = attachments.secret_by_default(register)
        page.attach_url = addresses.of_action(register, record.pk, "attach")
    if not record.voided_at:
        page.edit_url = addresses.of_action(register, record.pk, "edit") if gate.may(actor, roles.EDIT, register.model) else ""
        page.void_url = addresses.of_action(register, record.pk, "void") if gate.may(actor, roles.VOID, register.model) else ""
    return page


def _facts(register: Register, pk: int, raw: dict[str, Any], values: dict[str, Any], actor: Actor) -> list[Fact]:
    may_reveal = gate.may(actor, roles.REVEAL, register.model)
    found = []
    for column in register.columns:
        if (column.field == register.label and column.kind == "text" and not column.secret) or column.kind == "milestone":
            continue  # the page's title and its timeline say these
        text = cells.shown(column, raw[column.field], spoken=True)
        unit = cells.unit_of(column)
        fact = Fact(said(column.name), f"{text} {said(unit)}" if text and unit and column.kind in cells.NUMERIC else text)
        if column.secret and text and may_reveal:
            fact.reveal_url = addresses.of_action(register, pk, "reveal", column.field)
        if column.kind == "ref" and values[column.field] and text:
            fact.links = _ref_link(column, values[column.field], text, actor)
        found.append(fact)
    return found


def _ref_link(column: Column, pk: int, text: str, actor: Actor) -> list[tuple[str, str]]:
    target = registry.get(getattr(column, "to", ""))
    if not gate.may(actor, roles.VIEW, target.model) or not gate.visible_to(actor, target.records()).filter(pk=pk).exists():
        return []  # named, but no link that would lead to a refusal
    return [(text, addresses.of_record(target, pk))]


def _child(child: Register, register: Register, pk: int, actor: Actor) -> Child:
    rows = gate.visible_to(actor, child.records()).filter(**{child.parent: pk}).order_by("pk")
    shown = list(rows.values_list("pk", flat=True)[:CHILD_ROWS])
    listed = [c for c in child.columns if c.listed and not c.secret and c.field not in (child.parent, "division")]
    columns = [c for c in listed if c in listed[:CHILD_COLUMNS] or c.field == child.label]
    values = loading.load(child, shown, columns)
    cells_of = loading.as_cells(columns, [values[i] for i in shown])
    found = [
        (addresses.of_record(child, i), cells.row_cells(columns, raw, child.label))
        for i, raw in zip(shown, cells_of, strict=True)
    ]
    query = f"{child.parent}={pk}"
    new = addresses.of_new(child, query) if gate.may(actor, roles.CREATE, child.model) else ""
    return Child(said(child.name), rows.count(), [cells.heading(c) for c in columns], found, addresses.of_list(child, query), new)


def _procedure(page: DetailPage, register: Register, record: Any, actor: Actor) -> None:
    """What the declared procedure says of the matter: its state, deadlines, steps and timeline."""
    case = steps.load(register, record.pk, actor)
    page.panel = steps.panel(register, case, may_reveal=gate.may(actor, roles.REVEAL, register.model))
    page.letters = letters.of_matter(register, case)
    for item in page.panel.timeline:
        if item.step:
            item.attach(page.attachments.of_step(item.place))
    page.state = matters.state_of(register.matter_kind, record.stage, record.due_on, record.closed_on, record.phase)


def _matter(page: DetailPage, register: Register, record: Any) -> None:
    """How far a matter without a declared procedure has come, and the one deadline that its kind may have."""
    kind = kinds.get(register.matter_kind)
    page.state = matters.state_of(kind.code, record.stage, record.due_on, record.closed_on)
    dates = {m.code: DateValue(m.on, cast(Precision, m.precision)) for m in Milestone.objects.filter(matter_id=record.pk)}
    page.steps = [_step(matters.step_name(name), dates.get(code), record, code in kind.closes) for code, name in kind.milestones]
    if record.due_on:
        page.deadline = _deadline(kind, record, page.state, dates)


def _deadline(kind: kinds.MatterKind, record: Any, state: matters.State, dates: Mapping[str, DateValue]) -> Deadline:
    """The deadline with its article and the working of the count, as the law package gives them."""
    found = Deadline(state.deadline, state.deadline_tone, record.due_on)
    if kind.due and kind.due[1] in dates:
        try:
            counted = context(record.division_id).due(kind.due[0], dates[kind.due[1]].date)
        except LawError:
            return found
        found.article, found.working = counted.citation, list(counted.working)
    return found


def _step(name: str, value: DateValue | None, record: Any, closes: bool) -> Step:
    if value is None:
        return Step(name, "")
    day = value.date
    late = closes and record.due_on is not None and day > record.due_on
    return Step(name, matters.day_words(value), "late" if late else "done")


def _thread(record: Any, actor: Actor) -> list[tuple[str, str, str]]:
    """What else belongs to the same issue: register, title, address; only what the actor may open."""
    found = []
    by_kind: dict[str, list[Matter]] = {}
    for one in (
        Matter.objects.alive().filter(thread_id=record.thread_id).exclude(pk=record.pk).order_by("opened_on", "pk")[:THREAD_ROWS]
    ):
        by_kind.setdefault(one.kind, []).append(one)
    for kind, several in by_kind.items():
        register = matters.register_of_kind(kind)
        if register is None or not gate.may(actor, roles.VIEW, register.model):
            continue
        seen = set(gate.visible_to(actor, register.records()).filter(pk__in=[m.pk for m in several]).values_list("pk", flat=True))
        found += [(said(register.name), m.title, addresses.of_record(register, m.pk)) for m in several if m.pk in seen]
    return found
