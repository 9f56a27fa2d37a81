"""Appraisals (评议) of departments, of officials elected or appointed, of judges and procurators."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.directory.models import Organ, Person
from renda.procedure.models import Matter
from renda.supervision.models.base import Supervised


class AppraisalForm(models.TextChoices):
    """What kind of appraisal it is."""

    WORK = "work", "工作评议"
    PERFORMANCE = "performance", "履职评议"
    JUDICIAL = "judicial", "两官评议"


class PostClass(models.TextChoices):
    """What post the appraised person holds."""

    DEPUTY_HEAD = "deputy_head", "副县长"
    DEPARTMENT_HEAD = "department_head", "部门主要负责人"
    SUPERVISION = "supervision", "监委人员"
    JUDGE = "judge", "法官"
    PROCURATOR = "procurator", "检察官"
    OTHER = "other", "其他人员"


class StatementManner(models.TextChoices):
    """How the person accounted for the work."""

    ORAL = "oral", "口头"
    WRITTEN = "written", "书面"


class AppraisalGrade(models.TextChoices):
    """The grade that was announced."""

    EXCELLENT = "excellent", "优秀"
    SATISFIED = "satisfied", "满意"
    COMPETENT = "competent", "称职"
    BASICALLY = "basically", "基本满意"
    BASICALLY_COMPETENT = "basically_competent", "基本称职"
    DISSATISFIED = "dissatisfied", "不满意"
    INCOMPETENT = "incompetent", "不称职"


class Appraisal(Supervised, Matter):
    """One appraised unit or person (two rows of one session are two appraisals)."""

    form = models.CharField("评议类别", max_length=20, choices=AppraisalForm.choices)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被评议单位")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被评议人")
    post = models.CharField("职务", max_length=60, blank=True)
    post_class = models.CharField("职务类别", max_length=20, choices=PostClass.choices, blank=True)
    manner = models.CharField("述职方式", max_length=10, choices=StatementManner.choices, blank=True)
    batch = models.CharField("批次", max_length=40, blank=True)
    grade = models.CharField("评议等次", max_length=20, choices=AppraisalGrade.choices, blank=True)

    class Meta:
        constraints = [
            *Supervised.Meta.constraints,
            models.CheckConstraint(condition=Q(form__in=AppraisalForm.values), name="appraisal_form"),
            models.CheckConstraint(condition=Q(post_class__in=[*PostClass.values, ""]), name="appraisal_post_class"),
            models.CheckConstraint(condition=Q(manner__in=[*StatementManner.values, ""]), name="appraisal_manner"),
            models.CheckConstraint(condition=Q(grade__in=[*AppraisalGrade.values, ""]), name="appraisal_grade"),
            models.CheckConstraint(
                condition=Q(form=AppraisalForm.WORK, organ__isnull=False)
                | (~Q(form=AppraisalForm.WORK) & Q(person__isnull=False)),
                name="appraisal_target",
                violation_error_message="工作评议须填被评议单位；履职评议、两官评议须填被评议人",
            ),
        ]
