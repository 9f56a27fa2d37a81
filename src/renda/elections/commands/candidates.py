"""``renda election check-candidates``: whether a number of candidates is lawful for the seats of a district."""

from __future__ import annotations

from datetime import date

import click

from renda.core.commands import emit_json, fail
from renda.elections.commands.options import LocalRules, Number, as_json, today, under_local_rules
from renda.law.cli import DAY


@click.command("check-candidates", short_help="候选人数是否符合法定差额")
@click.option("--seats", type=Number(), required=True, help="应选名额（另行选举、补选为本次要选的名额）。")
@click.option("--candidates", type=Number(), required=True, help="候选人数。")
@click.option(
    "--kind", type=click.Choice(["first", "rerun", "by_election"]), default="first", help="first 第一次投票（默认），rerun 另行选举，by_election 补选。"
)  # fmt: skip
@click.option("--as-of", "as_of", type=DAY, help="按哪一天的法律（默认今天）。")
@under_local_rules
@as_json
def check_candidates(
    seats: int,
    candidates: int,
    kind: str,
    as_of: date | None,
    rules: LocalRules,
    as_json: bool,
) -> None:
    """候选人数是否符合法定差额，如 renda election check-candidates --seats 2 --candidates 4。"""
    from renda.elections.decisions.surplus import check_candidates as check
    from renda.law import LawError

    day = as_of or today()
    try:
        found = check(seats, candidates, rules.on(day).law(day), kind=kind)
    except LawError as error:
        fail(str(error))
    if as_json:
        emit_json(found.as_json())
        return
    click.echo(found.reason)
    for note in found.notes:
        click.echo(f"注意：{note}")
