"""``renda law`` with what a county settles: packs in use, choices, holiday arrangements. Adds to the commands of ``renda.law.cli``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from renda.core.commands import emit_json, fail, needs_records, open_records
from renda.law import LawError, calendars, cli, pack, pack_names, store
from renda.law.cli import DAY, law

if TYPE_CHECKING:
    from renda.directory.models import Division

__all__ = ["law"]
AS_JSON = click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
DIVISION = click.option("--division", "place", default="", help="适用区划的代码或名称；不写则适用于整个平台。")
REASON = click.option("--reason", required=True, help="理由，记入日志。")


def _here(day: date) -> cli.Settings:
    open_records()
    from renda.lawbook.services import context

    found = context()
    return cli.Settings(found.packs, found.choices_on(day), found.holidays)


cli.HERE[:] = [_here]


@law.command("packs")
@AS_JSON
@DIVISION
@needs_records
def packs(as_json: bool, place: str) -> None:
    """列出收录的地方规定和本县启用的。"""
    from renda.lawbook.services import context

    used = context(_division(place)).packs
    rows = [
        {"pack": name, "title": pack(name).title, "parameters": len(pack(name).keys), "order": used.index(name) + 1 if name in used else None}
        for name in pack_names()
    ]  # fmt: skip
    if as_json:
        emit_json({"used": list(used), "packs": rows})
        return
    for row in rows:
        state = f"启用（第 {row['order']}）" if row["order"] else "—"
        click.echo(f"{row['pack']}\t{row['title']}\t{row['parameters']} 项\t{state}")


@law.command("use")
@click.argument("names", nargs=-1, metavar="[PACK]…")
@click.option("--reason", default="命令行设定", help="理由，记入日志。")
@DIVISION
@needs_records
def use(names: tuple[str, ...], reason: str, place: str) -> None:
    """启用地方规定 PACK，可写几个，后者优先；一个都不写则只用国家法律。"""
    from renda.directory.gate import OPERATOR
    from renda.lawbook import services

    moved = _settled(lambda: services.use_packs(names, reason=reason, actor=OPERATOR, division=_division(place)))
    click.echo(f"已启用：{'、'.join(pack(name).title for name in names) or '只用国家法律'}。{_moved(moved)}")


@law.command("choose")
@click.argument("key")
@click.argument("value", required=False)
@click.option("--withdraw", is_flag=True, help="撤销本县的选择，回到默认。")
@click.option("--since", type=DAY, help="自哪一天起（不写则适用于所有日期）。")
@REASON
@DIVISION
@needs_records
def choose(key: str, value: str | None, withdraw: bool, since: date | None, reason: str, place: str) -> None:
    """法律没有统一规定的参数 KEY，本县选 VALUE。"""
    from renda.directory.gate import OPERATOR
    from renda.lawbook import services

    if (value is None) != withdraw:
        raise click.UsageError("请写明选什么，或者用 --withdraw 撤销本县的选择。")
    division = _division(place)
    if value is None:
        moved = _settled(lambda: services.withdraw_choice(key, reason=reason, actor=OPERATOR, division=division))
        click.echo(f"已撤销本县的选择：{store.declaration(key).title}。{_moved(moved)}")
        return
    chosen = value
    moved = _settled(lambda: services.choose(key, chosen, reason=reason, since=since, actor=OPERATOR, division=division))
    click.echo(f"已选定：{store.declaration(key).title}。{_moved(moved)}")


@law.command("choices")
@AS_JSON
@DIVISION
@needs_records
def choices(as_json: bool, place: str) -> None:
    """列出要由本县选择的参数：默认、现在的选择、由谁在何时选定、理由。"""
    from renda.lawbook import listing

    rows = [listing.as_json(row) for row in listing.choices(_division(place))]
    if as_json:
        emit_json({"choices": rows})
        return
    for row in rows:
        click.echo(f"{row['key']}\t{row['title']}\t{row['shown']}\t{row['set_by'] or '—'}")


@law.group()
def holidays() -> None:
    """放假安排：列出、显示、导入、恢复。"""


@holidays.command("list")
@AS_JSON
@DIVISION
@needs_records
def list_years(as_json: bool, place: str) -> None:
    """列出有放假安排的年份及其状态。"""
    from renda.lawbook import listing

    rows = [listing.year_json(year) for year in listing.years(_division(place))]
    if as_json:
        emit_json({"years": rows})
        return
    for row in rows:
        click.echo(f"{row['year']}\t{calendars.STATUS_TEXT[row['status']]}\t{row['source']}")


@holidays.command("show")
@click.argument("year", type=int)
@AS_JSON
@DIVISION
@needs_records
def show_year(year: int, as_json: bool, place: str) -> None:
    """显示 YEAR 年的放假日和上班的周末。"""
    from renda.lawbook import listing

    row = listing.year_json(listing.one_year(year, _division(place)))
    if as_json:
        emit_json(row)
        return
    click.echo(f"{year} 年：{calendars.STATUS_TEXT[row['status']]}　{row['source']}")
    for day, name in row["holidays"].items():
        click.echo(f"{day}\t放假\t{name}")
    for day in row["workdays"]:
        click.echo(f"{day}\t上班")


@holidays.command("import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--year", type=int, help="不给文件时从随带的节假日库取这一年；文件是通知原文（.txt）时必须写明年份。")
@click.option("--source", default="", help="依据的通知，如“国办发明电〔2025〕7号”。")
@REASON
@DIVISION
@needs_records
def import_year(file: Path | None, year: int | None, source: str, reason: str, place: str) -> None:
    """导入一年的放假安排：FILE 为 YAML/JSON 表，或国务院办公厅通知原文（.txt）。"""
    from renda.directory.gate import OPERATOR
    from renda.lawbook import services

    found = _settled(lambda: _read(file, year))
    source = source or ("" if file else "节假日库 holidays 所载国务院办公厅通知")
    moved = _settled(
        lambda: services.set_holidays(found, source=source, reason=reason, actor=OPERATOR, division=_division(place))
    )
    words = f"{found.year} 年：放假 {len(found.holidays)} 天，周末上班 {len(found.workdays)} 天"
    click.echo(f"已导入 {words}（{calendars.STATUS_TEXT[found.status]}）。{_moved(moved)}")


@holidays.command("restore")
@click.argument("year", type=int)
@REASON
@DIVISION
@needs_records
def restore(year: int, reason: str, place: str) -> None:
    """撤换录入的 YEAR 年安排，恢复随带的安排。"""
    from renda.directory.gate import OPERATOR
    from renda.lawbook import services

    moved = _settled(lambda: services.restore_holidays(year, reason=reason, actor=OPERATOR, division=_division(place)))
    click.echo(f"已恢复 {year} 年原有的放假安排。{_moved(moved)}")


def _read(file: Path | None, year: int | None) -> calendars.HolidayYear:
    if file is None:
        if year is None:
            raise click.UsageError("请写明文件，或用 --year 写明从节假日库取哪一年。")
        from renda.law.seed_holidays import from_library

        return from_library(year)
    if file.suffix == ".txt":
        if year is None:
            raise click.UsageError("通知原文没有写明是哪一年的安排，请加上 --year。")
        from renda.law.notices import read_notice

        return read_notice(file.read_text(encoding="utf-8"), year)
    found = calendars.read_year(file)
    if year is not None and found.year != year:
        fail(f"文件是 {found.year} 年的安排，不是 {year} 年的。请核对。")
    return found


def _settled(work: Callable[[], Any]) -> Any:
    from renda.lawbook.services import LawbookFault

    try:
        return work()
    except (LawError, LawbookFault) as error:
        fail(f"没有改动：{str(error).rstrip('。')}。")


def _moved(count: int) -> str:
    return f"{count} 件在办事项的期限随之变动。" if count else ""


def _division(words: str) -> Division | None:
    from renda.directory.models import Division

    if not words:
        return None
    found = [one for one in Division.objects.filter(valid_to__isnull=True) if words in (one.code, one.name)]
    if len(found) != 1:
        fail(f"{'有几个' if found else '没有'}区划“{words}”，请写区划代码。")
    return found[0]
