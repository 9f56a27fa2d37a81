"""The plan of an election: seats fixed for a congress, the election's committees and people, the map, what of the calendar is done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop

from renda.core.fields import EncryptedTextField
from renda.directory.models import Organ, ScopedRecord
from renda.elections.models.ledgers import Election, OfElection, PollingPlace


class Ground(models.TextChoices):
    """Why the total of seats is fixed: once, and again on the two grounds of 选举法 14(1) alone."""

    FIRST = "first", "换届前确定"
    BOUNDARY = "boundary", "行政区划变动"
    WORKS = "works", "重大工程建设等原因造成人口较大变动"


class SeatDecision(OfElection):
    """The total of seats of one congress as the competent standing committee fixed it (选举法 12-14).

    ``division`` is the county or the township whose congress it is. ``seats`` is what was fixed; what the law allows at most is computed
    from ``population`` at each look (``plan.quota``) and never stored. The newest of a congress stands.
    """

    population = models.PositiveIntegerField("人口数")
    counted_on = models.DateField("人口数截至")
    basis = models.CharField("人口数口径", max_length=100, blank=True, help_text="如：公安机关户籍登记的常住户口人数")
    seats = models.PositiveIntegerField("确定的代表总名额")
    ground = models.CharField("确定的缘由", max_length=8, choices=Ground.choices, default=Ground.FIRST)
    number = models.CharField("决定文号", max_length=60)
    decided_on = models.DateField("决定日期")
    decided_by = models.CharField("作出决定的机关", max_length=60, blank=True)
    note = models.CharField(
        "说明", max_length=200, blank=True, help_text="名额与按人口计算的不同时，写明依据，如省级人大常委会决定另加百分之五"
    )

    class Meta(OfElection.Meta):
        ordering = ["division_id", "-decided_on", "-pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["election", "division"],
                condition=Q(ground=Ground.FIRST, voided_at__isnull=True),
                name="seat_decision_first",
                violation_error_message="代表总名额已经确定，不再变动；因行政区划变动或者重大工程建设等重新确定的，请写明缘由（选举法第十四条第一款）",
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1) & Q(population__gte=1),
                name="seat_decision_numbers",
                violation_error_message="代表总名额和人口数都须大于零",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BodyKind(models.TextChoices):
    """Bodies that run an election (选举法 9-11)."""

    COMMITTEE = "committee", "选举委员会"
    OFFICE = "office", "选举委员会办公室"
    SUB_OFFICE = "sub_office", "选举委员会分会"
    GROUP = "group", "选区工作组"


class ElectionBody(OfElection):
    """A committee, its office or a working group, in a tree (选举法 9, 10). ``phone`` is an office's number, open to all who see the election."""

    name = models.CharField("机构名称", max_length=80)
    kind = models.CharField("机构类别", max_length=12, choices=BodyKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="上级机构")
    appointed_by = models.CharField("任命机关", max_length=60, blank=True)
    appointed_on = models.DateField("任命日期", null=True, blank=True)
    number = models.CharField("任命文号", max_length=60, blank=True)
    organ = models.ForeignKey(
        Organ,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="设在单位",
        help_text="该单位的账号即本机构的账号",
    )
    phone = models.CharField("办公电话", max_length=30, blank=True)
    address = models.CharField("办公地点", max_length=100, blank=True)

    class Meta(OfElection.Meta):
        ordering = ["pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="election_body_parent", violation_error_message="上级机构不能是本机构"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BodyPost(models.TextChoices):
    """Posts in an election body."""

    CHAIR = "chair", "主任"
    VICE = "vice", "副主任"
    MEMBER = "member", "委员"
    LEADER = "leader", "组长"
    DEPUTY = "deputy", "副组长"
    STAFF = "staff", "工作人员"


class BodyMember(OfElection):
    """Somebody's post in an election body. A member of a committee who becomes a candidate gives the post up (选举法 10(2)): ``until``."""

    body = models.ForeignKey(ElectionBody, models.PROTECT, related_name="members", verbose_name="机构")
    name = models.CharField("姓名", max_length=60)
    post = models.CharField("职务", max_length=8, choices=BodyPost.choices)
    unit = models.CharField("所在单位及职务", max_length=100, blank=True)
    phone = EncryptedTextField("联系电话")
    since = models.DateField("任职日期", null=True, blank=True)
    until = models.DateField("免职日期", null=True, blank=True)
    namesake = models.BooleanField("与候选人同名但不是同一人", default=False)

    class Meta(OfElection.Meta):
        ordering = ["body_id", "pk"]


class StaffTask(models.TextChoices):
    """What somebody does where votes are cast (选举法 43)."""

    HOST = "host", "主持人"
    SCRUTINEER = "scrutineer", "监票人"
    TELLER = "teller", "计票人"
    STAFF = "staff", "工作人员"


class PollingStaff(OfElection):
    """Somebody who works at a polling place or with a mobile box. ``relative_of``: the candidates whose near relative that person is."""

    place = models.ForeignKey(PollingPlace, models.PROTECT, related_name="staff", verbose_name="投票场所")
    name = models.CharField("姓名", max_length=60)
    task = models.CharField("分工", max_length=12, choices=StaffTask.choices)
    unit = models.CharField("所在单位", max_length=100, blank=True)
    relative_of = models.CharField(
        "是哪些候选人的近亲属", max_length=200, blank=True, help_text="写候选人姓名，多人用顿号隔开；没有的不填"
    )
    namesake = models.BooleanField("与候选人同名但不是同一人", default=False)

    class Meta(OfElection.Meta):
        ordering = ["place_id", "pk"]


class MapOutline(models.Model):
    """Outlines of an election's districts or townships, as the county uploaded and the platform cleaned them.

    ``shapes``: name → rings of [x, y], in degrees east and north; nothing else of the file is kept. One per election.
    """

    election = models.OneToOneField(Election, models.CASCADE, related_name="outline")
    source = models.CharField(max_length=200)
    shapes = models.JSONField()
    points = models.PositiveIntegerField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()


class ActDone(models.Model):
    """An act of an election's calendar that the office marked as done. ``key`` is the law parameter or the step that it keeps."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="acts_done")
    key = models.CharField(max_length=60)
    done_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["election", "key"], name="act_done_once", violation_error_message=gettext_noop("这一项已经标为完成")
            )
        ]


class DayChange(models.Model):
    """A change of the election day, with its reason."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="day_changes")
    old = models.DateField()
    new = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(old=models.F("new")), name="day_change_differs")]


class ScheduleFeed(models.Model):
    """An address at which a calendar programme reads an election's legal dates without signing in. The secret is kept as a keyed digest."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election"], condition=Q(revoked_at__isnull=True), name="schedule_feed_one"),
        ]
