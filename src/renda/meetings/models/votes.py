"""Votes as totals: nothing here can tell who voted how."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from renda.directory.models import ScopedRecord
from renda.meetings.models.agenda import AgendaItem
from renda.meetings.models.meeting import Meeting


class Ballot(models.TextChoices):
    """How the vote was taken."""

    ELECTRONIC = "electronic", "电子表决"
    SECRET = "secret", "无记名投票"
    HANDS = "hands", "举手表决"
    OPEN = "open", "记名投票"
    OTHER = "other", "其他方式"


class Vote(ScopedRecord):
    """One vote, in totals (unit: votes).

    ``needed``, ``passed`` and ``basis`` are derived by ``outcomes.settle_votes`` from the law of the day and never typed: more
    than half of all deputies or members (Organic Law, art. 25 and 51(4)), of those due to attend in the Party group.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="votes", verbose_name="会议")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="votes", verbose_name="议题")
    subject = models.CharField("表决事项", max_length=300)
    ballot = models.CharField("表决方式", max_length=20, choices=Ballot.choices, default=Ballot.ELECTRONIC)
    electorate = models.PositiveIntegerField("全体人数", help_text="全体代表或者全体组成人员的人数；党组会议为应到会成员数")
    present = models.PositiveIntegerField("到会人数", null=True, blank=True)
    in_favour = models.PositiveIntegerField("赞成票")
    against = models.PositiveIntegerField("反对票", default=0)
    abstained = models.PositiveIntegerField("弃权票", default=0)
    not_pressed = models.PositiveIntegerField("未按表决器", default=0)
    needed = models.PositiveIntegerField("通过所需票数", null=True, editable=False)
    passed = models.BooleanField("通过", null=True, editable=False)
    basis = models.CharField("判定依据", max_length=120, blank=True, editable=False)

    class Meta(ScopedRecord.Meta):
        ordering = ["meeting_id", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(ballot__in=Ballot.values), name="vote_ballot"),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(present__lte=F("electorate")),
                name="vote_present",
                violation_error_message="到会人数多于全体人数",
            ),
            models.CheckConstraint(
                condition=Q(
                    in_favour__lte=Coalesce(F("present"), F("electorate")) - F("against") - F("abstained") - F("not_pressed")
                ),
                name="vote_total",
                violation_error_message="赞成、反对、弃权、未按表决器之和多于到会人数",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
