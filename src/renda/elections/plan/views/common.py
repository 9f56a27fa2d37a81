"""What the pages of the plan share: the congress looked at, the line above which a deviation is marked, links to registers."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.legal import law_on
from renda.elections.models import Election
from renda.elections.plan.seats import Congress
from renda.law import LawError
from renda.registers import registry
from renda.ui import addresses
from renda.ui.words import said

TOLERANCE = "elec.district.equality.tolerance"


@dataclass(frozen=True)
class Ledger:
    """A register of the election as a link: its name, how many entries there are, its list and (for who may) its form."""

    name: str
    about: str
    count: int
    url: str
    new_url: str


def warning_line(election: Election) -> int | None:
    """Percent above which a deviation is marked: the election's own, else what the county chose; the law names none (选举法 26)."""
    if election.deviation_warning:
        return election.deviation_warning
    try:
        return int(law_on(election)(TOLERANCE).value)
    except LawError:
        return None


def chosen(request: HttpRequest, several: list[Congress]) -> Congress | None:
    """The congress that the page is about: the one asked for, else the first."""
    asked = request.POST.get("area") or request.GET.get("area", "")
    return next((one for one in several if str(one.division.pk) == asked), several[0] if several else None)


def ledgers(actor: Actor, election: Election, codes: tuple[str, ...]) -> list[Ledger]:
    """Registers with this election's entries, as far as the actor sees them. One query each."""
    found = []
    for code in codes:
        register = registry.get(code)
        if not gate.may(actor, roles.VIEW, register.model):
            continue
        count = gate.visible_to(actor, register.records().filter(election=election)).count()
        new = gate.may(actor, roles.CREATE, register.model) and not election.frozen_at
        query = f"election={election.pk}"
        url = addresses.of_list(register, query)
        found.append(
            Ledger(said(register.name), said(register.about), count, url, addresses.of_new(register, query) if new else "")
        )
    return found
