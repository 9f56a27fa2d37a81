"""Commands that look after the database: `renda stop`, `renda migrate`."""

import click

from renda.core import embedded
from renda.core.commands import emit_json, fail, open_records, say


@click.command()
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出")
def stop(as_json: bool) -> None:
    """结束本数据文件夹的内置数据库。没有在运行也算成功。"""
    if not embedded.in_use():
        fail("数据库由 DATABASE_URL 指定，不归本程序启停。")
    stopped = embedded.stop()
    if as_json:
        emit_json({"stopped": stopped})
    else:
        say("数据库已结束。" if stopped else "数据库没有在运行。")


@click.command()
def migrate() -> None:
    """建立数据库结构，或把旧版数据库更新到当前版本。"""
    open_records(upgrade=True)
    say("数据库结构已是最新。")
