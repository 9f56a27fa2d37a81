"""Filters of a list: what can be asked of each column, the address in its plain form, and the chips that read as a sentence."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate
from renda.directory.gate import Actor
from renda.directory.models import Person
from renda.registers import references, registry
from renda.registers.columns import Column
from renda.registers.query import PHASE
from renda.registers.register import Register
from renda.ui import addresses, lookup, matters
from renda.ui.words import said

CHOICES, DATES, NUMBER, TEXT, NAMED = "choices", "dates", "number", "text", "named"
KINDS = {
    "choice": CHOICES, "yes_no": CHOICES, "day": DATES, "milestone": DATES, "whole": NUMBER, "number": NUMBER, "percent": NUMBER,
    "text": TEXT, "ref": NAMED, "refs": NAMED, "person": NAMED, "people": NAMED, "division": NAMED,
}  # fmt: skip
YEARS_BACK = 12
TRANSIENT = ("page", "columns", "pick")


@dataclass
class Filter:
    """A column that the list can be filtered by. ``options`` for choices, ``lookup`` is the type-ahead's address for names."""

    field: str
    name: str
    kind: str
    options: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    lookup: str = ""


@dataclass
class Chip:
    """A condition in force, read as 状态为办理中, and the address without it."""

    name: str
    verb: str
    value: str
    remove_url: str


def of_register(register: Register) -> list[Filter]:
    """What a register's list can be filtered by; secret columns never."""
    found = [Filter("year", _("年度"), CHOICES, _years())] if register.date else []
    states = matters.phases(register.matter_kind)
    found += [Filter(PHASE, _("状态"), CHOICES, states)] if states else []
    for column in register.columns:
        kind = KINDS.get(column.kind)
        if kind and not column.secret:
            found.append(
                Filter(column.field, said(column.name), kind, _options(column), lookup.address(column) if kind == NAMED else "")
            )
    return found


def _years() -> list[tuple[str, str]]:
    this = clock.today().year
    return [(str(year), _("%(year)d年") % {"year": year}) for year in range(this + 1, this - YEARS_BACK, -1)]


def _options(column: Column) -> list[tuple[str, str]]:
    if column.kind == "yes_no":
        return [("true", _("是")), ("false", _("否"))]
    return [(code, said(name)) for code, name in getattr(column, "choices", {}).items()] if column.kind == "choice" else []


def plain(register: Register, params: QueryDict, actor: Actor) -> QueryDict | None:
    """The address in its plain form, or None where it already is.

    A form sends ``field.from`` and ``field.to`` for dates and a name for a reference; the list asks for ``a..b`` and an id.
    """
    fresh, before = params.copy(), params.urlencode()
    for column in register.columns:
        kind = KINDS.get(column.kind)
        if kind == DATES:
            _join_dates(fresh, column.field)
        elif kind == NAMED:
            _name_to_id(fresh, column, actor)
    return fresh if fresh.urlencode() != before else None


def _join_dates(params: QueryDict, name: str) -> None:
    ends = [params.get(f"{name}.{end}", "") for end in ("from", "to")]
    for end in ("from", "to"):
        params.pop(f"{name}.{end}", None)
    if any(ends):
        params[name] = "..".join(ends)


def _name_to_id(params: QueryDict, column: Column, actor: Actor) -> None:
    text = params.get(column.field, "").strip()
    if not text or text.isdigit():
        return
    found = lookup.suggest(column, text, actor, limit=1)
    params[column.field] = str(found[0].pk) if found else "0"


def chips(register: Register, params: QueryDict, actor: Actor) -> list[Chip]:
    """The conditions in force, as a sentence."""
    found = []
    words = params.get("q", "").strip()
    if words:
        found.append(Chip("", _("含有"), words, _without(params, "q")))
    if register.date and params.get("year", "").isdigit():
        found.append(Chip(_("年度"), _("为"), _("%(year)s年") % {"year": params["year"]}, _without(params, "year")))
    states = dict(matters.phases(register.matter_kind))
    phase = params.get(PHASE, "")
    if phase in states:
        found.append(Chip(_("状态"), _("为"), states[phase], _without(params, PHASE)))
    for column in register.columns:
        value = params.get(column.field, "")
        if value and column.kind in KINDS and not column.secret and not (register.date and column.field == "year"):
            found.append(Chip(said(column.name), *_sentence(column, value, actor), _without(params, column.field)))
    return found


def _sentence(column: Column, value: str, actor: Actor) -> tuple[str, str]:
    kind = KINDS[column.kind]
    if kind == DATES:
        return _dates(value)
    if kind == CHOICES:
        return _("为"), dict(_options(column)).get(value, value)
    if kind == NAMED:
        return (_("含") if column.kind in ("refs", "people") else _("为")), _named(column, value, actor)
    return (_("为") if kind == NUMBER else _("含有")), value


def _dates(value: str) -> tuple[str, str]:
    first, between, last = value.partition("..")
    if not between:
        return _("为"), first
    if first and last:
        return _("在"), _("%(first)s 至 %(last)s") % {"first": first, "last": last}
    return (_("不早于"), first) if first else (_("不晚于"), last)


def _named(column: Column, value: str, actor: Actor) -> str:
    pk = int(value) if value.isdigit() else 0
    if column.kind in ("person", "people"):
        person = gate.visible_to(actor, Person.objects.all()).filter(pk=pk).first()
        return person.name if person else _("（没有这个人）")
    if column.kind == "division":
        return column.cells([pk])[0] or _("（没有这个区划）")
    target = registry.get(getattr(column, "to", ""))
    seen = gate.visible_to(actor, target.records()).filter(pk=pk).exists()
    return references.labels(target.code, [pk]).get(pk, "") if seen else _("（没有这一条）")


def _without(params: QueryDict, name: str) -> str:
    return addresses.changed(params, (*TRANSIENT, name))
