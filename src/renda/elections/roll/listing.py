"""The list of voters: what is asked for, one page of it by keyset, and the one query that finds a person by number."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from renda.core import cells
from renda.core.cells import CellError
from renda.core.crypto import keyed_hash
from renda.directory import gate
from renda.directory.gate import Actor
from renda.elections.models import Election, RollState, Voter, WhyOff
from renda.elections.roll import turns

PAGE = 50
POOL = "pool"


@dataclass(frozen=True)
class Asked:
    """What a list is asked for. ``words``: the beginning of a name, or a whole identity number. ``after``: the last entry of the page
    before, as name and key."""

    district: str = ""
    group: str = ""
    state: str = ""
    why: str = ""
    words: str = ""
    after: tuple[str, int] | None = None

    def query(self, **more: str) -> str:
        """As the address of a page."""
        held = {"district": self.district, "group": self.group, "state": self.state, "why": self.why} | more
        return urlencode({name: value for name, value in held.items() if value})


@dataclass(frozen=True)
class Page:
    """One page, and where the next begins (empty at the end)."""

    voters: list[Voter]
    next_after: str = ""


def by_number(election: Election, number: str, actor: Actor) -> Voter | None:
    """The voter with this number whom the actor may see: one query, by the index of the keyed hash. Raises CellError for a wrong number."""
    digest = keyed_hash(cells.read_identity_number(number, typed=True))
    rows = Voter.objects.filter(election=election.roll_id, identity_hash=digest).select_related("district", "group")
    return next(iter(gate.visible_to(actor, rows).order_by()[:1]), None)


def looks_like_a_number(words: str) -> bool:
    """Whether somebody typed an identity number."""
    return len(words) in (15, 18) and words[:14].isdigit()


def page(election: Election, asked: Asked, actor: Actor) -> Page:
    """The page asked for, sorted by name. One query of the roll, however far into the list. Raises CellError for a wrong number, and Busy
    where the roll is being imported and this takes too long."""
    if looks_like_a_number(asked.words):
        found = by_number(election, asked.words, actor)
        return Page([found] if found else [])
    rows = selected(election, asked, actor).select_related("district", "group").order_by("name", "pk")
    if asked.after is not None:
        name, pk = asked.after
        rows = rows.filter(name__gte=name).exclude(Q(name=name, pk__lte=pk))
    with turns.bounded(election):
        several = list(rows[: PAGE + 1])
    last = several[PAGE - 1] if len(several) > PAGE else None
    return Page(several[:PAGE], f"{last.pk}:{last.name}" if last else "")


def selected(election: Election, asked: Asked, actor: Actor) -> QuerySet[Voter]:
    """The voters asked for, of those whom the actor may see."""
    rows = gate.visible_to(actor, Voter.objects.filter(election=election.roll_id))
    if asked.district == POOL:
        rows = rows.filter(district__isnull=True)
    elif asked.district.isdigit():
        rows = rows.filter(district=int(asked.district))
    if asked.group.isdigit():
        rows = rows.filter(group=int(asked.group))
    if asked.state in RollState.values:
        rows = rows.filter(state=asked.state)
    if asked.why in WhyOff.values:
        rows = rows.filter(why_off=asked.why)
    return rows.filter(name__startswith=asked.words) if asked.words else rows


def place_of(text: str) -> tuple[str, int] | None:
    """The ``after`` of an address."""
    pk, _colon, name = text.partition(":")
    return (name, int(pk)) if pk.isdigit() and name and len(pk) < 19 else None


__all__ = ["PAGE", "POOL", "Asked", "CellError", "Page", "by_number", "page", "place_of", "selected"]
