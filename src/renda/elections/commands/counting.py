"""``renda election count``: votes of districts decided under the law; ``count-template``: an empty table for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from renda.core.commands import emit_json, fail, say
from renda.elections.commands.options import LocalRules, as_json, today, under_local_rules
from renda.law.cli import DAY

if TYPE_CHECKING:
    from renda.elections.decisions import Decision, Refusal


@click.command(short_help="各选区的计票结果：是否有效，谁当选，下一步")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--election-day", "election_day", type=DAY, help="选举日：按这一天的法律（默认今天）。")
@under_local_rules
@as_json
@click.pass_context
def count(
    ctx: click.Context,
    file: Path,
    election_day: date | None,
    rules: LocalRules,
    as_json: bool,
) -> None:
    """按选举法判定各选区的计票结果：是否有效，谁当选，是否再次投票、另行选举，罢免是否通过；写明条文和算法。

    文件为 .xlsx、.csv 或 .json，一条记录是一个选区的一次投票：选区 district，轮次 round（first 第一次投票、rerun 另行选举、tie 再次投票、
    by_election 补选、recall 罢免），应选名额 seats，选民数 voters，投票人数 participants（含委托投票的），收回选票 ballots_recovered，废票
    ballots_void，得票 votes；罢免写赞成票数 yes。

    \b
    得票有三种写法：
      一列“得票”：甲 751；乙 600；王五 30（另选他人）
      成对的列：候选人1、得票1、候选人2、得票2……另选人1、另选得票1……
      一人一行：姓名、得票、是否候选人，同一选区的各行相连
    JSON 的 votes 是清单，每项有 name、votes、listed（是否候选人，不写为是）。

    空表用 renda election count-template 取得。数字自相矛盾的记录单独拒绝（error 写明矛盾之处），其余照常判定，退出状态为 1。
    法律没有规定的（再次投票仍相等、另行选举候选人同票等），写明没有规定，不代为决定；本县已有规定的，用 --choose 写明，如
    --choose choice.second_tie=draw。
    """
    from renda.elections.decisions import counted
    from renda.elections.decisions.tallies import read_file
    from renda.law import LawError

    day = election_day or today()
    under = rules.on(day)
    try:
        contents = read_file(file)
    except LawError as error:
        fail(str(error))
    answers = counted(contents.records, under.law(day))
    refused = [one for one in answers if one.error]
    if as_json:
        emit_json(
            {
                "election_day": day.isoformat(),
                "packs": list(under.packs),
                "results": [one.as_json() for one in answers],
                "refused": len(refused),
                "aside": list(contents.aside),
            }
        )
    else:
        _show(answers, contents.aside)
    if refused:
        say(f"{len(refused)} 条记录数字有误，没有判定；其余 {len(answers) - len(refused)} 条已判定。请改正后重新计算。")
        ctx.exit(1)


@click.command("count-template", short_help="空的计票记录表")
@click.argument("file", metavar="文件", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="已有同名文件时覆盖。")
def count_template(file: Path, force: bool) -> None:
    """写一个空的计票记录表：.xlsx（带说明）、.csv，或 .json（带例子）。"""
    from renda.elections.decisions.tallies import write_template
    from renda.law import LawError

    if file.exists() and not force:
        fail(f"“{file}”已经存在。请换一个名字，或者加 --force 覆盖。")
    try:
        write_template(file)
    except (LawError, OSError) as error:
        fail(f"没有写成：{error}")
    click.echo(f"已写入 {file}")


def _show(answers: Sequence[Decision | Refusal], aside: Sequence[str]) -> None:
    from renda.elections.decisions.wording import told

    for one in answers:
        click.echo("\n".join(told(one)))
        click.echo("")
    for line in aside:
        click.echo(f"注意：{line}")
