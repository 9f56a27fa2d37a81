"""Keeps the activities' table of participation equal to what the meetings say: sit-ins and attendance by person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from renda.activities.models import Attendance, Capacity, Participation
from renda.core import bulk
from renda.meetings import outcomes
from renda.meetings.models import AttendanceRecord, Meeting

Part = tuple[str, str, str]


def after_meetings(ids: Sequence[int]) -> None:
    """After meetings changed: their quorum and who took part."""
    outcomes.settle_meetings(ids)
    follow(ids)


def after_attendance(ids: Sequence[int]) -> None:
    """After attendance records changed: the meetings they name, and those where their people stood before."""
    records = AttendanceRecord.objects.filter(pk__in=ids)
    people = records.values("person")
    stood = Participation.objects.filter(person__in=people, activity__meeting__isnull=False).values_list("activity", flat=True)
    follow({*records.values_list("meeting", flat=True), *stood})


def follow(meetings: Iterable[int]) -> None:
    """Bring participation in these meetings in line: attendance records first, sit-ins named in the meeting besides."""
    ids = list(meetings)
    wanted: dict[tuple[int, int], Part] = {}
    through = Meeting.sit_ins.through
    sit_ins = through._default_manager.filter(meeting__in=ids, meeting__voided_at__isnull=True)
    for pair in sit_ins.values_list("meeting_id", "person_id"):
        wanted[pair] = (Capacity.SIT_IN, Attendance.PRESENT, "")
    records = AttendanceRecord.objects.alive().filter(meeting__in=ids, meeting__voided_at__isnull=True)
    for meeting, person, *part in records.values_list("meeting_id", "person_id", "capacity", "attendance", "reason"):
        wanted[meeting, person] = (part[0], part[1], part[2])
    _replace(ids, wanted)


def _replace(ids: Sequence[int], wanted: dict[tuple[int, int], Part]) -> None:
    found = Participation.objects.filter(activity__in=ids)
    stale = []
    for pk, meeting, person, *part in found.values_list("pk", "activity_id", "person_id", "capacity", "attendance", "reason"):
        if wanted.get((meeting, person)) == tuple(part):
            del wanted[meeting, person]
        else:
            stale.append(pk)
    Participation.objects.filter(pk__in=stale).delete()
    rows = [
        {"activity_id": meeting, "person_id": person, "capacity": capacity, "attendance": attendance, "reason": reason}
        for (meeting, person), (capacity, attendance, reason) in wanted.items()
    ]
    bulk.insert_plain(Participation, rows)
