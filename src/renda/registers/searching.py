"""Keeping and asking the search index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Q, QuerySet

from renda.core.text import bigrams, search_query
from renda.directory import gate
from renda.directory.gate import Actor
from renda.registers import loading, registry
from renda.registers.models import SearchEntry
from renda.registers.register import Register, Values

LABEL_LENGTH = 300


def index(register: Register, ids: Sequence[int], rows: Mapping[int, Values], divisions: Mapping[int, int]) -> None:
    """Put records into the index anew; ``rows`` holds the values of the searched columns."""
    columns = searched(register)
    texts = loading.as_cells(columns, [rows[pk] for pk in ids])
    SearchEntry.objects.filter(register=register.code, record_id__in=ids).delete()
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY registers_searchentry (register, record_id, division_id, label, tokens) FROM STDIN") as copy,
    ):
        for pk, cells in zip(ids, texts, strict=True):
            label = str(cells[0] or "")[:LABEL_LENGTH]
            tokens = bigrams(" ".join(str(cell) for cell in cells if cell)).lower()
            copy.write_row((register.code, pk, divisions[pk], label, vector(tokens)))


def vector(tokens: str) -> str:
    """Tokens, in their order, in PostgreSQL's input form of a tsvector with positions (position 16383 is its last)."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, token in enumerate(tokens.split(), 1):
        if place < 16383 and len(places[token]) < 250:
            places[token].append(place)
    return " ".join(f"'{token}':{','.join(map(str, at))}" for token, at in places.items() if at)


def forget(register: Register, ids: Sequence[int]) -> None:
    """Take voided records out of the index."""
    SearchEntry.objects.filter(register=register.code, record_id__in=ids).delete()


def searched(register: Register) -> list:
    """The label first, then the other columns that are searched: short texts, people, organs; never secret ones."""
    label = register.by_field[register.label]
    kinds = ("text", "person", "ref", "refs", "items")
    return [label, *(c for c in register.columns if c is not label and c.kind in kinds and not c.secret)]


def matching(register: Register, words: str) -> QuerySet:
    """Ids of a register's records that contain all the words."""
    return SearchEntry.objects.filter(_found(words), register=register.code).values("record_id")


def _found(words: str) -> Q:
    query = search_query(words)
    return Q(tokens=SearchQuery(query, config="simple", search_type="raw")) if query else Q()


@dataclass(frozen=True)
class Hit:
    """A record found by a global search."""

    register: Register
    pk: int
    label: str


def search(actor: Actor, words: str, limit: int = 50) -> list[Hit]:
    """Records in any register that the actor may see and that contain the words, newest first."""
    query = search_query(words)
    if not query:
        return []
    rows = SearchEntry.objects.filter(_found(words)).order_by("-pk").values_list("register", "record_id", "label")[: limit * 4]
    by_register: dict[str, list[int]] = defaultdict(list)
    for code, pk, _ in rows:
        by_register[code].append(pk)
    seen = {code: _visible(actor, registry.get(code), ids) for code, ids in by_register.items()}
    hits = [Hit(registry.get(code), pk, label) for code, pk, label in rows if pk in seen[code]]
    return hits[:limit]


def _visible(actor: Actor, register: Register, ids: Sequence[int]) -> set[int]:
    return set(gate.visible_to(actor, register.records()).filter(pk__in=ids).values_list("pk", flat=True))
