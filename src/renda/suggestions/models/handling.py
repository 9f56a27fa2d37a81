"""Who handles what, lead and joint units in one view: one suggestion handled by two systems is there twice, and still one suggestion."""

from __future__ import annotations

from django.db import models

from renda.directory.models import Organ
from renda.suggestions.models.suggestion import Suggestion


class HandlingRole(models.TextChoices):
    """As what a unit handles."""

    LEAD = "lead", "主办"
    JOINT = "joint", "协办"


class Handling(models.Model):
    """One unit's part in one suggestion: a view of the database over the two links, to count with."""

    suggestion = models.ForeignKey(Suggestion, models.DO_NOTHING, related_name="handlings")
    unit = models.ForeignKey(Organ, models.DO_NOTHING, related_name="+")
    role = models.CharField("办理方式", max_length=5, choices=HandlingRole.choices)

    class Meta:
        managed = False
        db_table = "suggestions_handling"
