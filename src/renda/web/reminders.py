"""Reminders: the running deadlines that an actor has to keep, seven, three and one day before, on the day, and when they are late.

One who never acts (a leader, a deputy) is reminded of the nearest deadline of each matter that it sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory.gate import Actor
from renda.web import duties, inbox
from renda.web.duties import Slice
from renda.web.inbox import Found
from renda.web.inbox_lines import Line, lines

LATE = "late"
BEFORE = (0, 1, 3, 7)
AHEAD_DAYS = 30
LATE_SHOWN = 50
SHOWN = 200


@dataclass(frozen=True)
class Group:
    """The reminders of one degree of urgency. ``code`` is late, or the greatest number of days that are left."""

    code: str
    name: str
    lines: list[Line]
    more: bool = False


def watched(actor: Actor) -> list[Slice]:
    """The slices that an actor is reminded of."""
    several = list(duties.by_state(actor))
    return list(inbox.reminding(actor)) if any(one.mine for one in several) else several


def found(actor: Actor, *, until: date, since: date | None = None, most: int = SHOWN) -> list[Found]:
    """Running deadlines up to a day (from a day on), the nearest first. One query."""
    parts = []
    for one in watched(actor):
        due = duties.rows(actor, one).filter(_due__lte=until)
        parts.append(inbox.named(one, due.filter(_due__gte=since) if since else due))
    rows = inbox.nearest(parts, most)
    return [Found(*row) for row in rows[:most]] if rows is not None else []


def code_of(due: date, today: date) -> str:
    """The degree of urgency of a last day; empty where it is further off than any reminder."""
    left = (due - today).days
    return LATE if left < 0 else next((str(days) for days in BEFORE if left <= days), "")


def groups(actor: Actor) -> list[Group]:
    """The reminders by urgency, what is late first, and what runs out within a month after them."""
    today = clock.today()
    late = found(actor, until=today - timedelta(days=1), most=LATE_SHOWN + 1)
    coming = found(actor, since=today, until=today + timedelta(days=AHEAD_DAYS), most=SHOWN + 1)
    shown = lines(actor, [*late[:LATE_SHOWN], *coming[:SHOWN]])
    names = {
        LATE: _("已逾期"), "0": _("今天到期"), "1": _("明天到期"), "3": _("三天内到期"), "7": _("七天内到期"),
        "": _("%(days)d 天内到期") % {"days": AHEAD_DAYS},
    }  # fmt: skip
    return [
        Group(code, name, several, (code == LATE and len(late) > LATE_SHOWN) or (code == "" and len(coming) > SHOWN))
        for code, name in names.items()
        if (several := _of_code(shown, code, today))
    ]


def _of_code(shown: Sequence[Line], code: str, today: date) -> list[Line]:
    return [line for line in shown if line.due and code_of(line.due, today) == code]
