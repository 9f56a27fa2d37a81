"""The one "now". All code asks here for the time, so that any date can be tried (``RENDA_NOW``)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

CIVIL_ZONE = ZoneInfo("Asia/Shanghai")
_offset: ContextVar[timedelta | None] = ContextVar("renda_clock_offset", default=None)


def real_now() -> datetime:
    """The machine's own instant, in UTC, whatever date is being tried."""
    return datetime.now(UTC)


def now() -> datetime:
    """The instant that the platform works with, in UTC."""
    offset = _offset.get()
    if offset is None:
        offset = _offset_from_environment()
    return real_now() + offset


def today() -> date:
    """The civil date in Asia/Shanghai; legal dates are civil dates."""
    return now().astimezone(CIVIL_ZONE).date()


def simulated() -> bool:
    """Whether a date other than the real one is being tried."""
    return (_offset.get() or _offset_from_environment()) != timedelta(0)


@contextmanager
def travel(to: date | datetime) -> Iterator[None]:
    """Work as if it were ``to`` (a date means noon in Asia/Shanghai)."""
    token = _offset.set(_instant(to) - real_now())
    try:
        yield
    finally:
        _offset.reset(token)


def _instant(to: date | datetime) -> datetime:
    if not isinstance(to, datetime):
        to = datetime(to.year, to.month, to.day, 12, tzinfo=CIVIL_ZONE)
    return to if to.tzinfo else to.replace(tzinfo=CIVIL_ZONE)


def _offset_from_environment() -> timedelta:
    """``RENDA_NOW`` is an ISO date or date-time; the clock is held at its start plus the time since this process began."""
    wanted = os.environ.get("RENDA_NOW", "")
    return _instant(datetime.fromisoformat(wanted)) - _STARTED if wanted else timedelta(0)


_STARTED = real_now()
