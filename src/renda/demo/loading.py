"""Writing the demo's ledgers into the data folder and bringing them in with the import that every office uses."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from renda.core.datafolder import data_folder
from renda.demo import base
from renda.demo.county import YEARS, County
from renda.demo.habits import Book, write_book
from renda.directory.gate import OPERATOR
from renda.directory.models import Division
from renda.ledgers.importing import import_files
from renda.ledgers.models import Import, State
from renda.ledgers.report import Report
from renda.registers import registry

CODE = "990123"
ROOMS = ("suggestions", "deputies", "meetings", "supervision", "offices", "projects", "elections", "outreach")
Say = Callable[[str], None]


class DemoFault(RuntimeError):
    """The demo's own ledgers were not taken whole: a fault of the program. The text names the first rows."""


def ledgers_folder() -> Path:
    """Where the demo's spreadsheets lie."""
    return data_folder() / "demo" / "ledgers"


def parts() -> list[str]:
    """The folders in the order in which they are imported."""
    return ["base", *map(str, YEARS)]


def books_of(county: County, part: str) -> list[Book]:
    """The books of one folder."""
    if part == "base":
        return base.books(county)
    return [book for room in ROOMS for book in import_module(f"renda.demo.{room}").books(county, int(part))]


def write_ledgers(county: County, folder: Path) -> Iterator[tuple[str, list[Path]]]:
    """Write all ledgers, folder by folder, in place of any that lay there."""
    shutil.rmtree(folder, ignore_errors=True)
    for part in parts():
        place = folder / part
        place.mkdir(parents=True)
        written = [base.write_divisions(place / "00-行政区划.xlsx")] if part == "base" else []
        written += [
            path for book in books_of(county, part) if (path := write_book(place, book, county.rng("habits", part, book.name)))
        ]
        yield part, written


def _imports() -> dict[str, int]:
    """The folders that were imported already, by the imports that the database remembers: name → import."""
    county = Division.objects.filter(code=CODE, valid_to__isnull=True).first()
    if county is None:
        return {}
    done = Import.objects.filter(state=State.DONE, division=county).values_list("files", "pk")
    return {files[0]["name"]: pk for files, pk in done if len(files) == 1 and files[0]["name"] in parts()}


def loaded() -> set[str]:
    """The folders that were imported already."""
    return set(_imports())


def batches() -> list[int]:
    """The imports that brought the demo's records."""
    return sorted(_imports().values())


def load(county: County, say: Say) -> dict[str, int]:
    """Write and import what is not there yet; returns the rows brought in by register name. DemoFault where a row is refused.

    What was imported once is never imported again, so that what users changed since then stays.
    """
    missing = [part for part in parts() if part not in loaded()]
    brought: Counter[str] = Counter()
    if not missing:
        return {}
    say("正在编写青禾县的台账……")
    folder = ledgers_folder()
    files = dict(write_ledgers(county, folder))
    say(f"已写好 {sum(map(len, files.values()))} 份电子表格：{folder}")
    for part in missing:
        report, _ = import_files([folder / part], actor=OPERATOR, progress=_progress(say, part))
        check(report)
        for sheet in report.sheets:
            brought[sheet.name] += sheet.counts["created"]
    return dict(brought)


def _progress(say: Say, part: str) -> Callable[[int, int, str], None]:
    label = "基础台账" if part == "base" else f"{part}年台账"

    def tell(done: int, total: int, what: str) -> None:
        say(f"{label} {done}/{total} 行 {what}" if what else f"{label} {total} 行已导入")

    return tell


def check(report: Report) -> None:
    """Every row of every sheet was taken. Raises DemoFault with the first rows that were not."""
    faults = [f"{sheet.file}／{sheet.sheet}：{sheet.left_out}" for sheet in report.sheets if sheet.left_out]
    for sheet in report.sheets:
        refused = [*sheet.rejects, *sheet.conflicts][:3]
        faults += [f"{sheet.file}／{sheet.sheet} 第 {fault.row} 行 {fault.heading}：{fault.reason}" for fault in refused]
    faults += [
        f"{sheet.file}／{sheet.sheet}：有与别处重复的行"
        for sheet in report.sheets
        if sheet.counts["updated"] or sheet.counts["unchanged"]
    ]
    if faults or not report.committed:
        raise DemoFault("示范县的台账没有全部导入：" + "；".join(faults[:12]))


def counts() -> list[tuple[str, str, int]]:
    """Each register that holds records: its code, name and number of records."""
    found: list[tuple[str, str, int]] = []
    for register in registry.all_registers():
        number: Any = register.records().count()
        if number:
            found.append((register.code, register.name, number))
    return found
