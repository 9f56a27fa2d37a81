"""From raw cells to values: the one reading that workbooks and forms share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from renda.core import cells
from renda.core.canonical import digest
from renda.core.crypto import keyed_digest, keyed_row_digest
from renda.directory.names import qualified_names
from renda.registers.columns import Column, ReadContext
from renda.registers.columns.satellites import People
from renda.registers.register import Fault, Register, Rule, Values

Faults = dict[int, dict[str, str]]
"""Row index → column field → reason."""


@dataclass
class Reading:
    """What was read: values per row, faults per row, natural keys and digests (None where the row has faults)."""

    values: list[Values]
    faults: Faults = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)


def read_rows(register: Register, raw: Mapping[str, Sequence[Any]], context: ReadContext, *, partial: bool = False) -> Reading:
    """Read columns of raw cells (field → cells, all of one length). ``partial``: columns that are not given are left as they are.

    Columns that the register has and ``raw`` lacks take their empty value, unless ``partial``.
    """
    count = len(next(iter(raw.values()), ()))
    faults: dict[int, dict[str, str]] = defaultdict(dict)
    values: list[Values] = [dict(register.fixed) for _row in range(count)]
    for column in register.columns:
        if column.field in raw:
            _read_column(column, raw[column.field], context, values, faults)
        elif not partial:
            for index, row in enumerate(values):
                row[column.field] = _default(column, context)
                if column.required:
                    faults[index][column.field] = _("缺少这一栏")
    if register.prepare:
        register.prepare(values)
    for rule in (*register.rules, named_once(register)):
        for index, name, reason in rule(values):
            faults[index].setdefault(name, _(reason))
    reading = Reading(values, dict(faults))
    if not partial:
        reading.keys = [natural_key(register, row) for row in values]
        reading.digests = [row_digest(register, row, raw.keys()) for row in values]
    return reading


def _read_column(column: Column, raw: Sequence[Any], context: ReadContext, values: list[Values], faults: Faults) -> None:
    result, errors = column.read(raw, context)
    for row, value in zip(values, result, strict=True):
        row[column.field] = value
    for index, reason in errors.items():
        faults[index][column.field] = reason
    if column.required:
        for index, cell in enumerate(raw):
            if index not in errors and cells.is_blank(cell):
                faults[index][column.field] = _("必填，不能为空")


def named_once(register: Register) -> Rule:
    """The rule that nobody takes part in one activity in two capacities: 参加代表 and 参加的组成人员 never name the same person."""
    columns = [column for column in register.columns if isinstance(column, People)]

    def rule(rows: Sequence[Values]) -> Iterator[Fault]:
        for index, row in enumerate(rows):
            held: dict[int, str] = {}
            for column in columns:
                attended = row.get(column.field)
                people = attended.people if attended else ()
                twice = next((person for person in people if person in held), None)
                if twice is not None:
                    yield index, column.field, _twice(twice, held[twice])
                held |= dict.fromkeys(people, column.name)

    return rule if len(columns) > 1 else lambda rows: ()


def _twice(person: int, other: str) -> str:
    name = qualified_names([person])[person]
    return _("“%(name)s”已写在“%(other)s”一栏，同一个人只写在一栏") % {"name": name, "other": _(other)}


def _default(column: Column, context: ReadContext) -> Any:
    return context.division_id if column.kind == "division" and column.field == "division" else column.missing(context)


def natural_key(register: Register, row: Values) -> str:
    """The canonical text of a row's key columns; of the second key's, where the first one's last column (a number) is empty."""
    return key_by(register, row, register.key if not register.second_key or row.get(register.key[-1]) else register.second_key)


def key_by(register: Register, row: Values, names: Sequence[str]) -> str:
    """The canonical text of these columns of a row; of an identity number its keyed digest, as keys are stored in plain."""
    return "\x1f".join(_part(register.by_field[name], row.get(name)) for name in names)


def _part(column: Column, value: Any) -> str:
    text = column.key_text(value)
    return keyed_digest(text) if text and column.kind == "identity" else text


def kept_key(register: Register, held: str, before: Values, after: Values) -> str:
    """The natural key of an edited record. One that came without a number is still known by its second key, so that its ledger finds it."""
    if register.second_key and held == key_by(register, before, register.second_key):
        return key_by(register, after, register.second_key)
    return natural_key(register, after)


def row_digest(register: Register, row: Values, names: Any) -> str:
    """The keyed digest of what a source row says: its columns' values in canonical form, however they were written."""
    return keyed_row_digest(digest({name: register.by_field[name].key_text(row.get(name)) for name in sorted(names)}))
