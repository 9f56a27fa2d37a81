"""Enforcement inspections (执法检查) and the laws they cover."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.procedure.models import Matter
from renda.supervision.models.base import Supervised


class InspectionForm(models.TextChoices):
    """Who inspects on whose behalf (Supervision Law, art. 33 and 34)."""

    OWN = "own", "本级组织"
    COMMITTEE = "committee", "委托专门委员会"
    DELEGATED = "delegated", "受上级委托"
    LINKED = "linked", "上下联动"


class EnforcementInspection(Supervised, Matter):
    """An inspection of how laws are carried out. Its site visits are field visits (activities)."""

    form = models.CharField("组织形式", max_length=20, choices=InspectionForm.choices, default=InspectionForm.OWN)
    leader = models.CharField("检查组组长", max_length=60, blank=True)

    class Meta:
        constraints = [
            *Supervised.Meta.constraints,
            models.CheckConstraint(condition=Q(form__in=InspectionForm.values), name="inspection_form"),
        ]


class LawKind(models.TextChoices):
    """What kind of legal text was inspected."""

    LAW = "law", "法律"
    ADMINISTRATIVE = "administrative", "行政法规"
    LOCAL = "local", "地方性法规"
    OTHER = "other", "其他规范"


class InspectedLaw(models.Model):
    """One legal text covered by an inspection. ``same`` is its name without what offices write or leave out at will."""

    inspection = models.ForeignKey(EnforcementInspection, models.CASCADE, related_name="laws")
    name = models.CharField("法律法规", max_length=120)
    same = models.CharField(max_length=120, editable=False)
    kind = models.CharField("类别", max_length=20, choices=LawKind.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "same"], name="inspected_law_once"),
            models.CheckConstraint(condition=Q(kind__in=LawKind.values), name="inspected_law_kind"),
        ]
        indexes = [models.Index(fields=["same"], name="inspected_law_same")]

    def __str__(self) -> str:
        return self.name
