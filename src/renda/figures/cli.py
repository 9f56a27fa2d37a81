"""``renda figures``: list the indicators, show one with its value, working, breakdown and records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from renda.core.commands import emit_json, needs_records

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def figures() -> None:
    """指标：目录、取数、依据。"""


@figures.command("list")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
@needs_records
def list_(as_json: bool) -> None:
    """列出全部指标。"""
    from renda.figures import combine, registry

    rows: list[dict[str, Any]] = [
        {
            "code": i.code, "name": i.name, "aliases": list(i.aliases), "units": list(i.units), "reference": i.reference, "kind": i.kind,
            "breakdowns": [{"code": b.code, "name": b.name} for b in combine.dimensions(i)], "outside": i.outside, "about": i.about,
        }
        for i in registry.all_indicators()
    ]  # fmt: skip
    if as_json:
        emit_json({"indicators": rows})
        return
    for row in rows:
        click.echo(f"{row['code']}\t{row['name']}\t{'/'.join(row['units'])}\t{row['reference'] or '—'}")


@figures.command("show")
@click.argument("code")
@click.option("--year", type=int, help="年度。")
@click.option("--from", "first", type=DAY, help="开始日期（含）。")
@click.option("--to", "last", type=DAY, help="结束日期（含）。")
@click.option("--term", type=int, help="届次，与 --level 合用。")
@click.option("--level", type=click.Choice(["county", "township"]), default="county", show_default=True, help="届次的层级。")
@click.option("--session", type=int, help="本届第几次人代会：上次会议以来至该次会议。")
@click.option("--at", "at", type=DAY, help="时点：存量取当日，其他指标取当年截至当日。")
@click.option("--division", default="", help="区划代码或名称，默认全县。")
@click.option("--by", default="", help="分解维度。")
@click.option("--where", multiple=True, metavar="维度=值", help="只计某一分解，可多次使用。")
@click.option("--compare-with", type=int, help="与某年同期相比。")
@click.option("--records", "with_records", is_flag=True, help="列出依据的记录。")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
@needs_records
def show(code: str, division: str, where: tuple[str, ...], as_json: bool, **asked: Any) -> None:
    """显示一个指标的值、计算过程、分解和依据。CODE 是指标代码或名称。"""
    from django.core.exceptions import PermissionDenied

    from renda.figures.answering import NotUnderstood, answer
    from renda.figures.evaluate import Unanswerable
    from renda.figures.periods import NoSuchPeriod

    for name in ("first", "last", "at"):
        if isinstance(asked[name], datetime):
            asked[name] = asked[name].date()
    try:
        result = answer(code, division=division, where=where, **asked)
    except (NotUnderstood, Unanswerable, NoSuchPeriod, PermissionDenied) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        emit_json(result)
        return
    click.echo(f"{result['name']}（{result['period']['name']}）：{result['shown']}")
    for line in result["working"]:
        click.echo(f"  {line}")
    for group in result["breakdown"]:
        click.echo(f"  - {group['label']}：{group['value']}")
    for row in result.get("record_rows", []):
        click.echo("  · " + "；".join(f"{k} {v}" for k, v in row.items() if k not in ("pk", "register") and v not in (None, "")))
