"""Too many wrong passwords close a sign-in name for a while, whether or not it exists.

The real clock counts here, not the simulated one: an attacker does not travel in time.
"""

from __future__ import annotations

import math
from datetime import timedelta

from django.db.models import QuerySet

from renda.core import clock
from renda.core.crypto import keyed_digest
from renda.web.models import SignInFailure

TRIES = 5
MINUTES = 15


def _recent(name: str) -> QuerySet[SignInFailure]:
    since = clock.real_now() - timedelta(minutes=MINUTES)
    return SignInFailure.objects.filter(name_hash=_hash(name), at__gt=since)


def _hash(name: str) -> str:
    return keyed_digest("sign-in:" + name.strip().lower())


def minutes_left(name: str) -> int:
    """Minutes until the name may try again; 0 when it may now."""
    failures = list(_recent(name).order_by("-at").values_list("at", flat=True)[:TRIES])
    if len(failures) < TRIES:
        return 0
    over = failures[-1] + timedelta(minutes=MINUTES) - clock.real_now()
    return max(1, math.ceil(over.total_seconds() / 60))


def failed(name: str) -> int:
    """Note a wrong password; returns how many tries are left. Old notes are cleared on the way."""
    SignInFailure.objects.filter(at__lte=clock.real_now() - timedelta(minutes=MINUTES)).delete()
    SignInFailure.objects.create(name_hash=_hash(name), at=clock.real_now())
    return max(0, TRIES - _recent(name).count())


def forget(name: str) -> None:
    """A right password clears the count."""
    SignInFailure.objects.filter(name_hash=_hash(name)).delete()
