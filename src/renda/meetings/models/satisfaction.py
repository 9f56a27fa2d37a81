"""Satisfaction votes (满意度测评) in totals, and the rule that turns votes into a grade."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from renda.directory.models import Organ, ScopedRecord
from renda.meetings.models.meeting import Meeting


class SubjectKind(models.TextChoices):
    """What was rated."""

    SPECIAL_REPORT = "special_report", "专项工作报告"
    OPINION_RESULT = "opinion_result", "审议意见落实情况"
    AUDIT = "audit", "审计查出问题整改情况"
    ENFORCEMENT = "enforcement", "执法检查整改情况"
    INQUIRY = "inquiry", "专题询问"
    DEPARTMENT = "department", "部门工作评议"
    OFFICIAL = "official", "履职评议"
    JUDGE = "judge", "法官检察官评议"
    SUGGESTION = "suggestion", "代表建议办理"
    LIVELIHOOD = "livelihood", "民生实事项目"
    OTHER = "other", "其他"


class VoteBase(models.TextChoices):
    """What the share of a grade is taken of. No national law says; the county's own measure does."""

    ALL = "all", "全体组成人员"
    PRESENT = "present", "到会人员"
    RETURNED = "returned", "收回票"
    VALID = "valid", "有效票"


class Line(models.TextChoices):
    """From which share on a grade is reached."""

    MORE_THAN_HALF = "more_than_half", "过半数"
    HALF = "half", "半数以上（含半数）"
    SIXTY = "sixty", "60%以上"
    TWO_THIRDS = "two_thirds", "三分之二以上"
    SEVENTY = "seventy", "70%以上"
    EIGHTY = "eighty", "80%以上"
    NINETY = "ninety", "90%以上"


class Grade(models.TextChoices):
    """The grade that a rated subject reached."""

    SATISFIED = "satisfied", "满意"
    BASICALLY = "basically", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class SatisfactionVote(ScopedRecord):
    """One subject rated by one vote (unit: votes).

    The law leaves the rule to the county, so ``base`` and ``line`` have no default: without them there is no grade. ``grade``
    is derived by ``outcomes.settle_satisfaction``: satisfied when the satisfied votes reach the line, basically satisfied when
    they do together with the basically satisfied ones, dissatisfied otherwise.
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="satisfaction_votes", verbose_name="会议"
    )
    held_on = models.DateField("测评日期")
    subject = models.CharField("测评事项", max_length=300)
    subject_kind = models.CharField("测评对象类型", max_length=20, choices=SubjectKind.choices, default=SubjectKind.OTHER)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被测评单位")
    person_name = models.CharField("被测评人", max_length=60, blank=True)
    round = models.PositiveSmallIntegerField("测评次数", default=1, help_text="首次测评填1，二次测评填2")
    electorate = models.PositiveIntegerField("全体组成人员数", null=True, blank=True)
    present = models.PositiveIntegerField("到会人数", null=True, blank=True)
    issued = models.PositiveIntegerField("发出票数")
    returned = models.PositiveIntegerField("收回票数")
    valid = models.PositiveIntegerField("有效票数", null=True, blank=True)
    satisfied = models.PositiveIntegerField("满意票")
    basically = models.PositiveIntegerField("基本满意票", default=0)
    dissatisfied = models.PositiveIntegerField("不满意票", default=0)
    abstained = models.PositiveIntegerField("弃权票", default=0)
    base = models.CharField("得票率基数", max_length=20, choices=VoteBase.choices, blank=True)
    line = models.CharField("等次线", max_length=20, choices=Line.choices, blank=True)
    grade = models.CharField("测评等次", max_length=20, choices=Grade.choices, blank=True, editable=False)

    class Meta(ScopedRecord.Meta):
        ordering = ["-held_on", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(subject_kind__in=SubjectKind.values), name="satisfaction_subject"),
            models.CheckConstraint(condition=Q(base__in=[*VoteBase.values, ""]), name="satisfaction_base"),
            models.CheckConstraint(condition=Q(line__in=[*Line.values, ""]), name="satisfaction_line"),
            models.CheckConstraint(
                condition=Q(round__gte=1), name="satisfaction_round", violation_error_message="测评次数从1开始"
            ),
            models.CheckConstraint(
                condition=Q(returned__lte=F("issued")),
                name="satisfaction_returned",
                violation_error_message="收回票数多于发出票数",
            ),
            models.CheckConstraint(
                condition=Q(valid__isnull=True) | Q(valid__lte=F("returned")),
                name="satisfaction_valid",
                violation_error_message="有效票数多于收回票数",
            ),
            models.CheckConstraint(
                condition=Q(
                    satisfied__lte=Coalesce(F("valid"), F("returned")) - F("basically") - F("dissatisfied") - F("abstained")
                ),
                name="satisfaction_total",
                violation_error_message="各档票数之和多于有效票数（未填有效票时为收回票数）",
            ),
            models.CheckConstraint(
                condition=(~Q(base=VoteBase.ALL) | Q(electorate__isnull=False))
                & (~Q(base=VoteBase.PRESENT) | Q(present__isnull=False)),
                name="satisfaction_base_known",
                violation_error_message="得票率按全体组成人员或到会人员计算时，须填相应人数",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
