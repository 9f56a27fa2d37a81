"""Administrative divisions (行政区划) as a tree of GB/T 2260 codes; township codes are the county's own nine digits (GB/T 10114)."""

from __future__ import annotations

from datetime import date

from django.db import models


class Level(models.TextChoices):
    """Levels of division, congress and deputy."""

    NATION = "nation", "全国"
    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


class DivisionQuerySet(models.QuerySet):
    """Selections of divisions."""

    def subtree(self, path: str) -> DivisionQuerySet:
        """The division with this path and all below it."""
        return self.filter(models.Q(path=path) | models.Q(path__startswith=path + "."))

    def on(self, day: date) -> DivisionQuerySet:
        """The divisions in being on a day (codes change)."""
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=day),
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=day),
        )


class Division(models.Model):
    """One administrative division; ``path`` is its ancestors' codes and its own, joined by dots: the prefix that scope is."""

    code = models.CharField("区划代码", max_length=12)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("级别", max_length=12, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级区划")
    path = models.CharField(max_length=80, unique=True)
    urban = models.BooleanField("街道", default=False)
    population = models.PositiveIntegerField("人口数", null=True, blank=True)
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_to = models.DateField("撤销日期", null=True, blank=True)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=models.Q(valid_to__isnull=True), name="division_code_in_force"),
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="division_level"),
        ]
        indexes = [models.Index(fields=["path"], name="division_path_prefix", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.name

    def within(self, other: Division) -> bool:
        """Whether it lies in the other one, or is it."""
        return f"{self.path}.".startswith(f"{other.path}.")
