"""A room's page: its registers, what each holds, and how many records the actor may see there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.registers import registry
from renda.ui import addresses
from renda.ui.words import said


@dataclass(frozen=True)
class Room:
    """What a room is called and the icon it is known by."""

    label: str | Promise
    icon: str


ROOMS = {
    "meetings": Room(_("会议"), "calendar-event"),
    "supervision": Room(_("监督"), "clipboard-check"),
    "suggestions": Room(_("议案建议"), "chat-square-text"),
    "appointments": Room(_("人事任免"), "person-badge"),
    "filing": Room(_("备案审查"), "file-earmark-check"),
    "petitions": Room(_("信访"), "envelope-paper"),
    "projects": Room(_("民生项目"), "houses"),
    "deputies": Room(_("代表工作"), "person-vcard"),
    "stations": Room(_("联络站"), "geo-alt"),
    "elections": Room(_("换届选举"), "check2-square"),
    "outreach": Room(_("宣传培训"), "megaphone"),
    "planning": Room(_("计划与请示"), "list-check"),
    "activities": Room(_("活动"), "calendar-heart"),
    "directory": Room(_("名录"), "people"),
}


@dataclass
class Shown:
    """One register on a room's page."""

    name: str
    about: str
    count: int
    url: str
    new_url: str = ""


def label(room: str) -> str:
    """The room's name."""
    return str(ROOMS[room].label)


def build(room: str, actor: Actor) -> list[Shown]:
    """The registers of a room that the actor may open, with their counts (one query each)."""
    found = []
    for register in registry.of_room(room):
        if gate.may(actor, roles.VIEW, register.model):
            new = addresses.of_new(register) if gate.may(actor, roles.CREATE, register.model) else ""
            count = gate.visible_to(actor, register.records()).count()
            found.append(Shown(said(register.name), said(register.about), count, addresses.of_list(register), new))
    return found


def links(room: str, actor: Actor) -> list[tuple[str, str]]:
    """Name and address of a room's registers that the actor may open. No query."""
    return [(said(r.name), addresses.of_list(r)) for r in registry.of_room(room) if gate.may(actor, roles.VIEW, r.model)]
