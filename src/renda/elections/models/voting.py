"""Rounds of voting, their ballot boxes and hourly totals, proxies, and the blind tallies of the count (选举法 37–46).

Everything here is a total: nothing says who voted, or how. A ballot has no number and no row.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from renda.directory.models import Division
from renda.elections.models.ledgers import Election, ElectoralDistrict, PlaceKind, PollingPlace, Round
from renda.elections.models.roll import Voter

BLIND_LOOKS = (1, 2)
THIRD_LOOK = 3
"""The look that settles where the two teams differ; later ones are corrections."""


class VotersFrom(models.TextChoices):
    """Where the number of voters of a round comes from."""

    ROLL = "roll", "选民登记册"
    LEDGER = "ledger", "选民登记汇总"
    ENTERED = "entered", "手工填写"


class VoteRoundQuerySet(models.QuerySet):
    """Selections of rounds."""

    def alive(self) -> VoteRoundQuerySet:
        """Rounds that were not voided."""
        return self.filter(voided_at__isnull=True)


class VoteRound(models.Model):
    """One vote of a district: the first, another election for seats left (选举法 45(4)), or a new vote among equal ones (45(3)).

    ``number`` counts the votes of the district. ``voters`` are all voters of the district, of whom more than half must take part (45(1)).
    ``article`` is what the round rests on. ``result`` is what the count came to when it was settled, ``digest`` the digest of its figures,
    printed on the signed record. ``confirmed_on``: the committee confirmed the validity (46); from then on nothing is corrected here.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="rounds", verbose_name="选举")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="所属区划")
    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, related_name="rounds", verbose_name="选区")
    number = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("投票轮次", max_length=8, choices=Round.choices)
    after = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="前一轮")
    day = models.DateField("投票日期")
    seats = models.PositiveSmallIntegerField("应选名额")
    voters = models.PositiveIntegerField("选民数")
    voters_from = models.CharField("选民数来源", max_length=8, choices=VotersFrom.choices)
    article = models.CharField("依据", max_length=300)
    note = models.CharField("说明", max_length=500, blank=True)
    printed = models.PositiveIntegerField("印制选票数", null=True, blank=True)
    opened_by = models.CharField("开设人", max_length=200)
    opened_at = models.DateTimeField("开设时间")
    result = models.JSONField("计票结果", null=True, blank=True)
    digest = models.CharField("数据摘要", max_length=64, blank=True)
    settled_at = models.DateTimeField("核定时间", null=True, blank=True)
    settled_by = models.CharField("核定人", max_length=200, blank=True)
    confirmed_on = models.DateField("选举委员会确认日期", null=True, blank=True)
    confirmed_by = models.CharField("确认登记人", max_length=200, blank=True)
    voided_at = models.DateTimeField(null=True, editable=False)
    void_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = VoteRoundQuerySet.as_manager()

    class Meta:
        ordering = ["district_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["district", "number"], condition=Q(voided_at__isnull=True), name="round_number"),
            models.UniqueConstraint(
                fields=["district"],
                condition=Q(voided_at__isnull=True, settled_at__isnull=True),
                name="round_open_once",
                violation_error_message="这个选区还有一轮投票没有核定结果",
            ),
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=3), name="round_seats"),
            models.CheckConstraint(condition=Q(kind=Round.FIRST) | Q(after__isnull=False), name="round_follows"),
            models.CheckConstraint(condition=Q(settled_at__isnull=True) ^ ~Q(digest=""), name="round_settled"),
            models.CheckConstraint(condition=Q(confirmed_on__isnull=True) | Q(settled_at__isnull=False), name="round_confirmed"),
            models.CheckConstraint(condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name="round_void"),
        ]

    def __str__(self) -> str:
        return f"{self.district.name}{self.get_kind_display()}"


