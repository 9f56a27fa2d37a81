"""Accounts and hats: made, given, taken back, locked, by those who may manage accounts, each with its journal line.

Rights come from hats alone, so whoever gives hats could give himself everything. Three rules hold that: the administrators' roles
(system, security, audit) are worn alone; nobody changes his own account here; nobody gives a hat outside his own divisions.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.contrib.auth import password_validation
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from renda.directory import gate, people, roles
from renda.directory.gate import Actor
from renda.directory.models import Account, Division, Hat, Organ, Person
from renda.journal import services as journal
from renda.journal.services import Line

ADMINISTRATORS = frozenset({"system_admin", "security_admin", "audit_admin"})
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
KIND = "directory.account"


class AccountFault(ValueError):
    """What is asked for cannot be: ``field`` names the field of the form that is wrong, empty for the whole."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True)
class Capacity:
    """A hat to be given: role × organ × division."""

    role: str
    division: Division
    organ: Organ | None = None


def manageable(actor: Actor) -> QuerySet[Account]:
    """The accounts that the actor may manage: those with no hat outside the actor's divisions. PermissionDenied without the right."""
    gate.require(actor, roles.ACCOUNTS)
    rows = Account.objects.order_by("username")
    if not actor.division_path:
        return rows
    outside = Hat.objects.filter(account=OuterRef("pk")).exclude(division__in=Division.objects.subtree(actor.division_path))
    return rows.filter(~Exists(outside))


def divisions(actor: Actor) -> QuerySet[Division]:
    """The divisions that a hat may be given for."""
    rows = Division.objects.filter(valid_to__isnull=True)
    return (
        rows.filter(Q(path=actor.division_path) | Q(path__startswith=actor.division_path + ".")) if actor.division_path else rows
    )


def organs(actor: Actor) -> QuerySet[Organ]:
    """The organs that a hat may be given for."""
    return Organ.objects.alive().filter(division__in=divisions(actor)).order_by("division__path", "name")


def holders(actor: Actor) -> QuerySet[Person]:
    """The people whom an account may stand for."""
    return people.in_scope(actor.division_path) if actor.division_path else Person.objects.alive()


def given_roles(actor: Actor) -> list[roles.Role]:
    """The roles that the actor may give; that of the operator belongs to the command line alone."""
    return [role for role in roles.ROLES.values() if role.code != gate.OPERATOR.role or actor.role == gate.OPERATOR.role]


def create(username: str, name: str, *, person: Person | None, capacity: Capacity, actor: Actor) -> tuple[Account, str]:
    """A new account with its first hat; returns it with the first password, which must be changed at the first sign-in."""
    gate.require(actor, roles.ACCOUNTS)
    username, name = username.strip().lower(), name.strip()
    if not username.isascii() or not username.replace("-", "").replace("_", "").replace(".", "").isalnum():
        raise AccountFault(_("登录名只能用英文字母、数字和 . - _"), "username")
    if not name:
        raise AccountFault(_("请填写姓名"), "name")
    if Account.objects.filter(username=username).exists():
        raise AccountFault(_("登录名“%(name)s”已有人使用，请换一个") % {"name": username}, "username")
    if person is not None and not holders(actor).filter(pk=person.pk).exists():
        raise AccountFault(_("这个人不在您管理的区划内"), "person")
    account = Account(username=username, display_name=name, person=person)
    _check(account, [], capacity, actor)
    password = first_password(account)
    with journal.change():
        account.set_password(password)
        account.save()
        _note(actor, "created", account, {"username": username})
        _put_on(account, capacity, actor)
    return account, password


def give(account: Account, capacity: Capacity, *, actor: Actor) -> Hat:
    """Give an account another hat."""
    _own(account, actor)
    with journal.change():
        Account.objects.select_for_update().get(pk=account.pk)
        held = list(Hat.objects.filter(account=account))
        _check(account, held, capacity, actor)
        return _put_on(account, capacity, actor)


def take(hat: Hat, *, actor: Actor) -> None:
    """Take a hat back; the account stays, and without a hat sees nothing."""
    _own(hat.account, actor)
    with journal.change():
        _note(actor, "hat_taken", hat.account, {"hat": str(hat)})
        hat.delete()


