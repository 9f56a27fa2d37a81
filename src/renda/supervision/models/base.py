"""What the kinds of supervision share."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.directory.models import Organ


class Source(models.TextChoices):
    """From where a supervision item comes (监督项目来源)."""

    STATUTORY = "statutory", "法定监督"
    KEY = "key", "重点监督"
    LINKED = "linked", "上下联动监督"
    TRACKING = "tracking", "跟踪监督"
    OTHER = "other", "其他监督"


class Forum(models.TextChoices):
    """Which meeting dealt with it."""

    STANDING_COMMITTEE = "standing_committee", "常委会会议"
    CHAIRPERSONS = "chairpersons", "主任会议"
    CONGRESS = "congress", "人民代表大会会议"
    PRESIDIUM = "presidium", "乡镇人大主席团会议"
    COMMITTEE = "committee", "专门委员会或工作机构会议"


class Manner(models.TextChoices):
    """Whether a report was heard or considered in writing."""

    HEARD = "heard", "听取"
    WRITTEN = "written", "书面"


class Supervised(models.Model):
    """Where a supervision item comes from, what field it is in, who leads it."""

    source = models.CharField("来源类别", max_length=20, choices=Source.choices, blank=True)
    field = models.CharField("领域", max_length=40, blank=True, help_text="如：财经、城建环保、教科文卫、监察司法、农业农村")
    lead = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="牵头委办")

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(source__in=[*Source.values, ""]), name="%(class)s_source")]
