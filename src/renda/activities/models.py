"""The one table of activities, named participation, and head counts per class of people."""

from __future__ import annotations

from django.db import models

from renda.directory.models import Organ, Person, ScopedRecord


class ActivityKind(models.TextChoices):
    """What takes place. Rooms use these kinds; a kind that needs more fields has a model that inherits Activity."""

    MEETING = "meeting", "会议"
    TRAINING = "training", "培训"
    LECTURE = "lecture", "讲座"
    TOUR = "tour", "视察"
    SURVEY = "survey", "调研"
    ENFORCEMENT_VISIT = "enforcement_visit", "执法检查活动"
    DEPUTY = "deputy", "代表活动"
    HEARING = "hearing", "听证会"
    DISCUSSION = "discussion", "座谈会"
    AUDIENCE = "audience", "约见"
    COURT_HEARING = "court_hearing", "旁听庭审"
    CONSULTATION = "consultation", "征求意见"
    HOME_VISIT = "home_visit", "走访群众"
    LINK = "link", "联系代表"
    GOOD_DEED = "good_deed", "代表办实事"
    RECEPTION = "reception", "接待日"
    REPORTING = "reporting", "述职"
    PUBLICITY = "publicity", "法治宣传"
    OATH = "oath", "宪法宣誓"
    OTHER = "other", "其他"


class Activity(ScopedRecord):
    """Something that takes place on a day or over days."""

    kind = models.CharField("活动类别", max_length=30, choices=ActivityKind.choices)
    title = models.CharField("活动名称", max_length=300)
    starts_on = models.DateField("开始日期")
    precision = models.CharField(max_length=8, default="day", editable=False)
    ends_on = models.DateField("结束日期", null=True, blank=True)
    place = models.CharField("地点", max_length=200, blank=True)
    organiser = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="组织单位")
    topic = models.CharField("主题", max_length=300, blank=True)
    summary = models.TextField("活动小结", blank=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "division", "natural_key"],
                condition=models.Q(voided_at__isnull=True),
                name="activity_key",
                violation_error_message="同一区划内已有相同的活动",
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at__isnull=True) | ~models.Q(void_reason=""),
                name="activity_void",
                violation_error_message="作废必须写明原因",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="activity_span",
                violation_error_message="结束日期早于开始日期",
            ),
        ]
        indexes = [models.Index(fields=["kind", "division", "starts_on"], name="activity_kind_day")]

    def __str__(self) -> str:
        return self.title


class Capacity(models.TextChoices):
    """As what someone takes part."""

    DEPUTY = "deputy", "代表"
    COMMITTEE_MEMBER = "committee_member", "常委会组成人员"
    STAFF = "staff", "机关干部"
    SIT_IN = "sit_in", "列席"
    LEADER = "leader", "负责人"
    OTHER = "other", "其他"


class Attendance(models.TextChoices):
    """How it went: invited and answered, present, or not."""

    INVITED = "invited", "受邀"
    PRESENT = "present", "到会"
    ON_LEAVE = "on_leave", "请假"
    ABSENT = "absent", "缺席"


class Participation(models.Model):
    """One named person's part in an activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="participations")
    capacity = models.CharField(max_length=20, choices=Capacity.choices, default=Capacity.DEPUTY)
    attendance = models.CharField(max_length=10, choices=Attendance.choices, default=Attendance.PRESENT)
    reason = models.CharField("请假事由", max_length=100, blank=True)
    signed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="participation_once"),
            models.CheckConstraint(condition=models.Q(attendance__in=Attendance.values), name="participation_attendance"),
        ]
        indexes = [models.Index(fields=["person", "activity"], name="participation_person")]


class PeopleClass(models.TextChoices):
    """Classes of people that real ledgers count without names."""

    PROVINCE_DEPUTY = "province_deputy", "省级代表"
    PREFECTURE_DEPUTY = "prefecture_deputy", "市级代表"
    COUNTY_DEPUTY = "county_deputy", "县级代表"
    TOWNSHIP_DEPUTY = "township_deputy", "乡镇代表"
    DEPUTY = "deputy", "代表"
    STAFF = "staff", "机关干部"
    VOTER = "voter", "选民"
    CITIZEN = "citizen", "群众"
    HOUSEHOLD = "household", "走访户"
    OTHER = "other", "其他人员"


class HeadCount(models.Model):
    """People of a class who took part unnamed. Those named beside it are not in it."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="head_counts")
    people_class = models.CharField(max_length=20, choices=PeopleClass.choices)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "people_class"], name="head_count_once"),
            models.CheckConstraint(condition=models.Q(people_class__in=PeopleClass.values), name="head_count_class"),
        ]
