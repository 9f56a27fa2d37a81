"""Accounts and hats: an account signs in, a hat says as what (role × organ × division)."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext as _

from renda.directory import roles
from renda.directory.models.divisions import Division
from renda.directory.models.organs import Organ
from renda.directory.models.people import Person


class AccountManager(BaseUserManager):
    """Natural look-up by sign-in name, as Django's authentication asks."""


class Account(AbstractBaseUser):
    """Someone who signs in. Rights come from hats only; there is no superuser."""

    username = models.CharField("登录名", max_length=60, unique=True)
    display_name = models.CharField("姓名", max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="accounts")
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = AccountManager()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.display_name


class Hat(models.Model):
    """One capacity of an account; exactly one is worn at a time."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="hats")
    role = models.CharField("角色", max_length=30, choices=roles.CHOICES)
    division = models.ForeignKey(Division, models.PROTECT, verbose_name="区划范围")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, verbose_name="单位")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "role", "division", "organ"], nulls_distinct=False, name="hat_once"),
            models.CheckConstraint(condition=models.Q(role__in=[code for code, _ in roles.CHOICES]), name="hat_role"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}（{self.organ or self.division}）"

    @property
    def shown(self) -> str:
        """The hat in the reader's language; `str()` stays Chinese for the journal."""
        return _("%(role)s（%(place)s）") % {"role": _(self.get_role_display()), "place": self.organ or self.division}
