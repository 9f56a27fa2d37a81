"""The letters of a matter: which its steps call for, which were made, and making one from its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.documents import papers, rendering, services
from renda.documents import registry as templates
from renda.documents.language import TemplateFault
from renda.documents.models import Paper, PaperVersion
from renda.documents.registry import Template, Values, Word
from renda.journal.services import change
from renda.procedure import cases, permission
from renda.procedure.cases import Case
from renda.procedure.declaration import Step
from renda.procedure.models import Matter, StepTaken
from renda.procedure.services import next_numbers
from renda.registers.register import Register
from renda.ui.words import said

DATED = "成文日期"
MASK = "＊＊＊＊"
MOST_LINES, MOST_TEXT = 30, 300


@dataclass
class Version:
    """One version of a letter; ``url`` is empty where it holds what the reader may not see."""

    version: int
    by: str
    at: datetime
    reason: str
    url: str


@dataclass
class Made:
    """A letter that was made: its newest version and the older ones; ``again_url`` where a new one may be made."""

    name: str
    number: str
    newest: Version
    older: list[Version]
    secret: bool
    undone: bool
    again_url: str = ""


@dataclass
class Wanted:
    """A letter that a step calls for and that was not made yet."""

    name: str
    to: str
    step: str
    on: date
    url: str


@dataclass
class Letters:
    """What the page of a matter says of its letters."""

    made: list[Made] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)


@dataclass
class Blank:
    """One word of a letter as the page shows it before the letter is made: filled in from the matter, or asked of the maker."""

    word: Word
    name: str
    text: str
    about: str


def of_matter(register: Register, case: Case) -> Letters:
    """The letters of a matter that the case's actor may see: made ones by step, and those still wanted, the latest step first. Two queries."""
    found, kind = Letters(), case.procedure.kind
    made = papers.latest(papers.of_subject(kind, case.record.pk))
    if not made and not any(step.letters for step in case.procedure.steps):
        return found
    standing = {one.place: one for one in case.standing}
    for (place, code), paper in made.items():
        template = templates.find(code)
        if template is not None:
            found.made.append(_made(register, case, paper, template, standing.get(place)))
    for taken in reversed(case.standing):
        step = case.procedure.step(taken.code)
        found.wanted += [
            Wanted(said(one.name), said(one.to), said(step.name), taken.on, _make_url(register, case.record.pk, taken.place, one))
            for one in _templates(kind, step)
            if (taken.place, one.code) not in made and may_make(case, step)
        ]
    return found


def may_make(case: Case, step: Step) -> bool:
    """Whether the actor may make the letters of a step: whoever may take it or record it, while the matter stands."""
    return not case.record.voided_at and bool(permission.way(case.actor, step.who, case.record))


def _templates(kind: str, step: Step) -> list[Template]:
    found = (templates.find(f"{kind}.{code}") for code in step.letters)
    return [one for one in found if one is not None]


def may_open(actor: Actor, register: Register, paper: Paper, version: PaperVersion) -> bool:
    """Whether an actor who sees the matter may download a version: masked values need the right to unmask, and those who are bound to an
    organ open their own letters and the ones that go to units, not what the office writes to the petitioner."""
    template = templates.find(paper.code)
    if roles.ROLES[actor.role].bound_to_organ and paper.organ_id != actor.organ_id and not (template and template.to_units):
        return False
    return not version.secret or gate.may(actor, roles.REVEAL, register.model)


def _made(register: Register, case: Case, paper: Paper, template: Template, taken: StepTaken | None) -> Made:
    versions = [
        Version(
            one.version, one.by, one.at, one.reason, _url(register, one) if may_open(case.actor, register, paper, one) else ""
        )
        for one in paper.versions.all()
    ]
    again = taken is not None and may_make(case, case.procedure.step(taken.code))
    return Made(
        said(template.name),
        paper.number,
        versions[0],
        versions[1:],
        any(one.secret for one in paper.versions.all()),
        taken is None,
        _make_url(register, case.record.pk, paper.step, template) if again else "",
    )


def _url(register: Register, version: PaperVersion) -> str:
    return reverse("ui:letter", args=[register.room, register.slug, version.paper.subject_id, version.pk])


def _make_url(register: Register, pk: int, place: int, template: Template) -> str:
    return reverse("ui:letter-make", args=[register.room, register.slug, pk, place, template.code.partition(".")[2]])


