"""The roll (选民登记册): one row per person and election, its number encrypted and found by keyed hash."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.core.fields import EncryptedTextField, KeyedHashField
from renda.directory.models import Division
from renda.directory.models.people import Sex
from renda.elections.models.ledgers import Election, ElectoralDistrict, OfElection


class VoterGroup(OfElection):
    """A voter group (选民小组) of a district: it discusses the candidates (选举法 32)."""

    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, related_name="groups", verbose_name="选区")
    name = models.CharField("选民小组名称", max_length=80)
    leader = models.CharField("组长", max_length=60, blank=True)
    convenor = models.CharField("召集人", max_length=60, blank=True)

    class Meta(OfElection.Meta):
        ordering = ["district_id", "name"]

    def __str__(self) -> str:
        return self.name


class RollState(models.TextChoices):
    """Where a person stands on the roll."""

    REGISTERED = "registered", "已登记"
    REVIEW = "review", "待核查"
    OFF = "off", "未列入"


class Source(models.TextChoices):
    """Who handed the person in."""

    HOUSEHOLD = "household", "公安户籍资料"
    EMPLOYER = "employer", "单位名册"
    SCHOOL = "school", "学校名册"
    STATION = "station", "登记站"
    WEB = "web", "网上登记"
    CLERK = "clerk", "工作人员录入"
    CARRIED = "carried", "上届沿用"


class Entry(models.TextChoices):
    """Why somebody is on the roll (选举法 27(1))."""

    CARRIED = "carried", "上届已登记"
    NEWLY_ADULT = "newly_adult", "新满十八周岁"
    MOVED_IN = "moved_in", "迁入"
    RESTORED = "restored", "恢复政治权利"
    FIRST = "first", "首次登记"


class WhyOff(models.TextChoices):
    """Why somebody is not, or no longer, on the roll (选举法 4, 27; 1983 年规定 4)."""

    MOVED_OUT = "moved_out", "迁出"
    DIED = "died", "死亡"
    DEPRIVED = "deprived", "剥夺政治权利"
    SUSPENDED = "suspended", "停止行使选举权利"
    INCAPABLE = "incapable", "经确认不能行使选举权利"
    UNDER_AGE = "under_age", "选举日未满十八周岁"
    ELSEWHERE = "elsewhere", "已在其他选区登记"
    NO_CERTIFICATE = "no_certificate", "没有选民资格转移证明"
    DUPLICATE = "duplicate", "重复登记"
    ABSENT = "absent", "长期外出无法联系"
    WITHDRAWN = "withdrawn", "本人撤回登记"


class VoterQuerySet(models.QuerySet):
    """Selections of the roll."""

    def registered(self) -> VoterQuerySet:
        """Those who stand on the roll: who may vote, and who is counted as a voter of a district."""
        return self.filter(state=RollState.REGISTERED)


class Voter(models.Model):
    """A person on the roll of an election. A voter is not a ``Person`` until elected.

    ``district`` is the smallest one that the person votes in (a township district where both levels are elected together, whose
    ``parent`` is the county district); empty in the pool of those who are in no district yet. ``division`` is the district's, or where the
    person was handed in. The identity number is the 18-digit form; nobody stands on one roll twice (``voter_once``).
    Totals of the vote are kept elsewhere and never by person: nothing here says whether or how anybody voted.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="+", verbose_name="选举")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="所属区划")
    district = models.ForeignKey(
        ElectoralDistrict, models.PROTECT, null=True, blank=True, related_name="voters", verbose_name="选区"
    )
    group = models.ForeignKey(VoterGroup, models.PROTECT, null=True, blank=True, related_name="voters", verbose_name="选民小组")
    name = models.CharField("姓名", max_length=60)
    sex = models.CharField("性别", max_length=8, choices=Sex.choices)
    birth_date = models.DateField("出生日期")
    identity_number = EncryptedTextField("身份证号")
    identity_hash = KeyedHashField(source="identity_number")
    phone = EncryptedTextField("联系电话")
    address = EncryptedTextField("住址")
    household_at = models.CharField("户籍所在地", max_length=100, blank=True)
    state = models.CharField("登记状态", max_length=12, choices=RollState.choices, default=RollState.REGISTERED)
    source = models.CharField("来源", max_length=12, choices=Source.choices)
    entry = models.CharField("登记缘由", max_length=12, choices=Entry.choices, blank=True)
    why_off = models.CharField("未列入原因", max_length=16, choices=WhyOff.choices, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    import_batch = models.BigIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = VoterQuerySet.as_manager()

    class Meta:
        ordering = ["district_id", "group_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "identity_hash"],
                name="voter_once",
                violation_error_message="此人已在本次选举的登记册上",
            ),
            models.CheckConstraint(
                condition=Q(state=RollState.OFF) ^ Q(why_off=""),
                name="voter_why_off",
                violation_error_message="未列入的须写明原因，已登记的不写",
            ),
            models.CheckConstraint(
                condition=~Q(state=RollState.REGISTERED) | Q(district__isnull=False),
                name="voter_in_district",
                violation_error_message="已登记的选民须属于一个选区（选举法第二十七条）",
            ),
            models.CheckConstraint(
                condition=Q(identity_number__isnull=False) & Q(identity_hash__isnull=False),
                name="voter_number",
                violation_error_message="选民须有身份证号",
            ),
        ]
        indexes = [models.Index(fields=["district", "state"], name="voter_district")]

    def __str__(self) -> str:
        return self.name
