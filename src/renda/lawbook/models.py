"""What a county has settled about the law: rows are superseded, never changed or removed."""

from __future__ import annotations

from django.db import models

from renda.directory.models import Division
from renda.law.calendars import PREDICTED, PUBLISHED, UNKNOWN

IN_FORCE = models.Q(ended_at__isnull=True)


class Setting(models.Model):
    """Something settled for a division and all below it (``division`` None: for the whole deployment), by whom, why, until when."""

    division = models.ForeignKey(Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="适用区划")
    reason = models.CharField("理由", max_length=500)
    set_by = models.CharField("设定人", max_length=200)
    set_at = models.DateTimeField("设定时间")
    ended_by = models.CharField("撤换人", max_length=200, blank=True)
    ended_at = models.DateTimeField("撤换时间", null=True, blank=True)

    class Meta:
        abstract = True


class PackUse(Setting):
    """A pack of local rules in use (启用的地方规定); of those in force a later ``position`` goes before an earlier one."""

    pack = models.CharField("地方规定", max_length=40)
    position = models.PositiveSmallIntegerField("次序")

    class Meta:
        ordering = ["division_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "pack"], condition=IN_FORCE, nulls_distinct=False, name="lawbook_pack_once"
            ),
            models.UniqueConstraint(
                fields=["division", "position"], condition=IN_FORCE, nulls_distinct=False, name="lawbook_pack_place"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="lawbook_pack_reason"),
        ]

    def __str__(self) -> str:
        return self.pack


class Choice(Setting):
    """What the county chose where the law is open (本县的选择), for days from ``since`` on (None: for all days)."""

    key = models.CharField("参数", max_length=80)
    value = models.TextField("选择")
    since = models.DateField("自何日起", null=True, blank=True)

    class Meta:
        ordering = ["key", models.F("since").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "key", "since"], condition=IN_FORCE, nulls_distinct=False, name="lawbook_choice_once"
            ),
            models.CheckConstraint(condition=~models.Q(reason="") & ~models.Q(value=""), name="lawbook_choice_said"),
        ]

    def __str__(self) -> str:
        return self.key


class Status(models.TextChoices):
    """How sure a year's arrangement is."""

    PUBLISHED = PUBLISHED, "已公布"
    PREDICTED = PREDICTED, "预测"
    UNKNOWN = UNKNOWN, "未知"


class HolidayYear(Setting):
    """A year's arrangement of holidays (放假安排) in place of the shipped table; ``source`` names the notice."""

    year = models.PositiveSmallIntegerField("年份")
    status = models.CharField("状态", max_length=10, choices=Status.choices)
    source = models.CharField("依据的通知", max_length=200, blank=True)

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "year"], condition=IN_FORCE, nulls_distinct=False, name="lawbook_year_once"
            ),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="lawbook_year_status"),
            models.CheckConstraint(
                condition=~models.Q(status=PUBLISHED) | ~models.Q(source=""),
                name="lawbook_year_source",
                violation_error_message="已公布的安排应写明依据的通知",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class DayKind(models.TextChoices):
    """Whether a day is off or worked."""

    OFF = "off", "放假"
    WORK = "work", "上班"


class HolidayDay(models.Model):
    """One day of an arrangement: a day off with its name, or a weekend day that is worked."""

    arrangement = models.ForeignKey(HolidayYear, models.CASCADE, related_name="days")
    day = models.DateField("日期")
    kind = models.CharField(max_length=4, choices=DayKind.choices)
    name = models.CharField("名称", max_length=60, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["arrangement", "day"], name="lawbook_day_once"),
            models.CheckConstraint(condition=models.Q(kind__in=DayKind.values), name="lawbook_day_kind"),
        ]

    def __str__(self) -> str:
        return self.day.isoformat()


class Edition(models.Model):
    """One row: which edition of the settings is in force. Every change gives it a new token, by which processes know theirs is old."""

    token = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="lawbook_one_edition")]
