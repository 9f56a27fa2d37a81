"""Terms of congresses and the mandates of deputies at four levels, their grids and groups."""

from __future__ import annotations

from django.db import models

from renda.directory.models.divisions import Level
from renda.directory.models.people import Person
from renda.directory.models.records import ScopedRecord


class Term(ScopedRecord):
    """A term (届) of the congress of a division: its number and days."""

    level = models.CharField("层级", max_length=12, choices=Level.choices)
    number = models.PositiveSmallIntegerField("届次")
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("届满日期", null=True, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["level", "number"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["division", "level", "number"],
                condition=models.Q(voided_at__isnull=True),
                name="term_number",
                violation_error_message="该层级的这一届次已登记",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="term_span",
                violation_error_message="届满日期应晚于起始日期",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}第{self.number}届"


class Grid(ScopedRecord):
    """A grid cell (网格) that deputies are placed in."""

    name = models.CharField("网格名称", max_length=80)
    village = models.CharField("所在村（社区）", max_length=80, blank=True)
    households = models.PositiveIntegerField("户数", null=True, blank=True)
    residents = models.PositiveIntegerField("人口", null=True, blank=True)
    leader = models.CharField("网格长", max_length=60, blank=True)
    founded_on = models.DateField("建立日期", null=True, blank=True)
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["division_id", "name"]

    def __str__(self) -> str:
        return self.name


class GroupKind(models.TextChoices):
    """Kinds of deputies' groups."""

    DEPUTY = "deputy", "代表小组"
    PROFESSIONAL = "professional", "专业代表小组"
    DELEGATION = "delegation", "代表团"


class DeputyGroup(ScopedRecord):
    """A group of deputies (代表小组)."""

    name = models.CharField("小组名称", max_length=80)
    kind = models.CharField("小组类别", max_length=20, choices=GroupKind.choices, default=GroupKind.DEPUTY)
    field = models.CharField("专业领域", max_length=60, blank=True)
    leader = models.CharField("组长", max_length=60, blank=True)
    founded_on = models.DateField("成立日期", null=True, blank=True)
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["division_id", "name"]

    def __str__(self) -> str:
        return self.name


class EndReason(models.TextChoices):
    """Why a mandate ended (Deputies Law: term, resignation, removal, moving away, loss of rights, death)."""

    EXPIRED = "expired", "任期届满"
    RESIGNED = "resigned", "辞职"
    RECALLED = "recalled", "罢免"
    MOVED = "moved", "迁出或调离"
    TERMINATED = "terminated", "代表资格终止"
    DIED = "died", "去世"


class HowElected(models.TextChoices):
    """How a mandate began."""

    GENERAL = "general", "换届选举"
    BY_ELECTION = "by_election", "补选"


class Mandate(ScopedRecord):
    """A deputy's mandate (代表职务): a person, a level, a term, an electoral district, from and to."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates", verbose_name="姓名")
    level = models.CharField("代表层级", max_length=12, choices=Level.choices)
    term_number = models.PositiveSmallIntegerField("届次")
    electoral_district = models.CharField("选区（选举单位）", max_length=100, blank=True)
    delegation = models.CharField("代表团", max_length=60, blank=True)
    group = models.ForeignKey(
        DeputyGroup, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name="代表小组"
    )
    grid = models.ForeignKey(Grid, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name="所在网格")
    sector = models.CharField("代表构成", max_length=40, blank=True, help_text="工人、农民、干部、专业技术人员等")
    grassroots = models.BooleanField("基层代表", default=False)
    how_elected = models.CharField("产生方式", max_length=20, choices=HowElected.choices, default=HowElected.GENERAL)
    since = models.DateField("任职起始日期")
    until = models.DateField("任职终止日期", null=True, blank=True)
    end_reason = models.CharField("终止原因", max_length=20, choices=EndReason.choices, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["level", "term_number", "person_id"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "level", "term_number", "since"],
                condition=models.Q(voided_at__isnull=True),
                name="mandate_once",
                violation_error_message="此人这一届的代表职务已登记",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="mandate_span",
                violation_error_message="任职终止日期早于起始日期",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=False) | models.Q(end_reason=""),
                name="mandate_end",
                violation_error_message="写了终止原因，还要写终止日期",
            ),
        ]
        indexes = [models.Index(fields=["level", "term_number"], name="mandate_level_term")]

    def __str__(self) -> str:
        return f"{self.person}（{self.get_level_display()}第{self.term_number}届）"
