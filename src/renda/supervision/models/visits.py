"""Inspection tours (视察), surveys (调研) and site visits of enforcement inspections."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.activities.models import Activity, ActivityKind
from renda.directory.models.divisions import Level
from renda.supervision.models.base import Supervised
from renda.supervision.models.inspections import EnforcementInspection


class VisitForm(models.TextChoices):
    """What kind of visit it is."""

    TOUR = "tour", "视察"
    SURVEY = "survey", "调研"
    ENFORCEMENT = "enforcement_visit", "执法检查实地检查"


ACTIVITY_KINDS = {
    VisitForm.TOUR: ActivityKind.TOUR,
    VisitForm.SURVEY: ActivityKind.SURVEY,
    VisitForm.ENFORCEMENT: ActivityKind.ENFORCEMENT_VISIT,
}


class FieldVisit(Supervised, Activity):
    """A tour, a survey or an inspection's site visit. ``kind`` of the activity follows ``form``."""

    form = models.CharField("活动形式", max_length=30, choices=VisitForm.choices)
    deputy_level = models.CharField("参加代表层级", max_length=12, choices=Level.choices, blank=True)
    inspection = models.ForeignKey(
        EnforcementInspection, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="所属执法检查"
    )
    report_title = models.CharField("形成的报告", max_length=300, blank=True)

    class Meta:
        constraints = [
            *Supervised.Meta.constraints,
            models.CheckConstraint(condition=Q(form__in=VisitForm.values), name="visit_form"),
            models.CheckConstraint(
                condition=Q(inspection__isnull=True) | Q(form=VisitForm.ENFORCEMENT),
                name="visit_inspection",
                violation_error_message="只有执法检查实地检查才填所属执法检查",
            ),
        ]
