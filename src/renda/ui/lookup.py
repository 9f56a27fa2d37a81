"""Type-ahead behind the gate: what a written reference may mean, by text, full pinyin or initials."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.urls import reverse

from renda.core.pinyin import full_pinyin, initials
from renda.directory import gate, names
from renda.directory.gate import Actor
from renda.directory.models import Division, Person
from renda.registers import registry
from renda.registers.columns import Column
from renda.registers.register import Register

LIMIT = 12
SCANNED = 4000
PEOPLE, DIVISIONS = "people", "divisions"


@dataclass(frozen=True)
class Suggestion:
    """Something that a reference may mean: ``text`` is what to write, ``note`` tells like ones apart."""

    pk: int
    text: str
    note: str = ""


def target_of(column: Column) -> str:
    """What a column refers to: people, divisions, or a register's code; empty for none."""
    if column.kind in ("person", "people"):
        return PEOPLE
    return DIVISIONS if column.kind == "division" else getattr(column, "to", "")


def address(column: Column) -> str:
    """The JSON address of the column's suggestions; empty where it has none."""
    target = target_of(column)
    return reverse("ui:lookup", args=[target]) if target else ""


def suggest(column: Column, words: str, actor: Actor, limit: int = LIMIT) -> list[Suggestion]:
    """Suggestions for a column."""
    return find(target_of(column), words, actor, limit)


def find(target: str, words: str, actor: Actor, limit: int = LIMIT) -> list[Suggestion]:
    """Suggestions among a target's records that the actor may see. KeyError for a target that does not exist."""
    words = words.strip()[:40]
    if not words:
        return []
    if target == PEOPLE:
        return _people(words, actor, limit)
    if target == DIVISIONS:
        return _divisions(words, actor, limit)
    return _records(registry.get(target), words, actor, limit)


def _latin(words: str) -> str:
    plain = words.replace(" ", "").lower()
    return plain if plain.isascii() and plain.isalpha() else ""


def _people(words: str, actor: Actor, limit: int) -> list[Suggestion]:
    rows = gate.visible_to(actor, Person.objects.alive()).order_by("pinyin", "pk")
    latin = _latin(words)
    if latin:
        first = rows.filter(initials__startswith=latin[0]).values_list("pk", "name")[:SCANNED]
        rows = rows.filter(pk__in=[pk for pk, name in first if any(key.startswith(latin) for key in _keys(name, True))][:limit])
    else:
        rows = rows.filter(name__contains=words.partition("（")[0].partition("(")[0])
    found = list(rows.values_list("pk", "division__name", "employer")[:limit])
    texts = names.qualified_names([pk for pk, _, _ in found])
    return [Suggestion(pk, texts[pk], employer or division) for pk, division, employer in found]


def _divisions(words: str, actor: Actor, limit: int) -> list[Suggestion]:
    rows: Any = Division.objects.filter(valid_to__isnull=True)
    if actor.division_path:
        rows = Division.objects.subtree(actor.division_path).filter(valid_to__isnull=True)
    return _matching(rows.order_by("path").values_list("pk", "name", "code")[:SCANNED], words, limit)


def _records(register: Register, words: str, actor: Actor, limit: int) -> list[Suggestion]:
    rows = gate.visible_to(actor, register.records())
    path = register.label_path
    note = "number" if "number" in register.by_field and register.by_field["number"].kind == "text" else "division__name"
    if not _latin(words):
        rows = rows.filter(Q(**{f"{path}__icontains": words}) | Q(**{f"{note}__icontains": words}))
        return [
            Suggestion(pk, text or "", mark or "")
            for pk, text, mark in rows.order_by("-pk").values_list("pk", path, note)[:limit]
        ]
    return _matching(rows.order_by("-pk").values_list("pk", path, note)[:SCANNED], words, limit)


def _matching(rows: Iterable[tuple[int, str, str]], words: str, limit: int) -> list[Suggestion]:
    latin, found = _latin(words), []
    for pk, text, note in rows:
        if words in text or words == note or (latin and any(key.startswith(latin) or latin in key for key in _keys(text))):
            found.append(Suggestion(pk, text, note or ""))
            if len(found) == limit:
                break
    return found


@lru_cache(maxsize=20_000)
def _keys(text: str, as_name: bool = False) -> tuple[str, str]:
    """Initials and full pinyin, kept for the next keystroke."""
    return initials(text, as_name=as_name), full_pinyin(text, as_name=as_name)
