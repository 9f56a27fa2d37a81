"""``renda files``: care for stored files."""

from __future__ import annotations

import click

from renda.core.commands import emit_json, open_records, say


@click.group()
def files() -> None:
    """附件：加密以前上传的。"""


@files.command()
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出")
def seal(as_json: bool) -> None:
    """把升级前以原样存放的附件逐个加密；中断后可以再次运行。"""
    open_records()
    from renda.directory.gate import OPERATOR
    from renda.files import upgrading

    done, missing = 0, []
    for pk in upgrading.plain_ones():
        try:
            upgrading.seal(pk, actor=OPERATOR)
            done += 1
        except FileNotFoundError:
            missing.append(pk)
    if as_json:
        emit_json({"sealed": done, "missing": missing})
        return
    say(f"已加密 {done} 个附件。")
    if missing:
        say(f"有 {len(missing)} 个附件的内容不在数据文件夹中，没有处理：请从备份恢复后再运行一次。")
