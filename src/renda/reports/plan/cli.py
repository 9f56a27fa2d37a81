"""``renda report plan``: the plan part of a report, and what became of a year's plan."""

from __future__ import annotations

from pathlib import Path

import click

from renda.core.commands import emit_json, fail, needs_records, say


@click.group("plan")
def plan() -> None:
    """工作安排：从报告中找出下一年的安排，查看一年计划的落实情况。"""


@plan.command("items")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", type=click.IntRange(1949, 2100), help="报告所述年度；不写则从文中推断。")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
def items(file: Path, year: int | None, as_json: bool) -> None:
    """列出 FILE（.docx、.txt、.md）中下一年工作安排的各句。不读取台账。"""
    from renda.reports.plan import part
    from renda.reports.recognise.source import Unreadable, read

    try:
        text = read(file)
    except (Unreadable, OSError) as error:
        fail(str(error))
    found = part.find(text, year)
    if found is None:
        fail("没有找到下一年的工作安排：文中应有“××年工作安排”“下一步工作打算”这样的标题。请核对文件。")
    rows = part.items(text, found)
    if as_json:
        emit_json({
            "year": found.year, "heading": found.heading,
            "items": [{"start": r.start, "title": r.title, "section": r.section, "category": r.category, "due": r.due, "dated": r.dated,
                       "likely": r.likely} for r in rows],
        })  # fmt: skip
        return
    for row in rows:
        click.echo(f"{'*' if row.likely else ' '} {row.due}  {row.title}")
    say(f"{found.year} 年工作安排共 {len(rows)} 句，其中可列入计划的具体事项（*）{sum(r.likely for r in rows)} 项。")


@plan.command("outcome")
@click.option("--year", required=True, type=click.IntRange(1949, 2200), help="计划年度。")
@click.option("--division", default="", help="区划代码或名称，默认全县。")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写成 Word 表格（.docx）。")
@click.option(
    "--append-to",
    "report",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="作为附件加在这份 .docx 报告之后。",
)
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
@needs_records
def outcome(year: int, division: str, out: Path | None, report: Path | None, as_json: bool) -> None:
    """一年计划逐项的落实情况：事项、责任单位、状态、依据。"""
    from docx.opc.exceptions import PackageNotFoundError

    from renda.directory.gate import OPERATOR
    from renda.figures.answering import NotUnderstood, find_division
    from renda.reports.plan import annex
    from renda.reports.plan.outcome import counts, outcomes

    try:
        area = find_division(division)
    except NotUnderstood as error:
        fail(str(error))
    found = outcomes(year, area, actor=OPERATOR)
    if not found:
        fail(f"{year} 年没有登记年度计划。请先导入年度工作计划台账，或在网站“报告转计划”中列入。")
    try:
        if out:
            annex.write_annex(found, year, area, out)
        if report:
            annex.append_annex(report, found, year, area)
    except (OSError, PackageNotFoundError, KeyError, ValueError) as error:
        fail(f"不能写入 {report or out}：{error}。请检查文件是否为 .docx、是否正被打开。")
    told = counts(found)
    if as_json:
        emit_json({
            "year": year, "counts": told,
            "items": [{"title": o.item.title, "owner": o.owner, "planned_on": o.item.planned_on, "done_on": o.item.done_on, "state": o.state,
                       "evidence": [{"label": p.label, "register": p.register, "on": p.on} for p in o.proofs]} for o in found],
        })  # fmt: skip
        return
    for one in found:
        click.echo(f"{one.state}\t{one.owner}\t{one.item.title}")
    say(f"{year} 年计划 {told['all']} 项：完成 {told['done']}，正在推进 {told['run']}，逾期 {told['late']}。")
