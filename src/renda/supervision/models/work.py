"""All supervision work in one view of the database, for figures that count several kinds together."""

from __future__ import annotations

from django.db import models

from renda.directory.models import Division
from renda.supervision.models.base import Source


class WorkKind(models.TextChoices):
    """Kinds of supervision work, as reports join them (执法检查、视察、调研等)."""

    SPECIAL_REPORT = "special_report", "听取审议报告"
    FINANCE = "finance", "计划预算审查监督"
    INSPECTION = "inspection", "执法检查"
    TOUR = "tour", "视察"
    SURVEY = "survey", "调研"
    INQUIRY = "inquiry", "专题询问"
    INTERPELLATION = "interpellation", "质询"
    AUDIENCE = "audience", "约见"
    APPRAISAL = "appraisal", "评议"


class SupervisionWork(models.Model):
    """One piece of supervision work of any kind, read only. A database view: each matter and activity once, whatever its kind.

    ``on`` is the day that places it in a period: when a report was heard, an inspection begun, a visit made, an inquiry held.
    """

    id = models.CharField(max_length=24, primary_key=True)
    division = models.ForeignKey(Division, models.DO_NOTHING, related_name="+", verbose_name="所属区划")
    kind = models.CharField("监督方式", max_length=20, choices=WorkKind.choices)
    title = models.CharField("名称", max_length=300)
    source = models.CharField("来源类别", max_length=20, choices=Source.choices)
    on = models.DateField("日期")

    class Meta:
        managed = False
        db_table = "supervision_work"

    def __str__(self) -> str:
        return self.title
