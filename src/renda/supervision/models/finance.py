"""Review and supervision of plan, budget, final accounts, audit, state assets, debt and government investment."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.directory.models import Organ
from renda.procedure.models import Matter
from renda.supervision.models.base import Forum, Manner, Supervised


class FinanceKind(models.TextChoices):
    """What is reviewed (Supervision Law, chapter 3; Budget Law)."""

    PLAN = "plan", "计划草案"
    PLAN_EXECUTION = "plan_execution", "计划执行情况"
    PLAN_ADJUSTMENT = "plan_adjustment", "计划调整"
    FIVE_YEAR = "five_year", "五年规划中期评估"
    BUDGET = "budget", "预算草案"
    BUDGET_EXECUTION = "budget_execution", "预算执行情况"
    BUDGET_ADJUSTMENT = "budget_adjustment", "预算调整"
    FINAL_ACCOUNTS = "final_accounts", "决算"
    AUDIT = "audit", "审计工作报告"
    AUDIT_CORRECTION = "audit_correction", "审计查出问题整改情况"
    ASSETS = "assets", "国有资产管理情况"
    DEBT = "debt", "政府债务管理情况"
    INVESTMENT = "investment", "政府投资项目"
    FUNDS = "funds", "专项资金"
    OTHER = "other", "其他财政经济事项"


class FinanceItem(Supervised, Matter):
    """One item of plan and budget review. Counts: review meetings, reports and opinions (项, 份, 条); projects (个)."""

    category = models.CharField("审查类别", max_length=20, choices=FinanceKind.choices)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告机关")
    forum = models.CharField("审议会议", max_length=30, choices=Forum.choices, default=Forum.STANDING_COMMITTEE)
    manner = models.CharField("审议方式", max_length=10, choices=Manner.choices, default=Manner.HEARD)
    review_meetings = models.PositiveIntegerField("审查会次数", default=0)
    review_reports = models.PositiveIntegerField("审查报告份数", default=0)
    review_opinions = models.PositiveIntegerField("审查意见条数", default=0)
    project_class = models.CharField("项目类别", max_length=60, blank=True)
    projects_added = models.PositiveIntegerField("新增项目数", default=0)
    projects_removed = models.PositiveIntegerField("调减项目数", default=0)
    funds_before = models.PositiveIntegerField("整合前资金项目数", null=True, blank=True)
    funds_after = models.PositiveIntegerField("整合后资金项目数", null=True, blank=True)
    amount = models.DecimalField("涉及金额", max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            *Supervised.Meta.constraints,
            models.CheckConstraint(condition=Q(category__in=FinanceKind.values), name="finance_category"),
            models.CheckConstraint(condition=Q(forum__in=Forum.values), name="finance_forum"),
            models.CheckConstraint(condition=Q(manner__in=Manner.values), name="finance_manner"),
            models.CheckConstraint(
                condition=Q(funds_before__isnull=True, funds_after__isnull=True)
                | Q(funds_before__isnull=False, funds_after__isnull=False),
                name="finance_funds",
                violation_error_message="整合前、整合后资金项目数须同时填写",
            ),
        ]
