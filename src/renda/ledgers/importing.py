"""Importing ledgers: files → sheets → rows → records, in one transaction, all or nothing unless the clerk takes the good rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.journal.services import Line, change, record
from renda.ledgers import divisions, vocabulary, waves
from renda.ledgers.models import Import, State
from renda.ledgers.reading import Sheet, Table, UnreadableFile, normalise_heading, open_workbook
from renda.ledgers.report import Report, RowFault, SheetReport
from renda.ledgers.sorting import Seen, Sorted, sort_rows
from renda.registers import registry
from renda.registers.columns import ReadContext
from renda.registers.reading import Reading, read_rows
from renda.registers.register import Register
from renda.registers.services import Change, Refused, save

Progress = Callable[[int, int, str], None]
CHUNK = 10_000  # rows saved at once: bounds memory and is the step of the progress shown
TURN = 7_220_261  # any number that nothing else locks


class NotImportable(ValueError):
    """Nothing can be imported as things stand; the text says what to do first."""


@dataclass
class Task:
    """One sheet on its way in: its table, its register, what became of its rows."""

    report: SheetReport
    table: Table
    register: Register
    sorted: Sorted | None = None


@dataclass(frozen=True)
class Options:
    """How to import. ``registers``: sheets (``file/sheet``) whose register the clerk has named; ``batch``: the import as it was begun
    in the browser, in place of a new one."""

    dry_run: bool = False
    take_good_rows: bool = False
    division_id: int | None = None
    registers: dict[str, str] = field(default_factory=dict)
    batch: int | None = None


def silent(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""


class _Undo(Exception):
    """Rolls the transaction back without being an error."""


def import_files(
    paths: Sequence[Path],
    *,
    actor: Actor,
    options: Options = Options(),
    progress: Progress = silent,
    names: Sequence[str] = (),
) -> tuple[Report, list[Task]]:
    """Import files. Raises UnreadableFile for a file that cannot be read and NotImportable where nothing fits; both change nothing."""
    sheets = read_files(paths, names)
    report, tasks = Report(dry_run=options.dry_run), []
    try:
        with change():
            _take_turns()
            divisions.take(sheets, report, actor)
            division = _division(options, actor, report)
            report.batch = options.batch or _batch(paths, names, division, actor, options)
            tasks = tasks_of(sheets, report, actor, options)
            _write_all(tasks, division, actor, report, progress)
            if options.dry_run or (report.refused and not options.take_good_rows):
                raise _Undo
            report.committed = True
            _journal(report, actor)
            Import.objects.filter(pk=report.batch).update(state=State.DONE, report=report.as_dict(), ended_at=clock.now())
    except _Undo:
        report.batch = options.batch
    return report, tasks


def _take_turns() -> None:
    """Imports go one after the other: the same file brought in twice at once finds its rows there, instead of a clash on every one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def read_files(paths: Sequence[Path], names: Sequence[str] = ()) -> list[tuple[str, Sheet]]:
    """The sheets of all files; folders are searched for workbooks."""
    found: list[tuple[str, Sheet]] = []
    shown = dict(zip(paths, names, strict=False))
    for path in paths:
        for file in workbooks_in(path):
            name = shown.get(path, file.name)
            found += [(name, sheet) for sheet in _open(file, name)]
    return found


def _open(file: Path, name: str) -> list[Sheet]:
    """The file's sheets; what cannot be read is named, since a clerk may bring forty files at once."""
    try:
        return open_workbook(file, name=name)
    except UnreadableFile as error:
        error.file = name
        raise


def workbooks_in(path: Path) -> list[Path]:
    """The file itself, or the workbooks of a folder in the order of their names. NotImportable where there is none."""
    if path.is_dir():
        files = sorted(
            p for p in path.rglob("*") if p.suffix.lower() in (".xlsx", ".xls", ".csv") and not p.name.startswith(("~$", "退回-"))
        )
        if not files:
            raise NotImportable(_("文件夹“%(name)s”中没有 .xlsx、.xls 或 .csv 文件") % {"name": path.name})
        return files
    if not path.exists():
        raise NotImportable(_("找不到文件“%(name)s”，请核对路径") % {"name": path.name})
    return [path]


def _division(options: Options, actor: Actor, report: Report) -> Division:
    if options.division_id or actor.division_id:
        return Division.objects.get(pk=options.division_id or actor.division_id or 0)
    county = Division.objects.filter(level="county", valid_to__isnull=True).order_by("path").first()
    if county is None:
        for sheet in report.sheets:
            for fault in (*sheet.rejects, *sheet.conflicts):
                raise NotImportable(
                    _("%(file)s／%(sheet)s 第 %(row)s 行：%(reason)s。本县的行政区划还没有登记，其余的表无法导入")
                    % {"file": sheet.file, "sheet": sheet.sheet, "row": fault.row, "reason": fault.reason}
                )
        raise NotImportable(_("还没有登记本县的行政区划：请先导入“行政区划”表（renda ledgers templates 可生成空表）"))
    return county


def _batch(paths: Sequence[Path], names: Sequence[str], division: Division, actor: Actor, options: Options) -> int:
    made = Import.objects.create(
        division=division,
        account_id=actor.account_id,
        actor=str(actor),
        files=[{"name": name} for name in (names or [path.name for path in paths])],
        state=State.WRITING,
        take_good_rows=options.take_good_rows,
    )
    return made.pk


