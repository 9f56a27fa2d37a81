"""What home shows to a role: due matters, coming activities, the year's figures with last year beside, and two charts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.figures.registry import all_indicators, of_room
from renda.procedure import kinds
from renda.registers import registry
from renda.registers.register import Register
from renda.ui import addresses
from renda.ui.charts import Chart
from renda.ui.words import said
from renda.web import due, menu, presenting, yearbook

TREND_YEARS = 5
TILES = 8
DUE_SHOWN = 8
DAYS_AHEAD = 14
MOST_STAGES = 8
HEADLINES = (
    "suggestions.count", "suggestions.close_rate", "petitions.count", "supervision.all_reports", "supervision.inspections",
    "meetings.committee", "appointments.appointed", "filing.reviewed", "deputies.activities", "stations.opinions", "outreach.trained_times",
)  # fmt: skip


@dataclass
class Ahead:
    """Something that takes place in the next days."""

    day: Any
    title: str
    kind: str
    url: str


def build(actor: Actor, asked_year: str) -> dict[str, Any]:
    """Everything that the template of home needs."""
    today = clock.today()
    year = int(asked_year) if asked_year.isdigit() and 1954 <= int(asked_year) <= today.year + 1 else today.year
    context: dict[str, Any] = {
        "today": today,
        "year": year,
        "due": due.items(actor, until=today + timedelta(days=due.SOON_DAYS), limit=DUE_SHOWN),
        "ahead": _ahead(actor),
        "creatable": _creatable(actor),
        "tiles": [],
        "charts": [],
    }
    if gate.may(actor, roles.FIGURES):
        division = presenting.division_of(actor)
        if division is not None:
            chosen = _headlines(actor)
            context["tiles"] = presenting.tiles(chosen, year, TREND_YEARS, division, actor)
            context["charts"] = [
                c for c in (presenting.month_chart(chosen, year, division, actor), _state_chart(actor, year)) if c
            ]
    return context


def _headlines(actor: Actor) -> list[Any]:
    """The indicators of the home page: the known headlines of open rooms, filled with the first of each room."""
    open_rooms = [room for room, actions in roles.ROLES[actor.role].rooms.items() if roles.VIEW in actions]
    order = {room: place for place, room in enumerate([*menu.BY_ROLE[actor.role], *open_rooms])}
    known = {i.code: i for i in all_indicators()}
    chosen = [known[code] for code in HEADLINES if code in known and code.split(".")[0] in open_rooms]
    named = Counter(i.code.split(".")[0] for i in chosen)
    for room in sorted(open_rooms, key=lambda r: order.get(r, 99)):
        if not named[room]:
            chosen += [i for i in of_room(room) if i.kind in ("count", "output", "person_times") and i.date and not i.made][:1]
    return sorted(chosen, key=lambda i: order.get(i.code.split(".")[0], 99))[:TILES]


def _ahead(actor: Actor) -> list[Ahead]:
    today = clock.today()
    found = yearbook.by_day(actor, today, today + timedelta(days=DAYS_AHEAD))
    activities = [Ahead(day, one.title, one.kind, one.url) for day in sorted(found) for one in found[day] if not one.tone]
    seen: set[str] = set()
    return [a for a in activities if not (a.url in seen or seen.add(a.url))][:DUE_SHOWN]  # type: ignore[func-returns-value]


def _creatable(actor: Actor) -> list[tuple[str, str]]:
    """The first registers on the role's rail that it may add to."""
    found = []
    for room in menu.BY_ROLE[actor.role]:
        for register in registry.of_room(room)[:1] if room in menu.ROOMS else []:
            if gate.may(actor, roles.CREATE, register.model):
                found.append((said(register.name), addresses.of_new(register)))
    return found[:3]


def _state_chart(actor: Actor, year: int) -> Chart | None:
    """Where this year's matters of the role's first register stand."""
    register = _first_matters(actor)
    if register is None or not register.date:
        return None
    rows = gate.visible_to(actor, register.records()).filter(**{f"{register.date}__year": year})
    found = dict(rows.order_by().values_list("stage").annotate(n=Count("pk")))
    names = dict(kinds.get(register.matter_kind).milestones)
    stages = [code for code in ("", *names) if found.get(code)][:MOST_STAGES]
    if not stages:
        return None
    labels = [said(names[code]) if code else _("未开始") for code in stages]
    title = _("%(year)d年%(name)s办到哪一步") % {"year": year, "name": said(register.name)}
    link = addresses.of_list(register, f"year={year}")
    return Chart(
        title,
        "rows",
        _("进展"),
        labels,
        [(_("件数"), [found[code] for code in stages])],
        unit="",
        links=[link] * len(stages),
        whole=True,
    )


def _first_matters(actor: Actor) -> Register | None:
    order = {room: place for place, room in enumerate(menu.BY_ROLE[actor.role])}
    several = sorted(due.matter_registers(actor), key=lambda r: (order.get(r.room, 99), kinds.get(r.matter_kind).due is None))
    several.sort(key=lambda r: 0 if r.room in ("suggestions", "petitions") and r.room in order else 1)
    return several[0] if several else None
