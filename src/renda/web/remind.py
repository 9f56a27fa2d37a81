"""``renda remind``: what each person has to do, in each capacity, for a daily run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from renda.core.commands import emit_json, fail, needs_records

if TYPE_CHECKING:
    from renda.directory.models import Hat


@click.command()
@click.option("--account", "username", metavar="NAME", help="只看一个账号（登录名）。")
@click.option("--mail", "by_mail", is_flag=True, help="把件数和登录地址发到各人登记的电子邮箱，每个身份每天一封。")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")
@needs_records
def remind(username: str | None, by_mail: bool, as_json: bool) -> None:
    """到期提醒：按账号、身份列出逾期的，以及今天、一天、三天、七天内到期的事项。

    供每日定时运行。--mail 发到各人在“登录安全”页登记的邮箱；用别的渠道发送的，请用 --json 的结果。
    """
    from renda.core import clock
    from renda.directory.models import Account, Hat

    hats = (
        Hat.objects.filter(account__is_active=True)
        .select_related("account", "division", "organ")
        .order_by("account__username", "pk")
    )
    if username:
        if not Account.objects.filter(username=username).exists():
            fail(f"没有登录名为“{username}”的账号。用 renda directory accounts list 查看全部账号。")
        hats = hats.filter(account__username=username)
    due = [(hat, one) for hat in hats if (one := _of_hat(hat))["due"]]
    found = [one for _hat, one in due]
    if by_mail:
        _mail(due, as_json)
        return
    if as_json:
        emit_json({"today": clock.today(), "hats": found})
        return
    for one in found:
        click.echo(f"{one['name']}　{one['hat']}：{one['late']} 项逾期，{len(one['due']) - one['late']} 项七天内到期")
        for due in one["due"]:
            parts = (due["words"], due["due"].isoformat(), due["period"], due["number"], due["title"], due["article"])
            click.echo("　" + "　".join(part for part in parts if part))
    if not found:
        click.echo("没有逾期的，七天内也没有到期的。")


def _mail(due: list[tuple[Hat, dict[str, Any]]], as_json: bool) -> None:
    from dataclasses import asdict

    from renda.web import mailing

    try:
        done = mailing.send([mailing.Duty(hat, one["late"], len(one["due"]) - one["late"]) for hat, one in due])
    except mailing.MailFault as fault:
        fail(str(fault))
    if as_json:
        emit_json(asdict(done))
        return
    click.echo(
        f"已发送 {done.sent} 封；{done.without} 个身份没有登记邮箱或不要邮件，{done.before} 个今天已发过，{done.failed} 封没有发出。"
    )


def _of_hat(hat: Hat) -> dict[str, Any]:
    from datetime import timedelta

    from renda.core import clock
    from renda.directory import gate
    from renda.web import inbox_lines, reminders

    actor, today = gate.actor_of(hat), clock.today()
    acting = any(one.mine for one in reminders.watched(actor))
    found = reminders.found(actor, until=today + timedelta(days=max(reminders.BEFORE)), most=MOST) if acting else []
    due = [
        {
            "remind": reminders.code_of(line.due, today), "due": line.due, "days_left": (line.due - today).days, "words": line.words,
            "register": line.register, "number": line.number, "title": line.title, "period": line.period, "article": line.article,
            "steps": line.steps, "address": line.url,
        }
        for line in inbox_lines.lines(actor, found)
        if line.due
    ]  # fmt: skip
    return {
        "account": hat.account.username,
        "name": hat.account.display_name,
        "role": hat.role,
        "hat": str(hat),
        "late": sum(one["remind"] == reminders.LATE for one in due),
        "due": due,
    }


MOST = 1_000
