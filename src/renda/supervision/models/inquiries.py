"""Special inquiries (专题询问), interpellations (质询) and audiences that deputies ask of officials (约见)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.activities.models import Activity
from renda.directory.models import Organ
from renda.procedure.models import Matter
from renda.supervision.models.base import Supervised


class InquiryForm(models.TextChoices):
    """At what kind of meeting (Supervision Law, art. 47)."""

    PLENARY = "plenary", "常委会全体会议"
    JOINT = "joint", "联组会议"
    GROUP = "group", "分组会议"


class SpecialInquiry(Supervised, Matter):
    """A special inquiry: units answer questions (Supervision Law, art. 46 to 50)."""

    form = models.CharField("会议形式", max_length=20, choices=InquiryForm.choices, default=InquiryForm.PLENARY)
    units = models.ManyToManyField(Organ, related_name="+", blank=True, verbose_name="应询单位")
    questions = models.PositiveIntegerField("提问数", null=True, blank=True)
    rated = models.BooleanField("现场测评", default=False)

    class Meta:
        constraints = [
            *Supervised.Meta.constraints,
            models.CheckConstraint(condition=Q(form__in=InquiryForm.values), name="inquiry_form"),
        ]


class InterpellationLevel(models.TextChoices):
    """Where the interpellation was put."""

    CONGRESS = "congress", "人民代表大会会议期间"
    STANDING_COMMITTEE = "standing_committee", "常委会会议期间"
    TOWNSHIP_CONGRESS = "township_congress", "乡镇人民代表大会会议期间"


class Interpellation(Matter):
    """A written interpellation (质询案; Organic Law, art. 24 and 53; Supervision Law, art. 51)."""

    level = models.CharField("提出时间", max_length=20, choices=InterpellationLevel.choices)
    addressee = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="受质询机关")
    cosigners = models.PositiveIntegerField("联名人数", null=True, blank=True)
    satisfied = models.BooleanField("对答复满意", null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(level__in=InterpellationLevel.values), name="interpellation_level")]


class OfficialAudience(Activity):
    """Deputies meet the head of a state organ at their own request (约见; Deputies Law, art. 22 of 2015 and 29 of 2025)."""

    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被约见机关")
    official = models.CharField("被约见负责人", max_length=100, blank=True)
    reply = models.CharField("答复情况", max_length=300, blank=True)

    class Meta:
        # without a Meta of its own it would take the abstract record's constraints, whose columns stand in the parent's table
        constraints = ()
