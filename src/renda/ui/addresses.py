"""Where the pages of registers and records are, and addresses with changed parameters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from renda.registers.register import Register

Pairs = list[tuple[str, str]]


def of_room(room: str) -> str:
    """The registers of a room."""
    return reverse("ui:room", args=[room])


def of_list(register: Register, query: str = "") -> str:
    """The list of a register."""
    return _with(reverse("ui:list", args=[register.room, register.slug]), query)


def of_new(register: Register, query: str = "") -> str:
    """The form for a new record."""
    return _with(reverse("ui:new", args=[register.room, register.slug]), query)


def of_export(register: Register) -> str:
    """The workbook of what a list shows."""
    return reverse("ui:export", args=[register.room, register.slug])


def of_void_many(register: Register) -> str:
    """The page that asks for the reason why several records are voided."""
    return reverse("ui:void-many", args=[register.room, register.slug])


def of_record(register: Register, pk: int) -> str:
    """A record's page."""
    return reverse("ui:detail", args=[register.room, register.slug, pk])


def of_action(register: Register, pk: int, action: str, *more: str) -> str:
    """A page about one record: edit, void, reveal."""
    return reverse(f"ui:{action}", args=[register.room, register.slug, pk, *more])


def of_step(register: Register, pk: int, code: str) -> str:
    """The form of a step in a matter."""
    return reverse("ui:step", args=[register.room, register.slug, pk, code])


def of_answer(register: Register, pk: int, place: int, ask: str) -> str:
    """The page that asks for a reason before it shows a secret answer of a step."""
    return reverse("ui:answer", args=[register.room, register.slug, pk, place, ask])


def of_steps(register: Register) -> str:
    """The page on which a step is taken in several matters."""
    return reverse("ui:steps", args=[register.room, register.slug])


def changed(params: QueryDict, without: Iterable[str] = (), **values: Any) -> str:
    """The query string with some parameters replaced (None takes one away)."""
    fresh = params.copy()
    for name in without:
        fresh.pop(name, None)
    for name, value in values.items():
        fresh.pop(name, None)
        if value not in (None, ""):
            fresh[name] = str(value)
    return "?" + fresh.urlencode() if fresh else "?"


def kept(params: QueryDict, without: Iterable[str]) -> Pairs:
    """Parameters that a form of the page carries on as hidden fields."""
    left_out = set(without)
    return [(name, value) for name, values in params.lists() if name not in left_out for value in values]


def _with(address: str, query: str) -> str:
    rest = query.lstrip("?")
    return f"{address}?{rest}" if rest else address
