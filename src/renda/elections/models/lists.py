"""Voter lists as published, what was printed of them, objections to them, and transfers between districts (选举法 27 to 29)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from renda.core.fields import EncryptedTextField
from renda.directory.models import Account, Division, Organ, ScopedRecord
from renda.directory.models.people import Sex
from renda.elections.models.ledgers import Election, ElectoralDistrict, OfElection
from renda.elections.models.roll import Voter, WorkState
from renda.files.models import StoredFile
from renda.procedure.models import Matter


class ListOrder(models.TextChoices):
    """In which order voters stand within their voter group."""

    STROKES = "strokes", "姓氏笔画"
    PINYIN = "pinyin", "姓名拼音"
    ROLL = "roll", "登记先后"


class ExtraField(models.TextChoices):
    """What a county may publish beside district, group, name and sex; the law lists no fields (选举法 28), and no one may publish identity
    numbers, telephone numbers or street addresses (个人信息保护法 5, 6, 28)."""

    AGE = "age", "年龄"
    BIRTH_YEAR = "birth_year", "出生年份"


class Publication(OfElection):
    """The voter list of one district as published, or a correction to it (选举法 28).

    ``number`` is 0 for the list, 1, 2, … for its corrections. ``election`` is the one whose roll it is (``Election.roll_id``). ``due_on`` is the
    last lawful day under the law of election day, ``late_days`` how many days later it was published, with ``late_reason``.
    ``voters`` counts who stands on the list in force after it.
    """

    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, related_name="+", verbose_name="选区")
    number = models.PositiveSmallIntegerField("补正号", default=0)
    published_on = models.DateField("公布日期")
    place = models.CharField("公布地点", max_length=200, blank=True)
    order = models.CharField("排列顺序", max_length=10, choices=ListOrder.choices, default=ListOrder.STROKES)
    fields = models.JSONField("另行公布的栏目", default=list)
    due_on = models.DateField("公布期限", null=True)
    late_days = models.PositiveIntegerField("超期天数", default=0)
    late_reason = models.CharField("超期原因", max_length=300, blank=True)
    voters = models.PositiveIntegerField("名单人数", default=0)
    added = models.PositiveIntegerField("增列人数", default=0)
    removed = models.PositiveIntegerField("除名人数", default=0)
    by = models.CharField("公布人", max_length=200, blank=True)

    class Meta(OfElection.Meta):
        ordering = ["district_id", "number"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["district", "number"],
                condition=Q(voided_at__isnull=True),
                name="voter_list_once",
                violation_error_message="这个选区的选民名单已经公布",
            ),
            models.CheckConstraint(
                condition=Q(late_days=0) | ~Q(late_reason=""),
                name="voter_list_late",
                violation_error_message="超过法定期限公布的，须写明原因",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district}（{self.number}）" if self.number else str(self.district)


class Listed(models.Model):
    """A voter on a published list, as published: later changes of the roll change nothing here, a correction ends the row.

    ``place`` is the voter's number on the district's list and on the voter card; ``code`` is the card's check code. ``age`` is that on
    election day. A row without ``ended_by`` is in force; a voter stands once on the lists in force of a roll.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="rows", verbose_name="名单")
    election = models.ForeignKey(Election, models.PROTECT, related_name="+", verbose_name="选举", db_index=False)
    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, related_name="+", verbose_name="选区", db_index=False)
    voter = models.ForeignKey(Voter, models.PROTECT, related_name="listed", verbose_name="选民")
    place = models.PositiveIntegerField("序号")
    group = models.CharField("选民小组", max_length=80, blank=True)
    name = models.CharField("姓名", max_length=60)
    sex = models.CharField("性别", max_length=8, choices=Sex.choices)
    age = models.PositiveSmallIntegerField("年龄")
    birth_year = models.PositiveSmallIntegerField("出生年份")
    code = models.CharField("校验码", max_length=12)
    ended_by = models.ForeignKey(
        Publication, models.PROTECT, null=True, blank=True, related_name="ended", verbose_name="除名的补正名单"
    )
    ended_why = models.CharField("除名原因", max_length=60, blank=True)

    class Meta:
        ordering = ["district_id", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "voter"],
                condition=Q(ended_by__isnull=True),
                name="listed_once",
                violation_error_message="同一选民只能列入一个选区的名单",
            ),
            models.UniqueConstraint(fields=["district", "place"], condition=Q(ended_by__isnull=True), name="listed_place"),
            models.UniqueConstraint(fields=["code", "publication"], name="listed_code"),
            models.CheckConstraint(condition=Q(ended_by__isnull=True) | ~Q(ended_why=""), name="listed_ended"),
        ]

    def __str__(self) -> str:
        return self.name


class PrintKind(models.TextChoices):
    """What is printed of a list."""

    POSTER_A3 = "poster_a3", "张榜名单（A3）"
    POSTER_A4 = "poster_a4", "张榜名单（A4）"
    CARDS = "cards", "选民证（A4，每页八张）"
    CARD = "card", "选民证（单张）"


class PrintState(models.TextChoices):
    """How far the making of a print is."""

    WAITING = "waiting", "排队"
    RUNNING = "running", "制作中"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"


