"""What the shell shows on every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import cn2an
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import roles
from renda.directory.models import Division, Hat, Term
from renda.directory.models.divisions import Level
from renda.registers import registry
from renda.web import inbox, menu

MOST_SHOWN = 99


@dataclass(frozen=True)
class Tab:
    """A tab of the inbox with its numbers, as the bell's menu and the inbox itself show it."""

    code: str
    name: str
    url: str
    tally: inbox.Tally | None = None


@dataclass
class Shell:
    """County, term, hat, menu and notices; empty parts where nobody is signed in."""

    county: str = ""
    term: str = ""
    person: str = ""
    query: str = ""
    printed: date | None = None
    hat: Hat | None = None
    hats: list[Hat] = field(default_factory=list)
    rail: list[menu.Entry] = field(default_factory=list)
    bottom: list[menu.Entry] = field(default_factory=list)
    notices: int = 0
    tabs: list[Tab] = field(default_factory=list)
    path_all: bool = False

    @property
    def notices_short(self) -> str:
        """The count as the bell shows it."""
        return f"{MOST_SHOWN}+" if self.notices > MOST_SHOWN else str(self.notices)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the shell of this request, computed once."""
    known = getattr(request, "_renda_shell", None)
    if known is None:
        known = request._renda_shell = _shell(request)  # type: ignore[attr-defined]
    return {"shell": known}


def rooms_with_registers() -> frozenset[str]:
    """Rooms that have at least one register."""
    return frozenset(register.room for register in registry.all_registers())


def _shell(request: HttpRequest) -> Shell:
    actor = getattr(request, "actor", None)
    result = Shell(
        county=congress_name(), printed=clock.today(), query=request.GET.get("q", "") if request.path == reverse("search") else ""
    )
    if not getattr(request, "user", None) or not request.user.is_authenticated or actor is None:
        return result
    rooms = rooms_with_registers()
    result.person = request.user.display_name
    result.hat, result.hats = request.hat, request.hats  # type: ignore[attr-defined]
    result.rail = menu.rail(actor, request.path, rooms)
    result.bottom = menu.bottom(actor, request.path, rooms)
    result.path_all = request.path == reverse("all")
    result.term = current_term()
    tallies = inbox.tallies(actor)
    result.notices = tallies.get(inbox.REMIND, inbox.Tally()).count
    result.tabs = inbox_tabs(tallies) if roles.ROLES[actor.role].rooms else []
    return result


def inbox_tabs(tallies: Mapping[str, inbox.Tally]) -> list[Tab]:
    """The tabs of the inbox; what was done is not counted."""
    names = {inbox.TODO: _("该我办的"), inbox.APPROVE: _("待审批"), inbox.WAITING: _("在办（等别人办）"), inbox.DONE: _("已办")}
    page, none = reverse("inbox"), inbox.Tally()
    return [
        Tab(code, name, f"{page}?tab={code}", None if code == inbox.DONE else tallies.get(code, none))
        for code, name in names.items()
    ]


def congress_name() -> str:
    """The name of the county's congress, from its division."""
    county = Division.objects.filter(level=Level.COUNTY, valid_to__isnull=True).order_by("path").first()
    return _("%(county)s人大") % {"county": county.name} if county else _("人大工作平台")


def current_term() -> str:
    """The term of the county's congress that runs today, as 第十八届 is written on the bar."""
    term = Term.objects.alive().filter(level=Level.COUNTY, starts_on__lte=clock.today()).order_by("-starts_on").first()
    return _("第%(number)s届") % {"number": _ordinal(term.number)} if term else ""


def _ordinal(number: int) -> str:
    """Chinese numerals in Chinese, digits elsewhere."""
    return (
        cn2an.an2cn(number).removeprefix("一")
        if 10 <= number < 20 and is_chinese()
        else cn2an.an2cn(number)
        if is_chinese()
        else str(number)
    )


def is_chinese() -> bool:
    """Whether the reader's language is Chinese."""
    return (get_language() or "zh").startswith("zh")
