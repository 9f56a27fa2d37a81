"""Figures that others hand to the office: they are kept and shown, and said to be not computed here."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from renda.directory.models import ScopedRecord
from renda.suggestions.models.suggestion import Suggestion


class CppccProposals(ScopedRecord):
    """How many proposals (政协提案) the CPPCC had by a day of a year, as the government office or the CPPCC reported them."""

    year = models.PositiveSmallIntegerField("年度")
    as_of = models.DateField("截止日期")
    field = models.CharField("提案领域", max_length=40, blank=True)
    proposals = models.PositiveIntegerField("提案件数")
    replied = models.PositiveIntegerField("已答复件数", null=True, blank=True)
    closed = models.PositiveIntegerField("已办结件数", null=True, blank=True)
    source = models.CharField("数据来源", max_length=100)

    class Meta(ScopedRecord.Meta):
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(replied__isnull=True) | Q(replied__lte=F("proposals")),
                name="cppcc_replied",
                violation_error_message="已答复件数多于提案件数",
            ),
            models.CheckConstraint(
                condition=Q(closed__isnull=True) | Q(closed__lte=F("proposals")),
                name="cppcc_closed",
                violation_error_message="已办结件数多于提案件数",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年政协提案"


class BillResult(ScopedRecord):
    """One measured effect of handling a bill or suggestion, as the handling unit reported it (新增停车位 320 个)."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="effects", verbose_name="议案（建议）")
    name = models.CharField("成效指标", max_length=80)
    quantity = models.DecimalField("数值", max_digits=16, decimal_places=2)
    unit = models.CharField("计量单位", max_length=10, blank=True)
    reported_on = models.DateField("反馈日期")
    reporter = models.CharField("反馈单位", max_length=100, blank=True)

    class Meta(ScopedRecord.Meta):
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(quantity__gte=0), name="bill_result_quantity", violation_error_message="数值不能是负数"
            ),
        ]

    def __str__(self) -> str:
        return self.name