class RoundCandidate(models.Model):
    """A name on the ballot of a round, in the order of the formal list."""

    round = models.ForeignKey(VoteRound, models.CASCADE, related_name="candidates")
    place = models.PositiveSmallIntegerField("次序")
    name = models.CharField("候选人姓名", max_length=60)

    class Meta:
        ordering = ["round", "place"]
        constraints = [
            models.UniqueConstraint(fields=["round", "name"], name="round_candidate"),
            models.UniqueConstraint(fields=["round", "place"], name="round_candidate_place"),
        ]

    def __str__(self) -> str:
        return self.name


class BallotBox(models.Model):
    """The ballots of one round at one polling place or mobile box: handed out, given to voters, returned, left over (选举法 43).

    ``allotted`` were received from the committee; what was not ``issued`` is ``unused`` and destroyed on ``destroyed_on``. Empty numbers are
    not known yet. ``sheet`` is the digest of the last offline sheet that was read in.
    """

    round = models.ForeignKey(VoteRound, models.CASCADE, related_name="boxes")
    place = models.ForeignKey(PollingPlace, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="投票场所")
    name = models.CharField("投票场所、票箱", max_length=100)
    kind = models.CharField("投票组织形式", max_length=12, choices=PlaceKind.choices)
    allotted = models.PositiveIntegerField("领取选票数", null=True, blank=True)
    issued = models.PositiveIntegerField("发出选票数", null=True, blank=True)
    returned = models.PositiveIntegerField("收回选票数", null=True, blank=True)
    unused = models.PositiveIntegerField("剩余选票数", null=True, blank=True)
    destroyed_on = models.DateField("剩余选票销毁日期", null=True, blank=True)
    destroyed_by = models.CharField("监销人", max_length=100, blank=True)
    sheet = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "name"], name="box_name", violation_error_message="这一轮已有同名的票箱"),
            models.CheckConstraint(
                condition=Q(allotted__isnull=True)
                | Q(issued__isnull=True)
                | Q(unused__isnull=True)
                | Q(allotted=F("issued") + F("unused")),
                name="box_ballots",
                violation_error_message="发出与剩余的选票之和不等于领取的选票",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HourlyTurnout(models.Model):
    """How many had voted at a box by an hour: voters in person, and votes by proxy. Totals since the box opened, never who."""

    box = models.ForeignKey(BallotBox, models.CASCADE, related_name="hours")
    on = models.DateField("日期")
    hour = models.PositiveSmallIntegerField("截至几时")
    persons = models.PositiveIntegerField("本人投票")
    proxied = models.PositiveIntegerField("委托投票")
    by = models.CharField("填报人", max_length=200)
    at = models.DateTimeField("填报时间")

    class Meta:
        ordering = ["box", "on", "hour"]
        constraints = [
            models.UniqueConstraint(fields=["box", "on", "hour"], name="turnout_hour"),
            models.CheckConstraint(condition=Q(hour__gte=0, hour__lte=24), name="turnout_hour_of_day"),
        ]


class ProxyState(models.TextChoices):
    """Where a mandate stands."""

    ASKED = "asked", "待同意"
    AGREED = "agreed", "已同意"
    REFUSED = "refused", "未同意"
    REVOKED = "revoked", "已撤销"


class ProxyReason(models.TextChoices):
    """Why somebody cannot vote in person; the national text knows the first alone (选举法 42)."""

    AWAY = "away", "选举期间外出"
    ILL = "ill", "疾病、残疾等不能到场"
    OTHER = "other", "其他特殊原因"


class VoteProxy(models.Model):
    """A mandate to vote for another voter (选举法 42): written, agreed by the committee, three at most for each proxy (``slot``).

    ``election`` is the one whose roll both stand on. A ballot cast under it is one of the totals; no row leads from here to a ballot.
    """

    election = models.ForeignKey(Election, models.PROTECT, related_name="+", verbose_name="选举")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="所属区划")
    district = models.ForeignKey(ElectoralDistrict, models.PROTECT, related_name="+", verbose_name="选区")
    principal = models.ForeignKey(Voter, models.PROTECT, related_name="+", verbose_name="委托人")
    proxy = models.ForeignKey(Voter, models.PROTECT, related_name="+", verbose_name="受委托人")
    reason = models.CharField("委托原因", max_length=8, choices=ProxyReason.choices)
    reason_note = models.CharField("原因说明", max_length=200, blank=True)
    written_on = models.DateField("书面委托日期")
    state = models.CharField("状态", max_length=8, choices=ProxyState.choices, default=ProxyState.ASKED)
    slot = models.PositiveSmallIntegerField(null=True, editable=False)
    decided_on = models.DateField("选举委员会决定日期", null=True, blank=True)
    decision_note = models.CharField("决定说明", max_length=200, blank=True)
    revoked_on = models.DateField("撤销日期", null=True, blank=True)
    revoke_reason = models.CharField("撤销原因", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(principal=F("proxy")), name="proxy_other", violation_error_message="不能委托本人投票"
            ),
            models.UniqueConstraint(
                fields=["principal"],
                condition=Q(state__in=("asked", "agreed")),
                name="proxy_once",
                violation_error_message="这名选民已经委托他人投票；改委托须先撤销原来的委托",
            ),
            models.UniqueConstraint(
                fields=["proxy", "slot"],
                condition=Q(state="agreed"),
                name="proxy_slot",
                violation_error_message="每一选民接受的委托不得超过三人（选举法第四十二条）",
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(slot__isnull=False, slot__gte=1, slot__lte=3),
                name="proxy_three",
                violation_error_message="每一选民接受的委托不得超过三人（选举法第四十二条）",
            ),
            models.CheckConstraint(condition=~Q(state="revoked") | ~Q(revoke_reason=""), name="proxy_revoked"),
        ]


