"""``renda election calendar``: from election day, the last lawful day of each act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from renda.core.commands import emit_json, fail
from renda.elections.commands.options import LocalRules, Settings, as_json, under_local_rules
from renda.law.cli import DAY

if TYPE_CHECKING:
    from renda.elections.decisions import LegalDate

NO_ROLL = "选举期限从选举日向前推算，遇节假日不顺延也不提前。"


@click.command(short_help="从选举日推算的法定日程")
@click.option("--election-day", "election_day", type=DAY, required=True, help="选举日，如 2026-12-29。")
@click.option("--strict", is_flag=True, help="“若干日以前”从严再提前一日。")
@click.option("--by-election", "by_election", is_flag=True, help="补选：按地方规定的补选期限。")
@under_local_rules
@as_json
def calendar(
    election_day: date,
    strict: bool,
    by_election: bool,
    rules: LocalRules,
    as_json: bool,
) -> None:
    """从选举日推算各项法定期限的最后一日，按选举日当天的法律，如 renda election calendar --election-day 2026-12-29。"""
    from renda.elections.decisions import calendar as count_back
    from renda.law import LawError

    under = rules.on(election_day)
    try:
        dates = count_back(
            election_day, strict=strict, packs=under.packs, choices=under.choices, by_election=by_election
        )  # fmt: skip
    except LawError as error:
        fail(str(error))
    if as_json:
        emit_json(_plain(election_day, strict, by_election, under, dates))
        return
    _show(election_day, dates)


def _plain(day: date, strict: bool, by_election: bool, under: Settings, dates: Iterable[LegalDate]) -> dict[str, Any]:
    from renda.elections.decisions import left_open

    rows = [
        {
            "key": one.key,
            "date": one.date.isoformat(),
            "article": one.article,
            "title": one.title,
            "direction": one.direction,
            "note": one.note or None,
            "warning": one.warning or None,
            "pack": one.pack or None,
            "working": list(one.working),
        }
        for one in dates
    ]
    still = left_open(day, packs=under.packs, choices=under.choices)
    return {
        "election_day": day.isoformat(),
        "strict": strict or under.choices.get("cal.election.backward.strict") == "strict",
        "by_election": by_election,
        "packs": list(under.packs),
        "dates": rows,
        "open": [{"key": one.key, "title": one.title, "why": one.why} for one in still],
        "notes": [NO_ROLL],
    }


def _show(day: date, dates: Iterable[LegalDate]) -> None:
    click.echo(f"选举日 {day}")
    warnings: dict[str, None] = {}
    for one in dates:
        click.echo(f"{one.date}\t{one.title}\t{one.article}")
        if one.note:
            click.echo(f"\t\t{one.note}")
        if one.warning:
            warnings[one.warning] = None
    for line in (NO_ROLL, *warnings):
        click.echo(f"注意：{line}")
