"""The records that the room's indicators count."""

from __future__ import annotations

from django.db.models import F, QuerySet

from renda.activities.models import Attendance, Capacity, HeadCount, Participation, PeopleClass
from renda.figures import at_milestone
from renda.supervision import models
from renda.supervision.models import AppraisalForm, FinanceKind, Forum, Manner, VisitForm

NOT_REPORTS = (FinanceKind.INVESTMENT, FinanceKind.FUNDS, FinanceKind.OTHER)
DEPUTIES = (
    PeopleClass.PROVINCE_DEPUTY,
    PeopleClass.PREFECTURE_DEPUTY,
    PeopleClass.COUNTY_DEPUTY,
    PeopleClass.TOWNSHIP_DEPUTY,
    PeopleClass.DEPUTY,
)


def all_reports() -> QuerySet:
    """Special work reports heard or considered at any meeting."""
    return at_milestone(models.SpecialReport.objects.alive().filter(routine=""), "heard")


def reports() -> QuerySet:
    """Special work reports at meetings of the Standing Committee."""
    return all_reports().filter(forum=Forum.STANDING_COMMITTEE)


def written_reports() -> QuerySet:
    """Special and routine reports considered in writing."""
    return at_milestone(models.SpecialReport.objects.alive().filter(manner=Manner.WRITTEN), "heard")


def routine_reports() -> QuerySet:
    """Reports that the law asks for every year, outside finance."""
    return at_milestone(models.SpecialReport.objects.alive().exclude(routine=""), "heard")


def finance() -> QuerySet:
    """Items of plan and budget review that were considered."""
    return at_milestone(models.FinanceItem.objects.alive(), "heard")


def finance_reports() -> QuerySet:
    """Reports among them."""
    return finance().exclude(category__in=NOT_REPORTS)


def written_finance() -> QuerySet:
    """Reports on finance considered in writing."""
    return finance_reports().filter(manner=Manner.WRITTEN)


def inspections() -> QuerySet:
    """Enforcement inspections begun."""
    return at_milestone(models.EnforcementInspection.objects.alive(), "started")


def visits() -> QuerySet:
    """Tours and surveys."""
    return models.FieldVisit.objects.alive().filter(form__in=(VisitForm.TOUR, VisitForm.SURVEY))


def tours() -> QuerySet:
    """Inspection tours."""
    return models.FieldVisit.objects.alive().filter(form=VisitForm.TOUR)


def surveys() -> QuerySet:
    """Surveys."""
    return models.FieldVisit.objects.alive().filter(form=VisitForm.SURVEY)


def visitors() -> QuerySet:
    """Deputies named in tours, surveys and site visits."""
    return _named(Participation.objects.filter(activity__fieldvisit__isnull=False)).annotate(form=F("activity__fieldvisit__form"))


def unnamed_visitors() -> QuerySet:
    """Head counts of deputies in tours, surveys and site visits."""
    rows = HeadCount.objects.filter(
        activity__fieldvisit__isnull=False, activity__voided_at__isnull=True, people_class__in=DEPUTIES
    )
    return rows.annotate(form=F("activity__fieldvisit__form"))


def audiences() -> QuerySet:
    """Audiences that deputies asked of officials."""
    return models.OfficialAudience.objects.alive()


def audience_deputies() -> QuerySet:
    """Deputies named in audiences."""
    return _named(Participation.objects.filter(activity__officialaudience__isnull=False))


def unnamed_audience_deputies() -> QuerySet:
    """Head counts of deputies in audiences."""
    return HeadCount.objects.filter(
        activity__officialaudience__isnull=False, activity__voided_at__isnull=True, people_class__in=DEPUTIES
    )


def _named(rows: QuerySet) -> QuerySet:
    return rows.filter(capacity=Capacity.DEPUTY, attendance=Attendance.PRESENT, activity__voided_at__isnull=True)


def inquiries() -> QuerySet:
    """Special inquiries held."""
    return at_milestone(models.SpecialInquiry.objects.alive(), "held")


def interpellations() -> QuerySet:
    """Interpellations put."""
    return at_milestone(models.Interpellation.objects.alive(), "submitted")


def appraisals(form: str) -> QuerySet:
    """Appraisals of a form that took place."""
    return at_milestone(models.Appraisal.objects.alive().filter(form=form), "rated")


def work_appraisals() -> QuerySet:
    """Appraisals of units."""
    return appraisals(AppraisalForm.WORK)


def performance_appraisals() -> QuerySet:
    """Appraisals of officials elected or appointed."""
    return appraisals(AppraisalForm.PERFORMANCE)


def judicial_appraisals() -> QuerySet:
    """Appraisals of judges and procurators."""
    return appraisals(AppraisalForm.JUDICIAL)


def letters() -> QuerySet:
    """Deliberation opinions and letters like them, handed over."""
    return at_milestone(models.OpinionLetter.objects.alive(), "issued")


def opinion_items() -> QuerySet:
    """Single opinions of letters handed over."""
    return models.OpinionItem.objects.alive().filter(letter__voided_at__isnull=True)


def opinion_results() -> QuerySet:
    """Letters whose results were reported to a meeting."""
    return at_milestone(models.OpinionLetter.objects.alive(), "heard")


def problem_lists() -> QuerySet:
    """Problem lists handed over."""
    return at_milestone(models.ProblemList.objects.alive(), "issued")


def problems() -> QuerySet:
    """Problems on living lists."""
    return models.Problem.objects.alive().filter(list__voided_at__isnull=True)


def corrected_problems() -> QuerySet:
    """Problems that are corrected."""
    return problems().filter(state=models.CorrectionState.CORRECTED)


def work() -> QuerySet:
    """All supervision work."""
    return models.SupervisionWork.objects.all()


def sourced_work() -> QuerySet:
    """Supervision work of which the source is known."""
    return work().exclude(source="")
