"""The seats of an election's congresses: what the law allows for the population, what was fixed, what the districts share out (选举法 12-15, 25, 26)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.directory.models.divisions import Level
from renda.elections.models import Election, ElectoralDistrict, SeatDecision
from renda.elections.plan.even import Share, shares
from renda.law.quotas import Quota, deputy_quota
from renda.lawbook.reading import context
from renda.registers.services import enter

MIN_TOWNSHIP, FROZEN = "elec.quota.min_township", "elec.quota.frozen"


@dataclass
class Congress:
    """One congress that an election is for: its area, the decisions on its seats (newest first), its districts with their shares."""

    division: Division
    level: str
    decisions: list[SeatDecision] = field(default_factory=list)
    districts: list[Share] = field(default_factory=list)
    quota: Quota | None = None
    words: list[str] = field(default_factory=list)

    @property
    def fixed(self) -> SeatDecision | None:
        """The decision that stands."""
        return self.decisions[0] if self.decisions else None

    @property
    def shared_out(self) -> int:
        """The seats of its districts together."""
        return sum(one.seats for one in self.districts)

    @property
    def population(self) -> int:
        """The population of its districts together, as far as it is known."""
        return sum(one.population or 0 for one in self.districts)

    @property
    def largest(self) -> float | None:
        """The largest deviation from the mean, in percent, without its sign; None where none can be computed."""
        known = [abs(one.deviation) for one in self.districts if one.deviation is not None]
        return max(known, default=None)

    @property
    def each(self) -> int | None:
        """The mean population per seat, rounded as pages show it."""
        return None if self.per_seat is None else round(self.per_seat)

    @property
    def per_seat(self) -> float | None:
        """The mean population per seat of the districts whose population is known."""
        known = [one for one in self.districts if one.population]
        total = sum(one.seats for one in known)
        return sum(one.population or 0 for one in known) / total if total else None


def congresses(election: Election) -> list[Congress]:
    """The congresses that an election is for, those with districts or decisions. Three queries.

    A county election has one; an election held in all townships has one per township.
    """
    districts = ElectoralDistrict.objects.alive().filter(election=election).select_related("division", "parent", "office")
    by_area: dict[int, Congress] = {}
    rows = sorted(districts, key=in_order)
    decisions = SeatDecision.objects.alive().filter(election=election).select_related("division").order_by("-decided_on", "-pk")
    whole = election.level != Level.TOWNSHIP
    if whole:
        by_area[election.division_id] = Congress(election.division, election.level)
    grouped: dict[int, list[ElectoralDistrict]] = defaultdict(list)
    for one in rows:
        area = election.division if whole else one.division
        by_area.setdefault(area.pk, Congress(area, election.level))
        grouped[area.pk].append(one)
    for decision in decisions:
        area = election.division if whole else decision.division
        by_area.setdefault(area.pk, Congress(area, election.level)).decisions.append(decision)
    for pk, congress in by_area.items():
        congress.districts = shares(grouped[pk])
        _judge(congress, election)
    return sorted(by_area.values(), key=lambda one: one.division.path)


def ceiling(election: Election, division: Division, population: int) -> Quota:
    """The most seats that the law of the election's day allows a congress of that population (选举法 12). Errors as ``deputy_quota``."""
    law = context(division)
    level = Level.TOWNSHIP if election.level == Level.TOWNSHIP else Level.COUNTY
    return deputy_quota(
        str(level.value), population, as_of=election.election_day, packs=law.packs, choices=law.choices_on(election.election_day)
    )


