"""Deputies who leave before their term ends: recall by the voters of the district, resignation (选举法 50 to 57)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from renda.core.fields import EncryptedTextField
from renda.directory.models import Mandate, Person
from renda.directory.models.divisions import Level
from renda.elections.models.ledgers import ElectoralDistrict
from renda.elections.models.roll import Voter
from renda.procedure.models import Matter

DIRECT = (Level.COUNTY, Level.TOWNSHIP)
"""Levels whose deputies the voters elect themselves (选举法 3(2))."""
LEVELS = [(one.value, one.label) for one in DIRECT]


class Departure(Matter):
    """What recall and resignation share: whose mandate it is.

    ``mandate`` and ``district`` (the electoral district of the general election of that term, where its districts are entered) follow from
    person and level. ``mandate_ended_on`` is the day on which the matter ended the mandate; None while it has not. ``settled``: nothing
    is under way any more.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="代表")
    level = models.CharField("代表层级", max_length=12, choices=LEVELS)
    constituency = models.CharField("原选区", max_length=100, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="代表职务")
    district = models.ForeignKey(
        ElectoralDistrict, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="登记册上的选区"
    )
    mandate_ended_on = models.DateField("代表职务终止日期", null=True, editable=False)
    settled = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True


class RecallOutcome(models.TextChoices):
    """How a demand for a recall ended."""

    PASSED = "passed", "罢免通过"
    FAILED = "failed", "罢免未通过"
    NOT_ADMITTED = "not_admitted", "不予受理"
    ENDED = "ended", "终止"


class Statement(models.TextChoices):
    """In which form the deputy answered (选举法 50(2))."""

    ORAL = "oral", "在选民会议上口头申辩"
    WRITTEN = "written", "书面申辩"
    NONE = "none", "没有提出申辩意见"


class Recall(Departure):
    """A demand of voters to recall their deputy (罢免; 选举法 50, 52 to 54): made to the county's standing committee, voted on by the voters.

    ``signed`` is how many names stand on the paper, ``counted`` how many of them count. ``voters`` are all voters of the district,
    which the majority is of; the other totals are those of the vote. ``lead``, ``phone`` and ``reasons`` stand encrypted.
    """

    lead = EncryptedTextField("领衔选民")
    phone = EncryptedTextField("联系电话")
    reasons = EncryptedTextField("罢免理由")
    signed = models.PositiveIntegerField("联名人数")
    counted = models.PositiveIntegerField("有效联名人数", null=True, blank=True)
    statement = models.CharField("代表申辩", max_length=8, choices=Statement.choices, blank=True)
    voters = models.PositiveIntegerField("原选区全体选民数", null=True, blank=True)
    participants = models.PositiveIntegerField("参加表决选民数", null=True, blank=True)
    recovered = models.PositiveIntegerField("收回表决票数", null=True, blank=True)
    void = models.PositiveIntegerField("废票数", null=True, blank=True)
    yes = models.PositiveIntegerField("赞成罢免票数", null=True, blank=True)
    outcome = models.CharField("结果", max_length=14, choices=RecallOutcome.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=[one.value for one in DIRECT]),
                name="recall_level",
                violation_error_message="选民直接罢免的只有县级、乡级人大代表（选举法第五十条）",
            ),
            models.CheckConstraint(
                condition=Q(counted__isnull=True) | Q(counted__lte=F("signed")),
                name="recall_counted",
                violation_error_message="有效联名人数多于联名人数",
            ),
            models.UniqueConstraint(
                fields=["mandate"],
                condition=Q(settled=False),
                name="recall_open",
                violation_error_message="对这名代表已有一件正在办理的罢免要求",
            ),
        ]


class RecallSigner(models.Model):
    """A voter of the roll who signed a demand for a recall, counted once; behind the roll. ``struck_why``: why the name does not count."""

    recall = models.ForeignKey(Recall, models.PROTECT, related_name="signers", verbose_name="罢免要求")
    voter = models.ForeignKey(Voter, models.PROTECT, related_name="+", verbose_name="联名选民")
    entered_at = models.DateTimeField("登记时间")
    struck_why = models.CharField("不计入的原因", max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recall", "voter"], name="recall_signer_once", violation_error_message="同一选民只计一次"
            )
        ]


class ResignationOutcome(models.TextChoices):
    """How a resignation ended."""

    ACCEPTED = "accepted", "接受辞职"
    NOT_ACCEPTED = "not_accepted", "未获通过"
    WITHDRAWN = "withdrawn", "撤回"


class Resignation(Departure):
    """A deputy's resignation (辞职; 选举法 55, 56): county deputies resign to the standing committee, township deputies to the congress.

    ``whole`` is how many members the body has in all (常委会全体组成人员, 全体代表), ``yes`` how many of them voted to accept.
    """

    reason = EncryptedTextField("辞职原因")
    whole = models.PositiveIntegerField("全体人数", null=True, blank=True)
    yes = models.PositiveIntegerField("赞成票数", null=True, blank=True)
    outcome = models.CharField("结果", max_length=14, choices=ResignationOutcome.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=[one.value for one in DIRECT]),
                name="departure_resignation_level",
                violation_error_message="这里只办理县级、乡级人大代表的辞职",
            ),
            models.CheckConstraint(
                condition=Q(whole__isnull=True) | Q(yes__isnull=True) | Q(yes__lte=F("whole")),
                name="departure_resignation_votes",
                violation_error_message="赞成票数多于全体人数",
            ),
            models.UniqueConstraint(
                fields=["mandate"],
                condition=Q(settled=False),
                name="departure_resignation_open",
                violation_error_message="这名代表已有一件正在办理的辞职",
            ),
        ]
