"""The records behind a figure, with the columns that may stand in evidence."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, QuerySet

from renda.figures.indicators import Indicator
from renda.procedure import kinds
from renda.registers import registry
from renda.registers.columns.base import find_field


def rows_of(indicator: Indicator, rows: QuerySet, limit: int | None) -> list[dict[str, Any]]:
    """Evidence rows: ``pk``, ``register`` and one entry per evidence column under its Chinese heading."""
    paths = [(entry, heading(rows, entry)) if isinstance(entry, str) else entry for entry in indicator.evidence]
    found = rows.order_by("pk").values_list("pk", *(path for path, _ in paths)).distinct()
    stages = _stages(indicator.register)
    shown = [_shower(rows, path) if path != "stage" else lambda code: stages.get(code, code) for path, _ in paths]
    return [
        {
            "pk": pk,
            "register": indicator.register,
            **{name: show(value) for (_, name), show, value in zip(paths, shown, values, strict=True)},
        }
        for pk, *values in found[:limit]
    ]


def _stages(register: str | None) -> dict[str, str]:
    """The milestones of a register's matters by code, as their stage is read."""
    kind = registry.get(register).matter_kind if register else ""
    return dict(kinds.get(kind).milestones) if kind else {}


def heading(rows: QuerySet, path: str) -> str:
    """The Chinese name of the field at the end of a path; dates of milestones are plain 日期."""
    field = _field(rows, path)
    return str(field.verbose_name) if field is not None else "日期" if path.endswith("__on") else path


def _field(rows: QuerySet, path: str) -> Field | None:
    try:
        return find_field(rows.model, path)
    except (FieldDoesNotExist, AttributeError):
        return None


def _shower(rows: QuerySet, path: str) -> Any:
    field = _field(rows, path)
    known = dict(field.flatchoices) if field is not None and field.choices else None
    return (lambda value: str(known.get(value, value))) if known else (lambda value: value)
