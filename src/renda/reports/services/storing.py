"""Bindings and drafts as plain data (JSON) and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any

from renda.reports.draft.model import Binding, Draft, Edit, Entry


def plain_binding(binding: Binding | None) -> dict[str, Any] | None:
    """A binding as plain data."""
    return None if binding is None else asdict(binding)


def binding_from(plain: Mapping[str, Any] | None) -> Binding | None:
    """The binding that plain data stands for."""
    if plain is None:
        return None
    known = {field.name for field in fields(Binding)}
    alike = tuple(one for one in map(binding_from, plain.get("alike", ())) if one)
    return Binding(**{name: value for name, value in plain.items() if name in known and name != "alike"}, alike=alike)


def plain_draft(draft: Draft) -> dict[str, Any]:
    """A draft as plain data; its source text is the report's own and not repeated."""
    return {
        "source_year": draft.source_year, "year": draft.year, "division": draft.division,
        "entries": [_plain_entry(entry) for entry in draft.entries], "edits": [asdict(edit) for edit in draft.edits],
    }  # fmt: skip


def draft_from(plain: Mapping[str, Any], source: str) -> Draft:
    """The draft that plain data stands for."""
    return Draft(
        source, plain["source_year"], plain["year"], plain["division"],
        [_entry(one) for one in plain["entries"]], [_made(Edit, one) for one in plain["edits"]],
    )  # fmt: skip


def _plain_entry(entry: Entry) -> dict[str, Any]:
    said = {field.name: getattr(entry, field.name) for field in fields(Entry)}
    return said | {
        "binding": plain_binding(entry.binding), "period": plain_period(entry.period), "value": number_text(entry.value), "before": number_text(entry.before),
    }  # fmt: skip


def plain_period(period: tuple[date, date, str] | None) -> list[str] | None:
    """First day, last day and name as plain data."""
    return [period[0].isoformat(), period[1].isoformat(), period[2]] if period else None


def _entry(plain: Mapping[str, Any]) -> Entry:
    period = plain["period"]
    return _made(
        Entry,
        {
            **plain,
            "binding": binding_from(plain["binding"]),
            "period": (date.fromisoformat(period[0]), date.fromisoformat(period[1]), period[2]) if period else None,
            "value": number_from(plain["value"]),
            "before": number_from(plain["before"]),
        },
    )


def _made(kind: Any, plain: Mapping[str, Any]) -> Any:
    """An instance from plain data; fields that this version does not know are left out."""
    known = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in plain.items() if name in known})


def number_text(value: Decimal | int | None) -> str | None:
    """A number as text, so that none of its digits is lost in JSON."""
    return None if value is None else str(value)


def number_from(text: str | None) -> Decimal | int | None:
    """The number that a text stands for."""
    if text is None:
        return None
    return int(text) if text.lstrip("-").isdigit() else Decimal(text)
