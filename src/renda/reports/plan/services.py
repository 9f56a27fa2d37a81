"""Entering items of a report's plan part into the yearly plan, and the organs that may own them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division, Organ
from renda.directory.models.organs import OrganSystem
from renda.journal.services import Line, change, record
from renda.planning.models import PlanCategory, PlanItem
from renda.registers import registry
from renda.registers.columns import ReadContext
from renda.registers.reading import read_rows
from renda.registers.services import Change, Refused, save
from renda.reports.plan.part import TITLE_MOST, Owner

REGISTER = "planning.plan"
MOST = 300


@dataclass(frozen=True)
class Wanted:
    """An item as the clerk settled it: what, of which kind, whose, until when."""

    title: str
    category: str
    owner: int | None
    due: date


@dataclass(frozen=True)
class Entered:
    """What became of the wanted items: the new records, and the titles that the plan had already."""

    ids: list[int]
    held: list[str]


def organs(division: Division, actor: Actor) -> list[Organ]:
    """The organs that may own an item of a division's plan, the congress's own first."""
    rows = gate.visible_to(actor, Organ.objects.alive()).filter(division=division, abolished_on__isnull=True)
    return sorted(rows, key=lambda organ: (organ.system != OrganSystem.CONGRESS, organ.kind, organ.name))


def owners(found: Sequence[Organ], division: Division) -> list[Owner]:
    """How the congress's own organs are called in a report: by name, short name, and without the county and 人大常委会 before them."""
    return [Owner(one.pk, _called(one, division)) for one in found if one.system == OrganSystem.CONGRESS]


def _called(organ: Organ, division: Division) -> tuple[str, ...]:
    short = organ.name.removeprefix(division.name)
    tail = short.removeprefix("人大常委会") if short != "人大常委会" else ""
    names = [organ.name, short, tail, organ.short_name, tail.replace("工作委员会", "工委") if "工作委员会" in tail else ""]
    return tuple(dict.fromkeys(name for name in names if len(name) >= 3 and name not in ("人大常委会", "人民代表大会")))


def enter(wanted: Sequence[Wanted], year: int, division: Division, *, actor: Actor, source: str = "") -> Entered:
    """Enter items into the plan of a year, in one transaction, journalled with the report that they come from.

    What the plan of the year has already (by its title) is left as it is. Raises PermissionDenied, and Refused for an item that cannot be
    entered: the text says which and why.
    """
    gate.require(actor, roles.CREATE, PlanItem)
    _check(wanted, year)
    held = set(PlanItem.objects.alive().filter(year=year, division=division).values_list("title", flat=True))
    fresh = [one for one in wanted if one.title not in held]
    if not fresh:
        return Entered([], [one.title for one in wanted])
    with change():
        ids = save(registry.get(REGISTER), _changes(fresh, year, division, actor), actor=actor)
        payload = {"year": year, "source": source, "entered": len(ids), "held": len(wanted) - len(fresh)}
        record(Line(str(actor), "plan.from_report", REGISTER, None, _("%(year)d年工作计划") % {"year": year}, payload))
    return Entered(ids, [one.title for one in wanted if one.title in held])


def _check(wanted: Sequence[Wanted], year: int) -> None:
    if not wanted:
        raise Refused(_("没有勾选任何事项。请先勾选要列入计划的事项。"))
    if len(wanted) > MOST:
        raise Refused(_("一次最多列入 %(most)d 项，现在勾选了 %(n)d 项。请分几次列入。") % {"most": MOST, "n": len(wanted)})
    seen: set[str] = set()
    for one in wanted:
        if not one.title or len(one.title) > TITLE_MOST:
            raise Refused(
                _("“%(title)s”：计划事项须写明，且不超过 %(most)d 字。") % {"title": one.title[:30], "most": TITLE_MOST}
            )
        if one.title in seen:
            raise Refused(_("“%(title)s”勾选了两次，请只留一项。") % {"title": one.title[:60]})
        if one.due.year != year:
            raise Refused(
                _("“%(title)s”的计划完成日期 %(day)s 不在 %(year)d 年内，请核对。")
                % {"title": one.title[:60], "day": one.due, "year": year}
            )
        seen.add(one.title)


def _changes(fresh: Sequence[Wanted], year: int, division: Division, actor: Actor) -> list[Change]:
    labels = dict(PlanCategory.choices)
    named = dict(
        gate.visible_to(actor, Organ.objects.alive())
        .filter(pk__in={one.owner for one in fresh if one.owner})
        .values_list("pk", "name")
    )
    unknown = [one.title for one in fresh if one.owner and one.owner not in named]
    if unknown:
        raise Refused(_("“%(title)s”的责任单位已不在名录中，请重新选择。") % {"title": unknown[0][:60]})
    raw: dict[str, list[object]] = {
        "year": [year] * len(fresh), "title": [one.title for one in fresh], "planned_on": [one.due for one in fresh],
        "category": [str(labels.get(one.category, labels["other"])) for one in fresh],
        "owner": [named.get(one.owner) if one.owner else None for one in fresh],
    }  # fmt: skip
    reading = read_rows(registry.get(REGISTER), raw, ReadContext(actor, division.pk, year))
    if reading.faults:
        place, reasons = next(iter(reading.faults.items()))
        raise Refused(_("“%(title)s”：%(reason)s") % {"title": fresh[place].title[:60], "reason": "；".join(reasons.values())})
    return [
        Change({**v, "division": division.pk}, None, k, d)
        for v, k, d in zip(reading.values, reading.keys, reading.digests, strict=True)
    ]
