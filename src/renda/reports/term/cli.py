"""``renda report term``: the statistics of a term as a workbook, a Word table or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from renda.core.commands import emit_json, fail, needs_records, say

if TYPE_CHECKING:
    from renda.reports.term.statistics import Statistics


@click.command("term")
@click.option("--number", required=True, type=click.IntRange(1, 99), help="届次，如 11。")
@click.option("--level", type=click.Choice(["county", "township"]), default="county", show_default=True, help="届次的层级。")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写到这个文件（.xlsx 或 .docx）。")
@click.option("--division", default="", help="区划代码或名称，默认全县。")
@click.option("--room", "rooms", multiple=True, help="只列这个栏目（如 suggestions）的指标，可多次使用。")
@click.option("--indicator", "codes", multiple=True, help="只列这个指标（代码或名称），可多次使用。")
@click.option("--all", "with_empty", is_flag=True, help="没有数据的指标也列出。")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
@needs_records
def term(
    number: int, level: str, out: Path | None, division: str, rooms: tuple[str, ...], codes: tuple[str, ...], with_empty: bool, as_json: bool
) -> None:  # fmt: skip
    """一届工作统计：各年数值和全届数值。全届数值按整届期间计算，不由各年相加。"""
    from renda.directory.gate import OPERATOR
    from renda.figures.answering import NotUnderstood, find_division, find_indicator
    from renda.figures.periods import NoSuchPeriod
    from renda.reports.term import statistics, tables

    if out and out.suffix.lower() not in (".xlsx", ".docx"):
        fail(f"不能写成 {out.suffix or '没有扩展名的文件'}：--out 请用 .xlsx 或 .docx。")
    try:
        chosen = statistics.choose(rooms, [find_indicator(code).code for code in codes])
        found = statistics.gather(chosen, number, level, find_division(division), actor=OPERATOR)
    except (NotUnderstood, NoSuchPeriod) as error:
        fail(str(error))
    if not (with_empty or codes):
        found.drop_empty()
    if out:
        try:
            (tables.write_workbook if out.suffix.lower() == ".xlsx" else tables.write_document)(found, out)
        except OSError as error:
            fail(f"不能写入 {out}：{error.strerror or error}。请检查文件夹是否存在、文件是否正被打开。")
        say(f"已写好 {out}：{len(found.lines)} 个指标，{len(found.spans)} 年。")
    if as_json:
        emit_json(as_data(found))
    elif not out:
        click.echo("\t".join(tables.headings(found)))
        for line in found.lines:
            shown = [tables.number(value) for value in tables.cells(found, line)]
            click.echo("\t".join([line.indicator.name, line.unit, *shown, line.rule]))


def as_data(found: Statistics) -> dict[str, Any]:
    """The statistics as plain data."""
    years = [span.label for span in found.spans]
    return {
        "title": found.title,
        "division": {"code": found.division.code, "name": found.division.name},
        "term": {"name": found.period.name, "start": found.period.start, "end": found.period.end},
        "years": [{"label": s.label, "start": s.period.start, "end": s.period.end} for s in found.spans],
        "without_records": found.bare,
        "indicators": [
            {"code": line.indicator.code, "name": line.indicator.name, "unit": line.unit, "values": dict(zip(years, line.values, strict=True)),
             "total": line.total, "rule": line.rule, "before": line.before}
            for line in found.lines
        ],
    }  # fmt: skip
