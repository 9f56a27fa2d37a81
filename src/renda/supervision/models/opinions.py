"""Deliberation opinions (审议意见) and letters like them: the letter, its single items, and what was done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.directory.models import Organ, ScopedRecord
from renda.procedure.models import Matter
from renda.supervision.models.base import Manner


class LetterForm(models.TextChoices):
    """What kind of letter it is."""

    DELIBERATION = "deliberation", "审议意见"
    APPRAISAL = "appraisal", "评议意见"
    TOUR = "tour", "视察意见"
    ADVICE = "advice", "建议函"


class OpinionLetter(Matter):
    """A letter with opinions, handed to the organs that must deal with it (Supervision Law, art. 17, 29 and 37).

    National law sets no deadline for the answer; ``reply_by`` is the day that the letter itself names.
    """

    form = models.CharField("意见类别", max_length=20, choices=LetterForm.choices, default=LetterForm.DELIBERATION)
    organs = models.ManyToManyField(Organ, related_name="+", blank=True, verbose_name="交办单位")
    about = models.CharField("审议事项", max_length=300, blank=True, help_text="针对的报告、执法检查、视察等")
    meeting_title = models.CharField("会议名称", max_length=300, blank=True)
    reply_by = models.DateField("反馈期限", null=True, blank=True)
    result_manner = models.CharField("落实报告审议方式", max_length=10, choices=Manner.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(form__in=LetterForm.values), name="letter_form"),
            models.CheckConstraint(condition=Q(result_manner__in=[*Manner.values, ""]), name="letter_result_manner"),
        ]


class HandlingState(models.TextChoices):
    """How far an item was dealt with."""

    DONE = "done", "已落实"
    GOING_ON = "going_on", "正在落实"
    PLANNED = "planned", "列入计划"
    NOT_DONE = "not_done", "未落实"


class OpinionItem(ScopedRecord):
    """One opinion of a letter (unit: 条)."""

    letter = models.ForeignKey(OpinionLetter, models.PROTECT, related_name="items", verbose_name="意见书")
    ordinal = models.PositiveSmallIntegerField("序号", null=True, blank=True)
    text = models.TextField("意见内容")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任单位")
    state = models.CharField("落实情况", max_length=20, choices=HandlingState.choices, default=HandlingState.GOING_ON)
    done_on = models.DateField("落实日期", null=True, blank=True)
    result = models.TextField("落实措施和结果", blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["letter_id", "ordinal", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(state__in=HandlingState.values), name="opinion_item_state"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
