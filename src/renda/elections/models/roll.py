"""The roll (选民登记册): one row per person and election, its number encrypted and found by keyed hash."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.core.fields import EncryptedTextField, KeyedHashField
from renda.directory.models import Account, Division, ScopedRecord
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
    ``in_household``: the police's household extract names this person; other lists are compared with it. ``certificate``: registers
    here with a certificate of the district of the household (选民资格转移证明). ``row_digest``: keyed digest of the row that the person
    was last brought in by; ``edited``: changed by hand since. Names are sorted by code point, so that pages and prefixes need one index.
    That districts and groups exist is held by triggers of the database that look at all rows of a statement at once (migration 0011): asking
    for each of a million rows took a fifth of the writing. That election and division exist is asked by ``renda check``: both follow from
    the district, and nothing of them is ever deleted.
    Totals of the vote are kept elsewhere and never by person: nothing here says whether or how anybody voted.
    """

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="+", verbose_name="选举", db_index=False, db_constraint=False
    )
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name="所属区划", db_index=False, db_constraint=False
    )
    district = models.ForeignKey(
        ElectoralDistrict, models.PROTECT, null=True, blank=True, related_name="voters", verbose_name="选区", db_constraint=False
    )
    group = models.ForeignKey(
        VoterGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="voters",
        verbose_name="选民小组",
        db_index=False,
        db_constraint=False,
    )
    name = models.CharField("姓名", max_length=60, db_collation="C")
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
    in_household = models.BooleanField("公安户籍资料中有此人", default=False)
    certificate = models.BooleanField("持选民资格转移证明", default=False)
    row_digest = models.BinaryField(max_length=32, null=True, editable=False)
    edited = models.BooleanField(default=False, editable=False)
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
        indexes = [
            models.Index(fields=["election", "name"], name="voter_by_name"),
            models.Index(fields=["group"], condition=Q(group__isnull=False), name="voter_of_group"),
        ]

    def __str__(self) -> str:
        return self.name


class BarKind(models.TextChoices):
    """Why a person may not vote for a time (选举法 4(2), 27(2); 1983 年规定 4)."""

    DEPRIVED = "deprived", "剥夺政治权利"
    SUSPENDED = "suspended", "停止行使选举权利"
    INCAPABLE = "incapable", "经确认不能行使选举权利"


class Barred(ScopedRecord):
    """A person who may not vote from one day to another, as a court, a procuratorate or the election committee has found.

    ``until`` is the last day; empty: open. Rows of the roll are checked with it as of election day.
    """

    name = models.CharField("姓名", max_length=60)
    identity_number = EncryptedTextField("身份证号")
    identity_hash = KeyedHashField(source="identity_number")
    kind = models.CharField("情形", max_length=12, choices=BarKind.choices)
    since = models.DateField("起始日期")
    until = models.DateField("截止日期", null=True, blank=True)
    decided_by = models.CharField("决定机关", max_length=100, blank=True)
    document = models.CharField("文书号", max_length=100, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["-since", "name"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="elections_barred_span",
                violation_error_message="截止日期早于起始日期",
            ),
            models.CheckConstraint(
                condition=Q(identity_hash__isnull=False),
                name="elections_barred_number",
                violation_error_message="须填身份证号，才能与选民登记册比对",
            ),
        ]
        indexes = [models.Index(fields=["identity_hash"], name="elections_barred_hash")]

    def __str__(self) -> str:
        return self.name


class WorkState(models.TextChoices):
    """How far a piece of background work on the roll is."""

    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    CHECKED = "checked", "待确认"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"
    DROPPED = "dropped", "已放弃"


class RollImport(models.Model):
    """Files brought into a roll: who brought them, how far it is, what became of each row.

    ``report`` holds counts and reasons, never cells. Uploaded files lie sealed in the data folder until they are written or given up;
    ``seal`` is their key. ``district``: where rows that name none belong.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="+")
    source = models.CharField("来源", max_length=12, choices=Source.choices)
    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, null=True, related_name="+", verbose_name="默认选区")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=200)
    files = models.JSONField(default=list, help_text="name, size and digest of each file")
    seal = EncryptedTextField("文件密钥")
    state = models.CharField("状态", max_length=12, choices=WorkState.choices, default=WorkState.QUEUED)
    dry_run = models.BooleanField(default=True)
    progress = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=WorkState.values), name="rollimport_state")]


class DuplicateSearch(models.Model):
    """One search of a roll for people who may stand on it twice."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=200)
    state = models.CharField("状态", max_length=12, choices=WorkState.choices, default=WorkState.QUEUED)
    progress = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]


class LikenessVerdict(models.TextChoices):
    """What a clerk found about two entries that look alike."""

    OPEN = "", "待核对"
    SAME = "same", "同一人"
    DIFFERENT = "different", "不同的人"


class Likeness(models.Model):
    """Two voters of one roll that may be one person. ``first`` has the lower key.

    ``rule`` and ``evidence`` (codes of `elections.matching`) say why; ``score`` ranks, the likelier first. ``homonym``: same name and birth
    date under two unrelated numbers, which is mostly two people. A pair that was found to be two people is not asked about again.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="+")
    first = models.ForeignKey(Voter, models.CASCADE, related_name="+")
    second = models.ForeignKey(Voter, models.CASCADE, related_name="+")
    rule = models.CharField(max_length=60)
    evidence = models.JSONField(default=list)
    score = models.FloatField(default=0)
    homonym = models.BooleanField(default=False)
    verdict = models.CharField("结论", max_length=10, choices=LikenessVerdict.choices, default=LikenessVerdict.OPEN, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["homonym", "-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likeness_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="likeness_order"),
        ]
        indexes = [models.Index(fields=["election", "verdict", "homonym", "-score", "id"], name="likeness_queue")]
