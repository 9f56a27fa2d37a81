"""What every command shares: records at hand when it needs them, JSON for programs, one clear line when it fails.

A module of commands must not import Django at its top: `renda --help`, and commands that need no records, stay quick that way.

    @click.command()
    @needs_records
    @click.option("--json", "as_json", is_flag=True)
    def show(as_json: bool) -> None:
        from renda.directory.models import Organ
        ...
"""

import functools
import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from renda.core import embedded

Command = TypeVar("Command", bound=Callable[..., Any])
MIGRATION_LOCK = 7_220_260  # any number that nothing else locks


class Failure(click.ClickException):
    """The command cannot do what was asked. The message (Chinese) says what happened, why, and what to do next."""

    exit_code = 1


def fail(message: str) -> NoReturn:
    """End the command with one clear line on stderr and exit status 1."""
    raise Failure(message)


def say(message: str) -> None:
    """A line of progress, on stderr, so that stdout holds the result alone."""
    click.echo(message, err=True)


def emit_json(value: Mapping[str, Any]) -> None:
    """Write the result as JSON on stdout. The root is an object; dates are ISO, decimals numbers."""
    if not isinstance(value, Mapping):
        raise TypeError("the root of a command's JSON is an object")
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "_asdict"):
        return value._asdict()
    if hasattr(value, "__iter__"):
        return list(value)
    if type(value).__module__.startswith("django.utils.functional"):  # a translated text
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def needs_records(command: Command) -> Command:
    """Decorate the function of a command that reads or changes records: the database runs and Django is ready before it."""

    @functools.wraps(command)
    def prepared(*args: Any, **kwargs: Any) -> Any:
        open_records()
        return command(*args, **kwargs)

    return prepared  # type: ignore[return-value]


def open_records(*, upgrade: bool = False) -> None:
    """Start the database if it is ours, set Django up, and apply the migrations of a fresh database.

    A database of an older version is upgraded only where `upgrade` says so (`serve`, `migrate`, `demo`); elsewhere it is refused.
    Raises Failure with a clear line.
    """
    try:
        embedded.ensure()
    except embedded.DatabaseUnavailable as error:
        raise Failure(str(error)) from error
    set_up_django()
    from django.db.utils import OperationalError

    try:
        _apply_missing(upgrade)
    except OperationalError as error:
        raise Failure(f"无法连接数据库：{str(error).strip().splitlines()[-1]}。请检查 DATABASE_URL。") from error


def set_up_django() -> None:
    """Load settings and apps, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "renda.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def _apply_missing(upgrade: bool) -> None:
    missing, fresh = missing_migrations()
    if not missing:
        return
    if not (fresh or upgrade):
        raise Failure(f"数据库比程序旧，缺 {len(missing)} 项结构更新。请先备份数据文件夹，再运行 renda migrate。")
    say("正在建立数据库结构……" if fresh else f"正在更新数据库结构（{len(missing)} 项）……")
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def missing_migrations() -> tuple[set[tuple[str, str]], bool]:
    """Migrations on disk that the database has not seen (app, name), and whether it has seen none at all.

    Looks at names only: importing some hundred migration modules would cost each command half a second.
    """
    from django.db import connection

    on_disk = known_migrations()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations')")
        if cursor.fetchone()[0] is None:
            return on_disk, True
        cursor.execute("SELECT app, name FROM django_migrations")
        applied = set(cursor.fetchall())
    # A squashed or replaced migration of a library counts as seen when something later of its app has been applied.
    latest = {label: max((name for app, name in applied if app == label), default="") for label, _ in on_disk}
    missing = {(label, name) for label, name in on_disk - applied if _ours(label) or name > latest[label]}
    return missing, not applied


def known_migrations() -> set[tuple[str, str]]:
    """Migrations on disk (app, name). Django must be set up."""
    from django.apps import apps

    folders = [(config.label, Path(config.path) / "migrations") for config in apps.get_app_configs()]
    return {(label, file.stem) for label, folder in folders for file in folder.glob("[0-9]*.py")}


def _ours(label: str) -> bool:
    from django.apps import apps

    return apps.get_app_config(label).name.startswith("renda.")


def run(group: click.Group, arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit status: 0 done, 1 failed, 2 used wrongly, 130 interrupted."""
    sys.exit(_status(group, arguments))


def usage_fault(error: click.UsageError) -> str:
    """What was used wrongly, in Chinese; in click's own words where it is none of the usual faults."""
    if isinstance(error, click.NoSuchOption):
        return f"没有 {error.option_name} 这个选项"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_parameter(error)}"
    if isinstance(error, click.BadParameter):
        whole = re.fullmatch(r"'(.*)' is not a valid integer\.", error.message)
        reason = f"“{whole[1]}”不是整数" if whole else error.message.rstrip(".")
        return f"{_parameter(error)} 的值不对，{reason}"
    command = re.fullmatch(r"No such command '(.+)'\.", error.message)
    if command:
        return f"没有“{command[1]}”这个命令"
    extra = re.fullmatch(r"Got unexpected extra arguments? \((.+)\)", error.message)
    return f"多了“{extra[1]}”" if extra else error.format_message().rstrip(".。")


def _parameter(error: click.BadParameter) -> str:
    """The option or argument that a fault is about, as it is written."""
    if error.param is None:
        return "参数"
    return (
        error.param.opts[0]
        if error.param.param_type_name == "option"
        else str(error.param.metavar or error.param.human_readable_name)
    )


def _status(group: click.Group, arguments: list[str] | None) -> int:
    try:
        result = group.main(arguments, prog_name="renda", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "renda"
        say(f"用法错误：{usage_fault(error).rstrip('。')}。查看用法：{path} --help")
        return 2
    except click.ClickException as error:
        say(f"错误：{error.format_message()}")
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nobody reads any more; the last flush must not complain
        return 1
    except embedded.DatabaseUnavailable as error:
        say(f"错误：{error}")
        return 1
    except Exception as error:
        if os.environ.get("RENDA_DEBUG"):
            raise
        say(f"错误：程序内部出错（{type(error).__name__}）。设 RENDA_DEBUG=1 再运行可看到详情，请连同详情报告开发者。")
        return 1
