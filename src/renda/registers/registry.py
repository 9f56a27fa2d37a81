"""All registers, in the order in which they can be imported: what is referred to first."""

from __future__ import annotations

from functools import cache

from django.db.models import Model

from renda.directory import gate
from renda.registers.register import Register

_registers: dict[str, Register] = {}


def register(declared: Register) -> Register:
    """Add a register and tell the gate about its model. ValueError where the code is taken."""
    if declared.code in _registers:
        raise ValueError(f"register {declared.code} is declared twice")
    _registers[declared.code] = declared
    _ordered.cache_clear()
    gate.declare(declared.model, declared.access)
    return declared


def get(code: str) -> Register:
    """The register with this code; KeyError where there is none."""
    return _registers[code]


def all_registers() -> list[Register]:
    """All registers, those referred to before those that refer; by code otherwise."""
    return list(_ordered())


@cache
def _ordered() -> tuple[Register, ...]:
    done: dict[str, Register] = {}

    def visit(code: str) -> None:
        if code in done:
            return
        wanted = set(_registers[code].depends_on)
        if _registers[code].names_people:
            wanted |= {"directory.posts", "directory.deputies"} & _registers.keys()
        for before in sorted(wanted - {code}):
            visit(before)
        done[code] = _registers[code]

    for code in sorted(_registers):
        visit(code)
    return tuple(done.values())


def of_kind(kind: str) -> list[Register]:
    """The registers of a kind of matter."""
    return [declared for declared in _ordered() if declared.matter_kind == kind]


def of_room(room: str) -> list[Register]:
    """A room's registers, in the order in which they were declared."""
    return [declared for declared in _registers.values() if declared.room == room]


def children_of(parent: Register) -> list[Register]:
    """Registers whose rows belong to rows of this one (agenda items of a meeting)."""
    return [r for r in _registers.values() if r.parent and getattr(r.by_field[r.parent], "to", "") == parent.code]


def kind_of(model: type[Model]) -> str | None:
    """The kind under which all records of a model stand in the table they share with others (matters, activities); None without one."""
    if not model._meta.parents:
        return None
    kinds = {register.matter_kind or register.fixed.get("kind") for register in _registers.values() if register.model is model}
    return kinds.pop() if len(kinds) == 1 else None
