"""What the journal says of register rows: few rows one by one, many as one entry with a root over their digests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from renda.core.canonical import digest, root
from renda.core.crypto import keyed_digest
from renda.core.text import mask_name
from renda.directory.gate import Actor
from renda.journal.services import Line, record
from renda.registers import loading
from renda.registers.columns import Column
from renda.registers.register import Register, Values

if TYPE_CHECKING:
    from renda.registers.services import Change

ONE_BY_ONE = 20


def saved(
    register: Register, ids: Sequence[int], created: Sequence[Change], edited: Sequence[Change],
    before: Mapping[int, Values], batch: int | None, actor: Actor,
) -> None:  # fmt: skip
    """Journal what ``services.save`` wrote."""
    if len(created) + len(edited) > ONE_BY_ONE:
        digests = [one.digest or digest(said) for one, said in _with_payload(register, [*created, *edited])]
        payload = {"created": len(created), "updated": len(edited), "root": root(digests), "batch": batch}
        record(Line(str(actor), "rows.imported", register.code, None, register.name, payload))
        return
    shown = labels(register, {pk: c.values for pk, c in zip(ids, created, strict=True)})
    for pk, said in zip(ids, _payloads(register, [one.values for one in created]), strict=True):
        record(Line(str(actor), "record.created", register.code, pk, shown[pk], {"values": said, "batch": batch}))
    shown = labels(register, {c.pk or 0: {**before[c.pk or 0], **c.values} for c in edited})
    for one, differences in zip(edited, _differences(register, before, edited), strict=True):
        pk = one.pk or 0
        record(Line(str(actor), "record.changed", register.code, pk, shown[pk], {"changes": differences, "batch": batch}))


def voided(register: Register, shown: Mapping[int, str], reason: str, actor: Actor) -> None:
    """Journal that records were voided."""
    for pk, label in shown.items():
        record(Line(str(actor), "record.voided", register.code, pk, label, {"reason": reason}))


def revealed(register: Register, pk: int, row: Values, column: Column, reason: str, actor: Actor) -> None:
    """Journal that a secret value was seen: by whom and why, never the value."""
    label = labels(register, {pk: row})[pk]
    record(Line(str(actor), "secret.revealed", register.code, pk, label, {"column": column.name, "reason": reason}))


def labels(register: Register, rows: Mapping[int, Values]) -> dict[int, str]:
    """What records are called in the journal; people's names are masked."""
    column = register.by_field[register.label]
    texts = column.cells([row.get(column.field) for row in rows.values()])
    personal = column.secret or column.kind == "person" or column.field.startswith(f"{register.person or '-'}__")
    return {pk: (mask_name(str(text or "")) if personal else str(text or ""))[:300] for pk, text in zip(rows, texts, strict=True)}


def _with_payload(register: Register, changes: Sequence[Change]) -> Iterator[tuple[Change, dict[str, Any]]]:
    """Each change with its payload; those whose source row has a digest need none."""
    told = iter(_payloads(register, [one.values for one in changes if not one.digest]))
    return ((one, {} if one.digest else next(told)) for one in changes)


def _payloads(register: Register, rows: Sequence[Values]) -> list[dict[str, Any]]:
    """What the journal keeps of rows, in as many queries for many as for one."""
    columns = [c for c in register.columns if any(c.field in values for values in rows)]
    texts = loading.as_cells(columns, rows) if columns else [[] for _row in rows]
    return [
        {
            c.field: _said(register, c, values[c.field], text)
            for c, text in zip(columns, cells, strict=True)
            if c.field in values and text is not None
        }
        for values, cells in zip(rows, texts, strict=True)
    ]


def _said(register: Register, column: Column, value: Any, text: Any) -> Any:
    """Personal values as keyed digests, people of the directory by their number, everything else as it is read."""
    if column.secret or column.field.startswith(f"{register.person or '-'}__"):
        return {"digest": keyed_digest(str(text))}
    return column.key_text(value) if column.kind in ("person", "people") else text


def _differences(register: Register, before: Mapping[int, Values], edited: Sequence[Change]) -> list[dict[str, list[Any]]]:
    """By edited row: field → what it said before and says now."""
    old: list[Values] = []
    new: list[Values] = []
    for one in edited:
        held = before[one.pk or 0]
        names = [n for n in one.values if n in register.by_field and held.get(n) != one.values[n]]
        old.append({n: held.get(n) for n in names})
        new.append({n: one.values[n] for n in names})
    was, now = _payloads(register, old), _payloads(register, new)
    return [{n: [a.get(n), b.get(n)] for n in row} for row, a, b in zip(new, was, now, strict=True)]
