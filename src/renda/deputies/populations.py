"""What the room's indicators count, as querysets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from django.db.models import Case, CharField, Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from renda.activities.models import ActivityKind, Attendance, HeadCount, Participation
from renda.deputies import models
from renda.directory.models import Mandate
from renda.directory.models.divisions import Level

CLASS_LEVELS = {
    "province_deputy": Level.PROVINCE,
    "prefecture_deputy": Level.PREFECTURE,
    "county_deputy": Level.COUNTY,
    "township_deputy": Level.TOWNSHIP,
}


@cache
def named(*hosts: str) -> Callable[[], QuerySet]:
    """Named deputies present at deputies' activities (called by these hosts)."""

    def population() -> QuerySet:
        rows = Participation.objects.filter(
            activity__kind=ActivityKind.DEPUTY, activity__voided_at__isnull=True, attendance=Attendance.PRESENT
        )
        return rows.filter(activity__deputyactivity__host__in=hosts) if hosts else rows

    return population


@cache
def unnamed(*hosts: str) -> Callable[[], QuerySet]:
    """Head counts of deputies at deputies' activities; those of a class of one level carry it as ``level``."""

    def population() -> QuerySet:
        rows = HeadCount.objects.filter(
            activity__kind=ActivityKind.DEPUTY, activity__voided_at__isnull=True, people_class__in=[*CLASS_LEVELS, "deputy"]
        )
        rows = rows.filter(activity__deputyactivity__host__in=hosts) if hosts else rows
        cases = [When(people_class=name, then=Value(level.value)) for name, level in CLASS_LEVELS.items()]
        return rows.annotate(level=Case(*cases, default=Value(None), output_field=CharField()))

    return population


def mandates(**narrow: object) -> Callable[[], QuerySet]:
    """Mandates; those in force at a day are its stock."""
    return lambda: Mandate.objects.alive().filter(**narrow)


def minority() -> QuerySet:
    """Mandates of people of a national minority."""
    return Mandate.objects.alive().exclude(person__nationality__in=("", "汉", "汉族"))


def higher_education() -> QuerySet:
    """Mandates of people with a college degree or higher."""
    return Mandate.objects.alive().filter(person__education__in=("postgraduate", "bachelor", "college"))


def archived() -> QuerySet:
    """Mandates under which something was done: from the first recorded activity or report on (``archived_on``) an archive stands."""
    return Mandate.objects.alive().filter(first_duty__isnull=False).annotate(archived_on=F("first_duty__on"))


def obliged() -> QuerySet:
    """Mandates of directly elected deputies, who report to the voters (代表法 58(2))."""
    return Mandate.objects.alive().filter(level__in=(Level.COUNTY, Level.TOWNSHIP))


def reported() -> QuerySet:
    """Those of ``obliged`` who have reported, from the first report within the mandate on (``reported_on``)."""
    first = Subquery(_reports_of_mandate().values("on")[:1])
    return obliged().annotate(reported_on=first).filter(reported_on__isnull=False)


def _reports_of_mandate() -> QuerySet:
    reports = models.DeputyReport.objects.alive()
    return reports.filter(deputy=OuterRef("person"), level=OuterRef("level"), on__gte=OuterRef("since")).order_by("on")


def meetings() -> QuerySet:
    """One report for each meeting of voters (same division, day and venue): the one that tells the most voters, the first of equals."""
    held = models.DeputyReport.objects.alive().filter(form=models.ReportForm.ORAL).exclude(venue="")
    same = held.annotate(n=Coalesce("voters", 0)).filter(
        division=OuterRef("division"), on=OuterRef("on"), venue=OuterRef("venue")
    )
    before = same.filter(Q(n__gt=OuterRef("n")) | Q(n=OuterRef("n"), pk__lt=OuterRef("pk")))
    return held.annotate(n=Coalesce("voters", 0)).filter(~Exists(before))


def marked() -> QuerySet:
    """Reports with voters' marks; ``share`` is the satisfied and basically satisfied in per cent of all marks, ``judged`` the grade.

    The grade is the recorded one; where none is, more than half satisfied makes 满意, with the basically satisfied 基本满意, else 不满意.
    """
    marks = _sum(("satisfied", "basically", "unsatisfied"))
    good = _sum(("satisfied", "basically"))
    rows = models.DeputyReport.objects.alive().annotate(marks=marks, good=good).filter(Q(marks__gt=0) | ~Q(grade=""))
    grade = Case(
        When(~Q(grade=""), then=F("grade")),
        When(marks__lt=2 * Coalesce(F("satisfied"), 0), then=Value(models.ReportGrade.SATISFIED.value)),
        When(marks__lt=2 * F("good"), then=Value(models.ReportGrade.BASICALLY.value)),
        default=Value(models.ReportGrade.UNSATISFIED.value),
        output_field=CharField(),
    )
    share = Case(When(marks__gt=0, then=100.0 * Cast("good", FloatField()) / F("marks")), output_field=FloatField())
    return rows.annotate(judged=grade, share=share)


def _sum(names: Sequence[str]) -> Coalesce:
    total = Coalesce(F(names[0]), 0)
    for name in names[1:]:
        total = total + Coalesce(F(name), 0)  # type: ignore[assignment]
    return total
