"""``renda letters``: the letters that there are, their placeholders, and the shipped templates as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from renda.core.commands import emit_json, fail, set_up_django

if TYPE_CHECKING:
    from renda.documents.registry import Template

AS_JSON = click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


@click.group()
def letters() -> None:
    """文书：列出文书和占位符，导出平台自带的模板。"""


@letters.command("list")
@AS_JSON
def list_letters(as_json: bool) -> None:
    """列出各种文书。"""
    rows = [_as_json(one) for one in _templates()]
    if as_json:
        emit_json({"letters": rows})
        return
    for row in rows:
        click.echo(f"{row['code']}\t{row['name']}\t发给{row['to']}")


@letters.command("words")
@click.argument("code")
@AS_JSON
def words(code: str, as_json: bool) -> None:
    """列出文书 CODE（如 petition.notice）的占位符：含义、样例。"""
    found = next((one for one in _templates() if one.code == code), None)
    if found is None:
        fail(f"没有文书“{code}”。用 renda letters list 查看各种文书。")
    if as_json:
        emit_json({"code": found.code, "name": found.name, "words": [_word(one, found) for one in found.words]})
        return
    for word in found.words:
        click.echo(f"{{{{ {word.name} }}}}\t{word.about}")


@letters.command("templates")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@AS_JSON
def templates(folder: Path, as_json: bool) -> None:
    """把平台自带的模板导出到文件夹 DIR，每种文书一个 .docx；已有的同名文件不覆盖。"""
    found = _templates()
    targets = {one.code: folder / f"{one.name.translate(_NOT_IN_NAMES)}.docx" for one in found}
    taken = [path.name for path in targets.values() if path.exists()]
    if taken:
        fail(f"没有导出：{folder} 里已有 {taken[0]}{'等' if len(taken) > 1 else ''}。请换一个空文件夹，或者先移走原有文件。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in found:
            targets[one.code].write_bytes(one.shipped.read_bytes())
    except OSError as error:
        fail(f"没有导出完：不能写入 {folder}（{error.strerror}）。请检查文件夹和剩余空间。")
    if as_json:
        emit_json({"folder": str(folder), "letters": [{**_as_json(one), "file": targets[one.code].name} for one in found]})
        return
    click.echo(f"已导出 {len(found)} 个模板到 {folder}。")


def _templates() -> list[Template]:
    set_up_django()
    from renda.documents.registry import all_templates

    return all_templates()


def _as_json(template: Template) -> dict[str, Any]:
    return {
        "code": template.code, "name": template.name, "to": template.to, "group": template.group, "number": template.number,
        "words": [word.name for word in template.words],
    }  # fmt: skip


def _word(word: Any, template: Template) -> dict[str, Any]:
    return {
        "name": word.name, "about": word.about, "sample": template.samples()[word.name], "secret": word.secret, "asked": word.asked, "many": word.many,
    }  # fmt: skip
