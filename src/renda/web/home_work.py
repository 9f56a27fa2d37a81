"""Home of those who see only their own: a deputy, a handling unit. What each register holds of theirs, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, Value

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.procedure.models import Matter
from renda.registers import registry
from renda.registers.register import Register
from renda.ui import addresses, matters
from renda.ui.words import said
from renda.web import due

NEWEST = 8
TILES = 8


@dataclass(frozen=True)
class Own:
    """How many records of a register concern the actor: in all, and this year."""

    name: str
    count: int
    this_year: int
    url: str
    year_url: str


@dataclass(frozen=True)
class Newest:
    """A matter of the actor's with its state."""

    title: str
    number: str
    url: str
    state: matters.State


def is_bound(actor: Actor) -> bool:
    """Whether the actor's role sees only what concerns its organ or person."""
    role = roles.ROLES[actor.role]
    return role.bound_to_organ or role.bound_to_person


def registers(actor: Actor) -> list[Register]:
    """The registers whose records concern the actor one by one; those open to everyone are left out."""
    return [
        r
        for r in registry.all_registers()
        if r.date
        and not r.parent
        and r.room != "directory"
        and gate.may(actor, roles.VIEW, r.model)
        and not gate.access_of(r.model).open_to_bound
    ]


def own(actor: Actor, year: int) -> list[Own]:
    """Registers that hold something of the actor's, the fullest first. One query."""
    parts = [
        gate.visible_to(actor, r.records())
        .order_by()
        .annotate(_code=Value(r.code))
        .values("_code")
        .annotate(_all=Count("pk", distinct=True), _year=Count("pk", distinct=True, filter=Q(**{f"{r.date}__year": year})))
        .values_list("_code", "_all", "_year")
        for r in registers(actor)
    ]
    rows = due.united(parts)
    found = []
    for code, count, this_year in rows if rows is not None else ():
        register = registry.get(code)
        found.append(
            Own(said(register.name), count, this_year, addresses.of_list(register), addresses.of_list(register, f"year={year}"))
        )
    return sorted((one for one in found if one.count), key=lambda one: (-one.count, one.name))[:TILES]


def newest(actor: Actor) -> tuple[str, str, list[Newest]] | None:
    """Name, list and newest matters of the first register of matters that holds something of the actor's; open ones first."""
    for register in sorted(due.matter_registers(actor), key=lambda r: r.room != "suggestions"):
        rows = gate.visible_to(actor, register.records()).order_by(F("closed_on").desc(nulls_first=True), "-opened_on", "-pk")
        ids = list(rows.values_list("pk", flat=True)[:NEWEST])
        if ids:
            return said(register.name), addresses.of_list(register), _states(register, ids)
    return None


def _states(register: Register, ids: list[int]) -> list[Newest]:
    found = {m.pk: m for m in Matter.objects.filter(pk__in=ids)}
    return [
        Newest(
            found[pk].title,
            found[pk].number,
            addresses.of_record(register, pk),
            matters.state_of(register.matter_kind, found[pk].stage, found[pk].due_on, found[pk].closed_on),
        )
        for pk in ids
    ]


def this_year() -> int:
    """The year of today."""
    return clock.today().year
