"""``renda demo``: the demo county, loaded from its own spreadsheets and served."""

from __future__ import annotations

import os
import time
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import click

from renda.core.commands import emit_json, fail, open_records, say

if TYPE_CHECKING:
    from renda.demo.report_draft import Drafted

SHOWN_DAY = "2021-12-28"
"""The day on which the demo's site opens: its ledgers end with 2021. ``RENDA_NOW`` chooses another."""


@click.command()
@click.option("--no-serve", is_flag=True, help="装好后不启动网站。")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="网站的端口")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON，进度在标准错误。")
def demo(no_serve: bool, port: int, as_json: bool) -> None:
    """装入示范县“青禾县”（虚构）三年的台账并启动网站。再次运行很快，保留已作的修改。"""
    started = time.monotonic()
    open_records(upgrade=True)
    from renda.demo import accounts, loading, notice, pictures
    from renda.demo.county import County
    from renda.directory.models import Division
    from renda.ledgers.importing import NotImportable
    from renda.ledgers.reading import UnreadableFile

    try:
        brought = loading.load(County(), say)
        drawn = pictures.attach_pictures(say, loading.batches())
    except (loading.DemoFault, NotImportable, UnreadableFile) as error:
        fail(str(error))
    accounts.ensure_accounts()
    notice.tell(Division.objects.get(code=loading.CODE, valid_to__isnull=True))
    _hold_by_election()
    drafted = _drafted()
    seconds = round(time.monotonic() - started, 1)
    _tell(loading.counts(), brought, drawn, accounts.as_rows(), drafted, seconds, port, as_json)
    if not no_serve:
        os.environ.setdefault("RENDA_NOW", SHOWN_DAY)
        from renda.core.serving import serve_site

        serve_site(port=port)


def _hold_by_election() -> None:
    """The election that is under way on the day on which the demo's site opens."""
    from renda.demo import loading
    from renda.demo.byelection.running import hold
    from renda.demo.county import County
    from renda.directory.models import Division

    hold(County(), Division.objects.get(code=loading.CODE, valid_to__isnull=True), say)


def _drafted() -> Drafted:
    """Draft the report on the day on which the demo's site opens."""
    from renda.core import clock
    from renda.demo import loading
    from renda.demo.report_draft import draft_report
    from renda.directory.models import Division

    with clock.travel(date.fromisoformat(os.environ.get("RENDA_NOW", "")[:10] or SHOWN_DAY)):
        return draft_report(say, Division.objects.get(code=loading.CODE, valid_to__isnull=True))


def _tell(
    counts: list[tuple[str, str, int]], brought: dict[str, int], drawn: int, signs: list[tuple[str, str, str]], drafted: Drafted, seconds: float,
    port: int, as_json: bool,
) -> None:  # fmt: skip
    address = f"http://127.0.0.1:{port}/"
    if as_json:
        emit_json({
            "county": "青禾县",
            "registers": [{"register": code, "name": name, "records": number} for code, name, number in counts],
            "imported": sum(brought.values()),
            "pictures": drawn,
            "accounts": [{"role": role, "username": name, "password": password} for role, name, password in signs],
            "report": asdict(drafted),
            "address": address,
            "seconds": seconds,
        })  # fmt: skip
        return
    click.echo("青禾县（虚构）的台账：" if brought else "青禾县（虚构）已经在数据文件夹中，未重新导入。现有记录：")
    for _, name, number in counts:
        click.echo(f"  {_padded(name, 24)}{number:>7}")
    click.echo(f"共 {sum(number for _, _, number in counts)} 条，用时 {seconds} 秒。")
    for line in drafted.lines():
        click.echo(line)
    click.echo("演示账号：")
    for role, name, password in signs:
        click.echo(f"  {_padded(role, 24)}{name:<12}{password}")
    click.echo(f"网站以 {os.environ.get('RENDA_NOW', SHOWN_DAY)} 为当天（用环境变量 RENDA_NOW 可另选一天）。")
    click.echo(f"网址：{address}")


def _padded(text: str, width: int) -> str:
    """Text filled up to a width in columns, a Chinese character taking two."""
    taken = sum(2 if ord(ch) > 0x2E80 else 1 for ch in text)
    return text + " " * max(1, width - taken)
