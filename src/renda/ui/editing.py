"""Forms of a register: one field per column, written as a ledger's cell is written, read by the same readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import TextField
from django.utils.translation import gettext as _

from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.directory.models.divisions import Level
from renda.registers import loading, reading, services
from renda.registers.columns import Column, ReadContext
from renda.registers.register import Register, Values
from renda.registers.services import Change
from renda.ui import cells, lookup
from renda.ui.words import said

SEVERAL = ("refs", "people")
SHORT = 30


@dataclass
class FormField:
    """One field of a form. ``widget`` is text, long, date, number, choice, combo or secret."""

    name: str
    label: str
    widget: str
    value: str = ""
    help: str = ""
    required: bool = False
    options: list[tuple[str, str]] = field(default_factory=list)
    lookup: str = ""
    several: bool = False
    unit: str = ""
    error: str = ""
    length: int | None = None
    width: str = ""

    @property
    def id(self) -> str:
        """The id of the control."""
        return f"id_{self.name}"

    @property
    def described_by(self) -> str:
        """The ids of what explains the field, for screen readers."""
        parts = [f"{self.id}_error"] if self.error else []
        return " ".join([*parts, f"{self.id}_help"] if self.help else parts)


@dataclass
class Form:
    """The fields of a form and what is wrong with it as a whole."""

    fields: list[FormField]
    fault: str = ""

    @property
    def faulty(self) -> list[FormField]:
        """Fields with an error."""
        return [one for one in self.fields if one.error]


WIDGETS = {
    "day": "text", "milestone": "text", "choice": "choice", "yes_no": "choice", "identity": "secret", "phone": "secret",
    "ref": "combo", "refs": "combo", "person": "combo", "people": "combo", "division": "combo",
}  # fmt: skip


def blank(register: Register, given: Mapping[str, str], actor: Actor) -> Form:
    """The form of a new record; ``given`` fills fields from the address (a child's parent, say)."""
    values: Values = {}
    for column in register.columns:
        if column.kind == "ref" and given.get(column.field, "").isdigit():
            values[column.field] = int(given[column.field])
        elif column.kind == "division" and (column.field == "division" or getattr(column, "own", False)) and actor.division_id:
            values[column.field] = actor.division_id
        elif not column.related:
            values[column.field] = column.empty
    return Form(_fields(register, _texts(register, values), {}))


def of_record(register: Register, pk: int) -> Form:
    """The form of an existing record; secret fields come empty."""
    return Form(_fields(register, _texts(register, loading.load(register, [pk])[pk]), {}))


def _texts(register: Register, values: Values) -> dict[str, str]:
    """Values as their cells are written in a form."""
    columns = [c for c in register.columns if c.field in values]
    raw = loading.as_cells(columns, [values])
    return {c.field: written(c, cell) for c, cell in zip(columns, raw[0] if raw else [], strict=False)}


def written(column: Column, cell: Any) -> str:
    """A cell as the field of a form shows it: dates in ISO, money in the column's unit, nothing of a secret value."""
    if cell is None or cell == "" or column.secret:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if column.kind == "money":
        cell = Decimal(cell) / (cells.TEN_THOUSAND if cells.unit_of(column) == "万元" else 1)
    if isinstance(cell, Decimal):
        return format(cell.normalize(), "f")
    return str(cell)


def _fields(register: Register, texts: Mapping[str, str], faults: Mapping[str, str]) -> list[FormField]:
    return [_field(column, texts.get(column.field, ""), faults.get(column.field, "")) for column in register.columns]


def _field(column: Column, text: str, fault: str) -> FormField:
    long = getattr(column, "long", False) or isinstance(column.model_field, TextField) or column.kind == "items"
    widget = WIDGETS.get(column.kind, "long" if long else "text")
    length = getattr(column.model_field, "max_length", None)
    short = column.kind in cells.TIGHT or (length or 999) <= SHORT
    return FormField(
        name=column.field,
        label=said(column.name),
        widget="secret" if column.secret else widget,
        value=text,
        help=_help(column),
        required=bool(column.required),
        options=[(name, said(name)) for name in _choices(column)],
        lookup=lookup.address(column),
        several=column.kind in SEVERAL,
        unit=said(cells.unit_of(column)),
        error=fault,
        length=length if widget == "text" and column.kind == "text" else None,
        width="r-w-m" if short else "",
    )


def _choices(column: Column) -> list[str]:
    if column.kind == "yes_no":
        return ["是", "否"]
    return list(getattr(column, "choices", {}).values()) if column.kind == "choice" else []


HELPS = {
    "day": "写到日，如 2021-03-05 或 2021年3月5日",
    "milestone": "如 2021-03-05；只知道月份的写 2021年3月",
    "refs": "多个用顿号隔开，可输入名称或拼音首字母",
    "ref": "可输入名称或拼音首字母",
    "person": "可输入姓名或拼音首字母；同名的在括号中注明乡镇或单位",
    "people": "多人用顿号隔开，可输入姓名或拼音首字母",
    "items": "每项一行，或用分号隔开",
    "division": "可输入名称或拼音首字母",
    "identity": "18 位；保存后只显示末四位",
    "phone": "保存后只显示首三位和末四位",
}


def _help(column: Column) -> str:
    parts = [said(column.help), said(HELPS.get(column.kind, ""))]
    return "。".join(part.rstrip("。") for part in parts if part)


def context_of(actor: Actor, division_id: int | None, register: Register) -> ReadContext:
    """How the fields of a form are read: in the record's division, money in the unit that the form shows."""
    units = {c.field: cells.unit_of(c) for c in register.columns if c.kind == "money"}
    return ReadContext(actor, division_id or actor.division_id or default_division(), units=units)


def default_division() -> int:
    """The county, for an operator who belongs to no division. LookupError before a county is set up."""
    found = (
        Division.objects.filter(level=Level.COUNTY, valid_to__isnull=True).order_by("path").first()
        or Division.objects.order_by("path").first()
    )
    if found is None:
        raise LookupError("尚未设置本县区划，请先运行 renda demo 或建立区划。")
    return found.pk


def create(register: Register, posted: Mapping[str, str], actor: Actor) -> tuple[Form, int | None]:
    """Read a new record from a form and save it. The form comes back with its faults where there are any, else the new id."""
    texts = {c.field: posted.get(c.field, "").strip() for c in register.columns}
    context = context_of(actor, None, register)
    found = reading.read_rows(register, {name: [_cell(register, name, text)] for name, text in texts.items()}, context)
    if found.faults:
        return Form(_fields(register, texts, found.faults[0])), None
    return _save(register, texts, Change(found.values[0], None, found.keys[0]), actor)


def edit(register: Register, record: Any, posted: Mapping[str, str], actor: Actor) -> tuple[Form, int | None]:
    """Read the changed fields of a record and save them; what was not touched is not read anew. Secret fields left empty stay."""
    before = loading.load(register, [record.pk])[record.pk]
    shown = _texts(register, before)
    texts = {c.field: posted.get(c.field, "").strip() for c in register.columns}
    changed = [
        name
        for name, text in texts.items()
        if _touched(text, shown.get(name, "")) and not (register.by_field[name].secret and not text)
    ]
    if not changed:
        return Form(_fields(register, texts, {})), record.pk
    merged, faults = dict(before), {}
    context = context_of(actor, record.division_id, register)
    for name in changed:
        merged[name], fault = _read(register, name, texts[name], context)
        if fault:
            faults[name] = fault
    if not faults:
        faults = _broken_rules(register, merged)
    if faults:
        return Form(_fields(register, texts, faults)), None
    fresh = {name: value for name, value in merged.items() if name not in before or before[name] != value}
    key = reading.kept_key(register, record.natural_key, before, merged)
    return _save(register, texts, Change(fresh, record.pk, key), actor)


def _read(register: Register, name: str, text: str, context: ReadContext) -> tuple[Any, str]:
    """One field's value, and what is wrong with it."""
    column = register.by_field[name]
    if column.required and not text:
        return None, _("必填，不能为空")
    values, errors = column.read([_cell(register, name, text)], context)
    return values[0], errors.get(0, "")


def _broken_rules(register: Register, merged: Values) -> dict[str, str]:
    """What the register's own rules say of the whole row."""
    if register.prepare:
        register.prepare([merged])
    faults: dict[str, str] = {}
    for rule in register.rules:
        for _index, name, reason in rule([merged]):
            faults.setdefault(name, reason)
    return faults


def _cell(register: Register, name: str, text: str) -> str:
    """Lines of a list count as its separators."""
    return (
        text.replace("\r\n", "\n").replace("\n", "；") if register.by_field[name].kind == "items" else text.replace("\r\n", "\n")
    )


def _touched(text: str, shown: str) -> bool:
    return text.replace("\r\n", "\n") != shown.replace("\r\n", "\n").strip()


def _save(register: Register, texts: Mapping[str, str], one: Change, actor: Actor) -> tuple[Form, int | None]:
    try:
        return Form(_fields(register, texts, {})), services.save(register, [one], actor=actor)[0]
    except services.Refused as refusal:
        return Form(_fields(register, texts, {}), str(refusal)), None
