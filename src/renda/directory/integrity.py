"""What must hold of divisions, hats, and personal values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models
from django.db.models import F, Q

from renda.core import crypto, rotation
from renda.core.cells.identity import check_character
from renda.core.checking import Fault, rule
from renda.directory import accounts, roles
from renda.directory.models import Account, Division, Hat, Mandate, Post

NUMBER = re.compile(r"(?<![0-9A-Za-z])([1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx])(?![0-9A-Za-z])")
NUMBER_SQL = "(^|[^0-9A-Za-z])[1-9][0-9]{5}(19|20)[0-9]{9}[0-9Xx]([^0-9A-Za-z]|$)"
NOT_SEARCHED = frozenset({"django_session", "django_migrations", "procrastinate_jobs"})
CHUNK = 2000


@rule("divisions.path", "每个区划的路径由上级路径和本身代码组成")
def paths() -> Iterator[Fault]:
    """Divisions whose path does not continue their parent's."""
    for one in Division.objects.select_related("parent").iterator(CHUNK):
        if one.parent and not (one.path.startswith(one.parent.path + ".") and "." not in one.path[len(one.parent.path) + 1 :]):
            yield Fault(f"区划 {one.code}", f"路径 {one.path} 不在上级 {one.parent.path} 之下")


@rule("hats.consistent", "身份与账号相符：承办单位有单位，代表对应到人，三类管理员由专人担任")
def hats() -> Iterator[Fault]:
    """Hats that their account cannot wear."""
    for account in Account.objects.prefetch_related("hats").iterator(CHUNK):
        worn = {hat.role for hat in account.hats.all()}
        if worn & accounts.ADMINISTRATORS and len(worn) > 1:
            yield Fault(f"账号 {account.username}", "管理员身份与其他身份共用一个账号")
        for hat in account.hats.all():
            yield from _hat(account, hat)


def _hat(account: Account, hat: Hat) -> Iterator[Fault]:
    role = roles.ROLES.get(hat.role)
    if role is None:
        yield Fault(f"账号 {account.username}", f"角色“{hat.role}”不存在")
        return
    if role.bound_to_organ and hat.organ_id is None:
        yield Fault(f"账号 {account.username}", f"“{role.name}”没有单位")
    if role.bound_to_person and account.person_id is None:
        yield Fault(f"账号 {account.username}", f"“{role.name}”没有对应到名录中的人")


@rule("directory.dates", "职务和代表任期的终止日期不早于起始日期，起始日期不早于本人出生")
def dates() -> Iterator[Fault]:
    """Spans that end before they begin, or begin before the person was born."""
    for model in (Mandate, Post):
        fields = {field.name for field in model._meta.fields}
        if not {"since", "until", "person"} <= fields:
            continue
        wrong = model._default_manager.filter(voided_at__isnull=True).filter(
            Q(until__lt=F("since")) | Q(since__lt=F("person__birth_date"))
        )
        for pk in wrong.order_by("pk").values_list("pk", flat=True).iterator(CHUNK):
            yield Fault(f"{model._meta.db_table} {pk}", "起止日期与出生日期的先后不对")


@rule("personal.opens", "每一项加密内容都能用现有密钥打开，其检索摘要与内容相符")
def opens() -> Iterator[Fault]:
    """Encrypted values that no held key opens, or whose keyed hash is another value's."""
    for column in rotation.columns():
        also = f'"{column.hash_column}"' if column.hash_column else "NULL"
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT "{column.primary_key}", "{column.column}", {also} FROM "{column.table}" WHERE "{column.column}" IS NOT NULL'  # noqa: S608
            )
            while rows := cursor.fetchmany(CHUNK):
                for pk, value, known in rows:
                    words = _opened(bytes(value), bytes(known) if known is not None else None, bool(column.hash_column))
                    if words:
                        yield Fault(f"{column} {pk}", words)


def _opened(value: bytes, known: bytes | None, hashed: bool) -> str:
    try:
        plain = crypto.decrypt(value)
    except KeyError:
        return f"密钥“{crypto.key_of(value)}”不在密钥文件中"
    except Exception:
        return "不能解密，内容已损坏"
    return "检索摘要与内容不符" if hashed and known != crypto.keyed_hash(plain) else ""


@rule("personal.plain", "任何文字栏目里都没有明文身份证号")
def plain_numbers() -> Iterator[Fault]:
    """Text that holds a true identity number in plain; the number itself is not shown."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table in NOT_SEARCHED:
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, (models.CharField, models.TextField, models.JSONField)):
                yield from _numbers_in(
                    model._meta.db_table, str(model._meta.pk.column if model._meta.pk else "id"), str(field.column)
                )


def _numbers_in(table: str, key: str, column: str) -> Iterator[Fault]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{key}", "{column}"::text FROM "{table}" WHERE "{column}"::text ~ %s', [NUMBER_SQL])  # noqa: S608
        while rows := cursor.fetchmany(CHUNK):
            for pk, text in rows:
                if any(check_character(found[:17]) == found[17].upper() for found in NUMBER.findall(text)):
                    yield Fault(f"{table}.{column} {pk}", "写有明文身份证号，请改登到加密的栏目")
