"""The inbox: what the actor has to do, what waits for its approval, what others have to do, what it has done.

Each tab is one query over slices (see ``duties``), however many matters there are; what is late comes first. Numbers are counted
up to ``COUNTED`` of each slice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import BooleanField, CharField, F, Q, QuerySet, Value

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.procedure import registry
from renda.procedure.models import StepTaken
from renda.web import duties
from renda.web.due import matter_registers, united
from renda.web.duties import Slice

TODO, APPROVE, WAITING, DONE = "todo", "approve", "waiting", "done"
TABS = (TODO, APPROVE, WAITING, DONE)
REMIND = "remind"
REMIND_DAYS = 7
COUNTED = 1_000
DEEPEST = 400


@dataclass(frozen=True)
class Asked:
    """What an inbox page asks for. ``state`` is a ``Slice.key``; ``organ`` the key of the organ that is to act; ``late``: only what is late."""

    tab: str = TODO
    room: str = ""
    state: str = ""
    organ: int = 0
    late: bool = False
    page: int = 1
    size: int = 25


@dataclass(frozen=True)
class Found:
    """A matter on the page: its register, its key, until when, and the running period where it is that alone which concerns the actor."""

    register: str
    pk: int
    due: date | None
    period: str = ""


@dataclass(frozen=True)
class Tally:
    """How many there are, and how many of them are late; neither above what was counted."""

    count: int = 0
    late: int = 0

    @property
    def words(self) -> str:
        """The number as a tab shows it."""
        return shown(self.count)

    @property
    def late_words(self) -> str:
        """The number of late ones as a tab shows it."""
        return shown(self.late)


def shown(count: int) -> str:
    """A number that was counted up to ``COUNTED``."""
    return f"{COUNTED - 1}+" if count >= COUNTED else str(count)


def chosen(actor: Actor, asked: Asked) -> list[Slice]:
    """The slices of a tab. What belongs to one organ is little, and quicker sorted than looked for in the order of everybody's."""
    several = [one for one in _all(actor, asked.tab) if asked.room in ("", one.desk.register.room)]
    several = [one for one in several if asked.state in ("", one.key) and (one.handler or not asked.organ)]
    bound = roles.ROLES[actor.role].bound_to_organ
    return duties.together(several, apart=lambda one: (one.periods, one.handler)) if bound else several


def _all(actor: Actor, tab: str) -> list[Slice]:
    several = list(duties.by_state(actor))
    if tab == WAITING:
        return [one for one in several if not one.mine]
    mine = [one for one in several if one.mine]
    if tab == APPROVE:
        return [one for one in mine if one.decides]
    return [*mine, *duties.by_period(actor, out_of_turn=True)]


def page(actor: Actor, asked: Asked) -> tuple[list[Found], bool]:
    """The matters of a page of a tab (not of what was done), the nearest deadline first, and whether there are more. One query."""
    sql, params = _listing(actor, asked, clock.today(), len(registry.all_procedures()))
    if not sql:
        return [], False
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = [Found(*row) for row in cursor.fetchall()]
    return found[: asked.size], len(found) > asked.size


@lru_cache(maxsize=500)
def _listing(actor: Actor, asked: Asked, today: date, _procedures: int) -> tuple[str, tuple[Any, ...]]:
    """The query behind ``page``: it is the same all day long, and putting it together costs more than asking it."""
    start = (asked.page - 1) * asked.size
    parts = [_narrowed(one, duties.rows(actor, one), asked, today) for one in chosen(actor, asked)]
    rows = nearest(parts, start + asked.size + 1)
    return rows[start : start + asked.size + 1].query.sql_with_params() if rows is not None else ("", ())


def _narrowed(one: Slice, rows: QuerySet, asked: Asked, today: date) -> QuerySet:
    if asked.late:
        rows = rows.filter(_due__lt=today)
    if asked.organ:
        rows = rows.filter(**{f"{one.handler}_id": asked.organ})
    return named(one, rows)


