"""When a record's label changes, what refers to it is found by the new one: its referrers go into the search index anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count

from renda.registers import registry, searching
from renda.registers.columns import Column
from renda.registers.register import Register, Values


def referrers(
    register: Register, created: Sequence[Values], edited: Mapping[int, Values], before: Mapping[int, Values]
) -> Iterator[tuple[Register, list[int]]]:
    """Registers and the ids of those records whose words in the search index no longer hold.

    A label can change without an edit: titles that become equal are told apart by their year, those that no longer are lose it.
    """
    links = list(_links(register))
    label = register.by_field[register.label]
    if not links or label.kind != "text":
        return
    texts = {str(side[pk].get(label.field) or "") for pk in _changed(label.field, edited, before) for side in (before, edited)}
    texts |= _shared(register, {str(values[label.field]) for values in created if values.get(label.field)})
    if not texts:
        return
    same = register.records().filter(**{f"{label.field}__in": texts}).values("pk")
    for other, column in links:
        ids = list(other.records().filter(**{f"{column.field}__in": same}).order_by("pk").values_list("pk", flat=True).distinct())
        if ids:
            yield other, ids


def _links(register: Register) -> Iterator[tuple[Register, Column]]:
    """The searched columns of any register that refer to this one."""
    for other in registry.all_registers():
        for column in searching.searched(other):
            if column.kind in ("ref", "refs") and getattr(column, "to", "") == register.code:
                yield other, column


def _changed(name: str, edited: Mapping[int, Values], before: Mapping[int, Values]) -> list[int]:
    return [pk for pk, values in edited.items() if name in values and values[name] != before.get(pk, {}).get(name)]


def _shared(register: Register, texts: set[Any]) -> set[str]:
    """Those labels that more than one record bears."""
    rows = register.records().filter(**{f"{register.label}__in": texts}) if texts else register.records().none()
    return set(
        rows.order_by().values(register.label).annotate(n=Count("pk")).filter(n__gt=1).values_list(register.label, flat=True)
    )
