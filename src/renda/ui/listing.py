"""What a list page shows: rows, columns, views, filters, paging. Built in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.registers import query as engine
from renda.registers import registry
from renda.registers.columns import Column
from renda.registers.query import Query
from renda.registers.register import Register
from renda.ui import addresses, bulk_steps, cells, filters, matters
from renda.ui.cells import Cell
from renda.ui.words import said

PAGE_WINDOW = 2
DEFAULT_COLUMNS = 7


@dataclass
class Row:
    """One row of a list."""

    pk: int
    url: str
    label: str
    cells: list[Cell]


@dataclass
class Heading:
    """The head of a column: its name, its order, and where sorting by it leads."""

    name: str
    klass: str
    sort_url: str = ""
    sorted: str = ""


@dataclass
class Link:
    """A view, a sibling register or a page number."""

    name: str
    url: str
    current: bool = False
    number: int = 0


@dataclass
class ListPage:
    """Everything that the template of a list needs."""

    title: str
    about: str
    count: int
    rows: list[Row]
    columns: list[Heading]
    choosable: list[dict[str, Any]]
    views: list[Link]
    siblings: list[Link]
    chips: list[filters.Chip]
    filters: list[filters.Filter]
    pages: list[Link]
    words: str
    kept: addresses.Pairs
    kept_for_search: addresses.Pairs
    kept_for_columns: addresses.Pairs
    kept_for_export: addresses.Pairs
    clear_url: str
    range_words: str
    count_words: str
    last: int
    previous_url: str = ""
    next_url: str = ""
    new_url: str = ""
    export_url: str = ""
    void_url: str = ""
    steps_url: str = ""
    empty_text: str = ""
    empty_url: str = ""
    empty_action: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def chosen_columns(register: Register, names: Sequence[str]) -> list[Column]:
    """The columns to show: those chosen, else the first of those listed; the label always, secret ones never."""
    if not names:
        listed = engine.listed(register)
        first = listed[:DEFAULT_COLUMNS]
        return first if any(c.field == register.label for c in first) else [register.by_field[register.label], *first]
    wanted = {*names, register.label}
    return [c for c in register.columns if c.field in wanted and not c.secret]


def build(register: Register, actor: Actor, params: QueryDict, names: Sequence[str]) -> ListPage:
    """The page that these address parameters ask for."""
    asked = Query.parse(register, params)
    columns = chosen_columns(register, names)
    page = engine.page(register, actor, asked, columns)
    listed = ListPage(
        title=said(register.name),
        about=said(register.about),
        count=page.count,
        rows=_rows(register, columns, page),
        columns=_headings(register, columns, asked, params),
        choosable=_choosable(register, columns),
        views=_views(register, asked, params),
        siblings=siblings(register, actor),
        filters=filters.of_register(register),
        chips=filters.chips(register, params, actor),
        pages=_pages(page, params),
        words=asked.words,
        kept=addresses.kept(params, ("page", "columns", "pick")),
        kept_for_search=addresses.kept(params, ("page", "columns", "pick", "q")),
        kept_for_columns=addresses.kept(params, ("columns", "pick")),
        kept_for_export=addresses.kept(params, ("page", "size", "columns", "pick")),
        clear_url=addresses.of_list(register),
        range_words=_range_words(page, asked.size),
        count_words=ngettext("共 %(n)s 条", "共 %(n)s 条", page.count) % {"n": f"{page.count:,}"},
        last=page.pages,
    )
    _links(listed, page, params)
    _actions(listed, register, actor, params)
    _empty(listed, register, params)
    return listed


def _rows(register: Register, columns: Sequence[Column], page: engine.Page) -> list[Row]:
    states = matters.states(register, page.ids)
    place = next((i for i, c in enumerate(columns) if c.field == register.label), 0)
    found = []
    for pk, raw in zip(page.ids, page.cells, strict=True):
        row = cells.row_cells(columns, raw, register.label)
        label = row[place].text or _("（无标题）")
        row[place + 1 : place + 1] = matters.state_cells(register, states[pk]) if pk in states else []
        found.append(Row(pk, addresses.of_record(register, pk), label, row))
    return found


def _headings(register: Register, columns: Sequence[Column], asked: Query, params: QueryDict) -> list[Heading]:
    found = []
    for column in columns:
        sortable = column.kind == "milestone" or column.sort_path is not None
        now = {column.field: "up", f"-{column.field}": "down"}.get(asked.sort, "")
        then = f"-{column.field}" if now == "up" else column.field
        url = addresses.changed(params, ("page", "columns", "pick"), sort=then) if sortable else ""
        found.append(Heading(cells.heading(column), cells.klass(column), url, now))
        if register.matter_kind and column.field == register.label:
            found.append(Heading(matters.state_heading(register), "is-tight"))
            found += [Heading(_("期限"), "is-tight")] if matters.has_deadlines(register) else []
    return found


def _choosable(register: Register, columns: Sequence[Column]) -> list[dict[str, Any]]:
    shown = {c.field for c in columns}
    return [{"field": c.field, "name": cells.heading(c), "shown": c.field in shown} for c in register.columns if not c.secret]


def _views(register: Register, asked: Query, params: QueryDict) -> list[Link]:
    now = asked.view or "all"
    return [
        Link(
            said(view.name),
            addresses.changed(params, ("page", "columns", "pick"), view="" if view.code == "all" else view.code),
            view.code == now,
        )
        for view in engine.views_of(register)
    ]


def siblings(register: Register, actor: Actor) -> list[Link]:
    """The registers of the same room that the actor may open."""
    return [
        Link(said(one.name), addresses.of_list(one), one is register)
        for one in registry.of_room(register.room)
        if gate.may(actor, roles.VIEW, one.model)
    ]


def _pages(page: engine.Page, params: QueryDict) -> list[Link]:
    wanted = {1, page.pages, *range(page.number - PAGE_WINDOW, page.number + PAGE_WINDOW + 1)}
    found, before = [], 0
    for number in sorted(n for n in wanted if 1 <= n <= page.pages):
        if number > before + 1:
            found.append(Link("…", ""))
        found.append(Link(str(number), _page_url(params, number), number == page.number, number))
        before = number
    return found


def _page_url(params: QueryDict, number: int) -> str:
    return addresses.changed(params, ("columns", "pick"), page=number if number > 1 else "")


def _links(listed: ListPage, page: engine.Page, params: QueryDict) -> None:
    listed.previous_url = _page_url(params, page.number - 1) if page.number > 1 else ""
    listed.next_url = _page_url(params, page.number + 1) if page.number < page.pages else ""


def _range_words(page: engine.Page, size: int) -> str:
    first = (page.number - 1) * size + 1
    return _("第 %(first)s—%(last)s 条，共 %(count)s 条") % {
        "first": f"{first:,}", "last": f"{first + len(page.ids) - 1:,}", "count": f"{page.count:,}",
    }  # fmt: skip


def _actions(listed: ListPage, register: Register, actor: Actor, params: QueryDict) -> None:
    if gate.may(actor, roles.CREATE, register.model):
        given = params.get(register.parent, "") if register.parent else ""
        listed.new_url = addresses.of_new(register, f"{register.parent}={given}" if given else "")
    if gate.may(actor, roles.EXPORT, register.model):
        query = addresses.changed(params, ("page", "size", "columns", "pick"))
        listed.export_url = addresses.of_export(register) + (query if query != "?" else "")
    if gate.may(actor, roles.VOID, register.model):
        listed.void_url = addresses.of_void_many(register)
    if bulk_steps.may(register, actor):
        listed.steps_url = addresses.of_steps(register)


def _empty(listed: ListPage, register: Register, params: QueryDict) -> None:
    narrowed = any(value for name, values in params.lists() if name not in ("page", "size", "sort") for value in values)
    if narrowed:
        listed.empty_text = _("没有符合这些条件的记录。可以放宽条件，或查看全部。")
        listed.empty_url, listed.empty_action = addresses.of_list(register), _("查看全部")
        return
    about = said(register.about) or said(register.name)
    listed.empty_text = _("这里登记%(about)s。目前还没有记录。") % {"about": about}
    if listed.new_url:
        listed.empty_url, listed.empty_action = listed.new_url, _("登记第一条")
