"""Reminders by mail: how many deadlines and where to see them, and nothing that says who or what; once a day for each hat."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory.models import Account, Hat
from renda.journal.services import Line, change, record
from renda.web.mail_models import MailAddress, MailSent


class MailFault(ValueError):
    """An address that cannot be kept, or mail that cannot be sent; the text says why and what to do."""


@dataclass(frozen=True)
class Duty:
    """What a hat has to do: how many deadlines have passed, how many run out within a week."""

    hat: Hat
    late: int
    soon: int


@dataclass
class Sent:
    """What a run did: mails sent, hats without an address or that want none, already mailed today, and those that failed."""

    sent: int = 0
    without: int = 0
    before: int = 0
    failed: int = 0


def is_set_up() -> bool:
    """Whether the office has named a mail server, and the site an address that a mail can lead to."""
    return bool(settings.MAIL_CONFIGURED and settings.SITE_ADDRESS)


def keep_address(account: Account, address: str, *, wanted: bool) -> MailAddress:
    """Keep where an account wants its reminders. MailFault for what is no address."""
    address = address.strip()
    if wanted and not address:
        raise MailFault(_("请填写电子邮箱，或者取消“发送到期提醒”。"))
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise MailFault(_("“%(address)s”不是电子邮箱，请核对。") % {"address": address[:60]}) from error
    with change():
        kept, _new = MailAddress.objects.update_or_create(
            account=account, defaults={"address": address, "wanted": wanted, "changed_at": clock.now()}
        )
        detail = {"wanted": wanted, "address": bool(address)}
        record(Line(account.display_name, "account.mail", "directory.account", account.pk, account.username, detail))
    return kept


def send(duties: list[Duty]) -> Sent:
    """Mail each hat that has something to do, once on this day. MailFault where no server is set up or it does not answer."""
    if not is_set_up():
        raise MailFault(
            "没有设置邮件服务器（RENDA_SMTP_HOST）或者网站地址（RENDA_ADDRESS），没有发送。设置方法见 docs/production.md。"
        )
    done, addresses = Sent(), _addresses(duties)
    try:
        with get_connection() as connection:
            for duty in duties:
                address = addresses.get(duty.hat.account_id)
                if not address:
                    done.without += 1
                elif not _claimed(duty.hat):
                    done.before += 1
                else:
                    _send_one(duty, address, connection, done)
    except (OSError, smtplib.SMTPException) as error:
        raise MailFault(
            _("邮件服务器没有应答（%(kind)s），请核对 RENDA_SMTP_HOST 等设置后再运行；已发出的不会重复。")
            % {"kind": type(error).__name__}
        ) from error
    return done


def _addresses(duties: list[Duty]) -> dict[int, str]:
    wanted = MailAddress.objects.filter(account__in={duty.hat.account_id for duty in duties}, wanted=True)
    return {one.account_id: str(one.address) for one in wanted if one.address}


def _claimed(hat: Hat) -> bool:
    """Take the day's mail of a hat for this run; False where one was sent already."""
    try:
        with transaction.atomic():
            MailSent.objects.create(hat=hat, on=clock.today(), at=clock.now())
    except IntegrityError:
        return False
    return True


def _send_one(duty: Duty, address: str, connection: BaseEmailBackend, done: Sent) -> None:
    try:
        EmailMessage(_subject(duty), _words(duty), to=[address], connection=connection).send()
        done.sent += 1
    except smtplib.SMTPException:
        MailSent.objects.filter(hat=duty.hat, on=clock.today()).delete()
        done.failed += 1


def _subject(duty: Duty) -> str:
    return _("到期提醒：%(late)d 项逾期，%(soon)d 项七天内到期") % {"late": duty.late, "soon": duty.soon}


def _words(duty: Duty) -> str:
    """The text: numbers and a link. Titles and names stay behind the sign-in."""
    return "\n".join((
        _("您以“%(role)s”的身份有 %(late)d 项逾期、%(soon)d 项七天内到期的事项。")
        % {"role": duty.hat.get_role_display(), "late": duty.late, "soon": duty.soon},
        _("请登录查看：%(address)s") % {"address": settings.SITE_ADDRESS + reverse("notices")},
        "",
        _("不想再收到：登录后在“登录安全”页取消“发送到期提醒”。请勿回复本邮件。"),
    ))  # fmt: skip
