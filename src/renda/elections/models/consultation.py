"""Between the two lists: what voter groups said, pre-elections as totals, meetings with voters; and the announcements of an election."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from renda.directory.models import Division
from renda.elections.models.candidates import AliveQuerySet, Nominee
from renda.elections.models.ledgers import Election, ElectoralDistrict, OfElection
from renda.elections.models.roll import VoterGroup


class Consultation(models.Model):
    """One discussion of a voter group about the nominees (选举法 32(1)): when, and how many took part. Never who said what."""

    group = models.ForeignKey(VoterGroup, models.PROTECT, related_name="consultations", verbose_name="选民小组")
    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, related_name="consultations", verbose_name="选区")
    held_on = models.DateField("讨论日期")
    present = models.PositiveIntegerField("参加人数")
    note = models.CharField("主要意见", max_length=500, blank=True)
    by = models.CharField("登记人", max_length=200)

    class Meta:
        ordering = ["district_id", "held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "held_on"], name="consultation_once", violation_error_message="这个小组这一天的讨论已经登记"
            ),
            models.CheckConstraint(condition=Q(present__gte=1), name="consultation_present"),
        ]


class GroupSupport(models.Model):
    """How many of those present at a group's discussion were for a nominee."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="support")
    nominee = models.ForeignKey(Nominee, models.PROTECT, related_name="support")
    supporters = models.PositiveIntegerField("赞成人数")

    class Meta:
        ordering = ["consultation_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["consultation", "nominee"], name="group_support")]


class PreElection(models.Model):
    """A pre-election of a district (预选, 选举法 32(1)) as totals. ``voters`` are all of the district, ``participants`` those who took part."""

    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, related_name="pre_elections", verbose_name="选区")
    held_on = models.DateField("预选日期")
    mode = models.CharField("预选方式", max_length=200, blank=True)
    voters = models.PositiveIntegerField("选民数")
    participants = models.PositiveIntegerField("参加人数")
    issued = models.PositiveIntegerField("发出票数")
    returned = models.PositiveIntegerField("收回票数")
    valid = models.PositiveIntegerField("有效票数")
    void = models.PositiveIntegerField("废票数")
    by = models.CharField("登记人", max_length=200)
    voided_at = models.DateTimeField(null=True, editable=False)
    void_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = AliveQuerySet.as_manager()

    class Meta:
        ordering = ["district_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["district"],
                condition=Q(voided_at__isnull=True),
                name="pre_election_once",
                violation_error_message="这个选区的预选已经登记；有误的请先作废",
            ),
            models.CheckConstraint(
                condition=Q(participants__lte=F("voters")),
                name="pre_election_voters",
                violation_error_message="参加预选的人数多于选民数",
            ),
            models.CheckConstraint(
                condition=Q(returned__lte=F("issued"), returned=F("valid") + F("void")),
                name="pre_election_ballots",
                violation_error_message="收回的票多于发出的票，或者有效票与废票之和不等于收回的票",
            ),
            models.CheckConstraint(condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name="pre_election_void"),
        ]


class PreVotes(models.Model):
    """The votes of a nominee in a pre-election."""

    pre_election = models.ForeignKey(PreElection, models.CASCADE, related_name="votes")
    nominee = models.ForeignKey(Nominee, models.PROTECT, related_name="+")
    votes = models.PositiveIntegerField("得票数")

    class Meta:
        ordering = ["pre_election_id", "-votes", "pk"]
        constraints = [models.UniqueConstraint(fields=["pre_election", "nominee"], name="pre_votes")]


class MeetingAsked(models.TextChoices):
    """Who asked for a meeting of candidates with voters."""

    VOTERS = "voters", "选民要求"
    COMMITTEE = "committee", "选举委员会安排"


class IntroductionMeeting(OfElection):
    """A meeting of candidates with voters (选举法 34): what voters ask for, the committee has to organise. ``held_on`` empty: not held yet."""

    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, related_name="introductions", verbose_name="选区")
    asked_by = models.CharField("由谁提出", max_length=10, choices=MeetingAsked.choices, default=MeetingAsked.VOTERS)
    asked_on = models.DateField("提出日期")
    held_on = models.DateField("举行日期", null=True, blank=True)
    place = models.CharField("地点", max_length=200, blank=True)
    candidates = models.CharField("到会候选人", max_length=200, blank=True)
    present = models.PositiveIntegerField("到会选民人数", null=True, blank=True)
    questions = models.TextField("提问和回答要点", blank=True)

    class Meta(OfElection.Meta):
        ordering = ["-asked_on", "district_id"]
        constraints = [
            *OfElection.Meta.constraints,
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | Q(held_on__gte=F("asked_on")),
                name="introduction_days",
                violation_error_message="举行日期早于提出日期",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district} {self.asked_on}"


class Announcement(models.Model):
    """An announcement of the election committee (公告 第N号), numbered through the election without gaps. ``code`` is that of its template.

    Issued once: a mistaken one is voided with its reason and keeps its number. The paper itself is kept by the documents room under the
    announcement's key. ``said`` is what its maker filled in.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="announcements", verbose_name="选举")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="所属区划")
    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="选区")
    code = models.CharField("种类", max_length=30)
    number = models.PositiveIntegerField("公告号")
    title = models.CharField("标题", max_length=200)
    issued_on = models.DateField("发布日期")
    said = models.JSONField(default=dict)
    by = models.CharField("发布人", max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField("作废时间", null=True, editable=False)
    void_reason = models.CharField("作废原因", max_length=300, blank=True, editable=False)

    objects = AliveQuerySet.as_manager()

    class Meta:
        ordering = ["election_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["election", "number"], name="announcement_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="announcement_from_one"),
            models.CheckConstraint(condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name="announcement_void"),
        ]

    def __str__(self) -> str:
        return f"第{self.number}号 {self.title}"
