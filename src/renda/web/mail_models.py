"""Where reminders are sent by mail, and on which day they were."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from renda.core.fields import EncryptedTextField
from renda.directory.models import Hat


class MailAddress(models.Model):
    """The mail address that an account gave for its reminders, encrypted; ``wanted`` off: no mail, the address is kept."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail")
    address = EncryptedTextField("电子邮箱")
    wanted = models.BooleanField("发送到期提醒", default=True)
    changed_at = models.DateTimeField()


class MailSent(models.Model):
    """A reminder that was sent for a hat on a civil day: one a day."""

    hat = models.ForeignKey(Hat, models.CASCADE, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hat", "on"], name="mail_once_a_day")]
