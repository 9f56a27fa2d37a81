"""After the vote: the review of deputies' qualifications, the mandates that come of it, the closed file (选举法 46, 47)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.directory.models import Division, Mandate
from renda.elections.models.ledgers import Elected, Election


class ReviewOpinion(models.TextChoices):
    """What the deputy-qualification committee says of one elected (选举法 47(1)); deferring is local (上海)."""

    VALID = "valid", "当选有效"
    INVALID = "invalid", "当选无效"
    DEFERRED = "deferred", "暂缓提出意见"


class ReviewDecision(models.TextChoices):
    """What the standing committee or the presidium decides on the committee's report (选举法 47(2))."""

    CONFIRMED = "confirmed", "确认代表资格有效"
    VOID = "void", "确定当选无效"


class QualificationReview(models.Model):
    """The review of one elected person: the opinion, the decision, the publication, and the mandate that was registered then.

    ``ground`` says why an election is held invalid or the opinion deferred. A mandate is made of a confirmed qualification alone.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="+", verbose_name="选举")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="所属区划")
    elected = models.OneToOneField(Elected, models.PROTECT, related_name="review", verbose_name="当选人")
    opinion = models.CharField("审查意见", max_length=10, choices=ReviewOpinion.choices)
    opinion_on = models.DateField("审查日期")
    ground = models.CharField("理由", max_length=300, blank=True)
    decision = models.CharField("决定", max_length=10, choices=ReviewDecision.choices, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    decided_by = models.CharField("作出决定的机关", max_length=100, blank=True)
    published_on = models.DateField("代表名单公布日期", null=True, blank=True)
    mandate = models.OneToOneField(Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代表职务")

    class Meta:
        ordering = ["elected__district", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opinion=ReviewOpinion.VALID) | ~Q(ground=""),
                name="review_ground",
                violation_error_message="认为当选无效或者暂缓提出意见的，须写明理由",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_on__isnull=True, decided_by="")
                | (~Q(decision="") & Q(decided_on__isnull=False) & ~Q(decided_by="")),
                name="review_decided",
                violation_error_message="决定须写明日期和作出决定的机关",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | ~Q(opinion=ReviewOpinion.DEFERRED),
                name="review_not_deferred",
                violation_error_message="暂缓提出意见的，不能作出决定",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=models.F("opinion_on")),
                name="review_order",
                violation_error_message="决定日期早于审查日期",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, mandate__isnull=True) | Q(decision=ReviewDecision.CONFIRMED),
                name="review_confirmed",
                violation_error_message="代表资格确认有效后才能公布名单、登记代表职务（选举法第四十七条第二款）",
            ),
        ]

    def __str__(self) -> str:
        return self.elected.name
