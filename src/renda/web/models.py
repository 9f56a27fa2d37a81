"""Tables of the door."""

from __future__ import annotations

from django.db import models


class SignInFailure(models.Model):
    """A wrong sign-in. The name is kept as a keyed hash only: what people type there by mistake may be a password."""

    name_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name_hash", "at"], name="sign_in_failure_recent")]
