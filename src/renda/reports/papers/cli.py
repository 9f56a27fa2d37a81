"""``renda report template``: a Word template with Chinese placeholders, filled from the records."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from renda.core.commands import emit_json, fail, needs_records, say

_STATES = {"filled": "已填", "marked": "待核", "unknown": "不认识"}


@click.command("template")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", type=click.IntRange(1949, 2100), required=True, help="填哪一年的数字。")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="写到哪个 .docx 文件。")
@click.option("--division", default="", help="区划代码或名称，默认全县。")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
@needs_records
def template(file: Path, year: int, out: Path, division: str, as_json: bool) -> None:
    """把模板 FILE（.docx）里的占位符换成 --year 年的数字，如 {{ 执法检查 }}、{{ 培训.人次 }}、{{ 建议.满意率:2020 }}、{{ 信访件次|同比 }}。"""
    from renda.directory.gate import OPERATOR
    from renda.reports.draft.cli import _area
    from renda.reports.papers.template import render_template
    from renda.reports.recognise.source import Unreadable

    _check(file, out)
    try:
        results = render_template(file, out, year=year, division=_area(division), actor=OPERATOR)
    except Unreadable as error:
        fail(str(error))
    except OSError as error:
        fail(f"写不了文件：{error.strerror or error}（{error.filename or out}）。请检查位置和权限，关闭正打开它的程序后再试。")
    counts: Counter[str] = Counter(result.status for result in results)
    if as_json:
        totals = {"found": len(results)} | {state: counts[state] for state in _STATES}
        emit_json(totals | {"placeholders": [result.as_json() for result in results], "out": out})
        return
    for result in results:
        click.echo(f"{_STATES[result.status]}\t{result.placeholder}\t{result.text if not result.marked else result.why}")
    say(
        f"共 {len(results)} 处占位符："
        + "，".join(f"{name} {counts[state]} 处" for state, name in _STATES.items())
        + f"。写到：{out}"
    )
    if not results:
        say("模板里没有占位符，请在要填数字的地方写 {{ 执法检查 }} 这样的占位符。")


def _check(file: Path, out: Path) -> None:
    """Refuse names that cannot be read or written, before any work is done."""
    if file.suffix.lower() != ".docx" or not file.is_file():
        fail(f"模板要是 .docx 文件：{file} {'不是' if file.is_file() else '不存在'}。请在 Word 中另存为 .docx，或检查路径。")
    if out.suffix.lower() != ".docx":
        fail(f"结果只能写成 .docx 文件，不能写成 {out.name}。请改 --out 的文件名。")
    if out.resolve() == file.resolve():
        fail(f"{out} 就是模板，不能覆盖。请换一个文件名。")
    if not out.resolve().parent.is_dir():
        fail(f"没有文件夹 {out.resolve().parent}。请先建立，或换一个位置。")
