"""Candidates of a district from nomination to the formal list, and the announcements of an election (选举法 30 to 35).

Who was nominated by whom, the lists as published, what voter groups said and pre-elections as totals. Which voters signed a nomination stands
in a table of its own that only those see who see the roll.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from renda.core.fields import EncryptedTextField, KeyedHashField
from renda.directory.models import Division
from renda.directory.models.people import Sex
from renda.elections.models.ledgers import Election, ElectoralDistrict
from renda.elections.models.roll import Voter


class Stage(models.TextChoices):
    """How far a nominee has come."""

    PROPOSED = "proposed", "推荐未成立"
    NOMINATED = "nominated", "已依法推荐"
    FIRST = "first", "初步候选人"
    FORMAL = "formal", "正式候选人"
    LEFT = "left", "不接受推荐"
    STRUCK = "struck", "依法除名"


STANDING = (Stage.NOMINATED, Stage.FIRST, Stage.FORMAL)
"""Stages of those who are lawfully nominated and have neither declined nor been struck off."""


class AliveQuerySet(models.QuerySet):
    """Selections of records that are voided and not deleted."""

    def alive(self) -> AliveQuerySet:
        """Those not voided."""
        return self.filter(voided_at__isnull=True)


class Nominee(models.Model):
    """A person nominated in a district (选举法 30). A nominee stands once in an election, whoever nominates.

    Name, sex, birth, party, post and ``resume`` are what lists publish (选举法 32(1), 基本情况); ``details`` holds the other answers of the candidate
    form (JSON by key of `elections.candidates.details`), encrypted like number, telephone and address. ``consented_on``: the nominee accepted;
    ``informed_on``: gave true information on identity and career (选举法 30(2)). ``untrue`` is what turned out to be untrue and was made known.
    ``left_on`` and ``left_why`` say when and why somebody declined or was struck off (35), ``place`` is the place on the newest list.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="nominees", verbose_name="选举")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="所属区划")
    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, related_name="nominees", verbose_name="选区")
    name = models.CharField("姓名", max_length=60)
    sex = models.CharField("性别", max_length=8, choices=Sex.choices)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    nationality = models.CharField("民族", max_length=20, blank=True)
    party = models.CharField("党派", max_length=30, blank=True)
    education = models.CharField("学历", max_length=30, blank=True)
    post = models.CharField("工作单位及职务", max_length=150, blank=True)
    sector = models.CharField("代表构成", max_length=40, blank=True)
    reelected = models.BooleanField("本届代表", default=False)
    resume = models.TextField("简历", blank=True)
    identity_number = EncryptedTextField("身份证号")
    identity_hash = KeyedHashField(source="identity_number")
    phone = EncryptedTextField("联系电话")
    address = EncryptedTextField("住址")
    details = EncryptedTextField("登记表其他内容")
    stage = models.CharField("阶段", max_length=10, choices=Stage.choices, default=Stage.PROPOSED)
    place = models.PositiveSmallIntegerField("名单次序", null=True, blank=True)
    consented_on = models.DateField("接受推荐日期", null=True, blank=True)
    informed_on = models.DateField("如实提供情况日期", null=True, blank=True)
    untrue = models.CharField("查明不实、已向选民通报的情况", max_length=300, blank=True)
    left_on = models.DateField("退出、除名日期", null=True, blank=True)
    left_why = models.CharField("退出、除名原因", max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField(null=True, editable=False)
    void_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = AliveQuerySet.as_manager()

    class Meta:
        ordering = ["district_id", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "identity_hash"],
                condition=Q(voided_at__isnull=True, identity_hash__isnull=False),
                name="nominee_once",
                violation_error_message="此人在这次选举中已被推荐，不能重复登记；再有推荐的，在原来的被推荐人名下登记",
            ),
            models.UniqueConstraint(
                fields=["district", "name"],
                condition=Q(voided_at__isnull=True),
                name="nominee_name",
                violation_error_message="这个选区已有同名的被推荐人；同名不是同一人的，请在姓名后加注区别，如“张伟（石桥村）”",
            ),
            models.CheckConstraint(
                condition=(Q(stage__in=("left", "struck"), left_on__isnull=False) & ~Q(left_why=""))
                | (~Q(stage__in=("left", "struck")) & Q(left_on__isnull=True, left_why="")),
                name="nominee_left",
                violation_error_message="退出、除名的须写明日期和原因",
            ),
            models.CheckConstraint(condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name="nominee_void"),
        ]

    def __str__(self) -> str:
        return self.name


class NominationKind(models.TextChoices):
    """Who nominates (选举法 30(2))."""

    PARTY = "party", "政党推荐"
    ORGANISATION = "organisation", "人民团体推荐"
    JOINT = "joint", "政党、人民团体联合推荐"
    VOTERS = "voters", "选民联名推荐"


class NominationState(models.TextChoices):
    """Whether a nomination stands."""

    STANDS = "stands", "成立"
    REFUSED = "refused", "不成立"


