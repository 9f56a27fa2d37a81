"""The menu: what there is, and which eight of it a role meets first.

An entry shows only where the gate opens at least one of its registers (or its page) to the actor, so that no entry leads to a refusal.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.documents.models import TemplateVersion
from renda.portal.models import Notice
from renda.reports.models import Report
from renda.stations.models import Station
from renda.ui import rooms

RAIL_LENGTH = 8
BOTTOM_LENGTH = 4


@dataclass(frozen=True)
class Place:
    """Somewhere to go: a room, or a page of the platform. ``go`` is the letter after g on the keyboard."""

    key: str
    label: str | Promise
    icon: str
    go: str = ""


@dataclass
class Entry:
    """A place as one page shows it."""

    key: str
    label: str | Promise
    icon: str
    url: str
    go: str = ""
    current: bool = False
    count: int = 0


PAGES = {
    "home": Place("home", _("首页"), "house", ""),
    "calendar": Place("calendar", _("日历"), "calendar3", "c"),
    "figures": Place("figures", _("数据"), "bar-chart-line", "f"),
    "coverage": Place("coverage", _("选民、代表和站点"), "geo-alt"),
    "ledgers": Place("ledgers", _("导入台账"), "upload", "i"),
    "reports": Place("reports", _("年度报告"), "file-earmark-text", "y"),
    "accounts": Place("accounts", _("账号"), "person-check", "k"),
    "yearend": Place("yearend", _("年终材料"), "archive", "y"),
    "law": Place("law", _("法律参数"), "sliders", "a"),
    "portal:own-notice": Place("portal:own-notice", _("公众页面"), "megaphone"),
    "letter-templates": Place("letter-templates", _("文书模板"), "file-earmark-text"),
    "journal": Place("journal", _("日志"), "journal-text", "l"),
}
GO_LETTERS = {
    "meetings": "m", "supervision": "s", "suggestions": "b", "appointments": "p", "filing": "r", "petitions": "x", "projects": "o",
    "deputies": "d", "stations": "t", "elections": "e", "outreach": "u", "planning": "w", "activities": "v", "directory": "q",
}  # fmt: skip
ROOMS = {key: Place(key, room.label, room.icon, GO_LETTERS[key]) for key, room in rooms.ROOMS.items()}
DAILY = {"deputies": "deputies.activities", "stations": "stations.receptions"}
"""What is entered day by day in a room, where its first register is set up once."""
BY_ROLE: dict[str, tuple[str, ...]] = {
    "operator": ("home", "calendar", "reports", "meetings", "supervision", "suggestions", "ledgers", "figures"),
    "congress_clerk": ("home", "calendar", "reports", "meetings", "supervision", "suggestions", "ledgers", "figures"),
    "petition_clerk": ("home", "petitions", "calendar", "ledgers", "figures", "letter-templates"),
    "election_clerk": ("home", "elections", "calendar", "ledgers", "figures", "letter-templates"),
    "registrar": ("home", "elections"),
    "teller": ("home", "elections"),
    "director": ("home", "calendar", "supervision", "meetings", "suggestions", "projects", "reports", "figures"),
    "township_clerk": ("home", "calendar", "deputies", "stations", "projects", "reports", "ledgers", "figures"),
    "deputy": ("home", "calendar", "suggestions", "deputies", "stations", "meetings", "reports"),
    "handling_unit": ("home", "suggestions", "petitions", "supervision", "filing", "projects", "calendar"),
    "system_admin": ("home", "law"),
    "security_admin": ("home", "accounts"),
    "audit_admin": ("home", "journal"),
}


def address(key: str) -> str:
    """Where a place is."""
    if key in ROOMS:
        return reverse("ui:room", args=[key])
    return "/ledgers/" if key == "ledgers" else reverse(key)


def is_served(key: str) -> bool:
    """Whether a page stands behind the place's address."""
    try:
        resolve(address(key))
    except Resolver404:
        return False
    return True


def is_open(actor: Actor, key: str, with_registers: frozenset[str]) -> bool:
    """Whether the place has something for this actor."""
    role = roles.ROLES[actor.role]
    if key in ROOMS:
        return key in with_registers and roles.VIEW in role.rooms.get(key, frozenset())
    if key in ("figures", "yearend"):
        return gate.may(actor, roles.FIGURES)
    if key == "coverage":
        return gate.may(actor, roles.FIGURES) and gate.may(actor, roles.VIEW, Station)
    if key == "journal":
        return gate.may(actor, roles.JOURNAL)
    if key == "reports":
        return gate.may(actor, roles.VIEW, Report)
    if key == "letter-templates":
        return gate.may(actor, roles.VIEW, TemplateVersion)
    if key == "portal:own-notice":
        return gate.may(actor, roles.EDIT, Notice) and actor.role != "township_clerk"
    if key == "accounts":
        return gate.may(actor, roles.ACCOUNTS)
    if key == "ledgers":
        return is_served(key) and any(
            roles.IMPORT in actions for room, actions in role.rooms.items() if room in with_registers or room == roles.ROLL
        )
    if key == "calendar":
        return bool(role.rooms)
    return True


def entries(actor: Actor, keys: tuple[str, ...], path: str, with_registers: frozenset[str]) -> list[Entry]:
    """Those of the places that are open to the actor, the one that the path lies in marked as current."""
    found = []
    for key in keys:
        if not is_open(actor, key, with_registers):
            continue
        place, url = (PAGES | ROOMS)[key], address(key)
        current = path == url or (url != "/" and path.startswith(url))
        found.append(Entry(key, place.label, place.icon, url, place.go, current))
    return found


def rail(actor: Actor, path: str, with_registers: frozenset[str]) -> list[Entry]:
    """The left rail: at most eight entries chosen by role."""
    return entries(actor, BY_ROLE[actor.role], path, with_registers)[:RAIL_LENGTH]


def bottom(actor: Actor, path: str, with_registers: frozenset[str]) -> list[Entry]:
    """The bottom bar of a phone: four entries, the fifth is 全部. The import of workbooks is desk work and stays away."""
    keys = tuple(key for key in BY_ROLE[actor.role] if key != "ledgers")
    return entries(actor, keys, path, with_registers)[:BOTTOM_LENGTH]


def everything(actor: Actor, path: str, with_registers: frozenset[str]) -> list[Entry]:
    """All places that are open to the actor."""
    return entries(actor, (*PAGES, *ROOMS), path, with_registers)
