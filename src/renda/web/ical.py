"""A hat's calendar as iCalendar (RFC 5545): running deadlines with their article, and what takes place. All events last whole days.

What an event says is what the lists say to that hat: number, title, period, article. Nobody's name, telephone or address is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vDuration

from renda.core import clock
from renda.directory.gate import Actor
from renda.directory.models import Division, Hat
from renda.web import dated_lines, inbox_lines, reminders, yearbook
from renda.web.inbox_lines import Line
from renda.web.yearbook import Taking

ALARM_DAYS = 3
BACK_DAYS = 31
AHEAD_DAYS = 400
MOST = 1_000
READ_EVERY = timedelta(hours=6)


def of_hat(hat: Hat, actor: Actor, *, site: str) -> bytes:
    """The whole calendar. ``site`` is the address of the platform, for the links (``https://…``, no slash at the end)."""
    today, now = clock.today(), clock.now()
    calendar = Calendar()
    calendar.add("prodid", "-//renda//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("人大工作：%(hat)s") % {"hat": hat.shown})
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval", READ_EVERY, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(READ_EVERY))
    for event in (*_deadlines(actor, today), *_activities(actor, today)):
        event["uid"] = f"{event['uid']}@{_place(hat.division)}"
        event.add("dtstamp", now)
        event["url"] = site + str(event["url"])
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _place(division: Division) -> str:
    """The part of an identifier that tells this county's events from another's."""
    return f"{division.code}.renda"


def _deadlines(actor: Actor, today: date) -> Iterator[Event]:
    """What the hat has to keep; of what has long been late, the latest."""
    found = reminders.found(actor, since=today, until=today + timedelta(days=AHEAD_DAYS), most=MOST)
    late = reminders.found(actor, until=today - timedelta(days=1), most=reminders.LATE_SHOWN)
    own = dated_lines.lines(actor, today - timedelta(days=BACK_DAYS), today + timedelta(days=AHEAD_DAYS))
    for line in [*inbox_lines.lines(actor, [*late, *found]), *own]:
        if line.due:
            yield _deadline(f"deadline-{line.key}", line, line.due)


def _deadline(uid: str, line: Line, due: date) -> Event:
    event = _whole_days(uid, due, due, _("到期：%(title)s") % {"title": _titled(line)}, line.url)
    said = [
        (_("期限"), line.period or _("办理期限")), (_("依据"), line.article), (_("状态"), line.state), (_("由谁办"), line.whose),
        (_("要办什么"), "、".join(line.steps)), (_("变动"), line.moved),
    ]  # fmt: skip
    event.add(
        "description", "\n".join(_("%(name)s：%(value)s") % {"name": name, "value": value} for name, value in said if value)
    )
    event.add("categories", [line.register])
    if due >= clock.today():
        event.add_component(_alarm(line))
    return event


def _alarm(line: Line) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-ALARM_DAYS))
    alarm.add("description", _("还有 %(days)d 天到期：%(title)s") % {"days": ALARM_DAYS, "title": _titled(line)})
    return alarm


def _titled(line: Line) -> str:
    return f"{line.number} {line.title}".strip()


def _activities(actor: Actor, today: date) -> Iterator[Event]:
    for one in yearbook.taking_place(actor, today - timedelta(days=BACK_DAYS), today + timedelta(days=AHEAD_DAYS))[:MOST]:
        yield _activity(one)


def _activity(one: Taking) -> Event:
    event = _whole_days(f"activity-{one.pk}", one.day, one.last or one.day, one.title, one.url)
    if one.place:
        event.add("location", one.place)
    event.add("categories", [one.kind])
    return event


def _whole_days(uid: str, first: date, last: date, title: str, url: str) -> Event:
    event = Event()
    event["uid"] = uid
    event.add("summary", title)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event["url"] = url
    return event
