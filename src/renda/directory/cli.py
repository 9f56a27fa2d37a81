"""``renda directory``: the accounts of an office from the command line, above all its first security administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from renda.core.commands import emit_json, fail, needs_records

if TYPE_CHECKING:
    from renda.directory.models import Account, Division, Organ

AS_JSON = click.option("--json", "as_json", is_flag=True, help="只输出 JSON。")


@click.group()
def directory() -> None:
    """区划、机构、人员、账号。"""


@directory.group()
def accounts() -> None:
    """账号：列出、新建、增加身份、重置密码、停用和启用。"""


@accounts.command("list")
@AS_JSON
@needs_records
def list_(as_json: bool) -> None:
    """列出全部账号及其身份。"""
    from renda.directory.models import Account

    rows = [_row(account) for account in Account.objects.order_by("username").prefetch_related("hats__division", "hats__organ")]
    if as_json:
        emit_json({"accounts": rows})
        return
    for row in rows:
        state = "启用" if row["active"] else "已停用"
        click.echo(f"{row['username']}\t{row['name']}\t{state}\t{'、'.join(row['hats']) or '没有身份'}")


@accounts.command()
@click.argument("username")
@click.option("--name", required=True, help="姓名，显示在页面上并记入日志。")
@click.option("--role", required=True, help="角色代码，如 security_admin；写错时列出全部角色。")
@click.option("--division", default="", help="区划代码或名称，默认本县。")
@click.option("--organ", default="", help="单位名称；承办单位必须填。")
@click.option("--person", default="", help="名录中的姓名；人大代表必须填。")
@AS_JSON
@needs_records
def add(username: str, name: str, role: str, division: str, organ: str, person: str, as_json: bool) -> None:
    """新建账号 USERNAME，输出初始密码；首次登录必须改密码。"""
    from renda.directory import accounts as services
    from renda.directory import roles
    from renda.directory.gate import OPERATOR

    if role not in roles.ROLES:
        fail(f"没有角色“{role}”。可用的角色：{'、'.join(f'{one.code}（{one.name}）' for one in roles.ROLES.values())}")
    place = _division(division)
    capacity = services.Capacity(role, place, _organ(organ) if organ else None)
    try:
        account, password = services.create(
            username, name, person=_person(person, place) if person else None, capacity=capacity, actor=OPERATOR
        )
    except services.AccountFault as fault:
        fail(f"没有建立账号：{fault}。")
    _hand_over(account, password, as_json)


@accounts.command()
@click.argument("username")
@click.option("--role", required=True, help="角色代码。")
@click.option("--division", default="", help="区划代码或名称，默认本县。")
@click.option("--organ", default="", help="单位名称。")
@needs_records
def hat(username: str, role: str, division: str, organ: str) -> None:
    """给账号 USERNAME 增加一个身份。"""
    from renda.directory import accounts as services
    from renda.directory.gate import OPERATOR

    try:
        given = services.give(
            _account(username), services.Capacity(role, _division(division), _organ(organ) if organ else None), actor=OPERATOR
        )
    except services.AccountFault as fault:
        fail(f"没有增加身份：{fault}。")
    click.echo(f"已增加身份：{given}")


@accounts.command()
@click.argument("username")
@AS_JSON
@needs_records
def reset(username: str, as_json: bool) -> None:
    """重置 USERNAME 的密码，输出新的初始密码；已登录的随即失效。"""
    from renda.directory import accounts as services
    from renda.directory.gate import OPERATOR

    account = _account(username)
    _hand_over(account, services.reset_password(account, actor=OPERATOR), as_json)


@accounts.command()
@click.argument("username")
@click.option("--reason", required=True, help="原因，记入日志。")
@needs_records
def lock(username: str, reason: str) -> None:
    """停用账号 USERNAME。"""
    _activate(username, False, reason)


@accounts.command()
@click.argument("username")
@click.option("--reason", required=True, help="原因，记入日志。")
@needs_records
def unlock(username: str, reason: str) -> None:
    """启用账号 USERNAME。"""
    _activate(username, True, reason)


def _activate(username: str, active: bool, reason: str) -> None:
    from renda.directory import accounts as services
    from renda.directory.gate import OPERATOR

    try:
        services.set_active(_account(username), active, reason=reason, actor=OPERATOR)
    except services.AccountFault as fault:
        fail(f"没有完成：{fault}。")
    click.echo(f"账号 {username} 已{'启用' if active else '停用'}。")


def _row(account: Account) -> dict[str, Any]:
    return {
        "username": account.username, "name": account.display_name, "active": account.is_active,
        "must_change_password": account.must_change_password, "hats": [str(hat) for hat in account.hats.all()],
    }  # fmt: skip


def _hand_over(account: Account, password: str, as_json: bool) -> None:
    if as_json:
        emit_json(
            {"username": account.username, "name": account.display_name, "password": password, "must_change_password": True}
        )
    else:
        click.echo(f"登录名 {account.username}，初始密码 {password}。首次登录必须改密码；密码不保存，请现在记下。")


def _account(username: str) -> Account:
    from renda.directory.models import Account

    found = Account.objects.filter(username=username).first()
    return found or fail(f"没有登录名为“{username}”的账号。用 renda directory accounts list 查看全部。")


def _division(word: str) -> Division:
    from django.db.models import Q

    from renda.directory.models import Division

    rows = Division.objects.filter(valid_to__isnull=True)
    found = list(rows.filter(Q(code=word) | Q(name=word)) if word else rows.filter(level="county"))
    if len(found) != 1 and word:
        fail(f"有 {len(found)} 个区划叫“{word}”，请改用区划代码。" if found else f"没有区划“{word}”。请先导入区划台账。")
    if len(found) != 1:
        fail(
            "有多个县级区划，请用 --division 指明。"
            if found
            else "还没有本县区划。请先导入区划台账，空表用 renda ledgers templates 取得。"
        )
    return found[0]


def _organ(name: str) -> Organ:
    from django.db.models import Q

    from renda.directory.models import Organ

    found = list(Organ.objects.alive().filter(Q(name=name) | Q(short_name=name)))
    if len(found) != 1:
        fail(f"有 {len(found)} 个单位叫“{name}”，请写全称。" if found else f"没有单位“{name}”。请先在名录中登记。")
    return found[0]


def _person(name: str, place: Division) -> Any:
    from renda.directory.models import Person
    from renda.directory.names import people_by_name

    plain, _bracket, qualifier = name.partition("（")
    found = [one for one in people_by_name({plain}, place.path)[plain] if one.fits(qualifier.rstrip("）"))]
    if len(found) != 1:
        several = f"名录中有 {len(found)} 人叫“{name}”：{'、'.join(map(str, found[:5]))}。请在姓名后的括号中注明。"
        fail(several if found else f"名录中没有“{name}”。请先登记代表名册或人员职务。")
    return Person.objects.get(pk=found[0].pk)
