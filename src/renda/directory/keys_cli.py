"""``renda keys``: which field keys are held and used, and a new one in place of the old."""

from __future__ import annotations

from typing import Any

import click

from renda.core.commands import emit_json, fail, needs_records, say

AS_JSON = click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")


@click.group()
def keys() -> None:
    """加密密钥：查看、更换。"""


@keys.command()
@AS_JSON
@needs_records
def show(as_json: bool) -> None:
    """列出各个密钥和用它加密的内容有多少（不显示密钥本身）。"""
    found = _shown()
    if as_json:
        emit_json({"keys": found})
        return
    for one in found:
        state = "现用" if one["current"] else "旧" if one["held"] else "缺失，无法解密"
        click.echo(f"{one['key']}\t{state}\t{one['values']} 项内容")


@keys.command()
@click.option("--lookup", is_flag=True, help="更换的是检索密钥（按姓名、证件号、电话查找用的），须先停止网站。")
@AS_JSON
@needs_records
def rotate(lookup: bool, as_json: bool) -> None:
    """启用新密钥，把全部加密内容改用新密钥加密，再废弃旧密钥。网站不用停；中断后再运行一次即接着做。"""
    from renda.core.rotation import RotationFault

    try:
        if lookup:
            _told_of_lookup(run_lookup(), as_json)
            return
        done = run()
    except RotationFault as fault:
        fail(f"没有完成更换：{fault}")
    if as_json:
        emit_json(done)
        return
    click.echo(f"已更换：{done['values']} 项内容改用密钥 {done['new']}，已废弃 {'、'.join(done['retired']) or '（无）'}。")
    click.echo("请现在用 renda backup 另备一份密钥。以前的数据库备份要用当时的密钥备份才能读，请一并保留。")


def run() -> dict[str, Any]:
    """The whole rotation: new key, every value anew, journal entry, old key retired. Called again after a cut, it goes on."""
    from renda.core import rotation
    from renda.directory.gate import OPERATOR
    from renda.journal import services as journal
    from renda.journal.services import Line

    with rotation.alone():
        store = _store()
        new = store.begin()
        began = rotation.database_now()
        done = rotation.rewrite(store, lambda column, values: say(f"{column}：{values} 项") if values else None)
        rotation.wait_for_writers(began)
        late = rotation.rewrite(store)
        done.values, done.hashes = done.values + late.values, done.hashes + late.hashes
        rotation.require_none_left(new)
        old = [name for name in store.identifiers() if name != new]
        if old:
            with journal.change():
                payload = {"new": new, "retired": old, "columns": done.columns, "values": done.values, "hashes": done.hashes}
                journal.record(Line(str(OPERATOR), "keys.rotated", "core.keys", None, "加密密钥", payload))
            store.retire()
    return {"new": new, "retired": old, "columns": done.columns, "values": done.values, "hashes_mended": done.hashes}


def _told_of_lookup(done: dict[str, Any], as_json: bool) -> None:
    if as_json:
        emit_json(done)
        return
    click.echo(f"已更换检索密钥：{done['tables']} 张表的 {done['hashes']} 项检索摘要、{done['keys']} 个登记要点已重新计算。")
    click.echo("日志、导入行和订阅地址的摘要仍用原来的密钥核对，它留在密钥文件中。请现在用 renda backup 另备一份密钥。")


def run_lookup() -> dict[str, Any]:
    """A new lookup key with every keyed hash under it, and the journal entry. Called again after a cut, it goes on."""
    from renda.core import rehashing, rotation
    from renda.directory.gate import OPERATOR
    from renda.journal import services as journal
    from renda.journal.services import Line

    with rotation.alone():
        rehashing.require_alone()
        done = rehashing.rehash(_store(), lambda table, hashes: say(f"{table}：{hashes} 项") if hashes else None)
        payload = {"lookup": True, "tables": done.tables, "hashes": done.hashes, "keys": done.keys}
        with journal.change():
            journal.record(Line(str(OPERATOR), "keys.rotated", "core.keys", None, "检索密钥", payload))
    return {"tables": done.tables, "hashes": done.hashes, "keys": done.keys}


def _store() -> Any:
    from renda.core import keys as store
    from renda.core.keys import FileKeyStore

    found = store.store()
    if not isinstance(found, FileKeyStore):
        fail("密钥由外部密码设备保管，请用该设备的工具更换。")
    return found


def _shown() -> list[dict[str, Any]]:
    from renda.core import rotation

    counts, store = rotation.counts(), _store()
    held = store.identifiers()
    return [
        {"key": name, "current": name == held[0], "held": name in held, "values": sum(counts.get(name, {}).values())}
        for name in sorted({*held, *counts})
    ]
