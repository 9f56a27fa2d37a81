"""Special work reports (专项工作报告) and routine reports that no finance register holds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.directory.models import Organ
from renda.procedure.models import Matter
from renda.supervision.models.base import Forum, Manner, Supervised


class RoutineReport(models.TextChoices):
    """Reports that the law asks for every year, apart from special work reports (Supervision Law, art. 12(3))."""

    ENVIRONMENT = "environment", "环境状况和环境保护目标完成情况"
    RULE_OF_LAW = "rule_of_law", "法治政府建设情况"
    SUGGESTIONS = "suggestions", "代表建议办理情况"
    FILING = "filing", "备案审查工作情况"
    OTHER = "other", "其他法定例行报告"


class SpecialReport(Supervised, Matter):
    """A report that a state organ gives on a special matter (Supervision Law, chapter 2)."""

    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告机关")
    reporter = models.CharField("报告人", max_length=60, blank=True)
    forum = models.CharField("审议会议", max_length=30, choices=Forum.choices, default=Forum.STANDING_COMMITTEE)
    manner = models.CharField("审议方式", max_length=10, choices=Manner.choices, default=Manner.HEARD)
    routine = models.CharField("例行报告类型", max_length=20, choices=RoutineReport.choices, blank=True)
    meeting_title = models.CharField("会议名称", max_length=300, blank=True)

    class Meta:
        constraints = [
            *Supervised.Meta.constraints,
            models.CheckConstraint(condition=Q(forum__in=Forum.values), name="report_forum"),
            models.CheckConstraint(condition=Q(manner__in=Manner.values), name="report_manner"),
            models.CheckConstraint(condition=Q(routine__in=[*RoutineReport.values, ""]), name="report_routine"),
        ]
