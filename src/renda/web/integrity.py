"""What must hold of a production site's set-up: `renda check --deploy`. Each fault says what to do."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection

from renda.core import clock, embedded
from renda.core.checking import Fault, rule
from renda.journal.models import Chain
from renda.upkeep.layout import BackupFault, read_manifest
from renda.web import policies
from renda.web.models import Demand

LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})
BACKUP_HOURS, ANCHOR_DAYS = 48, 35
LONGEST_IDLE = 30
SILENCED = frozenset({"security.W004", "security.W005", "security.W008", "security.W012", "security.W016", "security.W021"})
"""Of Django's own: what `deploy.https` says already, and what is the proxy's matter (preload, subdomains, the way from http to https)."""


@rule("deploy.django", "框架自带的部署检查没有警告", deploy=True)
def framework() -> Iterator[Fault]:
    """Django's checks for production."""
    for message in checks.run_checks(include_deployment_checks=True):
        if message.level >= checks.WARNING and message.id not in SILENCED:
            yield Fault(str(message.id), " ".join(message.msg.split()))


@rule("deploy.https", "网站只用 https 访问", deploy=True)
def https() -> Iterator[Fault]:
    """TLS, and cookies that travel by it alone."""
    if not settings.HTTPS:
        yield Fault("RENDA_HTTPS", "没有启用。请在前面架设 TLS 代理，设 RENDA_HTTPS=1。")
    elif not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield Fault("Cookie", "没有限定只用 https 传送")


@rule("deploy.hosts", "写明了网站的域名，没有放开全部域名", deploy=True)
def hosts() -> Iterator[Fault]:
    """The names that the site answers to."""
    names = set(settings.ALLOWED_HOSTS)
    if "*" in names:
        yield Fault("RENDA_HOSTS", "不能写 *，请写明域名")
    if not names - LOCAL:
        yield Fault("RENDA_HOSTS", "没有设置，网站只在本机应答。请写明对外的域名。")


@rule("deploy.debug", "没有打开调试，也没有在试用别的日期", deploy=True)
def debug() -> Iterator[Fault]:
    """Debugging and the simulated clock are off."""
    if settings.DEBUG or os.environ.get("RENDA_DEBUG"):
        yield Fault("RENDA_DEBUG", "调试没有关闭")
    if clock.simulated():
        yield Fault("RENDA_NOW", "正在使用模拟日期，法定期限会算错。请去掉这个设置。")


@rule("deploy.keys", "密钥文件只有平台用户能读，不在数据库中", deploy=True)
def keys() -> Iterator[Fault]:
    """Modes of the key files and their folders."""
    folder = Path(settings.FIELD_KEY_FILE).parent
    for path in (Path(settings.DATA), folder, *sorted(folder.iterdir() if folder.is_dir() else [])):
        mode = path.stat().st_mode
        if stat.S_IMODE(mode) & 0o077:
            yield Fault(str(path), f"权限是 {stat.S_IMODE(mode):o}，其他用户可以进入或读取。请运行 chmod go-rwx。")
    secret = settings.OIDC["secret_file"]
    if secret and Path(secret).exists() and stat.S_IMODE(Path(secret).stat().st_mode) & 0o077:
        yield Fault(secret, "统一身份认证的密钥文件，其他用户可以读取。请运行 chmod go-rwx。")


@rule("deploy.database", "使用独立的 PostgreSQL，经 TLS 或本机套接字连接", deploy=True)
def database() -> Iterator[Fault]:
    """A server of its own, reached by TLS where it is another machine's."""
    if not embedded.in_use():
        yield from _connection()
    else:
        yield Fault("DATABASE_URL", "用的是内置数据库，适合试用。正式使用请改用独立的 PostgreSQL 服务器。")
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0] and not embedded.in_use():
            yield Fault("数据库用户", "是超级用户，权限过大。请另建只拥有本库的用户。")


