"""``renda ledgers``: empty workbooks, import, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from renda.core.commands import emit_json, needs_records, say, set_up_django

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def ledgers() -> None:
    """台账：模板、导入、导出。"""


@ledgers.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
def templates(folder: Path, as_json: bool) -> None:
    """在 DIR 中为每种台账写一份空表。"""
    set_up_django()
    from renda.ledgers.sheets import DIVISIONS, write_divisions_template, write_template
    from renda.registers import registry

    folder.mkdir(parents=True, exist_ok=True)
    write_divisions_template(folder / DIVISIONS)
    files = [{"register": "directory.divisions", "name": "行政区划", "file": DIVISIONS}]
    for number, register in enumerate(registry.all_registers(), 1):
        path = folder / f"{number:02d}-{register.name}.xlsx"
        write_template(path, register)
        files.append({"register": register.code, "name": register.name, "file": path.name})
    if as_json:
        emit_json({"folder": str(folder), "templates": files})
    else:
        click.echo(f"已在 {folder} 写好 {len(files)} 份空表。填好后用 renda ledgers import {folder} --dry-run 试导入。")


@ledgers.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--take-good-rows", is_flag=True, help="合格的行写入，不合格的退回；默认有一行不合格就全部不写。")
@click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path), help="退回行写到这份工作簿（默认在第一个文件旁）。")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON，进度在标准错误。")
@needs_records
def import_(paths: tuple[Path, ...], dry_run: bool, take_good_rows: bool, rejects: Path | None, as_json: bool) -> None:
    """导入台账文件或文件夹。"""
    from renda.directory.gate import OPERATOR
    from renda.ledgers.importing import NotImportable, Options, import_files
    from renda.ledgers.reading import UnreadableFile
    from renda.ledgers.sheets import write_rejects

    try:
        options = Options(dry_run=dry_run, take_good_rows=take_good_rows)
        report, tasks = import_files(list(paths), actor=OPERATOR, options=options, progress=_progress)
    except (UnreadableFile, NotImportable) as error:
        raise click.ClickException(str(error)) from error
    target = rejects or _beside(paths[0])
    if write_rejects(target, tasks):
        report.rejects_workbook = str(target)
    result = report.as_dict()
    if as_json:
        emit_json(result)
    else:
        _print(result)
    if not dry_run and not report.committed:
        raise click.ClickException("没有写入任何数据：请按退回原因改正后重新导入，或加 --take-good-rows 先写入合格的行。")


def _beside(path: Path) -> Path:
    folder = path if path.is_dir() else path.parent
    return folder / f"退回-{path.stem if path.is_file() else path.name}.xlsx"


def _progress(done: int, total: int, what: str) -> None:
    if total:
        say(f"{done}/{total} 行 {what}")


def _print(result: dict[str, Any]) -> None:
    for sheet in result["sheets"]:
        if sheet["left_out"]:
            click.echo(f"{sheet['file']}／{sheet['sheet']}：未导入，{sheet['left_out']}")
            continue
        counts = "，".join(f"{name} {sheet[key]}" for key, name in NAMES if sheet[key])
        click.echo(
            f"{sheet['file']}／{sheet['sheet']} → {sheet['name']}：读取 {sheet['read']} 行" + (f"，{counts}" if counts else "")
        )
        for fault in [*sheet["rejects"], *sheet["conflicts"]][:5]:
            click.echo(f"    第 {fault['row']} 行 {fault['heading']}：{fault['reason']}")
        if sheet["unknown_headings"]:
            click.echo(f"    未识别的表头：{'、'.join(sheet['unknown_headings'])}")
    counts = "，".join(f"{name} {result[key]}" for key, name in NAMES)
    click.echo(f"共读取 {result['read']} 行：{counts}。" + ("试导入，没有写入。" if result["dry_run"] else ""))
    if result["rejects_workbook"]:
        click.echo(f"退回的行和原因见：{result['rejects_workbook']}")


NAMES = (("created", "新增"), ("updated", "更新"), ("unchanged", "未变"), ("conflicting", "冲突"), ("rejected", "退回"))


@ledgers.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
@needs_records
def export(folder: Path, as_json: bool) -> None:
    """把每种台账写到 DIR，可再导入。"""
    from renda.directory.gate import OPERATOR
    from renda.ledgers.exporting import export_all

    written = export_all(folder, actor=OPERATOR)
    if as_json:
        emit_json({"folder": str(folder), "files": [{"file": name, "rows": rows} for name, rows in written.items()]})
    else:
        click.echo(f"已在 {folder} 写好 {len(written)} 份工作簿，共 {sum(written.values())} 行。")
