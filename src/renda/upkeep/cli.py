"""``renda backup`` and ``renda restore``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from renda.core.commands import emit_json, fail, open_records, say, set_up_django

if TYPE_CHECKING:
    from renda.upkeep.layout import Manifest

FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("folder", metavar="文件夹", type=FOLDER)
@click.option("--keys", type=FOLDER, help="把密钥备份到这个文件夹；应与备份分开保管。")
@click.option("--keep", type=click.IntRange(1, 1000), help="在文件夹下按时间建立备份，只保留最近这么多份。")
@click.option("--check", "only_check", is_flag=True, help="不作备份，只逐个字节核对已有的备份。")
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出")
def backup(folder: Path, keys: Path | None, keep: int | None, only_check: bool, as_json: bool) -> None:
    """备份数据库和文件，网站不必停。备份中没有密钥；没有密钥，备份中的保密内容打不开。"""
    from renda.core.embedded import DatabaseUnavailable
    from renda.upkeep.layout import BackupFault, check

    if only_check and (keys or keep):
        raise click.UsageError("--check 只核对已有的备份，不与 --keys、--keep 同用。")
    try:
        if only_check:
            _told("备份完整", folder, check(folder.expanduser().absolute()), as_json)
            return
        set_up_django()  # not open_records: an older database is backed up before it is upgraded
        from renda.upkeep import backup as work

        made = work.make_dated(folder.expanduser().absolute(), keep, keys=keys) if keep else work.make(folder, keys=keys)
    except (BackupFault, DatabaseUnavailable) as error:
        fail(str(error))
    _told("已备份到", made.folder, made.manifest, as_json)
    _warn_of_journal(made.manifest)
    if made.manifest.missing or made.manifest.damaged:
        say(
            f"注意：有 {len(made.manifest.missing)} 个文件在数据文件夹中找不到，{len(made.manifest.damaged)} 个内容已损坏，"
            "名单在 manifest.json 中。请从较早的备份找回。"
        )
    if keys is None and made.manifest.keys:
        say("密钥没有一同备份。没有密钥，备份中的保密内容打不开：请另用 --keys 备份密钥，与备份分开保管。")


def _told(what: str, folder: Path, manifest: Manifest, as_json: bool) -> None:
    if as_json:
        emit_json({
            "folder": folder, "made_at": manifest.made_at, "program": manifest.program, "journal": manifest.journal, "records": manifest.records,
            "rows": sum(one["rows"] for one in manifest.tables.values()), "files": manifest.files, "bytes": manifest.bytes,
            "missing": manifest.missing, "damaged": manifest.damaged,
        })  # fmt: skip
        return
    rows = sum(one["rows"] for one in manifest.tables.values())
    click.echo(f"{what}：{folder}")
    click.echo(f"  {rows:,} 行记录，{manifest.files:,} 个文件，共 {manifest.bytes / 1e6:,.1f} MB；建立于 {manifest.made_at}")
    click.echo(f"  日志链头：第 {manifest.journal['sequence']} 条 {manifest.journal['hash']}")


def _warn_of_journal(manifest: Manifest) -> None:
    if manifest.journal["fault"]:
        say(
            f"注意：日志在备份时就校验不符：第 {manifest.journal['at_sequence']} 条{manifest.journal['fault']}。请报告审计管理员。"
        )


@click.command()
@click.argument("folder", metavar="备份文件夹", type=FOLDER)
@click.option("--keys", type=FOLDER, help="密钥备份所在的文件夹。")
@click.option("--replace", is_flag=True, help="替换现有的全部数据。")
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出")
def restore(folder: Path, keys: Path | None, replace: bool, as_json: bool) -> None:
    """从备份恢复到当前数据文件夹。先核对备份，在旁边恢复并比对、校验日志，都相符才换上；须先结束网站。"""
    set_up_django()
    from renda.core.embedded import DatabaseUnavailable
    from renda.upkeep.layout import BackupFault
    from renda.upkeep.restore import restore as work

    try:
        done = work(folder, keys=keys, replace=replace)
    except (BackupFault, DatabaseUnavailable) as error:
        fail(str(error))
    except OSError as error:
        fail(f"没有恢复：{error.strerror or error}（{error.filename or folder}）。请检查磁盘空间和权限后重试。")
    open_records(upgrade=True)
    if as_json:
        emit_json({
            "made_at": done.manifest.made_at, "records": done.records, "journal": done.manifest.journal, "replaced": done.replaced,
        })  # fmt: skip
    else:
        click.echo(f"已恢复 {done.manifest.made_at} 的备份，记录与备份时逐字节相同。")
        click.echo(f"  日志链头：第 {done.manifest.journal['sequence']} 条 {done.manifest.journal['hash']}")
    _warn_of_journal(done.manifest)
    if done.replaced:
        say(f"被替换的数据暂存为数据库 {done.replaced}，下次恢复时清除。")
