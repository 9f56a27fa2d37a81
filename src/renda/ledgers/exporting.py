"""Writing registers back as workbooks that can be imported again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def export_all(folder: Path, *, actor: Actor) -> dict[str, int]:
    """Write every register that the actor may export, and the divisions, all as they are at one moment; returns file name → rows.
    Secret columns go out only with the right to see them, and the journal says so."""
    folder.mkdir(parents=True, exist_ok=True)
    with snapshot():
        written = {"行政区划.xlsx": _divisions(folder / "行政区划.xlsx", actor)}
        for register in registry.all_registers():
            if gate.may(actor, roles.EXPORT, register.model):
                name = f"{register.name}.xlsx"
                written[name] = export_register(folder / name, register, actor=actor)
    with change():
        record(
            Line(
                str(actor), "ledgers.exported", "ledgers.export", None, "", {"rows": sum(written.values()), "files": len(written)}
            )
        )
    return written


def export_register(
    path: Path, register: Register, *, actor: Actor, rows: QuerySet | None = None, columns: Sequence[Column] | None = None
) -> int:
    """Write one register (or a selection of it) and return the number of rows. Raises PermissionDenied."""
    gate.require(actor, roles.EXPORT, register.model)
    secrets = gate.may(actor, roles.REVEAL, register.model)
    chosen = [c for c in (columns or register.columns) if secrets or not c.secret]
    records = gate.visible_to(actor, register.records()).order_by("pk") if rows is None else rows
    return write_register(path, register, chosen, _cells(register, list(records.values_list("pk", flat=True)), chosen))


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
