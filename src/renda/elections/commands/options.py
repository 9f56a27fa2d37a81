"""Options that the commands of elections share, and the law that they ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from renda.core.commands import fail

if TYPE_CHECKING:
    from renda.law.ballots import Law

Command = TypeVar("Command", bound=Callable[..., Any])


class Number(click.ParamType):
    """A whole number as people write it: 350000, 350,000, 35万; not below ``least``."""

    name = "整数"

    def __init__(self, least: int = 0) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or a usage error that says what was found."""
        from renda.core.cells import CellError, read_whole

        try:
            return read_whole(value, minimum=self.least)
        except CellError as error:
            self.fail(error.reason, param, ctx)


@dataclass(frozen=True)
class Settings:
    """Under which packs and choices the law is asked."""

    packs: tuple[str, ...]
    choices: dict[str, Any]

    def law(self, as_of: date) -> Law:
        """The law of a day."""
        from renda.law import parameter

        return partial(parameter, as_of=as_of, packs=self.packs, choices=self.choices)


def as_json(command: Command) -> Command:
    """``--json``: the result as an object, alone on standard output."""
    return click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")(command)


@dataclass(frozen=True)
class LocalRules:
    """The local rules that were asked for on the line."""

    packs: tuple[str, ...]
    chosen: tuple[str, ...]
    here: bool

    def on(self, day: date) -> Settings:
        """As they are on a day, checked at once: an unknown pack or a choice that is not offered ends the command."""
        from renda.law import LawError, parameter, store

        pairs = {key.strip(): value.strip() for key, _, value in (text.partition("=") for text in self.chosen)}
        try:
            store.with_parents(self.packs)
            for key, value in pairs.items():
                if not value:
                    raise click.UsageError(f"--choose {key} 没有写选了什么，请写成 KEY=值。")
                if store.declaration(key).choice is None:
                    fail(f"{key} 是法律已有规定的参数，不能由本县选择。")
                parameter(key, as_of=day, choices=pairs)
        except LawError as error:
            fail(str(error))
        return Settings(self.packs, dict(pairs)) if not self.here else _own(day, self.packs, pairs)


def under_local_rules(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--pack`` and ``--choose``, and ``--here`` for what the county has settled in its database: the command gets them as ``rules``."""

    @wraps(command)
    def ruled(*args: Any, packs: tuple[str, ...], chosen: tuple[str, ...], here: bool, **more: Any) -> Any:
        return command(*args, rules=LocalRules(packs, chosen, here), **more)

    for option in (
        click.option("--here", is_flag=True, help="按本县启用的地方规定和选择（需要数据库）。"),
        click.option("--choose", "chosen", multiple=True, metavar="KEY=值", help="法律没有统一规定处本县的选择，可写多次。"),
        click.option("--pack", "packs", multiple=True, help="启用的地方规定，如 beijing；可写多次，后者优先。"),
    ):
        ruled = option(ruled)
    return ruled


def _own(day: date, packs: tuple[str, ...], pairs: dict[str, Any]) -> Settings:
    """What the county has settled; what is named on the line goes before it."""
    from renda.core.commands import open_records

    open_records()
    from renda.lawbook.services import context

    found = context()
    return Settings(packs or tuple(found.packs), {**found.choices_on(day), **pairs})


def today() -> date:
    """The platform's today."""
    from renda.core import clock

    return clock.today()
