"""Meetings of every series, and the sittings (plenary meetings) of those that last several days."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from renda.activities.models import Activity
from renda.directory.models import Person, ScopedRecord


class Series(models.TextChoices):
    """Whose meeting it is."""

    CONGRESS = "congress", "人民代表大会会议"
    STANDING_COMMITTEE = "standing_committee", "常委会会议"
    CHAIRPERSONS = "chairpersons", "主任会议"
    PARTY_GROUP = "party_group", "党组会议"
    STUDY_GROUP = "study_group", "党组理论学习中心组学习会"
    BRANCH = "branch", "支部会议"
    BRANCH_STUDY = "branch_study", "支部集中学习"
    TOWNSHIP_CONGRESS = "township_congress", "乡镇人民代表大会会议"
    PRESIDIUM = "presidium", "乡镇人大主席团会议"
    PARTY_COMMITTEE = "party_committee", "党委人大工作会议"
    SPECIAL_COMMITTEE = "special_committee", "专门委员会会议"
    OTHER = "other", "其他会议"


def _head_counts(prefix: str) -> list[models.CheckConstraint]:
    """Present and on leave together are never more than those expected (应到 = 实到 + 请假 + 缺席)."""
    return [
        models.CheckConstraint(
            condition=Q(expected__isnull=True) | Q(present__isnull=True) | Q(present__lte=F("expected")),
            name=f"{prefix}_present",
            violation_error_message="实到人数多于应到人数",
        ),
        models.CheckConstraint(
            condition=Q(expected__isnull=True)
            | Q(present__isnull=True)
            | Q(on_leave__isnull=True)
            | Q(expected__gte=F("present") + F("on_leave")),
            name=f"{prefix}_leave",
            violation_error_message="实到人数与请假人数之和多于应到人数",
        ),
    ]


class Meeting(Activity):
    """One meeting: for a congress the whole session (第X次会议), from its first day to its last.

    Head counts are persons and concern those with the right to vote (deputies, Committee members); sit-ins are apart. ``quorate``
    is derived by ``outcomes.settle_meetings`` (Organic Law, art. 14(4) and 51(3)) and never typed.
    """

    series = models.CharField("会议类别", max_length=30, choices=Series.choices)
    term_number = models.PositiveSmallIntegerField("届次", null=True, blank=True)
    ordinal = models.PositiveSmallIntegerField("会议次序", null=True, blank=True, help_text="第几次会议，填数字")
    extended = models.BooleanField("扩大会议", default=False)
    chair = models.CharField("主持人", max_length=60, blank=True)
    expected = models.PositiveIntegerField("应到人数", null=True, blank=True)
    present = models.PositiveIntegerField("实到人数", null=True, blank=True)
    on_leave = models.PositiveIntegerField("请假人数", null=True, blank=True)
    sit_ins = models.ManyToManyField(Person, related_name="+", blank=True, verbose_name="列席代表")
    quorate = models.BooleanField("达到法定人数", null=True, editable=False)

    class Meta:
        ordering = ["-activity_ptr"]
        constraints = [
            models.CheckConstraint(condition=Q(series__in=Series.values), name="meeting_series"),
            *_head_counts("meeting"),
        ]
        indexes = [models.Index(fields=["series", "term_number", "ordinal"], name="meeting_series_ordinal")]


class Sitting(ScopedRecord):
    """One plenary meeting (全体会议) of a session, with its own sign-in."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sittings", verbose_name="会议")
    name = models.CharField("场次", max_length=60, help_text="如：第一次全体会议")
    held_on = models.DateField("召开日期", null=True, blank=True)
    expected = models.PositiveIntegerField("应到人数", null=True, blank=True)
    present = models.PositiveIntegerField("实到人数", null=True, blank=True)
    on_leave = models.PositiveIntegerField("请假人数", null=True, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["meeting_id", "held_on", "pk"]
        constraints = [*ScopedRecord.Meta.constraints, *_head_counts("sitting")]

    def __str__(self) -> str:
        return self.name
