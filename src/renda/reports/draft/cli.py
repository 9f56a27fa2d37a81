"""``renda report draft``: last year's report in, this year's draft and its evidence out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from renda.core.commands import emit_json, fail, needs_records, say

if TYPE_CHECKING:
    from renda.directory.models import Division
    from renda.reports.draft.model import Binding, Draft

OUT = (".docx", ".pdf", ".txt")
DEFAULT_ACCEPT = 0.6


@click.command("draft")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", type=click.IntRange(1949, 2100), required=True, help="要写的是哪一年的报告。")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="初稿写到哪个文件（.docx、.pdf 或 .txt）。")
@click.option("--evidence", type=click.Path(path_type=Path), help="依据写到哪个工作簿（.xlsx）。")
@click.option("--division", default="", help="区划代码或名称，默认全县。")
@click.option("--accept", type=click.FloatRange(0, 1), default=DEFAULT_ACCEPT, show_default=True, help="把握低于此值的数字待核。")
@click.option("--source-year", type=click.IntRange(1949, 2100), help="原报告说的是哪一年；不写则从文中推断。")
@click.option("--no-memory", is_flag=True, help="不使用以往更正过的绑定。")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
@needs_records
def draft(
    file: Path, year: int, out: Path, evidence: Path | None, division: str, accept: float, source_year: int | None, no_memory: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """由上年的报告 FILE（.docx、.txt、.md）写出 --year 年的初稿：数字按台账重算，每处有批注，拿不准的保留原文并注明待核。"""
    from renda.directory.gate import OPERATOR
    from renda.reports.draft.compose import compose
    from renda.reports.draft.telling import as_json as told
    from renda.reports.draft.telling import lines, summary
    from renda.reports.recognise.source import Unreadable, read

    _check(file, out, evidence)
    try:
        text = read(file)
    except (Unreadable, OSError, ValueError) as error:
        fail(str(error))
    area = _area(division)
    if area is None:
        say("台账里还没有登记任何区划，全部数字都标为待核。可先导入台账，或运行 renda demo 装入示范县。")
    known, choices = ({}, {}) if no_memory or area is None else _remembered(text, source_year, area)
    made = compose(
        text, source_year=source_year, year=year, division=area, actor=OPERATOR, accept=accept, memory=known, choices=choices
    )
    _write(made, file, out, evidence)
    if as_json:
        emit_json({**told(made), "out": out, "evidence": evidence})
        return
    for line in lines(made):
        click.echo(line)
    say(summary(made))
    say(f"初稿：{out}" + (f"；依据：{evidence}" if evidence else ""))


def _check(file: Path, out: Path, evidence: Path | None) -> None:
    """Refuse names that cannot be written, before any work is done."""
    if out.suffix.lower() not in OUT:
        fail(f"初稿只能写成 {'、'.join(OUT)} 文件，不能写成 {out.name}。请改 --out 的文件名。")
    if evidence and evidence.suffix.lower() != ".xlsx":
        fail(f"依据只能写成 .xlsx 工作簿，不能写成 {evidence.name}。请改 --evidence 的文件名。")
    for target in (out, evidence):
        if target and target.resolve() == file.resolve():
            fail(f"{target} 就是上年的报告，不能覆盖。请换一个文件名。")
        if target and not target.resolve().parent.is_dir():
            fail(f"没有文件夹 {target.resolve().parent}。请先建立，或换一个位置。")


def _remembered(text: str, source_year: int | None, area: Division) -> tuple[dict[str, str | None], dict[int, Binding | None]]:
    """What clerks of the division corrected in the browser: for the recogniser, and for the figures of this text."""
    from renda.reports import memory

    return memory.references(area), memory.bindings_in(text, source_year, area)


def _area(word: str) -> Division | None:
    """The division that is meant; None where none is named and none is registered."""
    from renda.directory.models import Division
    from renda.figures.answering import NotUnderstood, find_division

    if not word and not Division.objects.filter(level="county").exists():
        return None
    try:
        return find_division(word)
    except NotUnderstood as error:
        fail(f"{error}。可用 --division 写明区划代码。")


def _write(made: Draft, file: Path, out: Path, evidence: Path | None) -> None:
    """Write draft and evidence. A .docx goes in with its own styles kept."""
    from renda.directory.gate import OPERATOR
    from renda.reports.papers import NoPdf, SourceChanged
    from renda.reports.recognise.source import Unreadable

    try:
        _write_paper(made, file, out)
        if evidence:
            from renda.reports.evidence import write_evidence

            write_evidence(made, evidence, OPERATOR)
    except (NoPdf, SourceChanged, Unreadable) as error:
        fail(str(error))
    except OSError as error:
        fail(f"写不了文件：{error.strerror or error}（{error.filename or out}）。请检查位置和权限，关闭正打开它的程序后再试。")


def _write_paper(made: Draft, file: Path, out: Path) -> None:
    from renda.reports.papers import to_pdf, write_docx

    if out.suffix.lower() == ".txt":
        out.write_text(made.text(), "utf-8")
    elif out.suffix.lower() == ".docx":
        write_docx(made, out, source=file)
    else:
        with tempfile.TemporaryDirectory() as folder:
            paper = Path(folder) / "draft.docx"
            write_docx(made, paper, source=file)
            to_pdf(paper, out)
