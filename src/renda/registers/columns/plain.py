"""Columns whose value stands in the record itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import CharField, Model
from django.utils.translation import gettext as _

from renda.core import cells
from renda.core.cells import CellError, DateValue
from renda.core.text import nearest
from renda.registers.columns.base import Column, Errors, ReadContext, read_each


@dataclass(kw_only=True)
class Text(Column):
    """A text; its longest length is the model field's."""

    long: bool = False
    kind: ClassVar[str] = "text"

    def read_one(self, raw: Any) -> str:
        text = cells.read_text(raw)
        limit = getattr(self.model_field, "max_length", None) if isinstance(self.model_field, CharField) else None
        if limit and len(text) > limit:
            raise CellError(_("有 %(text_count)s 个字，最多 %(limit)s 个字") % {"text_count": len(text), "limit": limit})
        return text


@dataclass(kw_only=True)
class Whole(Column):
    """A whole number, not negative unless ``least`` says so; ``unit`` is its measure word."""

    unit: str = ""
    least: int = 0
    most: int = 2_147_483_647
    kind: ClassVar[str] = "whole"

    def read_one(self, raw: Any) -> int:
        value = cells.read_whole(raw)
        if not self.least <= value <= self.most:
            raise CellError(
                _("%(value)s 超出允许范围（%(least)s 至 %(most)s）") % {"value": value, "least": self.least, "most": self.most}
            )
        return value


@dataclass(kw_only=True)
class Year(Whole):
    """A calendar year: 2021, 2021年, 2021年度. Where the cell or the whole column is missing, the year of the sheet's title."""

    least: int = 1949
    most: int = 2100

    def read(self, values: Any, context: ReadContext) -> tuple[list[Any], Errors]:
        return read_each(self.read_one, values, context.year)

    def read_one(self, raw: Any) -> int:
        if isinstance(raw, str):
            raw = raw.strip().removesuffix("度").removesuffix("年")
        return super().read_one(raw)

    def missing(self, context: ReadContext) -> Any:
        return context.year


@dataclass(kw_only=True)
class Number(Column):
    """A decimal number."""

    unit: str = ""
    kind: ClassVar[str] = "number"

    def read_one(self, raw: Any) -> Decimal:
        return fitting(cells.read_number(raw), self.model_field)

    def key_text(self, value: Any) -> str:
        return "" if value is None else format(Decimal(value).normalize(), "f")


@dataclass(kw_only=True)
class Percent(Number):
    """A percentage, kept as the number before the sign (75.4 for 75.4%)."""

    unit: str = "%"
    kind: ClassVar[str] = "percent"

    def read_one(self, raw: Any) -> Decimal:
        return fitting(cells.read_percent(raw), self.model_field)


@dataclass(kw_only=True)
class Money(Number):
    """An amount in yuan. The heading may name another unit（金额（万元））; a unit in the cell wins."""

    unit: str = "元"
    shown_in: str = "万元"
    kind: ClassVar[str] = "money"

    def read(self, values: Any, context: ReadContext) -> tuple[list[Any], Errors]:
        unit = context.units.get(self.field, "元")
        return read_each(lambda raw: fitting(cells.read_money(raw, unit=unit), self.model_field), values, self.empty)


def fitting(value: Decimal, model_field: Any) -> Decimal:
    """The number, if the database can hold it; CellError otherwise."""
    places, digits = getattr(model_field, "decimal_places", None), getattr(model_field, "max_digits", None)
    if places is None:
        return value
    rounded = round(value, places)
    if abs(rounded) >= Decimal(10) ** (digits - places):
        raise CellError(_("%(value)s 过大") % {"value": value})
    return rounded


@dataclass(kw_only=True)
class Day(Column):
    """A civil date. Where the model keeps a precision (``precision`` names its field), months and years are accepted."""

    precision: str = ""
    kind: ClassVar[str] = "day"

    def read(self, values: Any, context: ReadContext) -> tuple[list[Any], Errors]:
        return read_each(lambda raw: self._read(raw, context.year), values, self.empty)

    def _read(self, raw: Any, year: int | None) -> date | DateValue:
        value = cells.read_date(raw, year=year)
        if self.precision:
            return value
        if value.precision != "day":
            raise CellError(
                _("“%(raw)s”只到%(precision)s，请写到日，如 2021-03-05")
                % {"raw": raw, "precision": _("月") if value.precision == "month" else _("年")}
            )
        return value.date

    def cell(self, value: Any) -> Any:
        return written(value) if isinstance(value, DateValue) else value

    def key_text(self, value: Any) -> str:
        if isinstance(value, DateValue):
            return str(written(value))
        return value.isoformat() if value else ""


@dataclass(kw_only=True)
class YesNo(Column):
    """Yes or no."""

    kind: ClassVar[str] = "yes_no"

    def read_one(self, raw: Any) -> bool:
        return cells.read_yes_no(raw)

    def cell(self, value: Any) -> str:
        return "是" if value else "否"

    def cells(self, values: Any) -> list[Any]:
        return [None if value is None else self.cell(value) for value in values]


@dataclass(kw_only=True)
class Choice(Column):
    """One of the model field's choices, written by its Chinese name or a synonym (``words``: other writing → code)."""

    words: dict[str, str] = field(default_factory=dict)
    kind: ClassVar[str] = "choice"

    def bind(self, model: type[Model]) -> None:
        super().bind(model)
        self.choices: dict[str, str] = {code: str(name) for code, name in (self.model_field.choices or [])}  # type: ignore[union-attr]
        self._codes = {name: code for code, name in self.choices.items()} | self.words | {code: code for code in self.choices}

    def read_one(self, raw: Any) -> str:
        text = cells.read_text(raw)
        code = self._codes.get(text)
        if code is None:
            near = nearest(text, list(self.choices.values()))
            raise CellError(
                _("没有“%(text)s”这一项，可填：%(values)s") % {"text": text, "values": "、".join(near or self.choices.values())}
            )
        return code

    def cell(self, value: Any) -> str:
        return self.choices.get(value, value)


@dataclass(kw_only=True)
class Identity(Column):
    """An identity number (GB 11643): encrypted, masked, found by keyed hash."""

    secret: bool = True
    kind: ClassVar[str] = "identity"

    def read_one(self, raw: Any) -> str:
        return cells.read_identity_number(raw)


@dataclass(kw_only=True)
class Phone(Column):
    """A telephone number: encrypted and masked."""

    secret: bool = True
    kind: ClassVar[str] = "phone"

    def read_one(self, raw: Any) -> str:
        return cells.read_phone(raw)


def written(value: DateValue) -> date | str:
    """A date as it stands in a cell: the day, or 2021年3月 and 2021年 where no more is known."""
    if value.precision == "year":
        return f"{value.date.year}年"
    return f"{value.date.year}年{value.date.month}月" if value.precision == "month" else value.date
