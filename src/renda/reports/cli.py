"""``renda report``: recognise the figures of last year's report, draft this year's."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from renda.core.commands import emit_json, fail, say
from renda.reports.draft.cli import draft
from renda.reports.papers.cli import template
from renda.reports.plan.cli import plan
from renda.reports.term.cli import term

if TYPE_CHECKING:
    from renda.reports.recognise import Figure


@click.group()
def report() -> None:
    """报告：识别上年报告中的数字，写出本年初稿和依据，统计一届。"""


report.add_command(draft)
report.add_command(plan)
report.add_command(template)
report.add_command(term)


@report.command("recognise")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", type=click.IntRange(1949, 2100), help="报告所述年度；不写则从文中推断。")
@click.option("--no-memory", is_flag=True, help="不使用以往更正过的绑定。")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
def recognise_(file: Path, year: int | None, no_memory: bool, as_json: bool) -> None:
    """识别 FILE（.docx、.txt、.md）中的数字和空缺：数的是什么、对应哪个指标。不读取台账，可离线使用。"""
    from renda.reports.recognise import recognise
    from renda.reports.recognise.memory import load
    from renda.reports.recognise.source import Unreadable, read

    try:
        text = read(file)
        memory = {} if no_memory else load(_memory_file())
    except (Unreadable, OSError, ValueError) as error:
        fail(str(error))
    figures = recognise(text, year, memory)
    _name_indicators(figures, text)
    if as_json:
        emit_json({"figures": [figure.as_json() for figure in figures]})
        return
    for figure in figures:
        bound = figure.reference or ("名称" if figure.kind == "name" else "待定")
        click.echo(f"{figure.start}\t{figure.text}\t{bound}\t{figure.confidence:.2f}\t{figure.phrase}")
    counts = Counter("bound" if figure.reference else "name" if figure.kind == "name" else "open" for figure in figures)
    say(f"共 {len(figures)} 处：已对应指标 {counts['bound']} 处，名称 {counts['name']} 处，待定 {counts['open']} 处。")


def _memory_file() -> Path:
    from renda.core.datafolder import data_folder

    return data_folder() / "reports" / "bindings.json"


def _name_indicators(figures: list[Figure], text: str) -> None:
    """Name our own indicators; needs the declarations of the rooms, not their records. Without them references stand alone."""
    from renda.core.commands import set_up_django
    from renda.reports.recognise.registry import name_indicators

    try:
        set_up_django()
        from renda.figures.registry import all_indicators

        name_indicators(figures, all_indicators(), text)
    except Exception as error:  # recognising must not hang on any one room
        say(f"指标目录未能载入（{error}），只给出参考编号。请运行 renda figures list 查看原因。")
