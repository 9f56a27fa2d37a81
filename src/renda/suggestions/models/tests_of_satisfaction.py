"""Votes on how suggestions were handled, case by case or unit by unit: totals only."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from renda.directory.models import Organ, ScopedRecord
from renda.suggestions.models.suggestion import Suggestion


class VotedBy(models.TextChoices):
    """The meeting that voted."""

    COMMITTEE = "committee", "常委会会议"
    CONGRESS = "congress", "人民代表大会会议"
    CHAIRPERSONS = "chairpersons", "主任会议"
    DEPUTIES = "deputies", "代表座谈测评"


class SatisfactionTest(ScopedRecord):
    """A vote of a meeting on one suggestion or on one unit's handling in a year. Votes are totals; no one's vote is kept."""

    held_on = models.DateField("测评日期")
    tested_by = models.CharField("测评主体", max_length=14, choices=VotedBy.choices, default=VotedBy.COMMITTEE)
    subject = models.CharField("测评对象", max_length=300, help_text="建议标题，或被测评的单位")
    suggestion = models.ForeignKey(
        Suggestion, models.PROTECT, null=True, blank=True, related_name="tests", verbose_name="测评建议"
    )
    unit = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="测评单位")
    issued = models.PositiveIntegerField("发出票数", null=True, blank=True)
    returned = models.PositiveIntegerField("收回票数", null=True, blank=True)
    satisfied = models.PositiveIntegerField("满意票", default=0)
    basically = models.PositiveIntegerField("基本满意票", default=0)
    dissatisfied = models.PositiveIntegerField("不满意票", default=0)
    abstained = models.PositiveIntegerField("弃权票", default=0)

    class Meta(ScopedRecord.Meta):
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(suggestion__isnull=True) | Q(unit__isnull=True),
                name="suggestion_test_one_object",
                violation_error_message="测评建议和测评单位只填一项；逐件测评填建议，按部门测评填单位",
            ),
            models.CheckConstraint(
                condition=Q(issued__isnull=True) | Q(returned__isnull=True) | Q(returned__lte=F("issued")),
                name="suggestion_test_returned",
                violation_error_message="收回票数多于发出票数",
            ),
            models.CheckConstraint(
                condition=Q(returned__isnull=True)
                | Q(returned__gte=F("satisfied") + F("basically") + F("dissatisfied") + F("abstained")),
                name="suggestion_test_votes",
                violation_error_message="各项票数之和多于收回票数",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
