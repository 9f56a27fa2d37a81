"""What the journal says of register rows: few rows one by one, many as one entry with a root over their digests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        digests = [one.digest or digest(_payload(register, one.values)) for one in (*created, *edited)]
        payload = {"created": len(created), "updated": len(edited), "root": root(digests), "batch": batch}
        record(Line(str(actor), "rows.imported", register.code, None, register.name, payload))
        return
    shown = labels(register, {pk: c.values for pk, c in zip(ids, created, strict=True)})
    for pk, one in zip(ids, created, strict=True):
        record(
            Line(
                str(actor),
                "record.created",
                register.code,
                pk,
                shown[pk],
                {"values": _payload(register, one.values), "batch": batch},
            )
        )
    shown = labels(register, {c.pk or 0: {**before[c.pk or 0], **c.values} for c in edited})
    for one in edited:
        pk = one.pk or 0
        payload = {"changes": _differences(register, before[pk], one.values), "batch": batch}
        record(Line(str(actor), "record.changed", register.code, pk, shown[pk], payload))


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


def _payload(register: Register, values: Values) -> dict[str, Any]:
    columns = [c for c in register.columns if c.field in values]
    texts = loading.as_cells(columns, [values])
    return {
        c.field: _said(register, c, values[c.field], text)
        for c, text in zip(columns, texts[0] if texts else [], strict=True)
        if text is not None
    }


def _said(register: Register, column: Column, value: Any, text: Any) -> Any:
    """Personal values as keyed digests, people of the directory by their number, everything else as it is read."""
    if column.secret or column.field.startswith(f"{register.person or '-'}__"):
        return {"digest": keyed_digest(str(text))}
    return column.key_text(value) if column.kind in ("person", "people") else text


def _differences(register: Register, before: Values, after: Values) -> dict[str, list[Any]]:
    names = [n for n in after if n in register.by_field and before.get(n) != after[n]]
    old, new = ({n: row.get(n) for n in names} for row in (before, after))
    was, now = _payload(register, old), _payload(register, new)
    return {n: [was.get(n), now.get(n)] for n in names}
