"""``renda law``: values of the law, last days of its periods, the whole list. Needs no database, unless ``--here`` asks for the county's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import click

from renda.core import clock
from renda.core.commands import emit_json, fail
from renda.law import LawError, due, keys, parameter, store
from renda.law.calendars import WorkCalendar
from renda.law.declarations import NOTHING
from renda.law.errors import BadChoice, NotFixed, NotInForce
from renda.law.values import Value

Command = TypeVar("Command", bound=Callable[..., Any])


class _Day(click.ParamType):
    """A civil date written 2026-12-29."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error that shows the form."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-12-29 的样子。", param, ctx)


DAY = _Day()


@dataclass(frozen=True)
class Settings:
    """Under what the law is asked: packs, choices, calendar."""

    packs: tuple[str, ...] = ()
    choices: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    holidays: WorkCalendar | None = None


HERE: list[Callable[[date], Settings]] = []
"""What the county has settled, as of a day; put here by who knows (the law itself knows no database)."""


def _common(command: Command) -> Command:
    for option in (
        click.option("--json", "as_json", is_flag=True, help="输出 JSON。"),
        click.option("--choose", "chosen", multiple=True, metavar="KEY=值", help="本县的选择，可写多次。"),
        click.option("--pack", "packs", multiple=True, help="启用的地方规定包，如 chongqing；可写多次，后者优先。"),
        click.option("--here", is_flag=True, help="按本县启用的地方规定、选择和放假安排（需要数据库）。"),
        click.option("--as-of", "as_of", type=DAY, help="按哪一天的法律（默认：show 为今天，due 为起算日）。"),
    ):
        command = option(command)
    return command


@click.group()
def law() -> None:
    """法律参数：数值、条文、沿革，期限推算。"""


@law.command()
@click.argument("key")
@_common
def show(key: str, as_of: date | None, here: bool, packs: tuple[str, ...], chosen: tuple[str, ...], as_json: bool) -> None:
    """显示一个参数在某日的数值及其依据，如 renda law show elec.list.publish。"""
    day = as_of or clock.today()
    try:
        under = _settings(day, here, packs, chosen)
        value = parameter(key, as_of=day, packs=under.packs, choices=under.choices)
    except LawError as error:
        fail(str(error))
    if as_json:
        emit_json(value.as_json())
        return
    click.echo(f"{value.title}（{value.key}）：{_shown(value)}")
    click.echo(f"依据：{value.citation}——{value.gist}")
    click.echo(f"出处：{value.source}；施行：{value.effective_from or '—'}；{_certainty(value)}")
    if value.warning:
        click.echo(f"注意：{value.warning}")


@law.command("due")
@click.argument("key")
@click.option("--from", "start", type=DAY, required=True, help="起算日（向前推算的期限为选举日或会议第一天）。")
@click.option("--extended", is_flag=True, help="加上同一条文允许的延长。")
@_common
def due_command(
    key: str,
    start: date,
    extended: bool,
    as_of: date | None,
    here: bool,
    packs: tuple[str, ...],
    chosen: tuple[str, ...],
    as_json: bool,
) -> None:
    """推算期限的最后一日，并写明推算过程，如 renda law due sugg.reply.normal --from 2026-11-30。"""
    try:
        under = _settings(as_of or start, here, packs, chosen)
        found = due(key, start, packs=under.packs, choices=under.choices, holidays=under.holidays, as_of=as_of, extended=extended)
    except LawError as error:
        fail(str(error))
    if as_json:
        emit_json(found.as_json())
        return
    click.echo(f"{found.title}：{found.date}")
    for number, line in enumerate(found.working, 1):
        click.echo(f"{number}. {line}")
    if found.warning:
        click.echo(f"注意：{found.warning}")


@law.command("list")
@_common
def list_command(as_of: date | None, here: bool, packs: tuple[str, ...], chosen: tuple[str, ...], as_json: bool) -> None:
    """列出全部参数；没有统一规定的写明由谁确定。"""
    day = as_of or clock.today()
    try:
        under = _settings(day, here, packs, chosen)
        rows = [_row(key, day, under.packs, under.choices) for key in keys()]
    except LawError as error:
        fail(str(error))
    if as_json:
        emit_json({"as_of": day, "packs": list(under.packs), "parameters": rows})
        return
    for row in rows:
        click.echo(f"{row['key']}\t{row['title']}\t{row['shown']}\t{row['article'] or '—'}")


def _row(key: str, day: date, packs: tuple[str, ...], choices: Mapping[str, Any]) -> dict[str, Any]:
    declared = store.declaration(key)
    row: dict[str, Any] = {"key": key, "title": declared.title, "kind": declared.kind, "countable": declared.count is not None}
    try:
        value = parameter(key, as_of=day, packs=packs, choices=choices)
    except (NotFixed, NotInForce, BadChoice) as error:
        state = "not_fixed" if isinstance(error, NotFixed) else "not_in_force"
        why = "未统一规定，由地方规定或者本县确定" if state == "not_fixed" else "当日没有有效的规定"
        return row | {
            "state": state, "value": None, "unit": declared.unit, "statute": None, "article": None,
            "certainty": None, "shown": why, "packs": list(store.packs_with(key)),
        }  # fmt: skip
    return row | value.as_json() | {"state": "in_force", "shown": _shown(value)}


def _shown(value: Value) -> str:
    from renda.law.wording import in_words

    return in_words(value)


def _certainty(value: Value) -> str:
    texts = {"read": "已核对原文", "unverified": f"未核对（把握 {value.confidence or 0:.0%}）", "chosen": "由本县选择"}
    return texts[value.certainty]


def _settings(day: date, here: bool, packs: tuple[str, ...], chosen: tuple[str, ...]) -> Settings:
    """What is asked for; packs and choices that are named on the line go before the county's own."""
    if not here:
        return Settings(packs, _choices(chosen))
    if not HERE:
        fail("此处没有数据库，不能用 --here。请用 --pack 和 --choose 写明。")
    own = HERE[0](day)
    return Settings(packs or own.packs, {**own.choices, **_choices(chosen)}, own.holidays)


def _choices(chosen: tuple[str, ...]) -> dict[str, str]:
    pairs = (text.partition("=") for text in chosen)
    choices = {key.strip(): value.strip() for key, _, value in pairs}
    for key, value in choices.items():
        if not value:
            raise click.UsageError(f"--choose {key} 没有写选了什么，请写成 KEY=值。")
        if store.declaration(key).choice is None:
            raise LawError(f"{key} 是法律已有规定的参数，不能由本县选择。")
    return choices
