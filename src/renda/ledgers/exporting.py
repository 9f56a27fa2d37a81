"""Writing registers back as workbooks that can be imported again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from renda.core.snapshot import snapshot
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.journal.services import Line, change, record
from renda.ledgers.sheets import Book, write_register
from renda.registers import loading, registry
from renda.registers.columns import Column
from renda.registers.register import Register

CHUNK = 5000


def export_all(folder: Path, *, actor: Actor, reason: str = "") -> dict[str, int]:
    """Write every register that the actor may export, and the divisions, all as they are at one moment; returns file name → rows.
    Secret columns go out only with the right to see them and for a ``reason``, which the journal keeps with the columns."""
    folder.mkdir(parents=True, exist_ok=True)
    write = partial(export_register, reason=reason) if reason.strip() else export_register
    with snapshot():
        written = {"行政区划.xlsx": _divisions(folder / "行政区划.xlsx", actor)}
        for register in registry.all_registers():
            if gate.may(actor, roles.EXPORT, register.model):
                name = f"{register.name}.xlsx"
                written[name] = write(folder / name, register, actor=actor)
    with change():
        for register in registry.all_registers():
            _note_secrets(register, written.get(f"{register.name}.xlsx", 0), reason, actor)
        record(
            Line(
                str(actor), "ledgers.exported", "ledgers.export", None, "", {"rows": sum(written.values()), "files": len(written)}
            )
        )
    return written


def export_register(
    path: Path,
    register: Register,
    *,
    actor: Actor,
    rows: QuerySet | None = None,
    columns: Sequence[Column] | None = None,
    reason: str = "",
) -> int:
    """Write one register (or a selection of it) and return the number of rows. Raises PermissionDenied.

    Secret columns are left out unless the actor may see them and gives a reason; the caller journals that they went out.
    """
    gate.require(actor, roles.EXPORT, register.model)
    secrets = _secret_columns(register, actor, reason)
    chosen = [c for c in (columns or register.columns) if not c.secret or c in secrets]
    records = gate.visible_to(actor, register.records()).order_by("pk") if rows is None else rows
    return write_register(path, register, chosen, _cells(register, list(records.values_list("pk", flat=True)), chosen))


def _secret_columns(register: Register, actor: Actor, reason: str) -> list[Column]:
    """The secret columns that go out: with the right and a reason; who works on the data folder itself needs none."""
    open_to = gate.may(actor, roles.REVEAL, register.model) and bool(reason.strip() or actor == gate.OPERATOR)
    return [c for c in register.columns if c.secret] if open_to else []


def _note_secrets(register: Register, rows: int, reason: str, actor: Actor) -> None:
    columns = [c.name for c in _secret_columns(register, actor, reason)]
    if columns and rows:
        payload = {"columns": columns, "rows": rows, "reason": reason.strip()[:200] or "命令行导出"}
        record(Line(str(actor), "secret.exported", register.code, None, register.name, payload))


def _cells(register: Register, ids: Sequence[int], columns: Sequence[Column]) -> Iterator[list[Any]]:
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        values = loading.load(register, part, columns)
        yield from loading.as_cells(columns, [values[pk] for pk in part])


def _divisions(path: Path, actor: Actor) -> int:
    rows = Division.objects.filter(valid_to__isnull=True)
    if actor.division_path:
        rows = rows.subtree(actor.division_path)
    headings = ("区划代码", "名称", "级别", "上级区划代码", "街道", "人口数")
    found = list(rows.order_by("path").select_related("parent"))
    with Book(path) as book:
        sheet = book.sheet("行政区划")
        for place, text in enumerate(headings):
            sheet.write_string(0, place, text, book.heading)
        for line, one in enumerate(found, 1):
            above = one.parent.code if one.parent else ""
            for place, cell in enumerate(
                (one.code, one.name, one.get_level_display(), above, "是" if one.urban else "", one.population)
            ):
                book.put(sheet, line, place, cell, text=isinstance(cell, str))
    return len(found)
