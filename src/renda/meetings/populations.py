"""The records that the room's indicators count."""

from __future__ import annotations

from django.db.models import CharField, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from renda.activities.models import Attendance, Capacity, HeadCount, Participation, PeopleClass
from renda.directory.models import Mandate
from renda.meetings.models import (
    Adopter,
    AgendaItem,
    AgendaKind,
    AttendanceRecord,
    Meeting,
    Resolution,
    SatisfactionVote,
    Series,
    Sitting,
    StudyTopic,
    SubjectKind,
    TopicForm,
)

STUDY = (Series.STUDY_GROUP, Series.BRANCH_STUDY)
REPORTS = (
    AgendaKind.SPECIAL_REPORT,
    AgendaKind.STATUTORY_REPORT,
    AgendaKind.WORK_REPORT,
    AgendaKind.ENFORCEMENT_REPORT,
    AgendaKind.SURVEY_REPORT,
    AgendaKind.OPINION_RESULT,
    AgendaKind.SUGGESTION_REPORT,
    AgendaKind.FILING_REPORT,
    AgendaKind.BRIEFING,
)


def meetings(*series: str) -> QuerySet:
    """Living meetings of these series (all where none is named)."""
    rows = Meeting.objects.filter(voided_at__isnull=True)
    return rows.filter(series__in=series) if series else rows


def congresses() -> QuerySet:
    """Sessions of the county's congress, with their head counts."""
    return counted(meetings(Series.CONGRESS), Capacity.DEPUTY)


def committee_meetings() -> QuerySet:
    """Meetings of the Standing Committee, with their head counts."""
    return counted(meetings(Series.STANDING_COMMITTEE), Capacity.COMMITTEE_MEMBER)


def counted(rows: QuerySet, capacity: str) -> QuerySet:
    """Meetings with ``due``, ``here`` and ``leave``: the head counts of the ledger, else those of attendance by person."""
    return rows.annotate(
        due=Coalesce(F("expected"), _attended(capacity)),
        here=Coalesce(F("present"), _attended(capacity, Attendance.PRESENT)),
        leave=Coalesce(F("on_leave"), _attended(capacity, Attendance.ON_LEAVE)),
    )


def _attended(capacity: str, attendance: str = "") -> Subquery:
    records = AttendanceRecord.objects.alive().filter(meeting=OuterRef("pk"), capacity=capacity)
    if attendance:
        records = records.filter(attendance=attendance)
    numbers = records.order_by().values("meeting").annotate(n=Count("pk")).values("n")
    return Subquery(numbers, output_field=IntegerField())


def committee() -> QuerySet:
    """Meetings of the Standing Committee."""
    return meetings(Series.STANDING_COMMITTEE)


def quorate() -> QuerySet:
    """Meetings of the Standing Committee that had their quorum."""
    return committee().filter(quorate=True)


def chairpersons() -> QuerySet:
    """Chairpersons' meetings."""
    return meetings(Series.CHAIRPERSONS)


def party_group() -> QuerySet:
    """Meetings of the Party group, extended ones included."""
    return meetings(Series.PARTY_GROUP)


def study() -> QuerySet:
    """Study sessions of the Party group's study group and of branches."""
    return meetings(*STUDY)


def study_group() -> QuerySet:
    """Study sessions of the Party group's study group."""
    return meetings(Series.STUDY_GROUP)


def sittings() -> QuerySet:
    """Plenary meetings of the county's congress."""
    return Sitting.objects.alive().filter(meeting__voided_at__isnull=True, meeting__series=Series.CONGRESS)


def agenda() -> QuerySet:
    """Items on the agenda of living meetings."""
    return AgendaItem.objects.alive().filter(meeting__voided_at__isnull=True)


def major() -> QuerySet:
    """Major matters before the Standing Committee or the congress."""
    return agenda().filter(major=True)


def bills() -> QuerySet:
    """Bills and drafts before the Standing Committee."""
    kinds = (AgendaKind.BILL, AgendaKind.DRAFT_RESOLUTION)
    return agenda().filter(meeting__series=Series.STANDING_COMMITTEE, kind__in=kinds)


def briefings() -> QuerySet:
    """Reports that chairpersons' meetings heard."""
    return agenda().filter(meeting__series=Series.CHAIRPERSONS, kind__in=REPORTS)


def resolutions() -> QuerySet:
    """Resolutions and decisions of the Standing Committee."""
    return Resolution.objects.alive().filter(adopter=Adopter.STANDING_COMMITTEE)


def congress_resolutions() -> QuerySet:
    """Resolutions and decisions of the county's congress."""
    return Resolution.objects.alive().filter(adopter=Adopter.CONGRESS)


def satisfaction() -> QuerySet:
    """Satisfaction votes."""
    return SatisfactionVote.objects.alive()


def graded() -> QuerySet:
    """Satisfaction votes of which the rule, and so the grade, is known."""
    return satisfaction().exclude(grade="")


def audit_rated() -> QuerySet:
    """Satisfaction votes on the correction of what audit found."""
    return satisfaction().filter(subject_kind=SubjectKind.AUDIT)


def topics(form: str) -> QuerySet:
    """Topics of a form; ``session`` tells one body's day from another."""
    session = Concat(F("body"), Value(" "), Cast("held_on", CharField()), output_field=CharField())
    return StudyTopic.objects.alive().filter(form=form).annotate(session=session)


def first_topics() -> QuerySet:
    """Topics of 第一议题."""
    return topics(TopicForm.FIRST_TOPIC)


def lectures() -> QuerySet:
    """Party lectures."""
    return topics(TopicForm.LECTURE)


def sit_ins() -> QuerySet:
    """Deputies named who sat in on meetings of the Standing Committee."""
    return Participation.objects.filter(
        capacity=Capacity.SIT_IN,
        attendance=Attendance.PRESENT,
        activity__voided_at__isnull=True,
        activity__meeting__series=Series.STANDING_COMMITTEE,
    )


def unnamed_sit_ins() -> QuerySet:
    """Head counts of deputies who sat in unnamed."""
    return HeadCount.objects.filter(
        people_class=PeopleClass.DEPUTY,
        activity__voided_at__isnull=True,
        activity__meeting__series=Series.STANDING_COMMITTEE,
    )


def county_mandates() -> QuerySet:
    """Mandates of the county's deputies."""
    return Mandate.objects.alive().filter(Q(level="county"))
