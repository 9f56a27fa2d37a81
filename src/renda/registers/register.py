"""The declaration of a register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from renda.directory.gate import Access
from renda.directory.models import ScopedRecord
from renda.registers.columns import Column

Values = dict[str, Any]
Fault = tuple[int, str, str]
"""Row index, column field, reason."""

Rule = Callable[[Sequence[Values]], Iterable[Fault]]
"""A rule over whole rows, in sets: yields a fault for each row that breaks it."""


@dataclass(frozen=True)
class SavedView:
    """A ready selection of a list, beside 本年 and 全部."""

    code: str
    name: str
    narrow: Callable[[QuerySet], QuerySet]


@dataclass
class Register:
    """One kind of record. See the package's docstring for an example."""

    code: str
    name: str
    model: type[ScopedRecord]
    columns: Sequence[Column]
    key: Sequence[str]
    label: str
    access: Access
    second_key: Sequence[str] = ()
    date: str = ""
    fixed: Values = field(default_factory=dict)
    words: tuple[str, ...] = ()
    person: str = ""
    matter_kind: str = ""
    parent: str = ""
    other_names: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    views: tuple[SavedView, ...] = ()
    prepare: Callable[[Sequence[Values]], None] | None = None
    after_save: Callable[[Sequence[int]], None] | None = None
    about: str = ""

    def __post_init__(self) -> None:
        for column in self.columns:
            column.bind(self.model)
        self.by_field = {column.field: column for column in self.columns}
        unknown = ({*self.key, *self.second_key, self.label} | ({self.parent} if self.parent else set())) - self.by_field.keys()
        if unknown:
            raise ValueError(f"register {self.code}: no column {sorted(unknown)}")

    @property
    def room(self) -> str:
        """The room that the register belongs to."""
        return self.code.split(".")[0]

    @property
    def slug(self) -> str:
        """The register's part of the address."""
        return self.code.split(".")[1]

    @property
    def label_path(self) -> str:
        """The look-up to the text that a record is called by."""
        return label_path(self.by_field[self.label])

    @property
    def reference_paths(self) -> tuple[str, ...]:
        """The look-ups that a written reference is matched with, the label first."""
        return (self.label_path, *self.other_names)

    @property
    def depends_on(self) -> set[str]:
        """Codes of the registers that this one's rows refer to."""
        return {str(getattr(column, "to", "")) for column in self.columns if getattr(column, "to", "")} - {self.code}

    @property
    def names_people(self) -> bool:
        """Whether rows name or carry people, who stand in the directory's rosters first (their home division comes from there)."""
        rosters = ("directory.posts", "directory.deputies")
        return any(c.kind in ("person", "people") for c in self.columns) or (bool(self.person) and self.code not in rosters)

    @property
    def self_references(self) -> list[Column]:
        """Columns that name another row of this register (an organ above, a project's class)."""
        return [column for column in self.columns if column.kind == "ref" and getattr(column, "to", "") == self.code]

    def records(self) -> QuerySet:
        """All living records of the register, whoever asks; callers pass them through the gate."""
        kind = {"kind": self.matter_kind} if self.matter_kind else {}
        return self.model._default_manager.filter(voided_at__isnull=True, **kind, **self.fixed)

    def column_names(self) -> list[str]:
        """The Chinese headings, in order."""
        return [column.name for column in self.columns]


def label_path(column: Column) -> str:
    """The look-up of the text behind a column used as a label."""
    if column.kind == "person":
        return f"{column.field}__name"
    return column.field if column.kind != "ref" else str(column.sort_path)