def reset_password(account: Account, *, actor: Actor) -> str:
    """A new first password in place of a forgotten one; what is signed in with the old one ends. Returns it: it is kept nowhere."""
    _own(account, actor)
    password = first_password(account)
    with journal.change():
        account.set_password(password)
        account.must_change_password = True
        account.save(update_fields=["password", "must_change_password"])
        _note(actor, "password_reset", account)
    return password


def set_active(account: Account, active: bool, *, reason: str, actor: Actor) -> None:
    """Lock an account, which ends what is signed in, or open it again; with the reason."""
    _own(account, actor)
    if not reason.strip():
        raise AccountFault(_("请写明原因，原因将记入日志"), "reason")
    with journal.change():
        account.is_active = active
        account.save(update_fields=["is_active"])
        _note(actor, "unlocked" if active else "locked", account, {"reason": reason.strip()[:200]})


def note_sessions_ended(account: Account, count: int, *, actor: Actor) -> None:
    """Journal that an account was signed out everywhere."""
    with journal.change():
        _note(actor, "sessions_ended", account, {"sessions": count})


def require_manageable(account: Account, actor: Actor) -> None:
    """PermissionDenied unless the account is another's and wholly within the actor's divisions."""
    _own(account, actor)


def note_factors_taken(account: Account, *, actor: Actor) -> None:
    """Journal that an account's second factors were taken away."""
    with journal.change():
        _note(actor, "factors_taken", account)


def first_password(account: Account) -> str:
    """A random password of three groups that is easily read aloud and passes the site's own rules."""
    while True:
        password = "-".join("".join(secrets.choice(ALPHABET) for _place in range(4)) for _group in range(3))
        try:
            password_validation.validate_password(password, account)
        except ValidationError:
            continue
        return password


def _own(account: Account, actor: Actor) -> None:
    """The account must be one that the actor manages, and not the actor's own."""
    if actor.account_id is not None and actor.account_id == account.pk:
        raise PermissionDenied(_("自己的账号由另一名安全管理员调整。"))
    if not manageable(actor).filter(pk=account.pk).exists():
        raise PermissionDenied(_("这个账号在您管理的区划之外也有身份，不能由您调整。"))


def _check(account: Account, held: list[Hat], wanted: Capacity, actor: Actor) -> None:
    role = roles.ROLES.get(wanted.role)
    if role is None or role not in given_roles(actor):
        raise AccountFault(_("请选择角色"), "role")
    if not divisions(actor).filter(pk=wanted.division.pk).exists():
        raise AccountFault(_("这个区划不在您管理的范围内"), "division")
    if wanted.organ is not None and not organs(actor).filter(pk=wanted.organ.pk).exists():
        raise AccountFault(_("这个单位不在您管理的范围内"), "organ")
    if role.bound_to_organ and wanted.organ is None:
        raise AccountFault(_("“%(role)s”只看到本单位的事项，请选择单位") % {"role": _(role.name)}, "organ")
    if role.bound_to_person and account.person_id is None:
        raise AccountFault(_("“%(role)s”只看到本人的事项，账号须先对应到名录中的人") % {"role": _(role.name)}, "person")
    others = {hat.role for hat in held} - {wanted.role}
    if others and (wanted.role in ADMINISTRATORS or others & ADMINISTRATORS):
        raise AccountFault(_("系统、安全、审计管理员须由专人担任，不能与其他角色共用一个账号"), "role")
    if any((hat.role, hat.division_id, hat.organ_id) == (wanted.role, wanted.division.pk, _pk(wanted.organ)) for hat in held):
        raise AccountFault(_("这个账号已有同样的身份"), "role")


def _put_on(account: Account, capacity: Capacity, actor: Actor) -> Hat:
    hat = Hat.objects.create(account=account, role=capacity.role, division=capacity.division, organ=capacity.organ)
    _note(actor, "hat_given", account, {"hat": str(hat)})
    return hat


def _pk(organ: Organ | None) -> int | None:
    return organ.pk if organ else None


def _note(actor: Actor, action: str, account: Account, payload: dict[str, object] | None = None) -> None:
    journal.record(Line(str(actor), f"account.{action}", KIND, account.pk, account.display_name, payload or {}))
