"""Reminders by mail: to the address that a person gave, once a day for each capacity, with numbers and a link and nothing else."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.core import mail
from django.test import Client

from renda.core import checking, clock
from renda.journal.models import Entry
from renda.web import mailing
from renda.web.models import MailAddress, MailSent
from renda.web.remind import remind
from tests.office import Office
from tests.web.inbox_desk import Desk

As = Callable[[str], Client]
ADDRESS = "xinfang@qinghe.example"


@pytest.fixture(autouse=True)
def set_up(settings: Any) -> None:
    settings.MAIL_CONFIGURED, settings.SITE_ADDRESS = True, "https://renda.qinghe.example"


@pytest.fixture
def desk(office: Office) -> Desk:
    found = Desk(office)
    found.register("2021-11-10")
    return found


def told(*arguments: str) -> str:
    result = CliRunner().invoke(remind, ["--mail", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def give(office: Office, name: str, **more: Any) -> MailAddress:
    return mailing.keep_address(office.accounts[name], more.pop("address", ADDRESS), wanted=more.pop("wanted", True))


def test_one_mail_a_day_with_numbers_and_a_link_and_no_more(desk: Desk, office: Office) -> None:
    give(office, "petition")
    assert "已发送 1 封" in told()
    (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    assert "https://renda.qinghe.example/notices/" in sent.body
    assert "七天内到期" in sent.subject
    for secret in ("道路", "周大勇", "信2021", office.accounts["petition"].display_name):
        assert secret not in sent.subject + sent.body
    assert "1 个今天已发过" in told()
    assert len(mail.outbox) == 1
    with clock.travel(clock.today() + timedelta(days=1)):
        assert "已发送 1 封" in told()
    assert len(mail.outbox) == 2


def test_who_gave_no_address_or_wants_none_gets_none(desk: Desk, office: Office) -> None:
    assert "已发送 0 封" in told()
    give(office, "petition", wanted=False)
    assert "已发送 0 封" in told()
    assert mail.outbox == []
    assert not MailSent.objects.exists()


def test_a_mail_that_failed_is_tried_again(desk: Desk, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    give(office, "petition")

    def refused(*_given: Any, **_more: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({})

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", refused)
        assert "1 封没有发出" in told()
    assert "已发送 1 封" in told()


def test_without_a_server_nothing_is_sent_and_the_command_says_so(desk: Desk, office: Office, settings: Any) -> None:
    give(office, "petition")
    settings.MAIL_CONFIGURED = False
    result = CliRunner().invoke(remind, ["--mail"])
    assert result.exit_code == 1
    assert "RENDA_SMTP_HOST" in result.output
    assert mail.outbox == []


def test_a_person_gives_and_withdraws_the_address(as_role: As, office: Office) -> None:
    client = as_role("petition")
    session = client.session
    from renda.web import door

    session[door.SURE] = clock.real_now().timestamp()
    session.save()
    page = client.post("/me/mail/", {"address": "不是邮箱", "wanted": "on"}, follow=True).content.decode()
    assert "不是电子邮箱" in page
    assert not MailAddress.objects.exists()
    page = client.post("/me/mail/", {"address": ADDRESS, "wanted": "on"}, follow=True).content.decode()
    assert "到期提醒将每天发到您的邮箱" in page
    assert ADDRESS in page
    page = client.post("/me/mail/", {"address": ADDRESS}, follow=True).content.decode()
    assert "不再发送到期提醒邮件" in page
    assert not MailAddress.objects.get().wanted
    entries = Entry.objects.filter(action="account.mail")
    assert [one.payload["wanted"] for one in entries.order_by("sequence")] == [True, False]
    assert ADDRESS not in str([one.payload for one in entries])


def test_the_set_up_of_mail_is_checked(settings: Any) -> None:
    checking.load(["renda.web"])
    rule = checking.get("deploy.mail")
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.SITE_ADDRESS = "http://renda"
    assert {one.where for one in rule.find()} == {"RENDA_SMTP_SECURITY", "RENDA_ADDRESS"}
    settings.EMAIL_USE_TLS, settings.SITE_ADDRESS = True, "https://renda.qinghe.example"
    assert list(rule.find()) == []
    settings.MAIL_CONFIGURED, settings.SITE_ADDRESS = False, ""
    assert list(rule.find()) == []
