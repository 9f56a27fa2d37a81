"""The records of the database as plain values, whatever their primary keys; and cells for columns that no ledger has filled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model

from renda.core.cells import check_character
from renda.directory.gate import OPERATOR
from renda.registers import loading, references, registry
from renda.registers.columns import Column, ReadContext
from renda.registers.reading import read_rows
from renda.registers.register import Register
from renda.registers.services import Change, Refused, save

APART = {"id", "natural_key", "source_digest", "import_batch", "edited", "created_at", "updated_at", "record_id", "tokens"}
OTHER_APPS = {"journal", "ledgers", "jobs", "files", "web", "law", "lawbook", "documents", "reports"}
OTHER_MODELS = {"registers.Mapping", "directory.Account", "directory.Hat", "procedure.Counter"}


class Dump:
    """Every living record of the rooms and of the tables that belong to them."""

    def __init__(self) -> None:
        self._known: dict[tuple[type[Model], Any], str | None] = {}

    def rows(self) -> dict[str, list[str]]:
        """Model → its rows in words, sorted."""
        return {model._meta.label: sorted(filter(None, self._of(model))) for model in self._models()}

    def _models(self) -> Iterator[type[Model]]:
        for model in apps.get_models(include_auto_created=True):
            ours = model.__module__.startswith("renda.") and model._meta.app_label not in OTHER_APPS
            if ours and model._meta.label not in OTHER_MODELS and not model._meta.proxy:
                yield model

    def _of(self, model: type[Model]) -> Iterator[str | None]:
        for one in model._base_manager.all():
            yield self._words(one)

    def _words(self, one: Model) -> str | None:
        """What a record says; None for a voided one and for what belongs to one."""
        place = type(one), one.pk
        if place not in self._known:
            self._known[place] = "…"  # a record that refers to itself
            self._known[place] = self._said(one)
        return self._known[place]

    def _said(self, one: Model) -> str | None:
        if getattr(one, "voided_at", None):
            return None
        said = {}
        for field in type(one)._meta.concrete_fields:
            if field.name in APART or field.primary_key:
                continue
            value = getattr(one, field.attname)
            if isinstance(field, ForeignKey) and value is not None:
                value = self._words(getattr(one, field.name))
                if value is None:
                    return None
            said[field.name] = bytes(value).hex() if isinstance(value, memoryview) else value
        return repr(said)


def unfilled(register: Register) -> list[Column]:
    """Columns that no record of the register has a value in."""
    ids = list(register.records().values_list("pk", flat=True))
    rows = loading.load(register, ids)
    cells = loading.as_cells(register.columns, [rows[pk] for pk in ids])
    return [
        column
        for place, column in enumerate(register.columns)
        if f"{register.code}.{column.field}" not in ROLL
        and all(row[place] in (None, "", "否") if column.kind == "yes_no" else row[place] in (None, "") for row in cells)
    ]


TOGETHER: dict[str, dict[str, Any]] = {
    "elections.turnouts.at_meetings": {"at_meetings": 0},
    "suggestions.suggestions.follows": {"follows": "2019-012"},
    "suggestions.suggestions.first_year": {"first_year": 2019},
    "suggestions.tests.suggestion": {"unit": None},
    "supervision.finance.funds_before": {"funds_before": 12, "funds_after": 3},
    "supervision.finance.funds_after": {"funds_before": 12, "funds_after": 3},
    "supervision.visits.inspection": {"form": "执法检查实地检查"},
}
"""Columns that only make sense with others, and the cells to try them with."""


FIRST: dict[str, tuple[dict[str, Any], ...]] = {
    "elections.bodies": ({"parent": "", "kind": "选举委员会"}, {"parent": "", "kind": "选举委员会分会", "name": "第二分会"}),
    "elections.introductions": ({"asked_on": "2021-11-01", "held_on": "2021-11-10"},),
    "elections.objections": ({"voter_id": ""},),
    "elections.recalls": ({"received": "2021-12-30", "level": "县级"},),
    "elections.resignations": ({"received": "2021-12-30", "level": "县级"},),
}
"""By register: its first rows, with cells that suit its rules where those that suit each column alone do not."""
ROLL = {"elections.transfers", "elections.objections.voter_id"}
"""A register and a column that name a voter of the roll, which no ledger brings in."""


def enter(register: Register, people: list[str], division: int) -> str:
    """Enter the first rows into a register that has none; returns why one was refused, or nothing."""
    for given in FIRST.get(register.code, ({},)):
        others = [column for column in register.columns if column.field not in given]
        try:
            cells = given | {column.field: some_cell(column, people) for column in others}
        except StopIteration:
            return f"{register.code}: refers to a register without rows"
        reading = read_rows(register, {name: [cell] for name, cell in cells.items()}, ReadContext(OPERATOR, division))
        if reading.faults:
            return f"{register.code}: {reading.faults}"
        try:
            save(register, [Change(reading.values[0], None, reading.keys[0], reading.digests[0])], actor=OPERATOR)
        except Refused as refused:
            return f"{register.code}: {refused}"
    return ""


def fill(register: Register, column: Column, raw: Any, division: int) -> str:
    """Give the first records that take it a value in a column; returns why none did, or nothing."""
    ids = list(register.records().order_by("pk").values_list("pk", flat=True)[:20])
    rows = loading.load(register, ids)
    taken, why, more = 0, "no records", TOGETHER.get(f"{register.code}.{column.field}", {})
    for pk in ids:
        cells = (
            dict(zip(register.by_field, loading.as_cells(register.columns, [rows[pk]])[0], strict=True))
            | {column.field: raw}
            | more
        )
        reading = read_rows(register, {name: [cell] for name, cell in cells.items()}, ReadContext(OPERATOR, division))
        value = reading.values[0][column.field]
        if reading.faults or value in (pk, (pk,)):
            why = str(reading.faults)
            continue
        try:
            derived = reading.values[0].keys() - register.by_field.keys()
            values = {name: reading.values[0][name] for name in (column.field, *more, *derived)}
            save(register, [Change(values, pk)], actor=OPERATOR)
            taken += 1
        except Refused as refused:
            why = str(refused)
        if taken == 2:
            break
    return "" if taken else f"{register.code}.{column.field} = {raw}: {why}"


def some_cell(column: Column, people: list[str]) -> Any:
    """A cell that suits a column."""
    if column.kind == "choice":
        return list(column.choices.values())[-1]  # type: ignore[attr-defined]
    if column.kind in ("ref", "refs"):
        to = column.to  # type: ignore[attr-defined]
        newest = registry.get(to).records().order_by("-pk").values_list("pk", flat=True)[:1]
        return next(iter(references.labels(to, newest).values()))
    first17 = "99012319700101001"
    return {
        "text": f"试{column.name}"[: getattr(column.model_field, "max_length", None) or 20],
        "day": "2021-12-30", "milestone": "2021年12月", "whole": 3, "head_count": 7, "money": "5.5万元", "number": 12.5, "percent": "75.4%",
        "yes_no": "是", "person": people[0], "people": "、".join(people[:2]), "items": "《水法》；《森林法》", "division": "龙潭镇",
        "identity": first17 + check_character(first17), "phone": "0451-1234567",
    }[column.kind]  # fmt: skip
