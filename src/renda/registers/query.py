"""Listing a register: what a list page, an export and a saved view ask for, through the gate, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from renda.core import clock
from renda.directory import gate
from renda.directory.gate import Actor
from renda.registers import loading, paging, searching
from renda.registers.columns import Column
from renda.registers.register import Register, SavedView, Values
from renda.registers.slimming import slim

PAGE_SIZE = 50
MAX_PAGE_SIZE = 500
PHASE = "phase"
"""The parameter that asks for the matters in one state of their procedure."""


@dataclass(frozen=True)
class Query:
    """What is asked of a list: words, a year, a state of the procedure, filters by column, a saved view, an order, a page."""

    words: str = ""
    year: int | None = None
    phase: str = ""
    view: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    size: int = PAGE_SIZE

    @classmethod
    def parse(cls, register: Register, params: Mapping[str, str]) -> Query:
        """Read address parameters; what makes no sense is left out."""
        filters = {c.field: params[c.field] for c in register.columns if params.get(c.field)}
        return cls(
            words=params.get("q", "").strip()[:100],
            year=_number(params.get("year"), 1949, 2200),
            phase=params.get(PHASE, "")[:40] if register.matter_kind else "",
            view=params.get("view", ""),
            filters=filters,
            sort=params.get("sort", ""),
            page=_number(params.get("page"), 1, 10**7) or 1,
            size=_number(params.get("size"), 1, MAX_PAGE_SIZE) or PAGE_SIZE,
        )

    @property
    def selects(self) -> bool:
        """Whether some records are asked for and not all of them."""
        return bool(self.words or self.year or self.phase or self.view not in ("", "all") or self.filters)


@dataclass
class Page:
    """One page of a list: ids, values and display cells, and where it stands in the whole."""

    count: int
    number: int
    pages: int
    ids: list[int]
    values: list[Values]
    cells: list[list[Any]]


def views_of(register: Register) -> list[SavedView]:
    """The saved views of a register: 待办 and 逾期 for matters with deadlines, its own, 本年, 全部."""
    views = [SavedView("all", "全部", lambda rows: rows)]
    if register.date:
        year = clock.today().year
        views.insert(0, SavedView("year", "本年", lambda rows: rows.filter(**{f"{register.date}__year": year})))
    views = [*register.views, *views]
    if register.matter_kind:
        views.insert(0, SavedView("open", "待办", lambda rows: rows.filter(closed_on__isnull=True)))
        views.insert(1, SavedView("late", "逾期", lambda rows: rows.filter(closed_on__isnull=True, due_on__lt=clock.today())))
    return views


def narrow(register: Register, actor: Actor, query: Query) -> QuerySet:
    """The records asked for, in the order asked for, as far as the actor may see them."""
    rows = gate.visible_to(actor, register.records())
    for view in views_of(register):
        if view.code == query.view:
            rows = view.narrow(rows)
    if query.year and register.date:
        rows = rows.filter(**{f"{register.date}__gte": date(query.year, 1, 1), f"{register.date}__lte": date(query.year, 12, 31)})
    if query.phase:
        rows = rows.filter(phase=query.phase)
    if query.words:
        rows = rows.filter(pk__in=searching.matching(register, query.words))
    for name, value in query.filters.items():
        rows = _filter(register.by_field[name], value, rows)
    if register.matter_kind and query.view in ("open", "late") and not query.sort:
        return rows.order_by(F("due_on").asc(nulls_last=True), "-pk")  # what is due first stands first
    return _ordered(register, query.sort, rows)


def page(register: Register, actor: Actor, query: Query, columns: Sequence[Column] | None = None) -> Page:
    """One page of the list, with values and display cells of the columns (default: all listed ones)."""
    rows = narrow(register, actor, query)
    count = slim(rows.order_by()).count()
    pages = max(1, -(-count // query.size))
    number = min(query.page, pages)
    parts = _with_and_without(register, query.sort, rows)
    first = (number - 1) * query.size
    ids = paging.ids_of_page([slim(part) for part in parts], count, first, first + query.size, query.selects)
    shown = list(columns or listed(register))
    values = loading.load(register, ids, shown)
    ordered = [values[pk] for pk in ids]
    return Page(count, number, pages, ids, ordered, loading.as_cells(shown, ordered))


def listed(register: Register) -> list[Column]:
    """The columns that a list shows by default: never secret ones."""
    return [c for c in register.columns if c.listed and not c.secret]


def _filter(column: Column, value: str, rows: QuerySet) -> QuerySet:
    if column.secret:
        return rows
    if column.kind in ("choice", "yes_no"):
        return rows.filter(**{column.field: value == "true" if column.kind == "yes_no" else value})
    if column.kind in ("ref", "person", "division", "refs") and value.isdigit():
        return rows.filter(**{column.field: int(value)})
    if column.kind == "people" and value.isdigit():
        return rows.filter(**{column.people_path: int(value)}).distinct()  # type: ignore[attr-defined]
    if column.kind in ("day", "milestone"):
        return _between(column, value, rows)
    if column.kind in ("whole", "number", "money", "percent"):
        return rows.filter(**{column.field: value}) if _is_number(value) else rows
    return rows.filter(**{f"{column.field}__icontains": value}) if column.kind == "text" else rows


def _between(column: Column, value: str, rows: QuerySet) -> QuerySet:
    """``2021-01-01..2021-03-31``, either end open, or one day."""
    first, _, last = value.partition("..") if ".." in value else (value, "", value)
    ends = [_day(first), _day(last)]
    path = column.field
    if column.kind == "milestone":
        rows = rows.alias(at=FilteredRelation("milestones", condition=Q(milestones__code=column.field)))
        path = "at__on"
    for end, lookup in zip(ends, ("gte", "lte"), strict=True):
        if end:
            rows = rows.filter(**{f"{path}__{lookup}": end})
    return rows


def _ordered(register: Register, sort: str, rows: QuerySet) -> QuerySet:
    descending, name = sort.startswith("-"), sort.lstrip("-")
    column = register.by_field.get(name)
    if column is None or column.secret:
        default = register.order or ((f"-{register.date}",) if register.date else ())
        return rows.order_by(*default, "-pk")
    if column.kind == "milestone":
        rows = rows.alias(sorted=FilteredRelation("milestones", condition=Q(milestones__code=name)))
        return rows.order_by(_direction("sorted__on", descending), "-pk")
    path = "person__pinyin" if name == f"{register.person}__name" else column.sort_path
    return rows.order_by(_direction(path, descending), "-pk") if path else rows.order_by("-pk")


def _with_and_without(register: Register, sort: str, rows: QuerySet) -> list[QuerySet]:
    """The records in their order: sorted by a milestone, those that have it and then those that do not.

    Apart, the first are read from the index of dates; together, all of them would be sorted.
    """
    column = register.by_field.get(sort.lstrip("-"))
    if column is None or column.secret or column.kind != "milestone":
        return [rows]
    order = "-sorted__on" if sort.startswith("-") else "sorted__on"
    return [rows.filter(sorted__on__isnull=False).order_by(order, "-pk"), rows.filter(sorted__on__isnull=True).order_by("-pk")]


def _direction(path: str, descending: bool) -> Any:
    return F(path).desc(nulls_last=True) if descending else F(path).asc(nulls_last=True)


def _number(text: str | None, least: int, most: int) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most else None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
