"""Turnout by the hour: totals at each box since it opened, in person and by proxy. Never who voted (选举法 39, 40, 43, 45)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory.gate import Actor
from renda.elections.models import BallotBox, HourlyTurnout, PlaceKind, VoteRound
from renda.elections.voting import changes
from renda.elections.voting.changes import VotingFault
from renda.journal.services import change
from renda.law.thresholds import required

LAST_HOUR = 24


@dataclass(frozen=True)
class Hour:
    """What a box told: by ``hour`` of the day ``on``, so many voters in person and so many votes by proxy since it opened."""

    on: date
    hour: int
    persons: int
    proxied: int

    @property
    def total(self) -> int:
        """Voters who took part by then, those who voted by proxy included."""
        return self.persons + self.proxied


@dataclass(frozen=True)
class Turnout:
    """Who took part in a round, in sum. ``by_kind`` counts those in person by form of voting; ``half`` is how many the law asks for."""

    voters: int
    persons: int
    proxied: int
    by_kind: Mapping[str, int]
    half: int
    told: int
    boxes: int

    @property
    def participants(self) -> int:
        """Voters who took part, principals of proxies included."""
        return self.persons + self.proxied

    @property
    def rate(self) -> float:
        """Percent of all voters."""
        return 100 * self.participants / self.voters if self.voters else 0.0

    @property
    def enough(self) -> bool:
        """Whether more than half took part (art. 45(1))."""
        return self.participants >= self.half

    @property
    def missing(self) -> int:
        """How many are still wanting to the line."""
        return max(0, self.half - self.participants)


def half_line(one: VoteRound) -> int:
    """How many voters must take part: more than half of all (选举法 45(1)), as the law of the day says."""
    rule = changes.law_of(one)("elec.count.turnout")
    return required(rule.value, rule.comparison, one.voters)


def of_rounds(rounds: Sequence[VoteRound]) -> dict[int, Turnout]:
    """The turnout of rounds by their ids. Two queries."""
    boxes = list(BallotBox.objects.filter(round__in=[one.pk for one in rounds]).order_by("pk"))
    last = latest([box.pk for box in boxes])
    by_round: dict[int, list[BallotBox]] = {}
    for box in boxes:
        by_round.setdefault(box.round_id, []).append(box)
    return {one.pk: _turnout(one, by_round.get(one.pk, []), last) for one in rounds}


def of_round(one: VoteRound) -> Turnout:
    """The turnout of one round."""
    return of_rounds([one])[one.pk]


def _turnout(one: VoteRound, boxes: Sequence[BallotBox], last: Mapping[int, Hour]) -> Turnout:
    by_kind = dict.fromkeys(PlaceKind.values, 0)
    proxied = 0
    for box in boxes:
        if box.pk in last:
            by_kind[box.kind] += last[box.pk].persons
            proxied += last[box.pk].proxied
    told = sum(box.pk in last for box in boxes)
    return Turnout(one.voters, sum(by_kind.values()), proxied, by_kind, half_line(one), told, len(boxes))


def latest(boxes: Iterable[int]) -> dict[int, Hour]:
    """The last thing that each box told. One query."""
    rows = HourlyTurnout.objects.filter(box__in=list(boxes)).order_by("box", "on", "hour")
    return {pk: Hour(on, hour, persons, proxied) for pk, on, hour, persons, proxied in rows.values_list(*_COLUMNS)}


_COLUMNS = ("box_id", "on", "hour", "persons", "proxied")


def hours_of(box: BallotBox) -> list[Hour]:
    """All that a box told, the earliest first."""
    rows = box.hours.order_by("on", "hour").values_list(*_COLUMNS)
    return [Hour(on, hour, persons, proxied) for _pk, on, hour, persons, proxied in rows]


def report(box: BallotBox, told: Sequence[Hour], *, reason: str = "", actor: Actor) -> int:
    """Write what a box told; an hour told before is replaced. Returns how many hours changed, none where all stood there already.

    Raises VotingFault where totals fall from one hour to the next, come before the day of the vote, or exceed the voters.
    """
    changes.require_edit(actor, box.round)
    with change(), changes.said_by_constraints():
        locked = changes.lock(box.round_id)
        BallotBox.objects.select_for_update().get(pk=box.pk)
        held = {(one.on, one.hour): one for one in hours_of(box)}
        fresh = [one for one in told if held.get((one.on, one.hour)) != one]
        if not fresh:
            return 0
        merged = held | {(one.on, one.hour): one for one in fresh}
        _consistent(locked, box, [merged[key] for key in sorted(merged)])
        _require_reason(locked, reason)
        for one in fresh:
            box.hours.update_or_create(
                on=one.on,
                hour=one.hour,
                defaults={"persons": one.persons, "proxied": one.proxied, "by": str(actor), "at": clock.now()},
            )
        hours = [[str(one.on), one.hour, one.persons, one.proxied] for one in fresh]
        changes.note(actor, "turnout.told", locked, box=box.name, hours=hours, **({"reason": reason} if reason else {}))
        if locked.settled_at:
            from renda.elections.counting import settling

            settling.settle_again(locked, reason=reason, actor=actor)
    return len(fresh)


def _require_reason(one: VoteRound, reason: str) -> None:
    if one.confirmed_on:
        raise VotingFault(_("选举委员会已经确认选举有效，投票数字不能再改。"))
    if one.settled_at and not reason.strip():
        raise VotingFault(_("这一轮的结果已经核定，改动投票人数须写明原因。"))


def _consistent(one: VoteRound, box: BallotBox, hours: Sequence[Hour]) -> None:
    before: Hour | None = None
    for hour in hours:
        where = {"box": box.name, "on": hour.on, "hour": hour.hour}
        if not 0 <= hour.hour <= LAST_HOUR:
            raise VotingFault(_("%(box)s：“截至 %(hour)s 时”不是一天中的钟点，请填 0 至 24。") % where)
        if hour.on < one.day:
            raise VotingFault(_("%(box)s：%(on)s 早于投票日 %(day)s，请核对日期。") % {**where, "day": one.day})
        if before and (hour.persons < before.persons or hour.proxied < before.proxied):
            words = _("%(box)s：截至 %(hour)s 时的累计人数少于截至 %(before)s 时的，累计数只增不减，请核对。")
            raise VotingFault(words % {**where, "before": before.hour})
        before = hour
    _not_above_voters(one, box, before)


def _not_above_voters(one: VoteRound, box: BallotBox, last: Hour | None) -> None:
    others = latest(one.boxes.exclude(pk=box.pk).values_list("pk", flat=True))
    total = sum(each.total for each in others.values()) + (last.total if last else 0)
    if total > one.voters:
        words = _("%(box)s：填报后全选区参加投票 %(n)s 人，多于全体选民 %(voters)s 人，请核对。")
        raise VotingFault(words % {"box": box.name, "n": total, "voters": one.voters})


def by_hour(one: VoteRound) -> list[tuple[date, int, int]]:
    """The round's turnout hour by hour: day, hour, participants by then over all boxes (a box that is silent keeps its last)."""
    rows = HourlyTurnout.objects.filter(box__round=one).order_by("on", "hour").values_list(*_COLUMNS)
    last: dict[int, int] = {}
    found: dict[tuple[date, int], int] = {}
    for pk, on, hour, persons, proxied in rows:
        last[pk] = persons + proxied
        found[on, hour] = sum(last.values())
    return [(on, hour, number) for (on, hour), number in found.items()]
