"""Tables of the planning room."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.directory.models import Organ, ScopedRecord
from renda.directory.models.divisions import Level


class PlanCategory(models.TextChoices):
    """What a plan item is about."""

    SUPERVISION = "supervision", "监督工作"
    MEETING = "meeting", "会议工作"
    DEPUTY = "deputy", "代表工作"
    APPOINTMENT = "appointment", "人事任免"
    DECISION = "decision", "重大事项决定"
    SELF = "self", "自身建设"
    OTHER = "other", "其他"


class PlanItem(ScopedRecord):
    """One item of the yearly plan, its owner and what became of it."""

    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("计划事项", max_length=200)
    category = models.CharField("工作类别", max_length=14, choices=PlanCategory.choices, default=PlanCategory.OTHER)
    owner = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任单位")
    planned_on = models.DateField("计划完成日期")
    done_on = models.DateField("实际完成日期", null=True, blank=True)
    outcome = models.CharField("完成情况", max_length=300, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["year", "planned_on"]


class UpwardKind(models.TextChoices):
    """请示 asks for an answer, 报告 does not."""

    REQUEST = "request", "请示"
    REPORT = "report", "报告"


class UpwardReport(ScopedRecord):
    """A request or report to the Party committee of the same level."""

    title = models.CharField("标题", max_length=200)
    kind = models.CharField("文种", max_length=8, choices=UpwardKind.choices)
    number = models.CharField("文号", max_length=60, blank=True)
    submitted_on = models.DateField("报送日期")
    in_writing = models.BooleanField("书面", default=True)
    answered_on = models.DateField("批复日期", null=True, blank=True)


class SupportKind(models.TextChoices):
    """How the Party committee supports the congress's work."""

    TOPIC = "topic", "常委会研究人大议题"
    CONFERENCE = "conference", "人大工作会议"
    DOCUMENT = "document", "出台文件"
    REPORT_HEARD = "report_heard", "听取人大党组汇报"


class PartySupport(ScopedRecord):
    """One act of the Party committee on the congress's work."""

    title = models.CharField("事项", max_length=200)
    kind = models.CharField("类别", max_length=14, choices=SupportKind.choices)
    held_on = models.DateField("日期")
    number = models.CharField("文号", max_length=60, blank=True)


class Problem(ScopedRecord):
    """A problem of the congress's own work and its correction."""

    title = models.CharField("问题", max_length=300)
    source = models.CharField("问题来源", max_length=100, blank=True)
    owner = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任单位")
    found_on = models.DateField("发现日期")
    due_on = models.DateField("整改期限", null=True, blank=True)
    corrected_on = models.DateField("整改完成日期", null=True, blank=True)
    measures = models.CharField("整改措施", max_length=300, blank=True)

    class Meta(ScopedRecord.Meta):
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(corrected_on__isnull=True) | Q(corrected_on__gte=models.F("found_on")),
                name="planning_problem_span",
                violation_error_message="整改完成日期早于发现日期",
            ),
        ]


class TownshipReturn(ScopedRecord):
    """A township congress's yearly return to the county."""

    year = models.PositiveSmallIntegerField("年度")
    reported_on = models.DateField("报送日期")
    congress_sessions = models.PositiveSmallIntegerField("人代会次数", default=0)
    presidium_meetings = models.PositiveSmallIntegerField("主席团会议次数", default=0)
    joint_activities = models.PositiveSmallIntegerField("联席活动次数", default=0)
    deputy_activities = models.PositiveSmallIntegerField("代表活动次数", default=0)
    appraised_units = models.PositiveSmallIntegerField("评议站所数", default=0)
    appraising_deputies = models.PositiveSmallIntegerField("参加评议代表人数", default=0)
    suggestions = models.PositiveSmallIntegerField("代表建议件数", default=0)

    class Meta(ScopedRecord.Meta):
        ordering = ["-year", "division_id"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["division", "year"],
                condition=Q(voided_at__isnull=True),
                name="planning_return_once",
                violation_error_message="该乡镇这一年度的填报已登记",
            ),
        ]


class ExternalFigure(ScopedRecord):
    """A figure from outside, shown beside ours and not computed by the platform."""

    name = models.CharField("数据名称", max_length=100)
    unit = models.CharField("计量单位", max_length=10)
    as_of = models.DateField("数据日期")
    value = models.DecimalField("数值", max_digits=18, decimal_places=2)
    source = models.CharField("数据来源", max_length=100)


class SuperiorVisit(ScopedRecord):
    """A visit from above: inspection or survey by higher congresses and leaders (上级来访)."""

    visitor = models.CharField("来访单位（领导）", max_length=100)
    level = models.CharField("来访层级", max_length=12, choices=Level.choices)
    topic = models.CharField("来访事由", max_length=200)
    visited_on = models.DateField("来访日期")
    persons = models.PositiveIntegerField("来访人数", null=True, blank=True)
