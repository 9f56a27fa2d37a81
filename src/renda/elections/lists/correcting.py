"""Correction lists: what has changed on the roll since a list was published is published too, numbered 1, 2, … per district."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from renda.core import bulk
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.lists import totals
from renda.elections.lists.dates import CORRECTIONS, legal_dates
from renda.elections.lists.ordering import Standing, in_order
from renda.elections.lists.publishing import (
    SUBJECT,
    Notice,
    NotPublished,
    digest_of,
    enter,
    lateness,
    locked,
    published_row,
    registered,
)
from renda.elections.models import Election, ElectoralDistrict, Listed, Publication, RollState, Voter, WhyOff
from renda.journal.services import Line, change, record

MOVED, UNDER_REVIEW, AMENDED = gettext_noop("转入其他选区"), gettext_noop("重新核查"), gettext_noop("更正")


@dataclass
class Changes:
    """What has changed in a district since its list was published."""

    added: list[Standing] = field(default_factory=list)
    removed: list[tuple[Listed, str]] = field(default_factory=list)
    amended: list[tuple[Listed, Standing]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.amended)


def in_force(election: Election) -> QuerySet[Listed]:
    """The rows of the lists in force of the election's roll."""
    return Listed.objects.filter(election_id=election.roll_id, ended_by__isnull=True)


def _gone() -> Q:
    return ~Q(voter__state=RollState.REGISTERED) | ~Q(voter__district=F("district")) | Q(voter__district__isnull=True)


def _added(election: Election) -> QuerySet[Voter]:
    published = Publication.objects.alive().filter(district=OuterRef("district"), number=0)
    listed = in_force(election).filter(voter=OuterRef("pk"), district=OuterRef("district"))
    rows = Voter.objects.registered().filter(election_id=election.roll_id)
    return rows.filter(Exists(published)).filter(~Exists(listed))


def _amended(rows: QuerySet[Listed]) -> QuerySet[Listed]:
    differs = ~Q(name=F("voter__name")) | ~Q(sex=F("voter__sex"))
    return rows.exclude(_gone()).filter(differs)


def pending(election: Election) -> Mapping[int, int]:
    """How many voters of each district would stand on a correction list now (district → count). Three queries."""
    found: dict[int, int] = {}
    listed = in_force(election)
    for rows in (_added(election), listed.filter(_gone()), _amended(listed)):
        for district, count in rows.order_by().values_list("district").annotate(n=Count("pk")):
            found[district] = found.get(district, 0) + count
    return found


def changes_of(election: Election, district: int) -> Changes:
    """What a correction list of the district would say now."""
    rows = in_force(election).filter(district=district).select_related("voter", "voter__group")
    removed = [(one, why_gone(one)) for one in rows.filter(_gone()).order_by("place")]
    amended = [(one, _standing(one.voter)) for one in _amended(rows).order_by("place")]
    fresh = _added(election).filter(district=district).select_related("group")
    return Changes([_standing(one) for one in fresh], removed, amended)


def why_gone(row: Listed) -> str:
    """Why a voter no longer stands on the district's list, as the list says it."""
    voter = row.voter
    if voter.state == RollState.OFF:
        return str(WhyOff(voter.why_off).label)
    return UNDER_REVIEW if voter.state == RollState.REVIEW else MOVED


def _standing(voter: Voter) -> Standing:
    return Standing(voter.pk, voter.group.name if voter.group else "", voter.name, voter.sex, voter.birth_date)


def correct(election: Election, wanted: Iterable[int], notice: Notice, *, actor: Actor) -> list[int]:
    """Publish correction lists of these districts (ids), and of those that their new voters come from; returns the publications' ids.

    Districts without changes are left out. Raises NotPublished (where nothing has changed at all, too) and PermissionDenied.
    """
    gate.require(actor, roles.CREATE, Publication)
    gate.require(actor, roles.VIEW, Voter)
    notice.check(election)
    common = lateness(legal_dates(election).get(CORRECTIONS), notice)
    try:
        with change():
            chosen = locked(election, _with_origins(election, set(wanted)), actor)
            found = {one: changes_of(election, one.pk) for one in chosen}
            changed = {one: what for one, what in found.items() if what}
            if not changed:
                raise NotPublished(_("所选选区的名单公布后没有变动，不需要补正。"))
            made = _write(changed, election, notice, common, actor)
            totals.write(changed, actor=actor)
    except IntegrityError as error:
        raise NotPublished(_("补正期间登记册有变动，有人同时办理了补正或者转移。没有公布任何名单，请刷新后重试。")) from error
    return made


def _with_origins(election: Election, wanted: set[int]) -> set[int]:
    """The districts, and those on whose lists their new voters still stand: nobody is on two lists."""
    coming = _added(election).filter(district__in=wanted).values("pk")
    return wanted | set(in_force(election).filter(voter__in=coming).values_list("district_id", flat=True))


def _write(
    changed: Mapping[ElectoralDistrict, Changes], election: Election, notice: Notice, common: dict[str, Any], actor: Actor
) -> list[int]:
    numbers = _next_numbers(changed)
    made = {one: _publication(one, numbers[one.pk], what, election, notice, common, actor) for one, what in changed.items()}
    for one, what in changed.items():  # everybody leaves the old lists before anybody enters a new one
        ending = [(row, why) for row, why in what.removed] + [(row, AMENDED) for row, _new in what.amended]
        bulk.update(
            Listed,
            [{"id": row.pk, "ended_by": made[one], "ended_why": why[:60]} for row, why in ending],
            ["ended_by", "ended_why"],
        )
    for one, what in changed.items():
        last = Listed.objects.filter(district=one.pk).aggregate(last=Max("place"))["last"] or 0
        rows = [(row.place, new, row.code) for row, new in what.amended]
        rows += [(place, new, "") for place, new in enumerate(in_order(what.added, notice.order), last + 1)]
        enter(made[one], election, one.pk, rows)
        _journal(made[one], one, numbers[one.pk], what, election, notice, common, actor)
    return list(made.values())


def _next_numbers(changed: Mapping[ElectoralDistrict, Changes]) -> dict[int, int]:
    rows = Publication.objects.alive().filter(district__in=changed).values_list("district").annotate(last=Max("number"))
    return {district: last + 1 for district, last in rows}


def _publication(
    district: ElectoralDistrict,
    number: int,
    what: Changes,
    election: Election,
    notice: Notice,
    common: dict[str, Any],
    actor: Actor,
) -> int:
    standing = in_force(election).filter(district=district).count() + len(what.added) - len(what.removed)
    row = {
        **common, **published_row(district, election, notice, actor), "number": number, "voters": standing,
        "added": len(what.added) + len(what.amended), "removed": len(what.removed) + len(what.amended),
        "natural_key": f"{district.pk}\x1f{number}",
    }  # fmt: skip
    return bulk.insert(Publication, [row])[0]


def _journal(
    pk: int,
    district: ElectoralDistrict,
    number: int,
    what: Changes,
    election: Election,
    notice: Notice,
    common: dict[str, Any],
    actor: Actor,
) -> None:
    detail = {
        "number": number, "on": notice.on.isoformat(), "added": len(what.added), "removed": len(what.removed), "amended": len(what.amended),
        "late_days": common["late_days"], "late_reason": common["late_reason"], "digest": digest_of(registered(election, district.pk)),
    }  # fmt: skip
    record(Line(str(actor), "voter_list.corrected", SUBJECT, pk, district.name, detail))
