"""Resolutions and decisions (决议、决定)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from renda.directory.models import ScopedRecord
from renda.meetings.models.meeting import Meeting


class Adopter(models.TextChoices):
    """Who adopted it."""

    CONGRESS = "congress", "人民代表大会"
    STANDING_COMMITTEE = "standing_committee", "人大常委会"
    TOWNSHIP_CONGRESS = "township_congress", "乡镇人民代表大会"
    PRESIDIUM = "presidium", "乡镇人大主席团"


class ResolutionForm(models.TextChoices):
    """Its form."""

    RESOLUTION = "resolution", "决议"
    DECISION = "decision", "决定"


class ResolutionCategory(models.TextChoices):
    """What it is about."""

    PLAN = "plan", "计划"
    BUDGET = "budget", "预算"
    ADJUSTMENT = "adjustment", "预算计划调整"
    FINAL_ACCOUNTS = "final_accounts", "决算"
    MAJOR = "major", "重大事项"
    PERSONNEL = "personnel", "人事"
    ELECTION = "election", "选举和代表事务"
    WORK_REPORT = "work_report", "工作报告"
    RULE = "rule", "规范性文件和制度"
    OTHER = "other", "其他"


class Resolution(ScopedRecord):
    """A resolution or decision, adopted by a vote."""

    title = models.CharField("决议决定名称", max_length=300)
    adopter = models.CharField("作出机关", max_length=30, choices=Adopter.choices, default=Adopter.STANDING_COMMITTEE)
    form = models.CharField("文种", max_length=20, choices=ResolutionForm.choices)
    category = models.CharField("事项类别", max_length=20, choices=ResolutionCategory.choices, default=ResolutionCategory.OTHER)
    number = models.CharField("文号", max_length=60, blank=True)
    adopted_on = models.DateField("通过日期")
    published_on = models.DateField("公布日期", null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="resolutions", verbose_name="通过会议"
    )

    class Meta(ScopedRecord.Meta):
        ordering = ["-adopted_on", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(adopter__in=Adopter.values), name="resolution_adopter"),
            models.CheckConstraint(condition=Q(form__in=ResolutionForm.values), name="resolution_form"),
            models.CheckConstraint(condition=Q(category__in=ResolutionCategory.values), name="resolution_category"),
            models.UniqueConstraint(
                fields=["division", "number"],
                condition=Q(voided_at__isnull=True) & ~Q(number=""),
                name="resolution_number",
                violation_error_message="该文号已被另一件决议决定使用",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(published_on__gte=F("adopted_on")),
                name="resolution_published",
                violation_error_message="公布日期早于通过日期",
            ),
        ]
        indexes = [models.Index(fields=["adopter", "adopted_on"], name="resolution_adopted")]

    def __str__(self) -> str:
        return self.title