class Tally(models.Model):
    """What one team counted in a round, entered without seeing the other's (looks 1 and 2), the third look that settles their differences,
    and later corrections (look 4 and on) with their reason. The highest look counts.

    ``recovered`` are the ballots taken out of the boxes, void ones included (选举法 44).
    """

    round = models.ForeignKey(VoteRound, models.CASCADE, related_name="tallies")
    look = models.PositiveSmallIntegerField("第几次")
    account_id = models.BigIntegerField()
    by = models.CharField("录入人", max_length=200)
    at = models.DateTimeField("录入时间")
    recovered = models.PositiveIntegerField("收回选票数")
    void = models.PositiveIntegerField("废票数")
    reason = models.CharField("原因", max_length=300, blank=True)

    class Meta:
        ordering = ["round", "look"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "look"], name="tally_look", violation_error_message="这一组的计票数已有人录入，请刷新页面"
            ),
            models.UniqueConstraint(
                fields=["round", "account_id"],
                condition=Q(look__lte=THIRD_LOOK),
                name="tally_other_account",
                violation_error_message="两组计票和复核须由不同的账号录入",
            ),
            models.CheckConstraint(condition=Q(look__gte=1), name="tally_look_counts"),
            models.CheckConstraint(
                condition=Q(void__lte=F("recovered")), name="tally_void", violation_error_message="废票数多于收回的选票数"
            ),
            models.CheckConstraint(
                condition=Q(look__lt=THIRD_LOOK) | ~Q(reason=""),
                name="tally_reason",
                violation_error_message="复核和更正必须写明原因",
            ),
        ]

    @property
    def valid(self) -> int:
        """Valid ballots: those recovered that are not void."""
        return self.recovered - self.void


class TallyLine(models.Model):
    """The votes of one name in a tally; written-in names have ``listed`` false. ``against`` and ``abstain`` where they were counted."""

    tally = models.ForeignKey(Tally, models.CASCADE, related_name="lines")
    name = models.CharField("姓名", max_length=60)
    listed = models.BooleanField("列名候选人")
    votes = models.PositiveIntegerField("得票数")
    against = models.PositiveIntegerField("反对票", null=True, blank=True)
    abstain = models.PositiveIntegerField("弃权票", null=True, blank=True)

    class Meta:
        ordering = ["tally", "-listed", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tally", "name"], name="tally_name", violation_error_message="同一姓名写了两次")
        ]
