"""What a column is: how raw cells become values, how values become cells, and where they are stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db.models import Field, Model
from django.utils.translation import gettext as _

from renda.core.cells import CellError
from renda.directory.gate import Actor

Errors = dict[int, str]


@dataclass
class ReadContext:
    """What reading cells needs to know: whose import, of which division, under which year title, money unit of the heading."""

    actor: Actor
    division_id: int
    year: int | None = None
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Column:
    """One column. ``field`` is the model field's name, or a path through the register's person (``person__sex``)."""

    field: str
    name: str = ""
    synonyms: tuple[str, ...] = ()
    required: bool | None = None
    help: str = ""
    listed: bool = True
    filtered: bool = False
    secret: bool = False
    example: str = ""
    default: Any = None

    kind: ClassVar[str] = "text"
    related: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)

    def bind(self, model: type[Model]) -> None:
        """Take name, help and required from the model field, where the declaration leaves them open."""
        self.model = model
        self.model_field: Field | None = None if self.related else find_field(model, self.field)
        if self.model_field is not None:
            self.name = self.name or str(self.model_field.verbose_name)
            self.help = self.help or str(self.model_field.help_text)
            if self.required is None:
                self.required = not (self.model_field.blank or self.model_field.null or self.model_field.has_default())
        self.required = bool(self.required)
        if not self.name:
            raise ValueError(f"{model.__name__}.{self.field} has no Chinese name")

    @property
    def headings(self) -> tuple[str, ...]:
        """The heading and its synonyms."""
        return (self.name, *self.synonyms)

    @property
    def sort_path(self) -> str | None:
        """The look-up that lists sort by; None where sorting makes no sense."""
        return None if self.related else self.field

    def read(self, values: Sequence[Any], context: ReadContext) -> tuple[list[Any], Errors]:
        """Turn raw cells into values, the whole column at once; errors by row index."""
        return read_each(self.read_one, values, self.empty)

    def read_one(self, raw: Any) -> Any:
        """One raw, non-empty cell → value. Raises CellError with the reason."""
        raise CellError(_("“%(name)s”不能填写") % {"name": _(self.name)})

    @property
    def empty(self) -> Any:
        """What an empty cell means: the model field's default, or nothing."""
        if self.default is not None:
            return self.default
        if self.model_field is not None:
            return None if self.model_field.null else self.model_field.get_default()
        return None

    def missing(self, context: ReadContext) -> Any:
        """What it means that the source has no such column."""
        return self.empty

    def cells(self, values: Sequence[Any]) -> list[Any]:
        """Values as spreadsheet cells (text, number, date), in one go; empty ones are None."""
        return [None if value in (None, "") else self.cell(value) for value in values]

    def cell(self, value: Any) -> Any:
        """One value as a spreadsheet cell."""
        return value

    def key_text(self, value: Any) -> str:
        """The value as part of a natural key or a digest."""
        return "" if value is None else str(value)

    def load(self, ids: Sequence[int]) -> dict[int, Any]:
        """Values of a related column by record id."""
        raise TypeError(f"{self.field} is stored in the record itself")

    def store(self, values: Mapping[int, Any]) -> None:
        """Replace the values of a related column (record id → value), in sets."""
        raise TypeError(f"{self.field} is stored in the record itself")


def find_field(model: type[Model], path: str) -> Field:
    """The model field at the end of a path with ``__``."""
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    return model._meta.get_field(last)  # type: ignore[return-value]


def read_each(reader: Callable[[Any], Any], values: Iterable[Any], empty: Any) -> tuple[list[Any], Errors]:
    """Read cell by cell, each distinct raw cell once. Unhashable cells do not occur in workbooks or forms."""
    known: dict[Any, Any] = {}
    result, errors = [], {}
    for index, raw in enumerate(values):
        if raw is None or raw == "":
            result.append(empty)
            continue
        token = (raw.__class__, raw)
        if token not in known:
            known[token] = _attempt(reader, raw)
        value = known[token]
        if isinstance(value, CellError):
            if not value.blank:
                errors[index] = reason_of(value)
            value = empty
        result.append(value)
    return result, errors


def reason_of(error: CellError) -> str:
    """Why a cell was not read, in the reader's language."""
    said = _(error.template)
    return said.format(**error.params) if error.params else said


def _attempt(reader: Callable[[Any], Any], raw: Any) -> Any:
    try:
        return reader(raw)
    except CellError as error:
        return error
