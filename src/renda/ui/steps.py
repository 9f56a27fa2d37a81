"""What may be done with a matter now: its state, whose turn it is, the steps that are open and barred, the last step that may be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory.gate import Actor
from renda.directory.models import Division, Organ
from renda.procedure import cases, offers, permission, undoing
from renda.procedure.cases import Case
from renda.procedure.models import Matter
from renda.procedure.offers import Offer
from renda.procedure.registry import of_kind
from renda.registers.register import Register
from renda.ui import addresses, deadlines, timeline
from renda.ui.deadlines import Deadline
from renda.ui.words import said

PRIMARY = 2


@dataclass
class Button:
    """A step that may be taken, or one that is barred (``bar`` says why, ``bar_article`` under which article)."""

    name: str
    leads: str
    url: str
    article: str = ""
    outside: str = ""
    due: date | None = None
    bar: str = ""
    bar_article: str = ""


@dataclass
class Panel:
    """What stands at the head of a matter's page."""

    state: str
    tone: str
    turn: str = ""
    mine: bool = False
    primary: list[Button] = field(default_factory=list)
    more: list[Button] = field(default_factory=list)
    barred: list[Button] = field(default_factory=list)
    running: list[Deadline] = field(default_factory=list)
    ended: list[Deadline] = field(default_factory=list)
    undo_name: str = ""
    undo_url: str = ""
    timeline: list[timeline.Item] = field(default_factory=list)


def has_procedure(register: Register) -> bool:
    """Whether the register's matters move by declared steps."""
    return bool(register.matter_kind) and of_kind(register.matter_kind) is not None


def matter_model(register: Register) -> type[Matter]:
    """The model of a register whose records are matters."""
    return cast("type[Matter]", register.model)


def load(register: Register, pk: int, actor: Actor) -> Case:
    """The matter as today's case of the actor, who was let in by the gate before. Two queries."""
    return cases.load(matter_model(register), register.matter_kind, [pk], actor=actor, on=clock.today())[0]


def panel(register: Register, case: Case, *, may_reveal: bool) -> Panel:
    """Everything that the page says of the procedure. Two queries at most, besides the case."""
    organs, divisions = names_of(case)
    all_deadlines = deadlines.of_case(case, organs)
    found = Panel(said(case.state.name), tone_of(case))
    found.running = [one for one in all_deadlines if one.ended is None]
    found.ended = [one for one in all_deadlines if one.ended is not None]
    found.timeline = timeline.of_case(register, case, organs, divisions, may_reveal=may_reveal)
    if case.record.voided_at:
        return found
    if case.state.turn:
        found.turn = deadlines.who_words(case, case.state.turn, organs)
        found.mine = permission.is_turn_of(case.actor, case.state.turn, case.record)
    all_offers = offers.offers(case)
    open_ = sorted((one for one in all_offers if one.bar is None), key=lambda one: _usual(case, one))
    buttons = [_button(register, case, one, organs) for one in open_]
    found.primary, found.more = buttons[:PRIMARY], buttons[PRIMARY:]
    found.barred = [_button(register, case, one, organs) for one in all_offers if one.bar]
    if undoing.may_undo(case):
        last = case.standing[-1]
        found.undo_name = said(case.procedure.step(last.code).name)
        found.undo_url = addresses.of_action(register, case.record.pk, "undo")
    return found


def _usual(case: Case, offer: Offer) -> tuple[bool, bool]:
    """The steps of whose turn it is come first, among them what keeps a running deadline; else the order of the declaration."""
    return offer.step.who != case.state.turn, offer.due_on is None


def _button(register: Register, case: Case, offer: Offer, organs: Mapping[int, str]) -> Button:
    step = offer.step
    return Button(
        name=said(step.name),
        leads=said(step.leads),
        url=addresses.of_step(register, case.record.pk, step.code),
        article=offer.article,
        outside=deadlines.who_words(case, step.who, organs) if offer.way == "outside" else "",
        due=offer.due_on,
        bar=offer.bar.reason if offer.bar else "",
        bar_article=offer.bar.article if offer.bar else "",
    )


def tone_of(case: Case) -> str:
    """How the state looks: done at the end, late where a running deadline has passed, else under way."""
    if case.state.final:
        return "done"
    late = any(one.ended_on is None and one.due_on < case.on for one in case.deadlines)
    return "late" if late else "run"


def names_of(case: Case) -> tuple[dict[int, str], dict[int, str]]:
    """The names of organs and divisions that the record, its steps and their answers name. Two queries."""
    organs = deadlines.organ_ids(case) | {one.organ_id for one in case.steps if one.organ_id}
    divisions: set[int] = set()
    for kind, value in timeline.named_in(case):
        (organs if kind == "organ" else divisions).add(value)
    return _names(Organ, organs), _names(Division, divisions)


def _names(model: Any, ids: set[int]) -> dict[int, str]:
    return dict(model.objects.filter(pk__in=ids).values_list("pk", "name"))


def next_words(case: Case, organs: Mapping[int, str]) -> str:
    """What comes next, in one sentence: who is to act, until when, under which article."""
    if case.state.final or case.state.turn is None:
        return _("该事项现为“%(state)s”。") % {"state": said(case.state.name)}
    words = {"state": said(case.state.name), "who": deadlines.who_words(case, case.state.turn, organs)}
    due = case.record.due_on
    row = next((one for one in case.deadlines if one.ended_on is None and one.due_on == due), None)
    if due is None or row is None:
        return _("该事项现为“%(state)s”，下一步由%(who)s办理。") % words
    article = deadlines.working_of(case, row)[0]
    words |= {"due": due.isoformat(), "article": f"（{article}）" if article else ""}
    return _("该事项现为“%(state)s”，下一步由%(who)s在 %(due)s 前办理%(article)s。") % words
