"""The parts of the demo's by-election in order. Each looks first whether it happened already, so that a run that broke off goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from renda.demo.byelection import candidates, plan, roll, vacancy
from renda.demo.byelection.desk import Desk
from renda.demo.county import County
from renda.directory.models import Division
from renda.elections.models import (
    Announcement,
    CandidateList,
    Election,
    ElectoralDistrict,
    Objection,
    PollingStaff,
    Publication,
    Recall,
    RollImport,
    Source,
)
from renda.journal.services import change

Say = Callable[[str], None]


def hold(county: County, division: Division, say: Say) -> Election | None:
    """Bring the by-election to where it stands on the demo's day; what is there already, and what users changed, stays.

    None where no by-election can be, since users have changed the roster.
    """
    desk = Desk(county, division)
    if not _elections(division).exists():
        say("正在筹备龙潭镇的县人大代表补选……")
        if not vacancy.happen(desk):
            return None
    desk.election = _elections(division).order_by("pk")[0]
    desk.district = (
        ElectoralDistrict.objects.select_related("election", "division").filter(election=desk.election).order_by("pk")[0]
    )
    if desk.election.voided_at or desk.election.frozen_at:
        return desk.election
    for done, part in _parts(desk):
        if not done():
            part(desk)
    return desk.election


def _elections(division: Division) -> QuerySet[Election]:
    return Election.objects.filter(by_election=True, level="county", term_number=12, division=division)


def _parts(desk: Desk) -> list[tuple[Callable[[], bool], Callable[[Desk], None]]]:
    """Each part with how to see that it happened."""

    def has(model: type[Any], **more: object) -> Callable[[], bool]:
        return lambda: model.objects.filter(election=desk.election, **more).exists()

    return [
        (has(PollingStaff), _whole(plan.lay)),
        (has(Publication), roll.bring),
        (has(CandidateList), _whole(candidates.stand)),
        (has(Announcement), _whole(candidates.announce)),
        (has(RollImport, source=Source.STATION), roll.come_late),
        (has(Objection), _whole(candidates.object_to_list)),
        (Recall.objects.exists, _whole(vacancy.others)),
    ]


def _whole(part: Callable[[Desk], None]) -> Callable[[Desk], None]:
    """The part in one transaction: all of it or nothing."""

    def run(desk: Desk) -> None:
        with change():
            part(desk)

    return run