class Print(models.Model):
    """Posters or voter cards made as PDF in the background, of one district or of all; kept encrypted.

    ``base`` is the address of the site that the codes on it lead to. ``unprintable`` lists characters that no installed face has.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="+", verbose_name="选举")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="所属区划")
    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, null=True, related_name="+", verbose_name="选区")
    kind = models.CharField("内容", max_length=10, choices=PrintKind.choices)
    number = models.PositiveSmallIntegerField("补正号", default=0)
    base = models.CharField(max_length=200, blank=True)
    state = models.CharField("状态", max_length=8, choices=PrintState.choices, default=PrintState.WAITING)
    progress = models.JSONField(default=dict)
    message = models.CharField(max_length=500, blank=True)
    unprintable = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="文件")
    name = models.CharField("文件名", max_length=200, blank=True)
    items = models.PositiveIntegerField("份数", default=0)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    by = models.CharField("制作人", max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["election", "-id"], name="voter_print_election")]
        constraints = [
            models.CheckConstraint(condition=~Q(state=PrintState.DONE) | Q(file__isnull=False), name="voter_print_file")
        ]


class Publishing(models.Model):
    """The publication of many lists, made in the background: which districts, how, how far it is. One at a time for each election.

    ``notice`` holds what the form said; ``account`` and ``by``: who published. What comes of it are publications.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="+", verbose_name="选举")
    districts = models.JSONField(default=list)
    notice = models.JSONField(default=dict)
    voters = models.PositiveIntegerField("选民人数", default=0)
    state = models.CharField("状态", max_length=12, choices=WorkState.choices, default=WorkState.QUEUED)
    progress = models.JSONField(default=dict)
    message = models.CharField(max_length=500, blank=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    by = models.CharField("公布人", max_length=200)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election"], condition=Q(state__in=(WorkState.QUEUED, WorkState.RUNNING)), name="publishing_one_at_a_time"
            )
        ]


class ObjectionGround(models.TextChoices):
    """What is wrong with the list, as the objector sees it (选举法 29)."""

    LEFT_OUT = "left_out", "应列入而未列入"
    WRONGLY_IN = "wrongly_in", "不应列入而列入"
    MISTAKE = "mistake", "姓名、性别等有误"
    DISTRICT = "district", "应列入其他选区"


class ObjectionOutcome(models.TextChoices):
    """How an objection ended."""

    KEPT = "kept", "维持名单"
    CORRECTED = "corrected", "更正名单"
    NOT_ADMITTED = "not_admitted", "不予受理"
    WITHDRAWN = "withdrawn", "撤回"


class RollMeasure(models.TextChoices):
    """What a decision or judgment does to the roll."""

    NOTHING = "nothing", "登记册不变"
    ADD = "add", "列入登记册"
    REMOVE = "remove", "从登记册除名"
    NAME = "name", "更正姓名"


class Objection(Matter):
    """An objection to a voter list (选举法 29; 民事诉讼法 188, 189): the committee decides, who disagrees sues, the judgment is final.

    Who objects and about whom stands encrypted. ``voter`` is the person on the roll that it is about, where there is one,
    ``office`` the district's working group. Milestones
    ``published`` and ``election_day`` are what the periods of the law count from. ``applied`` remembers what its steps changed on the
    roll, so that a corrected step is taken back there too.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="+", verbose_name="选举")
    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, related_name="+", verbose_name="选区")
    office = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="选区工作组")
    voter = models.ForeignKey(Voter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="涉及的登记")
    ground = models.CharField("申诉类别", max_length=12, choices=ObjectionGround.choices)
    objector = EncryptedTextField("申诉人")
    phone = EncryptedTextField("联系电话")
    concerned = EncryptedTextField("涉及的人")
    content = EncryptedTextField("申诉内容")
    outcome = models.CharField("处理结果", max_length=14, choices=ObjectionOutcome.choices, blank=True)
    court = models.CharField("受理法院", max_length=100, blank=True)
    case_number = models.CharField("案号", max_length=60, blank=True)
    applied = models.JSONField(default=list, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ground__in=ObjectionGround.values), name="objection_ground")]


class AskedBy(models.TextChoices):
    """Who asked for a transfer."""

    VOTER = "voter", "本人到登记站申请"
    WEB = "web", "本人网上申请"
    CLERK = "clerk", "工作人员提出"


class TransferResult(models.TextChoices):
    """How a transfer ended."""

    DONE = "done", "已转入"
    REFUSED = "refused", "未同意"
    WITHDRAWN = "withdrawn", "已撤回"


class Transfer(Matter):
    """A voter's transfer from one electoral district to another (选民资格转移; 选举法 27(1): who moves is entered on the list of the new district).

    ``from_office`` and ``to_office`` are the districts' working groups at the time, which agree or refuse. A voter has one transfer
    under way at most (``settled`` False). ``applied``: as with an objection.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="+", verbose_name="选举")
    voter = models.ForeignKey(Voter, models.PROTECT, related_name="transfers", verbose_name="选民")
    from_district = models.ForeignKey(ElectoralDistrict, models.PROTECT, related_name="+", verbose_name="转出选区")
    to_district = models.ForeignKey(ElectoralDistrict, models.PROTECT, related_name="+", verbose_name="转入选区")
    from_office = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="转出选区工作组")
    to_office = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="转入选区工作组")
    asked_by = models.CharField("申请方式", max_length=8, choices=AskedBy.choices, default=AskedBy.VOTER)
    reason = EncryptedTextField("申请理由")
    result = models.CharField("结果", max_length=10, choices=TransferResult.choices, blank=True)
    settled = models.BooleanField(default=False, editable=False)
    applied = models.JSONField(default=list, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_district=F("to_district")),
                name="transfer_districts",
                violation_error_message="转出选区和转入选区不能相同",
            ),
            models.UniqueConstraint(
                fields=["voter"],
                condition=Q(settled=False),
                name="transfer_open",
                violation_error_message="该选民已有一件正在办理的转移",
            ),
        ]
