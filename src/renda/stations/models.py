"""Tables of the room of liaison stations (组织法 60(2), 代表法 28)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from renda.activities.models import Activity
from renda.core.fields import EncryptedTextField, KeyedHashField
from renda.directory.models import Organ, Person, ScopedRecord
from renda.procedure.models import Matter


class StationKind(models.TextChoices):
    """Kinds of places where deputies meet voters: 家、站、点、网上."""

    HOME = "home", "代表之家"
    STATION = "station", "代表联络站"
    POINT = "point", "代表联系点"
    ONLINE = "online", "网上联络站"


class Station(ScopedRecord):
    """A place where deputies meet voters, from its founding to its closing."""

    name = models.CharField("站点名称", max_length=100)
    kind = models.CharField("站点类型", max_length=10, choices=StationKind.choices, default=StationKind.STATION)
    exemplary = models.BooleanField("示范站点", default=False)
    address = models.CharField("地址", max_length=200, blank=True)
    leader = models.CharField("站长", max_length=60, blank=True)
    liaison = models.CharField("联络员", max_length=60, blank=True)
    founded_on = models.DateField("建立日期")
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["division_id", "name"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=StationKind.values),
                name="stations_station_kind",
                violation_error_message="没有这一站点类型",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("founded_on")),
                name="stations_station_span",
                violation_error_message="撤销日期早于建立日期",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StationDeputy(ScopedRecord):
    """A deputy placed in a station (代表进站; deputies of several levels are mixed), from and to."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="deputies", verbose_name="站点")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="进站代表")
    since = models.DateField("进站日期")
    until = models.DateField("离站日期", null=True, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["station_id", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="stations_deputy_span",
                violation_error_message="离站日期早于进站日期",
            ),
        ]
        indexes = [models.Index(fields=["deputy"], name="stations_deputy_person")]

    def __str__(self) -> str:
        return f"{self.deputy}（{self.station}）"


class ReceptionPlan(ScopedRecord):
    """How often a station plans to receive voters: days per month, while it is in force."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="plans", verbose_name="站点")
    days_per_month = models.DecimalField("每月接待日次数", max_digits=5, decimal_places=2)
    fixed_day = models.CharField("固定接待日", max_length=60, blank=True, help_text="如：每月15日、每周三")
    since = models.DateField("执行日期")
    until = models.DateField("停止日期", null=True, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["station_id", "since"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(days_per_month__gt=0) & Q(days_per_month__lte=31),
                name="stations_plan_days",
                violation_error_message="每月接待日次数应大于 0，不超过 31",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="stations_plan_span",
                violation_error_message="停止日期早于执行日期",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station} 每月{self.days_per_month}次"


class ReceptionDay(Activity):
    """A day on which deputies receive voters at a station: batches and person-times are counted apart (批次、人次)."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="receptions", verbose_name="站点")
    batches = models.PositiveIntegerField("接待批次", null=True, blank=True)
    persons = models.PositiveIntegerField("接待人次", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(batches__isnull=True) | Q(persons__isnull=True) | Q(persons__gte=F("batches")),
                name="stations_reception_counts",
                violation_error_message="接待人次少于批次",
            ),
        ]


class Channel(models.TextChoices):
    """How an opinion came in."""

    RECEPTION = "reception", "接待日"
    VISIT = "visit", "走访"
    ONLINE = "online", "网上"
    CODE = "code", "扫码"
    PHONE = "phone", "电话"
    BOX = "box", "意见箱"
    MEETING = "meeting", "座谈会"
    OTHER = "other", "其他"


class Authority(models.TextChoices):
    """Whose business it is (事权层级)."""

    PREFECTURE = "prefecture", "市级事权"
    SHARED = "shared", "市县共管"
    COUNTY = "county", "县级事权"
    TOWNSHIP = "township", "乡镇事权"


class Handling(models.TextChoices):
    """What is done with an opinion."""

    ANSWERED = "answered", "现场答复"
    TRANSFERRED = "transferred", "转交办理"
    SUGGESTION = "suggestion", "转为代表建议"
    OTHER = "other", "其他"


class Field(models.TextChoices):
    """What an opinion is about."""

    CONSTRUCTION = "construction", "城乡建设"
    TRANSPORT = "transport", "交通出行"
    ENVIRONMENT = "environment", "生态环境"
    AGRICULTURE = "agriculture", "农业农村"
    EDUCATION = "education", "教育文化"
    HEALTH = "health", "医疗卫生"
    SECURITY = "security", "社会保障"
    ORDER = "order", "社会治理"
    OTHER = "other", "其他"


class Opinion(Matter):
    """A citizen's opinion or suggestion heard at a station. Who said it is secret: encrypted, and found by keyed hash only."""

    station = models.ForeignKey(Station, models.PROTECT, null=True, blank=True, related_name="opinions", verbose_name="站点")
    deputy = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="收集代表")
    channel = models.CharField("收集渠道", max_length=12, choices=Channel.choices, default=Channel.RECEPTION)
    authority = models.CharField("事权层级", max_length=12, choices=Authority.choices, blank=True)
    handling = models.CharField("处理方式", max_length=12, choices=Handling.choices, blank=True)
    field = models.CharField("意见领域", max_length=16, choices=Field.choices, default=Field.OTHER)
    unit = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办单位")
    outcome = models.CharField("办理结果", max_length=300, blank=True)
    citizen = EncryptedTextField("反映人")
    citizen_hash = KeyedHashField(source="citizen")
    phone = EncryptedTextField("反映人电话")
    phone_hash = KeyedHashField(source="phone")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values),
                name="stations_opinion_channel",
                violation_error_message="没有这一收集渠道",
            ),
            models.CheckConstraint(
                condition=Q(authority="") | Q(authority__in=Authority.values),
                name="stations_opinion_authority",
                violation_error_message="没有这一事权层级",
            ),
            models.CheckConstraint(
                condition=Q(handling="") | Q(handling__in=Handling.values),
                name="stations_opinion_handling",
                violation_error_message="没有这一处理方式",
            ),
            models.CheckConstraint(
                condition=Q(field__in=Field.values),
                name="stations_opinion_field",
                violation_error_message="没有这一意见领域",
            ),
        ]
