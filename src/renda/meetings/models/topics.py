"""What the Party group, its study group and the branches studied and decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.directory.models import ScopedRecord
from renda.meetings.models.meeting import Meeting


class TopicBody(models.TextChoices):
    """Who studied or discussed it."""

    PARTY_GROUP = "party_group", "党组"
    STUDY_GROUP = "study_group", "党组理论学习中心组"
    BRANCH = "branch", "机关党支部"
    CHAIRPERSONS = "chairpersons", "主任会议"
    STANDING_COMMITTEE = "standing_committee", "常委会"
    OFFICE = "office", "机关干部"


class TopicForm(models.TextChoices):
    """How it was taken up."""

    FIRST_TOPIC = "first_topic", "第一议题"
    SEMINAR = "seminar", "专题研讨"
    STUDY = "study", "集中学习"
    LECTURE = "lecture", "党课"
    DISCUSSION = "discussion", "研究事项"


class StudyTopic(ScopedRecord):
    """One topic at one meeting or study session of a Party body."""

    body = models.CharField("主体", max_length=30, choices=TopicBody.choices, default=TopicBody.PARTY_GROUP)
    form = models.CharField("学习形式", max_length=20, choices=TopicForm.choices)
    held_on = models.DateField("学习日期")
    topic = models.CharField("学习内容", max_length=300)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="topics", verbose_name="会议")
    speaker = models.CharField("领学人", max_length=60, blank=True)
    speaker_rank = models.CharField("领学人职级", max_length=40, blank=True, help_text="如：党组书记、班子成员、支部书记")

    class Meta(ScopedRecord.Meta):
        ordering = ["-held_on", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(body__in=TopicBody.values), name="topic_body"),
            models.CheckConstraint(condition=Q(form__in=TopicForm.values), name="topic_form"),
        ]
        indexes = [models.Index(fields=["form", "held_on"], name="topic_form_day")]

    def __str__(self) -> str:
        return self.topic
