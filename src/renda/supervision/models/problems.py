"""Problem lists (问题清单) with the correction of each problem."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.directory.models import Organ, ScopedRecord
from renda.procedure.models import Matter


class ProblemList(Matter):
    """A list of problems that supervision found, handed over for correction."""

    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="整改责任单位")
    about = models.CharField("监督事项", max_length=300, blank=True)

    class Meta:
        # without a Meta of its own it would take the abstract record's constraints, whose columns stand in the parent's table
        constraints = ()


class CorrectionState(models.TextChoices):
    """How far a problem is corrected."""

    CORRECTED = "corrected", "已整改"
    GOING_ON = "going_on", "正在整改"
    NOT_CORRECTED = "not_corrected", "未整改"


class Problem(ScopedRecord):
    """One problem on a list (unit: 个). A corrected one has its day; sign-off (销号) is a day of its own."""

    list = models.ForeignKey(ProblemList, models.PROTECT, related_name="problems", verbose_name="问题清单")
    ordinal = models.PositiveSmallIntegerField("序号", null=True, blank=True)
    text = models.TextField("问题")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任单位")
    measure = models.TextField("整改措施", blank=True)
    correct_by = models.DateField("整改时限", null=True, blank=True)
    state = models.CharField("整改状态", max_length=20, choices=CorrectionState.choices, default=CorrectionState.GOING_ON)
    corrected_on = models.DateField("完成整改日期", null=True, blank=True)
    signed_off_on = models.DateField("销号日期", null=True, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["list_id", "ordinal", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(state__in=CorrectionState.values), name="problem_state"),
            models.CheckConstraint(
                condition=Q(corrected_on__isnull=True) | Q(state=CorrectionState.CORRECTED),
                name="problem_corrected",
                violation_error_message="填了完成整改日期，整改状态应为“已整改”",
            ),
            models.CheckConstraint(
                condition=Q(signed_off_on__isnull=True) | Q(state=CorrectionState.CORRECTED),
                name="problem_signed_off",
                violation_error_message="尚未整改的问题不能销号",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
