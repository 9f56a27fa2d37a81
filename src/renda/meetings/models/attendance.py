"""Attendance person by person (出席情况)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.activities.models import Attendance, Capacity
from renda.directory.models import Person, ScopedRecord
from renda.meetings.models.meeting import Meeting


class AttendanceRecord(ScopedRecord):
    """One person at one meeting. ``participation.follow`` keeps the activities' table of participation equal to it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance_records", verbose_name="会议")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="姓名")
    capacity = models.CharField("出席身份", max_length=20, choices=Capacity.choices, default=Capacity.COMMITTEE_MEMBER)
    attendance = models.CharField("出席情况", max_length=10, choices=Attendance.choices, default=Attendance.PRESENT)
    delegation = models.CharField("代表团", max_length=60, blank=True)
    reason = models.CharField("请假事由", max_length=100, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["meeting_id", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(voided_at__isnull=True),
                name="attendance_once",
                violation_error_message="此人在这次会议的出席情况已登记",
            ),
            models.CheckConstraint(condition=Q(capacity__in=Capacity.values), name="attendance_capacity"),
            models.CheckConstraint(condition=Q(attendance__in=Attendance.values), name="attendance_state"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_attendance_display()}"
