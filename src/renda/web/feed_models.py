"""The table of calendar feeds."""

from __future__ import annotations

from django.db import models

from renda.directory.models import Hat


class CalendarFeed(models.Model):
    """An address at which a calendar programme reads what one hat has before it, without signing in.

    The secret in the address is kept as a keyed digest; a hat has one feed at most that is not revoked.
    """

    hat = models.ForeignKey(Hat, models.CASCADE, related_name="calendar_feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, help_text="the last reading, to the hour")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hat"], condition=models.Q(revoked_at__isnull=True), name="calendar_feed_one"),
        ]
