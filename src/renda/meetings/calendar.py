"""When the congress sat: the periods between two sessions that reports speak of."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from renda.directory.models import Division
from renda.figures.periods import NoSuchPeriod, Period, provide_sessions
from renda.meetings.models import Meeting, Series


def between_sessions(number: int, division: Division) -> Period:
    """From the opening of the session before to the day before session ``number`` of the latest term opened.

    The first session of a term follows the last one of the term before. NoSuchPeriod where either is not in the ledger.
    """
    parts = division.path.split(".")
    county = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    sessions = list(
        Meeting.objects.filter(voided_at__isnull=True, series=Series.CONGRESS, division__path__in=county, ordinal__isnull=False)
        .order_by("starts_on")
        .values_list("term_number", "ordinal", "starts_on", "title")
    )
    places = [place for place, session in enumerate(sessions) if session[1] == number]
    if not places:
        raise NoSuchPeriod(
            _("会议台账里没有人民代表大会第%(number)s次会议，请先登记这次会议的届次、会议次序和召开日期") % {"number": number}
        )
    place = places[-1]
    if place == 0:
        raise NoSuchPeriod(_("会议台账里没有“%(title)s”的上一次人民代表大会会议，请先登记") % {"title": sessions[0][3]})
    before, this = sessions[place - 1], sessions[place]
    return Period(before[2], this[2] - timedelta(days=1), f"{before[3]}以来至{this[3]}前")


def declare() -> None:
    """Tell the figures when sessions took place (called once, at start)."""
    provide_sessions(between_sessions)