@dataclass
class Draft:
    """A letter about to be made: the case, its step and template, what is filled in from the matter and what the maker adds."""

    case: Case
    taken: StepTaken
    template: Template
    values: Values
    made: bool
    number: str
    used: frozenset[str]

    def known(self) -> list[Blank]:
        """The words that the template takes from the matter; masked ones are masked here too, those without a value come last."""
        rows = [
            Blank(
                word,
                said(word.name),
                MASK if word.secret and self.values[word.name] else _text(self.values[word.name]),
                said(word.about),
            )
            for word in self.template.words
            if word.name in self.used and not word.asked and word.name != templates.NUMBER
        ]
        return sorted(rows, key=lambda one: not one.text)

    def asked(self, given: Mapping[str, str]) -> list[Blank]:
        """The words that the maker fills in, with what was given or is known."""
        return [
            Blank(word, said(word.name), given.get(word.name, _text(self.values[word.name])), said(word.about))
            for word in self.template.words
            if word.asked and word.name in self.used
        ]


def draft(register: Register, case: Case, place: int, letter: str) -> Draft:
    """The letter of a step of this case. Http404 where the step has none such or the matter
    was voided, PermissionDenied where the actor may not make it."""
    taken = next((one for one in case.standing if one.place == place), None)
    template = templates.find(f"{case.procedure.kind}.{letter}")
    if case.record.voided_at or taken is None or template is None or letter not in case.procedure.step(taken.code).letters:
        raise Http404
    step = case.procedure.step(taken.code)
    if not may_make(case, step):
        raise PermissionDenied(
            _("“%(letter)s”由%(who)s出具，您当前的身份不能生成。") % {"letter": said(template.name), "who": said(step.who.name)}
        )
    if any(word.secret for word in template.words):
        gate.require(case.actor, roles.REVEAL, register.model)
    asked = papers.last_asked(template.kind, case.record.pk, place, template.code)
    values = template.values(template, case=case, step=taken, maker=case.actor, asked=asked)
    paper = Paper.objects.filter(kind=template.kind, subject_id=case.record.pk, step=place, code=template.code).first()
    used = _used(template, template.sender(case=case, step=taken).division)
    return Draft(case, taken, template, values, paper is not None, paper.number if paper else "", used)


def _used(template: Template, division: Division) -> frozenset[str]:
    """The words that the template in force takes; all of them for one that has become unusable, which making the letter will say."""
    try:
        return frozenset(rendering.words_used(services.current(template, division).content, template.samples()))
    except TemplateFault:
        return frozenset(template.by_name)


def make(register: Register, pk: int, place: int, letter: str, given: Mapping[str, str], *, actor: Actor) -> PaperVersion:
    """Make a letter of a matter that the caller found through the gate. Raises as ``draft`` does, and TemplateFault with what is wrong."""
    with change():
        case = cases.load(
            cast(type[Matter], register.model), register.matter_kind, [pk], actor=actor, on=clock.today(), lock=True
        )[0]
        wanted = draft(register, case, place, letter)
        asked = _asked(wanted, given)
        sender = wanted.template.sender(case=case, step=wanted.taken)
        order = papers.Order(
            wanted.template, pk, place, sender.division, sender.organ.pk if sender.organ else None, register.code, case.record.called,
        )  # fmt: skip

        def fresh() -> str:
            return _fresh_number(wanted.template, sender.mark, order, wanted.taken.on)

        return papers.make(
            order,
            wanted.template.values(wanted.template, case=case, step=wanted.taken, maker=actor, asked=asked),
            number=given.get(templates.NUMBER, ""),
            fresh_number=fresh,
            asked=asked,
            reason=given.get("reason", ""),
            actor=actor,
        )


def _fresh_number(template: Template, mark: str, order: papers.Order, day: date) -> str:
    """The next number of this letter, organ and year; numbers that were typed in by hand are passed over."""
    if not template.number:
        return ""
    counter = f"letter:{template.code}:{order.organ_id or 0}"
    while True:
        n = next_numbers(counter, order.division.pk, str(day.year), 1)[0]
        number = template.number.format(mark=mark, year=day.year, n=n)
        if not Paper.objects.filter(division=order.division, number=number).exists():
            return number


def _asked(wanted: Draft, given: Mapping[str, str]) -> dict[str, Any]:
    """What the maker filled in: lines for words that hold several, a day for the date."""
    found: dict[str, Any] = {}
    for word in wanted.template.words:
        if not word.asked or word.name not in given:
            continue
        text = given[word.name].strip()
        if word.many:
            found[word.name] = [line.strip()[:MOST_TEXT] for line in text.splitlines() if line.strip()][:MOST_LINES]
        elif len(text) > MOST_TEXT:
            raise TemplateFault(_("“%(word)s”最多 %(most)s 字。") % {"word": said(word.name), "most": MOST_TEXT})
        else:
            found[word.name] = text
    if DATED in found and not found[DATED]:
        raise TemplateFault(_("请填写成文日期，如 2021年3月5日。"))
    return found


def _text(value: str | list[str]) -> str:
    return "\n".join(value) if isinstance(value, list) else value
