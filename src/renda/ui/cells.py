"""How a value looks on a page: text, alignment, tone. Secret values are masked here and nowhere shown whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from renda.core.text import mask_identity_number, mask_name, mask_phone
from renda.registers.columns import Column
from renda.ui.templatetags.renda import number
from renda.ui.words import said

NUMERIC = ("whole", "number", "percent", "money", "head_count")
TIGHT = ("day", "milestone", "choice", "yes_no", "person", "division", "identity", "phone", *NUMERIC)
TEN_THOUSAND = Decimal(10_000)
LONGEST_TIGHT = 14


@dataclass
class Cell:
    """One cell of a list."""

    label: str
    text: str
    klass: str = ""
    tone: str = ""
    is_title: bool = False


def heading(column: Column) -> str:
    """The column's name, with the unit that its values are shown in."""
    unit = unit_of(column)
    return f"{said(column.name)}（{said(unit)}）" if unit and unit not in column.name else said(column.name)


def unit_of(column: Column) -> str:
    """The unit of the column's numbers; empty where it has none."""
    if column.kind == "money":
        return getattr(column, "shown_in", "元")
    return getattr(column, "unit", "")


def klass(column: Column) -> str:
    """How the column is set in a table."""
    if column.kind in NUMERIC:
        return "is-num is-tight"
    short = (getattr(column.model_field, "max_length", None) or 999) <= LONGEST_TIGHT
    return "is-tight" if column.kind in TIGHT or short or column.field == "number" else ""


def shown(column: Column, raw: Any, *, spoken: bool = False) -> str:
    """A display cell as text. ``spoken``: dates as 2021年3月5日, as running text writes them; tables write 2021-03-05."""
    if raw is None or raw == "":
        return ""
    if column.secret:
        return masked(column, str(raw))
    if isinstance(raw, date):
        return date_format(raw, _("Y年n月j日")) if spoken else raw.isoformat()
    if column.kind == "money":
        return number(_in_unit(Decimal(raw), unit_of(column)))
    if isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool):
        return number(raw) if column.kind in NUMERIC and "year" not in column.field else str(raw)
    return said(raw) if column.kind in ("choice", "yes_no") else str(raw)


def _in_unit(yuan: Decimal, unit: str) -> Decimal:
    factor = {"万元": TEN_THOUSAND, "亿元": TEN_THOUSAND**2}.get(unit, Decimal(1))
    return (yuan / factor).quantize(Decimal("0.01"))


def masked(column: Column, text: str) -> str:
    """A secret value as far as it may be shown without a reason."""
    if not text:
        return ""
    if column.kind == "identity":
        return mask_identity_number(text)
    if column.kind == "phone":
        return mask_phone(text)
    return mask_name(text) if column.kind in ("person", "people") or "name" in column.field else "＊＊＊＊"


def row_cells(columns: Sequence[Column], raw: Sequence[Any], label: str) -> list[Cell]:
    """The cells of one row; the label's cell is the one that links to the record."""
    return [
        Cell(
            said(c.name),
            shown(c, value),
            f"{klass(c)} is-title is-wide" if c.field == label else klass(c),
            is_title=c.field == label,
        )
        for c, value in zip(columns, raw, strict=True)
    ]
