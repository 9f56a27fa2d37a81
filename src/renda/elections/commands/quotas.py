"""``renda election quota``: the most seats that a congress may have for its population."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from renda.core.commands import emit_json
from renda.elections.commands.options import LocalRules, Number, as_json, today, under_local_rules
from renda.law.cli import DAY


@click.command(short_help="依法最多的代表名额")
@click.option("--level", type=click.Choice(["county", "township"]), required=True, help="county 县级，township 乡级。")
@click.option("--population", type=Number(1), required=True, help="人口数。")
@click.option("--as-of", "as_of", type=DAY, help="按哪一天的法律（默认今天）。")
@under_local_rules
@as_json
def quota(level: str, population: int, as_of: date | None, rules: LocalRules, as_json: bool) -> None:
    """依法最多的代表名额：基数加按人口增加的名额，不超过上限，如 renda election quota --level county --population 354999。

    省级人大常委会决定另加的名额，用 --choose elec.quota.extra5.base=名额数 填入，不作推算。
    """
    from renda.elections.decisions.quota import quota as decide

    day = as_of or today()
    under = rules.on(day)
    found = decide(level, population, as_of=day, packs=under.packs, choices=under.choices)
    if as_json:
        emit_json(found)
        return
    _show(found)


def _show(found: dict[str, Any]) -> None:
    click.echo(f"至多 {found['seats']} 名（{found['article']}）")
    for number, line in enumerate(found["working"], 1):
        click.echo(f"{number}. {line}")
    for note in found["notes"]:
        click.echo(f"注意：{note}")