class Nomination(models.Model):
    """One nomination of a nominee: by a party or people's organisation, several of them jointly, or ten voters or more (选举法 30(2)).

    ``nominators`` names the organisations; of voters ``signed`` is how many signed and ``counted`` how many count. ``refused`` says why a
    nomination does not stand, with the article. ``reasons`` are the nominator's grounds, which the committee is told (30(2)).
    """

    nominee = models.ForeignKey(Nominee, models.PROTECT, related_name="nominations", verbose_name="被推荐人")
    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, related_name="+", verbose_name="选区")
    kind = models.CharField("推荐方式", max_length=12, choices=NominationKind.choices)
    nominators = models.JSONField("推荐的组织", default=list)
    signed = models.PositiveIntegerField("签名人数", default=0)
    counted = models.PositiveIntegerField("有效签名人数", default=0)
    received_on = models.DateField("收到推荐日期")
    reasons = models.CharField("推荐理由", max_length=500, blank=True)
    state = models.CharField("是否成立", max_length=8, choices=NominationState.choices)
    refused = models.CharField("不成立的原因", max_length=500, blank=True)
    by = models.CharField("登记人", max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField(null=True, editable=False)
    void_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = AliveQuerySet.as_manager()

    class Meta:
        ordering = ["nominee_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state="refused") ^ Q(refused=""), name="nomination_refused"),
            models.CheckConstraint(condition=Q(counted__lte=F("signed")), name="nomination_counted"),
            models.CheckConstraint(condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name="nomination_void"),
        ]


class NominationSigner(models.Model):
    """A voter who signed a nomination; behind the roll. ``counts`` is false once the nomination was voided."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="signers")
    nominee = models.ForeignKey(Nominee, models.PROTECT, related_name="+")
    voter = models.ForeignKey(Voter, models.PROTECT, related_name="+", verbose_name="联名选民")
    counts = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "voter"], name="signer_once", violation_error_message="同一选民在一份推荐上只计一次"
            ),
            models.UniqueConstraint(
                fields=["nominee", "voter"],
                condition=Q(counts=True),
                name="signer_nominee",
                violation_error_message="这名选民已经联名推荐过此人，只计一次",
            ),
        ]


class ListKind(models.TextChoices):
    """Which list (选举法 32(1))."""

    FIRST = "first", "初步候选人名单"
    FORMAL = "formal", "正式候选人名单"


class HowFormal(models.TextChoices):
    """How formal candidates were determined (选举法 32(1))."""

    ALL = "all", "未超过最高差额，全部列入"
    CONSULTED = "consulted", "选民小组讨论协商，根据较多数选民的意见确定"
    PRE_ELECTION = "pre_election", "预选，按得票多少的顺序确定"


class NameOrder(models.TextChoices):
    """In which order names stand on a list; after a pre-election by votes (1983 年规定 10(3))."""

    STROKES = "strokes", "姓氏笔画"
    PINYIN = "pinyin", "姓名拼音"
    ENTERED = "entered", "推荐先后"
    VOTES = "votes", "预选得票多少"


class CandidateList(models.Model):
    """A list of candidates of one district as published. ``due_on`` is the last lawful day, ``late_days`` how much later it was.

    ``note`` settles what the law leaves open, such as which of equal ones stands. A list is undone in reverse order alone, with its reason.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="+", verbose_name="选举")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="所属区划")
    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, related_name="candidate_lists", verbose_name="选区")
    kind = models.CharField("名单", max_length=8, choices=ListKind.choices)
    published_on = models.DateField("公布日期")
    due_on = models.DateField("公布期限", null=True)
    late_days = models.PositiveIntegerField("超期天数", default=0)
    late_reason = models.CharField("超期原因", max_length=300, blank=True)
    how = models.CharField("确定方式", max_length=14, choices=HowFormal.choices, blank=True)
    order = models.CharField("排列顺序", max_length=10, choices=NameOrder.choices, default=NameOrder.STROKES)
    note = models.CharField("说明", max_length=300, blank=True)
    by = models.CharField("登记人", max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField("撤销时间", null=True, editable=False)
    void_reason = models.CharField("撤销原因", max_length=300, blank=True, editable=False)

    objects = AliveQuerySet.as_manager()

    class Meta:
        ordering = ["district_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "kind"],
                condition=Q(voided_at__isnull=True),
                name="candidate_list_once",
                violation_error_message="这个选区的这份名单已经公布",
            ),
            models.CheckConstraint(
                condition=Q(late_days=0) | ~Q(late_reason=""),
                name="candidate_list_late",
                violation_error_message="超过法定期限公布的，须写明原因",
            ),
            models.CheckConstraint(condition=Q(kind="first") ^ ~Q(how=""), name="candidate_list_how"),
            models.CheckConstraint(condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name="candidate_list_void"),
        ]


class ListedCandidate(models.Model):
    """A name on a published list, in its place."""

    list = models.ForeignKey(CandidateList, models.CASCADE, related_name="rows")
    nominee = models.ForeignKey(Nominee, models.PROTECT, related_name="listed")
    place = models.PositiveSmallIntegerField("次序")

    class Meta:
        ordering = ["list_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["list", "nominee"], name="listed_candidate"),
            models.UniqueConstraint(fields=["list", "place"], name="listed_candidate_place"),
        ]
