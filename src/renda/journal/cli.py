"""``renda journal``: verify the chain, print its head for safe keeping elsewhere, look entries up."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from renda.core.commands import emit_json, fail, needs_records, say

if TYPE_CHECKING:
    from renda.journal.anchors import Anchor

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def journal() -> None:
    """日志：校验是否被改动、打印链头以便在外留存、查阅。"""


@journal.command()
@click.option("--anchor", "hashes", multiple=True, metavar="摘要", help="在外留存的链头摘要；日志链中必须有它。可以多次给出。")
@click.option(
    "--anchor-file",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="存有链头的文件（journal head --json 的输出）。",
)
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出")
@needs_records
def verify(hashes: tuple[str, ...], files: tuple[Path, ...], as_json: bool) -> None:
    """逐条校验日志，指出第一条被改动、删除、换位或插入的。有不符时退出状态为 1。"""
    from renda.journal.verifying import verify as walk

    verdict = walk(anchors=_anchors(hashes, files))
    if as_json:
        emit_json({
            "ok": verdict.fault is None, "entries": verdict.entries, "head": verdict.head, "anchors": verdict.anchors,
            "fault": verdict.fault, "at_sequence": verdict.at_sequence, "where": verdict.where,
        })  # fmt: skip
    if verdict.fault:
        place = f"第 {verdict.at_sequence} 条" if verdict.at_sequence is not None else ""
        kept = f"（留存于：{verdict.where}）" if verdict.where else ""
        fail(f"日志校验不符：{place}{verdict.fault}{kept}。请保留现状，不要再作修改，并报告审计管理员；可与最近的备份核对。")
    if not as_json:
        kept = f"，在外留存的 {verdict.anchors} 个链头都在其中" if verdict.anchors else ""
        click.echo(f"已校验 {verdict.entries:,} 条日志，前后相接，没有改动{kept}。链头：{verdict.head}")


def _anchors(hashes: tuple[str, ...], files: tuple[Path, ...]) -> list[Anchor]:
    from renda.journal import anchors

    try:
        return [anchors.parse(one) for one in hashes] + [anchor for file in files for anchor in anchors.read(file)]
    except anchors.NoAnchor as error:
        fail(str(error))


@journal.command()
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出（可存为锚定文件）")
@needs_records
def head(as_json: bool) -> None:
    """打印日志的链头。抄在纸上或存到别处，日后用 verify --anchor 即可证明此前的日志没有改动。"""
    from renda.core import clock
    from renda.journal.services import head as now

    found = now()
    if as_json:
        emit_json({**vars(found), "at": clock.real_now()})
        return
    at = clock.real_now().astimezone(clock.CIVIL_ZONE)
    click.echo(f"日志链头（{at:%Y-%m-%d %H:%M:%S}）")
    click.echo(f"  第 {found.sequence} 条  {found.algorithm}")
    click.echo(f"  {found.hash}")


@journal.command("list")
@click.option("--who", default="", help="操作人（姓名的一部分）")
@click.option("--action", default="", help="操作的代码，例如 record.changed")
@click.option("--about", default="", help="对象：台账代码、记录序号或名称的一部分")
@click.option("--since", type=DAY, help="从这一天起（含），如 2021-03-01")
@click.option("--until", type=DAY, help="到这一天止（含）")
@click.option("--most", default=50, show_default=True, type=click.IntRange(1, 10_000), help="最多列出几条，最新的在前")
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出")
@needs_records
def list_(who: str, action: str, about: str, since: datetime | None, until: datetime | None, most: int, as_json: bool) -> None:
    """按操作人、操作、对象、日期查阅日志，最新的在前。"""
    from renda.core.clock import CIVIL_ZONE
    from renda.journal.finding import Wanted, find

    rows = find(Wanted(who, action, about, since.date() if since else None, until.date() if until else None))
    found: list[dict[str, Any]] = [
        {
            "sequence": one.sequence, "at": one.at, "actor": one.actor, "action": one.action, "subject_kind": one.subject_kind,
            "subject_id": one.subject_id, "subject_label": one.subject_label, "hash": one.hash,
        }
        for one in rows[:most]
    ]  # fmt: skip
    if as_json:
        emit_json({"entries": found})
        return
    for one in found:
        about_what = f"{one['subject_kind']}#{one['subject_id'] or ''} {one['subject_label']}"
        click.echo(
            f"{one['sequence']:>8}  {one['at'].astimezone(CIVIL_ZONE):%Y-%m-%d %H:%M}  {one['actor']}  {one['action']}  {about_what}"
        )
    say(f"列出 {len(found)} 条。" if found else "没有这样的日志。")
