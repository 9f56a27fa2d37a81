"""An election's legal dates as iCalendar (RFC 5545): whole days, each with its article and how it stands. Names nobody."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vDuration

from renda.core import clock
from renda.elections.schedule.entries import DONE, Entry, Plan

ALARM_DAYS = 3
READ_EVERY = timedelta(hours=6)


def of_plan(plan: Plan, *, site: str) -> bytes:
    """The calendar. ``site`` is the platform's address for links, without a slash at the end."""
    calendar = Calendar()
    calendar.add("prodid", "-//renda//election//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", plan.election.name)
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval", READ_EVERY, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(READ_EVERY))
    for one in plan.entries:
        if one.day:
            calendar.add_component(_event(plan, one, site))
    return bytes(calendar.to_ical())


def _event(plan: Plan, one: Entry, site: str) -> Event:
    event = Event()
    event["uid"] = f"election-{plan.election.pk}-{one.key}@{plan.election.division.code}.renda"
    event.add("dtstamp", clock.now())
    event.add("summary", _("%(title)s（%(words)s）") % {"title": one.title, "words": one.words})
    event.add("dtstart", one.day)
    event.add("dtend", (one.day or clock.today()) + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("description", "\n".join(part for part in (one.article, one.note, one.warning) if part))
    event.add("categories", [plan.election.name])
    event["url"] = site + reverse("election-schedule", args=[plan.election.pk])
    if one.tone != DONE and one.day and one.day >= clock.today():
        event.add_component(_alarm(one))
    return event


def _alarm(one: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-ALARM_DAYS))
    alarm.add("description", _("还有 %(days)d 天到期：%(title)s") % {"days": ALARM_DAYS, "title": one.title})
    return alarm
