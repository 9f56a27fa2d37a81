"""Agenda items (议程, 议题)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.directory.models import Organ, ScopedRecord
from renda.meetings.models.meeting import Meeting


class AgendaKind(models.TextChoices):
    """What an agenda item is."""

    SPECIAL_REPORT = "special_report", "专项工作报告"
    STATUTORY_REPORT = "statutory_report", "计划预算决算审计等报告"
    WORK_REPORT = "work_report", "工作报告"
    ENFORCEMENT_REPORT = "enforcement_report", "执法检查报告"
    SURVEY_REPORT = "survey_report", "视察调研报告"
    OPINION_RESULT = "opinion_result", "审议意见处理情况报告"
    SUGGESTION_REPORT = "suggestion_report", "代表建议办理情况报告"
    FILING_REPORT = "filing_report", "备案审查工作报告"
    BRIEFING = "briefing", "工作汇报"
    BILL = "bill", "议案"
    DRAFT_RESOLUTION = "draft_resolution", "决议决定草案"
    PERSONNEL = "personnel", "人事任免"
    ELECTION = "election", "选举"
    QUALIFICATION = "qualification", "代表资格审查报告"
    INQUIRY = "inquiry", "专题询问"
    APPRAISAL = "appraisal", "工作评议"
    SATISFACTION = "satisfaction", "满意度测评"
    OATH = "oath", "宪法宣誓"
    FIRST_TOPIC = "first_topic", "第一议题学习"
    STUDY = "study", "学习"
    PROCEDURE = "procedure", "程序性事项"
    OTHER = "other", "其他"


class Manner(models.TextChoices):
    """Whether a report was heard or considered in writing."""

    HEARD = "heard", "听取"
    WRITTEN = "written", "书面"


class AgendaOutcome(models.TextChoices):
    """What became of an item."""

    HEARD = "heard", "听取审议"
    ADOPTED = "adopted", "通过"
    REJECTED = "rejected", "未通过"
    DEFERRED = "deferred", "暂不付表决"
    WITHDRAWN = "withdrawn", "撤回"


class AgendaItem(ScopedRecord):
    """One item on the agenda of a meeting. ``matter_title`` names the matter that it concerns, as its own ledger calls it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda", verbose_name="会议")
    ordinal = models.PositiveSmallIntegerField("议程序号", null=True, blank=True)
    title = models.CharField("议题", max_length=300)
    kind = models.CharField("议题类别", max_length=30, choices=AgendaKind.choices, default=AgendaKind.OTHER)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告机关")
    proposer = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提请机关")
    reporter = models.CharField("报告人", max_length=60, blank=True)
    manner = models.CharField("听取方式", max_length=10, choices=Manner.choices, default=Manner.HEARD)
    outcome = models.CharField("审议结果", max_length=20, choices=AgendaOutcome.choices, blank=True)
    major = models.BooleanField("重大事项", default=False, help_text="依法讨论、决定或者听取的重大事项")
    matter_title = models.CharField("相关事项", max_length=300, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["meeting_id", "ordinal", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=AgendaKind.values), name="agenda_kind"),
            models.CheckConstraint(condition=Q(manner__in=Manner.values), name="agenda_manner"),
            models.CheckConstraint(condition=Q(outcome__in=[*AgendaOutcome.values, ""]), name="agenda_outcome"),
        ]
        indexes = [models.Index(fields=["meeting", "kind"], name="agenda_meeting_kind")]

    def __str__(self) -> str:
        return self.title
