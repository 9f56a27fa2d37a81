"""What home shows to a role: what is due, what takes place, the year's figures with last year beside, and charts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures.indicators import Indicator
from renda.figures.registry import all_indicators, of_room
from renda.registers import registry
from renda.ui import addresses
from renda.ui.words import said
from renda.web import (
    dated_lines,
    duties,
    home_admin,
    home_charts,
    home_work,
    inbox,
    inbox_lines,
    menu,
    oversight,
    presenting,
    yearbook,
)

TREND_YEARS = 5
YEARS_BACK = 3
TILES = 8
CANDIDATES = 14
DUE_SHOWN = 7
LEADERS = ("director",)
EVENTS_SHOWN = 8
DAYS_AHEAD = 14
DAYS_BEHIND = 14
FIRST_YEAR = 1954
HEADLINES = {
    "petition_clerk": ("petitions.count", "petitions.people", "petitions.closed", "petitions.visits", "petitions.collective",
                       "petitions.from_above", "petitions.repeated", "petitions.unhandled"),
    "township_clerk": ("deputies.activities", "stations.opinions", "stations.reception_days", "deputies.visits", "deputies.reports",
                       "deputies.deeds", "projects.micro_finished", "planning.township_activities", "outreach.publicity", "stations.received"),
}  # fmt: skip
HEADLINES_ELSE = (
    "suggestions.count", "suggestions.close_rate", "supervision.all_reports", "supervision.inspections", "meetings.committee",
    "appointments.appointed", "filing.reviewed", "deputies.activities", "petitions.count", "stations.opinions", "outreach.trained_times",
    "projects.micro_finished",
)  # fmt: skip


@dataclass
class Event:
    """Something that takes place in the next days, or took place in the last ones."""

    day: date
    title: str
    kind: str
    url: str
    past: bool
    count: int = 1


def build(actor: Actor, asked_year: str) -> dict[str, Any]:
    """Everything that the template of home needs."""
    today = clock.today()
    year = int(asked_year) if asked_year.isdigit() and FIRST_YEAR <= int(asked_year) <= today.year + 1 else today.year
    context: dict[str, Any] = {
        "today": today,
        "year": year,
        "years": range(today.year, today.year - YEARS_BACK, -1),
        **home_admin.build(actor),
    }
    if roles.ROLES[actor.role].rooms:
        context |= _work(actor, today)
    if home_work.is_bound(actor):
        context |= {"own": home_work.own(actor, today.year), "newest": home_work.newest(actor)}
    division = presenting.division_of(actor) if gate.may(actor, roles.FIGURES) else None
    if division is not None and roles.ROLES[actor.role].rooms:
        context |= _figures(actor, year, division)
    return context


def _work(actor: Actor, today: date) -> dict[str, Any]:
    """What is to be done; for one who only watches, what others have to do; for a leader, how it stands."""
    acting = any(one.mine for one in duties.by_state(actor))
    tab = inbox.TODO if acting else inbox.WAITING
    found, more = inbox.page(actor, inbox.Asked(tab, size=DUE_SHOWN))
    return {
        "inbox_tab": tab,
        "inbox_more": more,
        "inbox_lines": dated_lines.merged(inbox_lines.lines(actor, found), dated_lines.near(actor))[:DUE_SHOWN],
        "events": _events(actor, today),
        "creatable": _creatable(actor),
        "works": True,
        **(oversight.build(actor) if actor.role in LEADERS else {}),
    }


def _figures(actor: Actor, year: int, division: Division) -> dict[str, Any]:
    known = {i.code: i for i in all_indicators()}
    tiles = presenting.tiles(_headlines(actor, known), year, TREND_YEARS, division, actor)
    full = [tile for tile in tiles if not tile.blank]
    return {
        "tiles": (full if len(full) >= TILES // 2 else tiles)[:TILES],
        "charts": home_charts.build(actor, known, year, division),
    }


def _headlines(actor: Actor, known: dict[str, Indicator]) -> list[Indicator]:
    """The role's headlines in open rooms, in the order of its menu, filled with the first figure of rooms without one."""
    open_rooms = [room for room, actions in roles.ROLES[actor.role].rooms.items() if roles.VIEW in actions]
    order = {room: place for place, room in enumerate(dict.fromkeys([*menu.BY_ROLE[actor.role], *open_rooms]))}
    wanted = HEADLINES.get(actor.role, HEADLINES_ELSE)
    chosen = [known[code] for code in wanted if code in known and code.split(".")[0] in open_rooms]
    if actor.role in HEADLINES:
        return chosen
    named = Counter(i.code.split(".")[0] for i in chosen)
    for room in sorted(open_rooms, key=lambda r: order.get(r, 99)):
        if not named[room]:
            chosen += [i for i in of_room(room) if i.kind in ("count", "output", "person_times") and i.date and not i.made][:1]
    return sorted(chosen[:CANDIDATES], key=lambda i: order.get(i.code.split(".")[0], 99))


def _events(actor: Actor, today: date) -> list[Event]:
    """What takes place in the next two weeks; where that is little, what took place in the last two, newest first."""
    found = yearbook.by_day(actor, today - timedelta(days=DAYS_BEHIND), today + timedelta(days=DAYS_AHEAD))
    ahead: list[Event] = []
    behind: list[Event] = []
    for day in sorted(found):
        several = [Event(day, one.title, one.kind, one.url, day < today) for one in found[day] if not one.tone]
        (behind if day < today else ahead).extend(several)
    return _once([*ahead, *reversed(behind)])[:EVENTS_SHOWN]


def _once(events: list[Event]) -> list[Event]:
    """What lasts several days is said once; of like things on one day the first, with how many there were."""
    alone = {event.url: event for event in reversed(events)}
    groups: dict[tuple[date, str, str], list[Event]] = {}
    for event in reversed(alone.values()):
        groups.setdefault((event.day, event.title, event.kind), []).append(event)
    return [replace(several[0], count=len(several)) for several in groups.values()]


def _creatable(actor: Actor) -> list[tuple[str, str]]:
    """What is entered day by day in the first rooms on the role's rail, as far as it may add to it."""
    rooms = [room for room in menu.BY_ROLE[actor.role] if room in menu.ROOMS and registry.of_room(room)]
    registers = [registry.get(menu.DAILY[room]) if room in menu.DAILY else registry.of_room(room)[0] for room in rooms]
    may = [register for register in registers if gate.may(actor, roles.CREATE, register.model)]
    return [(said(register.name), addresses.of_new(register)) for register in may[:3]]