def tasks_of(sheets: Sequence[tuple[str, Sheet]], report: Report, actor: Actor, options: Options) -> list[Task]:
    """Match each sheet to a register, in the order of import. Sheets that fit none are reported as left out."""
    order = {register.code: place for place, register in enumerate(registry.all_registers())}
    tasks = []
    for file, sheet in sheets:
        if divisions.is_divisions(sheet):
            continue
        one = SheetReport(file, sheet.name)
        report.sheets.append(one)
        match = vocabulary.match(sheet, file, options.registers.get(f"{file}/{sheet.name}", ""))
        if isinstance(match, str):
            one.left_out = match
            continue
        register, table = match
        one.register, one.name = register.code, register.name
        left_out = vocabulary.left_out_headings(register)
        one.unknown_headings = [heading.text for heading in table.unknown if normalise_heading(heading.text) not in left_out]
        one.skipped = list(table.skipped.items())
        gate.require(actor, roles.IMPORT, register.model)
        tasks.append(Task(one, table, register))
    return sorted(tasks, key=lambda task: order[task.register.code])


def _write_all(tasks: Sequence[Task], division: Division, actor: Actor, report: Report, progress: Progress) -> None:
    total = sum(len(task.table.rows) for task in tasks)
    done = 0
    for task in tasks:
        start, name = done, task.register.name
        progress(start, total, name)
        done += len(task.table.rows)
        _write(task, division, actor, report.batch or 0, lambda rows, s=start, n=name: progress(s + rows, total, n))  # type: ignore[misc]
    progress(done, total, "")


def _write(task: Task, division: Division, actor: Actor, batch: int, saved: Callable[[int], None]) -> None:
    task.sorted, seen, before = Sorted(), Seen(), 0
    for indexes in waves.waves_of(task.register, task.table):
        part = Task(task.report, waves.part_of(task.table, indexes), task.register)
        _write_part(part, seen, division, actor, batch, lambda rows, b=before: saved(b + rows))  # type: ignore[misc]
        assert part.sorted is not None
        task.sorted.add(part.sorted, indexes)
        before += len(indexes)
    _account(task, task.table.numbers)


def _write_part(task: Task, seen: Seen, division: Division, actor: Actor, batch: int, saved: Callable[[int], None]) -> None:
    reading, given = read_table(task.register, task.table, division, actor)
    numbers = task.table.numbers
    task.sorted = result = sort_rows(task.register, reading, given, numbers, actor, seen)
    before = len(numbers) - len(result.created) - len(result.updated)
    for kind in (result.created, result.updated):
        indexes = list(kind)
        for start in range(0, len(indexes), CHUNK):
            part = {index: kind[index] for index in indexes[start : start + CHUNK]}
            for index, reason in _save_good(task.register, part, actor, batch).items():
                result.rejected[index] = {"": reason}
                del kind[index]
            before += len(part)
            if before < len(numbers):
                saved(before)


def read_table(register: Register, table: Table, division: Division, actor: Actor) -> tuple[Reading, set[str]]:
    """Read a table's cells by column."""
    raw = {name: table.column(name) for name in table.fields}
    units = {name: unit for name in table.fields if (unit := table.unit_of(name))}
    context = ReadContext(actor, division.pk, table.year, units)
    return read_rows(register, raw, context), set(raw)


def _save_good(register: Register, rows: dict[int, Change], actor: Actor, batch: int) -> dict[int, str]:
    """Save rows; where the database refuses some, find them by halves, save the rest, and return the reasons."""
    if not rows:
        return {}
    try:
        with transaction.atomic():
            save(register, list(rows.values()), actor=actor, batch=batch)
        return {}
    except Refused as refused:
        if len(rows) == 1:
            return {next(iter(rows)): str(refused)}
    indexes = list(rows)
    half = len(indexes) // 2
    faults: dict[int, str] = {}
    for part in (indexes[:half], indexes[half:]):
        faults |= _save_good(register, {index: rows[index] for index in part}, actor, batch)
    return faults


def _account(task: Task, numbers: Sequence[int]) -> None:
    result, one = task.sorted, task.report
    assert result is not None
    one.counts = {name: len(getattr(result, name)) for name in one.counts}
    if one.read != len(numbers):
        raise AssertionError(f"{one.sheet}: {one.read} rows accounted for of {len(numbers)}")
    headings = {c.field: c.name for c in task.register.columns}
    for index, faults in sorted(result.rejected.items()):
        one.rejects += [RowFault(numbers[index], name, headings.get(name, ""), reason) for name, reason in faults.items()]
    one.conflicts = [RowFault(numbers[index], "", "", reason) for index, reason in sorted(result.conflicting.items())]


def _journal(report: Report, actor: Actor) -> None:
    payload: dict[str, Any] = {k: v for k, v in report.as_dict(fault_limit=0).items() if k != "sheets"}
    payload["sheets"] = [{"file": s.file, "register": s.register, **s.counts} for s in report.sheets]
    record(Line(str(actor), "ledgers.imported", "ledgers.import", report.batch, "", payload))