def _connection() -> Iterator[Fault]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT inet_server_addr() IS NOT NULL, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        distant, encrypted = cursor.fetchone()
        if distant and not encrypted:
            yield Fault("DATABASE_URL", "到数据库的连接没有加密。请在地址后加 ?sslmode=verify-full。")
        cursor.execute("SHOW fsync")
        if cursor.fetchone()[0] != "on":
            yield Fault("PostgreSQL", "fsync 已关闭，断电会丢数据。请打开。")


@rule("deploy.backup", "近两天内有完整备份", deploy=True)
def backup() -> Iterator[Fault]:
    """The newest backup under ``RENDA_BACKUPS``."""
    named = os.environ.get("RENDA_BACKUPS", "")
    if not named:
        yield Fault("RENDA_BACKUPS", "没有设置。请设为存放备份的文件夹，并定时运行 renda backup。")
        return
    newest = max((made for made in map(_made_at, _manifests(Path(named))) if made), default=None)
    if newest is None:
        yield Fault(named, "里面没有完整的备份。请运行 renda backup，并设为定时任务。")
    elif clock.real_now() - newest > timedelta(hours=BACKUP_HOURS):
        yield Fault(named, f"最近的备份是 {newest:%Y-%m-%d %H:%M}（UTC），超过 {BACKUP_HOURS} 小时。请检查定时任务。")


def _manifests(folder: Path) -> list[Path]:
    return [folder, *sorted(one for one in folder.iterdir() if one.is_dir())] if folder.is_dir() else []


def _made_at(folder: Path) -> datetime | None:
    try:
        made = datetime.fromisoformat(read_manifest(folder).made_at)
    except (BackupFault, OSError, ValueError):
        return None
    return made if made.tzinfo else made.replace(tzinfo=UTC)


@rule("deploy.anchor", "近一个月内在外留存过日志链头", deploy=True)
def anchor() -> Iterator[Fault]:
    """The newest file under ``RENDA_ANCHORS``, where `renda journal head --json` is kept."""
    if not Chain.objects.filter(head_sequence__gt=0).exists():
        return
    named = os.environ.get("RENDA_ANCHORS", "")
    files = [one for one in Path(named).rglob("*") if one.is_file()] if named and Path(named).is_dir() else []
    newest = max((one.stat().st_mtime for one in files), default=0.0)
    if not newest:
        yield Fault("RENDA_ANCHORS", "没有在外留存的链头。请定期运行 renda journal head --json，存到数据库以外的地方。")
    elif clock.real_now().timestamp() - newest > ANCHOR_DAYS * 86400:
        yield Fault(named, f"最近的链头已超过 {ANCHOR_DAYS} 天")


@rule("deploy.door", "登录有第二重验证的要求，闲置不超过 30 分钟", deploy=True)
def door() -> Iterator[Fault]:
    """The sign-in policy that graded protection usually asks for."""
    policy = policies.current()
    if policy.second_factor == Demand.NONE:
        yield Fault("登录安全规定", "没有要求第二重验证。请由安全管理员至少对三类管理员提出要求。")
    if policy.idle_minutes > LONGEST_IDLE:
        yield Fault("登录安全规定", f"闲置 {policy.idle_minutes} 分钟才退出，请改为 {LONGEST_IDLE} 分钟以内")


@rule("deploy.mail", "到期提醒邮件要么没有启用，要么加密发送并写明网站地址", deploy=True)
def mail() -> Iterator[Fault]:
    """A mail server that is asked in plain, or mails that would lead nowhere."""
    if not settings.MAIL_CONFIGURED:
        return
    if not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        yield Fault("RENDA_SMTP_SECURITY", "邮件不加密发送。请设为 starttls 或 ssl。")
    if not settings.SITE_ADDRESS.startswith("https://"):
        yield Fault("RENDA_ADDRESS", "没有写明 https 的网站地址，邮件中的链接打不开")
