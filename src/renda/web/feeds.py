"""Calendar feeds of hats: made, found again by the secret in their address, revoked. The secret itself is told once and kept nowhere."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db.models import QuerySet

from renda.core import clock, crypto
from renda.directory.gate import Actor
from renda.directory.models import Hat
from renda.journal import services as journal
from renda.journal.services import Line
from renda.web.feed_models import CalendarFeed

TOKEN_BYTES = 32
NOTED_EVERY = timedelta(hours=1)


def make(hat: Hat, *, actor: Actor) -> str:
    """Make the hat's feed and return its secret; the feed that it had before stops working."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with journal.change():
        Hat.objects.select_for_update().get(pk=hat.pk)
        _living(hat).update(revoked_at=clock.now())
        CalendarFeed.objects.create(hat=hat, digest=_digest(token), made_at=clock.now())
        journal.record(
            Line(str(actor), "calendar.feed_made", "directory.account", hat.account_id, str(hat.account), {"hat": str(hat)})
        )
    return token


def revoke(hat: Hat, *, actor: Actor) -> bool:
    """Revoke the hat's feed; whether there was one."""
    with journal.change():
        gone = _living(hat).update(revoked_at=clock.now())
        if gone:
            line = Line(
                str(actor), "calendar.feed_revoked", "directory.account", hat.account_id, str(hat.account), {"hat": str(hat)}
            )
            journal.record(line)
    return bool(gone)


def of_hat(hat: Hat) -> CalendarFeed | None:
    """The hat's feed that works."""
    return _living(hat).first()


def find(token: str) -> CalendarFeed | None:
    """The working feed with this secret, of an account that may sign in; its reading is noted once an hour."""
    feed = (
        CalendarFeed.objects.filter(digest=_digest(token), revoked_at__isnull=True, hat__account__is_active=True)
        .select_related("hat__account", "hat__division", "hat__organ")
        .first()
    )
    now = clock.now()
    if feed and (feed.read_at is None or now - feed.read_at > NOTED_EVERY):
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)
    return feed


def _living(hat: Hat) -> QuerySet[CalendarFeed]:
    return CalendarFeed.objects.filter(hat=hat, revoked_at__isnull=True)


def _digest(token: str) -> str:
    return crypto.steady_hash(f"calendar-feed:{token}").hex()
