"""Home of the three administrators, who read no records: accounts, the journal, the state of the platform."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import accounts, gate, roles
from renda.directory.gate import Actor
from renda.journal.models import Entry
from renda.registers.models import SearchEntry
from renda.ui.history import action_name
from renda.web import sessions

LINES = 12
DAY = timedelta(days=1)
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Count:
    """A number with a name and the page behind it."""

    name: str
    value: str
    unit: str
    url: str = ""


def build(actor: Actor) -> dict[str, Any]:
    """The panels of the administrators' rights that the actor has, but not beside a room's records."""
    if roles.ROLES[actor.role].rooms:
        return {}
    found: dict[str, Any] = {}
    if gate.may(actor, roles.ACCOUNTS):
        found["accounts"] = _accounts(actor)
    if gate.may(actor, roles.JOURNAL):
        found["entries"] = [
            (e.at, e.actor, action_name(e.action), e.subject_label) for e in Entry.objects.order_by("-sequence")[:LINES]
        ]
        found["journal"] = _journal()
    if gate.may(actor, roles.SETTINGS):
        found["platform"] = _platform()
    return found


def _accounts(actor: Actor) -> list[Count]:
    rows, page = accounts.manageable(actor), reverse("accounts")
    unit = _("个")
    return [
        Count(_("启用的账号"), str(rows.filter(is_active=True).count()), unit, f"{page}?state=open"),
        Count(
            _("未改初始密码"), str(rows.filter(is_active=True, must_change_password=True).count()), unit, f"{page}?state=first"
        ),
        Count(_("没有身份"), str(rows.filter(hats__isnull=True).count()), unit, f"{page}?state=bare"),
        Count(_("已停用"), str(rows.filter(is_active=False).count()), unit, f"{page}?state=locked"),
        Count(_("正在登录"), str(sessions.live_count()), _("处"), page),
    ]


def _journal() -> list[Count]:
    page, since = reverse("journal"), clock.now() - DAY
    return [
        Count(_("日志总数"), f"{Entry.objects.count():,}", _("条"), page),
        Count(_("一日内"), f"{Entry.objects.filter(at__gte=since).count():,}", _("条"), page),
        Count(_("一日内登录"), f"{Entry.objects.filter(at__gte=since, action='account.sign_in').count():,}", _("次"), page),
    ]


def _platform() -> list[Count]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()), current_setting('server_version')")
        size, version = cursor.fetchone()
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status")
        jobs = dict(cursor.fetchall())
    disk = shutil.disk_usage(settings.DATA)
    return [
        Count(_("登记的记录"), f"{SearchEntry.objects.count():,}", _("条")),
        Count(_("数据库"), f"{size / MEGABYTE:,.0f}", f"MB · PostgreSQL {version.split()[0]}"),
        Count(_("数据文件夹可用空间"), f"{disk.free / MEGABYTE / 1024:,.1f}", f"GB / {disk.total / MEGABYTE / 1024:,.0f} GB"),
        Count(_("等待和进行中的后台任务"), str(jobs.get("todo", 0) + jobs.get("doing", 0)), _("项")),
        Count(_("失败的后台任务"), str(jobs.get("failed", 0)), _("项")),
    ]
