"""Tables of the door."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SignInFailure(models.Model):
    """A wrong sign-in. The name is kept as a keyed hash only: what people type there by mistake may be a password."""

    name_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name_hash", "at"], name="sign_in_failure_recent")]


class SignIn(models.Model):
    """One signing in, for the security administrator and the person: when, from where, with what; it is live while its session is."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40)
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-at"], name="sign_in_of_account")]
        constraints = [models.UniqueConstraint(fields=["session_key"], name="sign_in_once")]
