"""`compose`: last year's text in, this year's draft out. Recognise, bind, ask the records in one set, judge, assemble."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from renda.reports.recognise import Figure, recognise

from .assemble import Setting, assemble
from .claims import Value, claims
from .judge import Answered, Finding
from .layout import Layout
from .model import Binding, Draft
from .sharing import is_shared, sharers
from .turning import UNKNOWN, turns, year_before

if TYPE_CHECKING:
    from renda.directory.gate import Actor
    from renda.directory.models import Division

ACCEPT = 0.6
"""Figures bound with less confidence stay open unless a clerk has chosen."""

NO_DIVISION = "台账里还没有登记任何区划，没有可以计算的记录"

Choices = Mapping[int, Binding | None]
Sharers = list[tuple[str, Binding | None]]


def compose(
    text: str, *, source_year: int | None, year: int, division: Division | None, actor: Actor, accept: float = ACCEPT,
    memory: Mapping[str, str | None] | None = None, choices: Choices | None = None, asked: dict[str, Answered] | None = None,
) -> Draft:  # fmt: skip
    """The draft of `text` for `year`. `source_year` is the year the text reports on (None: guessed from it).

    `choices` maps the start of a figure to what a clerk chose for it (None: leave it open). Without a division nothing can be
    computed and every figure is marked. `asked` holds answers of an earlier draft from the same records of the same division and year;
    new ones are put into it. Raises PermissionDenied outside the actor's scope.
    """
    layout = Layout(text)
    own = source_year or layout.own_year
    findings, shared = _bound(layout, recognise(text, own, memory or {}), own, choices or {})
    register = _Register(year, division, actor, {} if asked is None else asked)
    asserted = [binding for claim in claims(layout, own, year) for binding in claim.bindings]
    register.ask(_questions(findings, shared) + asserted)
    for finding, things in zip(findings, shared, strict=True):
        _answer(finding, things, register)
    code = division.code if division is not None else ""
    setting = Setting(year, own, code, accept, _same_terms(own, year, division))
    return assemble(layout, findings, setting, register.value)


def _bound(layout: Layout, figures: list[Figure], own: int | None, choices: Choices) -> tuple[list[Finding], list[Sharers]]:
    from renda.reports.binding import bind

    findings, shared = [], []
    for figure, bound in zip(figures, bind(figures, layout.text, year=own), strict=True):
        finding = Finding(figure, bound.binding, bound.why)
        if figure.start in choices:
            chosen = choices[figure.start]
            finding = Finding(figure, chosen, "" if chosen else "经办人选定此处留空", chosen=chosen is not None)
        things = _things(layout, figure, own) if figure.start not in choices and is_shared(layout, figure) else []
        if finding.binding is None and things and all(binding for _name, binding in things):
            finding.binding = things[0][1]
        findings.append(finding)
        shared.append(things if finding.binding is not None else [])
    _turn(layout, findings, own, choices)
    return findings, shared


def _turn(layout: Layout, findings: list[Finding], own: int | None, choices: Choices) -> None:
    """Bind both figures of a change (由90%提高到95%) to one thing, the first a year back; leave the first open where that fails."""
    for turn in turns(layout, [finding.figure for finding in findings]):
        first, second = findings[turn.first], findings[turn.second]
        if first.figure.start in choices or second.figure.start in choices:
            continue
        now = _binding_of(turn.alone, own)
        then = now and year_before(now)
        if then is None:
            first.binding, first.why = None, UNKNOWN
        else:
            first.binding, second.binding = then, now


def _binding_of(text: str, own: int | None) -> Binding | None:
    """What the last figure of a short text counts."""
    from renda.reports.binding import bind

    figures = recognise(text, own)
    return bind(figures, text, year=own)[-1].binding if figures else None


def _things(layout: Layout, figure: Figure, own: int | None) -> Sharers:
    """What each of the things that share a number counts; an unnamed one where the text does not list them."""
    named = sharers(layout, figure)
    if len(named) < 2:
        return [(named[0][0] if named else "各", None)]
    return [(name, _binding_of(alone, own)) for name, alone in named]


def _questions(findings: Sequence[Finding], shared: Sequence[Sharers]) -> list[Binding]:
    asked = [finding.binding for finding in findings if finding.binding is not None]
    return asked + [binding for things in shared for _name, binding in things if binding is not None]


def _answer(finding: Finding, things: Sharers, register: _Register) -> None:
    if finding.binding is None:
        return
    finding.counts, finding.answer = register.sentence(finding.binding), register.answer(finding.binding)
    finding.shared = [(name, register.answer(binding) if binding else None) for name, binding in things]
    if len(things) > 1:
        told = [f"{name}：{register.sentence(binding)}" for name, binding in things if binding]
        finding.counts = "几样同数，" + "".join(told)


@dataclass(frozen=True)
class Unanswered:
    """No records to ask."""

    why: str
    value: None = None
    before: None = None
    records: int = 0
    unit: str = ""
    period: tuple[date, date, str] | None = None


@dataclass
class _Register:
    """The records of one division in one year, asked once."""

    year: int
    division: Division | None
    actor: Actor
    known: dict[str, Answered] = field(default_factory=dict)

    def ask(self, bindings: Sequence[Binding]) -> None:
        """Ask all that will be needed, each distinct question once."""
        distinct = {_key(binding): binding for binding in bindings}
        if self.division is None:
            self.known |= {key: Unanswered(NO_DIVISION) for key in distinct}
            return
        from renda.reports.binding.answers import answer_all

        new = {key: binding for key, binding in distinct.items() if key not in self.known}
        self.known.update(zip(new, answer_all(list(new.values()), self.year, self.division, self.actor), strict=True))

    def answer(self, binding: Binding) -> Answered:
        """The answer to a question asked before."""
        return self.known[_key(binding)]

    def value(self, binding: Binding) -> tuple[Value, str]:
        """Value and, without one, the reason."""
        answer = self.answer(binding)
        return answer.value, answer.why

    def sentence(self, binding: Binding) -> str:
        """What a binding counts, in words."""
        from renda.reports.binding import sentence

        return sentence(binding, self.year)


def _key(binding: Binding) -> str:
    alike = [_key(one) for one in binding.alike]
    return repr((binding.indicator, sorted(binding.where.items()), sorted(binding.period.items()), binding.form, alike))


def _same_terms(own: int | None, year: int, division: Any) -> list[int]:
    """Numbers of the terms of the division's congress that run at the end of both years."""
    if own is None or division is None:
        return []
    from renda.directory.models import Term

    first, last = sorted((own, year))
    terms = Term.objects.alive().filter(division=division, starts_on__lte=date(first, 12, 31))
    return [term.number for term in terms if term.ends_on is None or term.ends_on >= date(last, 12, 31)]
