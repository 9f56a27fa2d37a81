"""``renda check``: the whole database against its rules; with ``--deploy`` the set-up of a production site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from renda.core.commands import emit_json, fail, needs_records, say

if TYPE_CHECKING:
    from renda.core.checking import Finding, Rule

SHOWN = 5
BESIDES = ("renda.demo",)
"""Packages with rules that are no apps."""


@click.command()
@click.option("--deploy", is_flag=True, help="检查正式部署：网址、密钥、数据库、备份等，不查数据。")
@click.option("--rule", "codes", multiple=True, metavar="代码", help="只查这一条规则，可以多次给出。")
@click.option("--list", "listed", is_flag=True, help="只列出规则。")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
@needs_records
def check(deploy: bool, codes: tuple[str, ...], listed: bool, as_json: bool) -> None:
    """逐条规则检查全部数据是否自相一致。有不符时列出前几处，退出状态为 1。"""
    from renda.core import checking

    rules = chosen(deploy, codes)
    if listed:
        _list(rules, as_json)
        return
    findings = []
    for finding in checking.ask(rules):
        findings.append(finding)
        if not as_json:
            _say(finding)
    broken = [one for one in findings if one.faults]
    if as_json:
        emit_json({"ok": not broken, "rules": [_plain(one) for one in findings]})
        raise SystemExit(1 if broken else 0)
    if broken:
        fail(f"{len(findings)} 条规则中有 {len(broken)} 条不符，见上。")
    click.echo(f"{len(findings)} 条规则全部符合。")


def chosen(deploy: bool, codes: tuple[str, ...]) -> list[Rule]:
    """The rules to ask. Ends the command where a code is unknown."""
    from django.apps import apps

    from renda.core import checking

    checking.load([config.name for config in apps.get_app_configs() if config.name.startswith("renda.")])
    checking.load(BESIDES)
    rules = checking.all_rules(deploy=deploy)
    if not codes:
        return rules
    known = {one.code: one for one in (*rules, *checking.all_rules(deploy=not deploy))}
    unknown = [code for code in codes if code not in known]
    if unknown:
        fail(f"没有规则“{unknown[0]}”。可用的规则：{'、'.join(known)}。")
    return [known[code] for code in codes]


def _list(rules: list[Rule], as_json: bool) -> None:
    if as_json:
        emit_json({"rules": [{"code": one.code, "says": one.says} for one in rules]})
        return
    for one in rules:
        click.echo(f"{one.code}\t{one.says}")


def _say(finding: Finding) -> None:
    if not finding.faults:
        say(f"符合　{finding.rule.says}（{finding.rule.code}，{finding.seconds:.1f} 秒）")
        return
    number = f"{len(finding.faults)} 处以上" if finding.more else f"{len(finding.faults)} 处"
    click.echo(f"不符　{finding.rule.says}（{finding.rule.code}）：{number}")
    for fault in finding.faults[:SHOWN]:
        click.echo(f"　　{fault.where}：{fault.words}")


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.rule.code, "says": finding.rule.says, "ok": not finding.faults, "more": finding.more, "seconds": round(finding.seconds, 2),
        "faults": [{"where": fault.where, "words": fault.words} for fault in finding.faults],
    }  # fmt: skip
