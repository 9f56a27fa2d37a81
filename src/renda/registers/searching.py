"""Keeping and asking the search index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, F, Model, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from renda.core import bulk
from renda.core.text import bigrams, search_query
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.registers import loading, registry
from renda.registers.models import SearchEntry
from renda.registers.register import Register, Values

LABEL_LENGTH = 300
LINE = ("register", "record_id", "division_id", "label", "tokens")
ONCE = ("register", "record_id")


def index(register: Register, ids: Sequence[int], rows: Mapping[int, Values], divisions: Mapping[int, int]) -> None:
    """Put records into the index anew; ``rows`` holds the values of the searched columns."""
    columns = searched(register)
    texts = loading.as_cells(columns, [rows[pk] for pk in ids])
    lines = (_line(register, pk, divisions[pk], cells) for pk, cells in zip(ids, texts, strict=True))
    table = SearchEntry._meta.db_table
    if len(ids) <= bulk.FEW:
        bulk.put_lines(table, LINE, list(lines), ONCE, renewed=["id"])
        return
    SearchEntry.objects.filter(register=register.code, record_id__in=ids).delete()
    bulk.insert_lines(table, LINE, lines)


def _line(register: Register, pk: int, division: int, cells: Sequence[object]) -> tuple[str, int, int, str, str]:
    tokens = bigrams(" ".join(str(cell) for cell in cells if cell)).lower()
    return register.code, pk, division, str(cells[0] or "")[:LABEL_LENGTH], vector(tokens)


def divisions_of(register: Register, ids: Sequence[int], records: Sequence[Model] = ()) -> dict[int, int]:
    """The division by which the gate decides who may see each record: so that a search need not ask the records themselves.

    Read from the database, or from ``records`` at hand.

    A record whose deciding division is not known is given the topmost one, whose subtree nobody below oversees.
    """
    column = f"{deciding_division(register)}_id"
    if records:
        found = {one.pk: getattr(one, column) for one in records}
    else:
        found = dict(register.model._default_manager.filter(pk__in=ids).values_list("pk", column))
    if None in found.values():
        top = Division.objects.order_by("path").values_list("pk", flat=True)[0]
        found = {pk: division or top for pk, division in found.items()}
    return found


def deciding_division(register: Register) -> str:
    """The record's own column by which the gate decides: where it is kept, for a petition, else where it arose."""
    path = gate.access_of(register.model).division
    return path if path and "__" not in path else "division"


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


@dataclass(frozen=True)
class Group:
    """What a global search found in one register: how many records, and the newest of them."""

    register: Register
    count: int
    hits: list[Hit]


def search(actor: Actor, words: str, each: int = 8) -> list[Group]:
    """Records in every register that the actor may see and that contain the words: the newest few of each. Two queries or three."""
    if not search_query(words):
        return []
    rows = SearchEntry.objects.filter(_found(words)).filter(_seen_by(actor))
    counts = dict(rows.order_by().values_list("register").annotate(n=Count("pk")))
    place = Window(RowNumber(), partition_by=F("register"), order_by=F("pk").desc())
    newest: dict[str, list[Hit]] = defaultdict(list)
    for code, pk, label in (
        rows.annotate(_place=place).filter(_place__lte=each).order_by("-pk").values_list("register", "record_id", "label")
    ):
        newest[code].append(Hit(registry.get(code), pk, label))
    groups = [Group(registry.get(code), counts[code], hits) for code, hits in newest.items()]
    return sorted(groups, key=lambda group: (bool(group.register.parent), -group.count))


def _seen_by(actor: Actor) -> Q:
    """The index entries of what the actor may see. Where the division decides, the entry's own says it; else the records are asked."""
    role, simple, asked = roles.ROLES[actor.role], [], Q(pk__in=[])
    for register in registry.all_registers():
        if not gate.may(actor, roles.VIEW, register.model):
            continue
        access = gate.access_of(register.model)
        bound = (role.bound_to_organ or role.bound_to_person) and not access.open_to_bound
        if access.division == deciding_division(register) and not bound:
            simple.append(register.code)
        else:
            asked |= Q(register=register.code, record_id__in=gate.visible_to(actor, register.records()).order_by().values("pk"))
    scope = Q(division__in=Division.objects.subtree(actor.division_path).values("pk")) if actor.division_path else Q()
    return Q(register__in=simple) & scope | asked