def named(one: Slice, rows: QuerySet) -> QuerySet:
    """The rows of a slice as ``Found`` takes them."""
    period = one.periods[0] if one.periods else ""
    labels = {"_code": Value(one.desk.register.code, CharField()), "_period": Value(period, CharField())}
    return rows.annotate(**labels).values_list("_code", "pk", "_due", "_period")


def nearest(parts: Sequence[QuerySet], most: int) -> QuerySet | None:
    """Parts that ``named`` made as one query, the nearest deadline first; no part gives more than ``most``."""
    near = F("_due").asc(nulls_last=True)
    return _ordered([part.order_by(near, "pk")[:most] for part in parts], near, "pk")


def _ordered(parts: Sequence[QuerySet], *order: Any) -> QuerySet | None:
    """Sliced parts as one query in an order; a single one has that order already."""
    rows = united(parts)
    return rows.order_by(*order) if rows is not None and len(parts) > 1 else rows


def tallies(actor: Actor) -> dict[str, Tally]:
    """How many each tab holds and how many of them are late; under ``remind`` what is due within a week or late. One query."""
    sql, params = _counting(actor, clock.today(), len(registry.all_procedures()))
    if not sql:
        return {}
    found: dict[str, dict[bool, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        for tab, late, count in cursor.fetchall():
            found.setdefault(tab, {})[late] = count
    return {tab: Tally(min(sum(counts.values()), COUNTED), min(counts.get(True, 0), COUNTED)) for tab, counts in found.items()}


@lru_cache(maxsize=500)
def _counting(actor: Actor, today: date, _procedures: int) -> tuple[str, tuple[Any, ...]]:
    """The query behind ``tallies``: it is the same all day long, and putting it together costs more than asking it."""
    soon = today + timedelta(days=REMIND_DAYS)
    parts = [
        _counted(duties.rows(actor, one).filter(condition), tab, late)
        for tab in (TODO, APPROVE, WAITING)
        for one in duties.together(_all(actor, tab))
        for late, condition in ((True, Q(_due__lt=today)), (False, Q(_due__gte=today) | Q(_due__isnull=True)))
    ]
    parts += [
        _counted(duties.rows(actor, one).filter(_due__lte=soon), REMIND, False) for one in duties.together(reminding(actor))
    ]
    rows = united(parts)
    if rows is None:
        return "", ()
    sql, params = rows.query.sql_with_params()
    return f"SELECT tab, late, count(*) FROM ({sql}) AS one (tab, late) GROUP BY tab, late", params  # noqa: S608


def _counted(rows: QuerySet, tab: str, late: bool) -> QuerySet:
    labels = {"_tab": Value(tab, CharField()), "_late": Value(late, BooleanField())}
    return rows.annotate(**labels).values_list("_tab", "_late")[:COUNTED]


def reminding(actor: Actor) -> Iterable[Slice]:
    """What the actor is reminded of: every period that it has to keep, and its matters of kinds with a single deadline."""
    return [*duties.by_period(actor, out_of_turn=False), *duties.single(actor)]


def done(actor: Actor, asked: Asked) -> tuple[list[StepTaken], bool]:
    """The steps that the account took in this role and that stand, the newest first, and whether there are more. Two queries."""
    start, parts = (asked.page - 1) * asked.size, []
    for register in matter_registers(actor) if actor.account_id else ():
        if registry.of_kind(register.matter_kind) and asked.room in ("", register.room):
            seen = gate.visible_to(actor, register.records()).order_by().values("pk")
            own = _own_steps(actor).filter(matter_id__in=seen).order_by("-at", "-pk")
            parts.append(own.values_list("at", "pk")[: start + asked.size + 1])
    rows = _ordered(parts, "-at", "-pk")
    if rows is None:
        return [], False
    ids = [pk for _at, pk in rows[start : start + asked.size + 1]]
    steps = StepTaken.objects.defer("answers").select_related("matter").in_bulk(ids[: asked.size])
    return [steps[pk] for pk in ids[: asked.size]], len(ids) > asked.size


def _own_steps(actor: Actor) -> QuerySet:
    signed = f"（{roles.ROLES[actor.role].name}）"
    return StepTaken.objects.filter(account_id=actor.account_id, undone_at__isnull=True, actor__endswith=signed)