def _judge(congress: Congress, election: Election) -> None:
    """What must be said of a congress's seats: fixed and allowed, fixed and shared out, townships without a seat."""
    law = context(congress.division)

    def article(key: str) -> str:
        return law.parameter(key, as_of=election.election_day).citation

    fixed = congress.fixed
    if fixed is not None:
        congress.quota = ceiling(election, congress.division, fixed.population)
        numbers = {"fixed": fixed.seats, "most": congress.quota.seats, "article": "、".join(congress.quota.articles)}
        if fixed.seats > congress.quota.seats:
            congress.words.append(
                _(
                    "确定的 %(fixed)s 名多于按人口计算的上限 %(most)s 名（%(article)s）；省级人大常委会决定另加的，请在说明中写明文号。"
                )
                % numbers
            )
        if congress.districts and congress.shared_out != fixed.seats:
            congress.words.append(
                _("各选区应选名额合计 %(sum)s 名，与确定的总名额 %(fixed)s 名不一致，请调整选区名额（%(article)s）。")
                % {"sum": congress.shared_out, "fixed": fixed.seats, "article": article("elec.district.actor")}
            )
        firsts = {one.seats for one in congress.decisions}
        if len(congress.decisions) > 1 and len(firsts) > 1:
            congress.words.append(
                _("总名额重新确定过：%(list)s（%(article)s）。")
                % {"list": "、".join(f"{one.decided_on} {one.seats} 名，{one.get_ground_display()}" for one in congress.decisions),
                   "article": article(FROZEN)}
            )  # fmt: skip
    elif congress.districts and all(one.population for one in congress.districts) and not election.by_election:
        most = ceiling(election, congress.division, congress.population)
        if congress.shared_out > most.seats:
            congress.words.append(
                _("各选区应选名额合计 %(sum)s 名，多于按选区人口合计 %(people)s 人计算的上限 %(most)s 名（%(article)s）。请核对选区名额和人口，并登记代表总名额的决定。")
                % {"sum": congress.shared_out, "people": congress.population, "most": most.seats, "article": "、".join(most.articles)}
            )  # fmt: skip
    if election.level != Level.TOWNSHIP and congress.districts and not election.by_election:
        congress.words += _townships_without(congress, article(MIN_TOWNSHIP))


def _townships_without(congress: Congress, article: str) -> Iterable[str]:
    """Townships of a county that no district gives a seat to (选举法 15)."""
    served = {one.district.division_id for one in congress.districts if one.seats}
    whole = congress.division.pk in served
    rows = Division.objects.filter(parent=congress.division, level=Level.TOWNSHIP, valid_to__isnull=True).exclude(pk__in=served)
    missing = [] if whole else list(rows.order_by("path").values_list("name", flat=True))
    if missing:
        yield _("没有选区的乡镇：%(names)s。人口特少的乡、民族乡、镇也应有代表一人（%(article)s）；与邻近乡镇合划选区的，请核对选区的区划。") % {
            "names": "、".join(missing), "article": article,
        }  # fmt: skip


def follow_decisions(ids: Sequence[int]) -> None:
    """Elections carry the total of what stands fixed for their congresses; derived, so that it never differs from the decisions.

    An election whose districts lie in several townships has a total only where each of them has its decision.
    """
    for election in Election.objects.filter(pk__in=SeatDecision.objects.filter(pk__in=ids).values("election_id")):
        standing: dict[int, int] = {}
        rows = SeatDecision.objects.alive().filter(election=election).order_by("decided_on", "pk")
        for area, number in rows.values_list("division_id", "seats"):
            standing[area if election.level == Level.TOWNSHIP else election.division_id] = number
        areas = ElectoralDistrict.objects.alive().filter(election=election).values_list("division_id", flat=True).distinct()
        if election.level == Level.TOWNSHIP and set(areas) - standing.keys():
            continue
        total = sum(standing.values()) or None  # where none stands, the total is open again
        Election.objects.filter(pk=election.pk).update(seats=total)


def fix(election: Election, division: Division, values: dict[str, object], *, actor: Actor) -> int:
    """Enter a decision on the seats of a congress; the key of the entry. Errors as ``registers.services.save``."""
    (pk,) = enter("elections.seat_decisions", [{**values, "election": election.pk, "division": division.pk}], actor=actor)
    return pk


def in_order(one: ElectoralDistrict) -> tuple[object, ...]:
    """The order of districts: by place, by code, and 第2选区 before 第10选区."""
    parts = re.split(r"(\d+)", one.name)
    return one.division.path, one.code, [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
