"""What the office keeps of an election in ledgers, and the election and its districts that everything else hangs on (选举法)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from renda.directory.models import Division, Organ, ScopedRecord
from renda.directory.models.divisions import Level
from renda.law.numerals import chinese_number


def congress_name(place: Division, term: int) -> str:
    """What the congress of a place is called in one term."""
    return f"{place.name}第{chinese_number(term)}届人民代表大会"


class Election(ScopedRecord):
    """An election of the deputies of one level, general or by-election, with its day.

    ``held_with``: the county election on whose day and roll a township election is held (one registration serves both).
    ``deviation_warning``: percent of the mean above which population per seat is marked; the law names no number (选举法 26), so
    nothing is marked without one. ``frozen_at``: the file is closed, and nothing of it changes any more. ``extract_at``: when voters of
    a household extract first came onto the roll, with which other lists are compared since. ``rehearsal``: made-up voters.
    """

    name = models.CharField("选举名称", max_length=100)
    level = models.CharField("选举层级", max_length=12, choices=Level.choices)
    term_number = models.PositiveSmallIntegerField("届次")
    by_election = models.BooleanField("补选", default=False)
    election_day = models.DateField("选举日")
    seats = models.PositiveIntegerField("代表名额", null=True, blank=True)
    held_with = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined", verbose_name="同步进行的县级选举"
    )
    registration_from = models.DateField("选民登记开始日期", null=True, blank=True)
    registration_to = models.DateField("选民登记截止日期", null=True, blank=True)
    deviation_warning = models.PositiveSmallIntegerField("人口偏差提示线（%）", null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, editable=False)
    extract_at = models.DateTimeField(null=True, editable=False)
    rehearsal = models.BooleanField(default=False, editable=False)

    class Meta(ScopedRecord.Meta):
        ordering = ["-election_day", "name"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(registration_to__isnull=True)
                | Q(registration_from__isnull=True)
                | Q(registration_to__gte=F("registration_from")),
                name="election_registration_span",
                violation_error_message="选民登记截止日期早于开始日期",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def roll_id(self) -> int:
        """The election whose roll serves this one: its own, or that of the county election it is held with."""
        return self.held_with_id or self.pk

    @property
    def committee_name(self) -> str:
        """The election committee (选举委员会), as papers name it; the directory does not list it as an organ."""
        return f"{self.division.name}选举委员会"

    def congress_name(self, division: Division) -> str:
        """The congress that is elected, with its term; ``division`` stands for it where it is of the election's level."""
        place = division if division.level == self.level else self.division
        return congress_name(place, self.term_number)


class OfElection(ScopedRecord):
    """A record that belongs to an election."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="+", verbose_name="选举")

    class Meta(ScopedRecord.Meta):
        abstract = True


class DistrictBasis(models.TextChoices):
    """What a district is drawn by (选举法 25)."""

    RESIDENCE = "residence", "居住状况"
    UNIT = "unit", "生产单位、事业单位、工作单位"


class ElectoralDistrict(OfElection):
    """An electoral district: one to three seats (选举法 25).

    ``parent``: the county district that a township district is part of. ``office``: the working group that registers its voters
    (选区工作组); its accounts see the voters of their district and no others.
    """

    name = models.CharField("选区名称", max_length=100)
    seats = models.PositiveSmallIntegerField("应选名额")
    urban = models.BooleanField("城镇选区", default=False)
    population = models.PositiveIntegerField("人口数", null=True, blank=True)
    voter_groups = models.PositiveIntegerField("选民小组数", null=True, blank=True)
    code = models.CharField("选区代码", max_length=20, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="所属县级选区")
    basis = models.CharField("划分依据", max_length=12, choices=DistrictBasis.choices, default=DistrictBasis.RESIDENCE)
    area = models.CharField("选区范围", max_length=500, blank=True)
    office = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="选区工作组")
    to_register = models.PositiveIntegerField("应登记人数", null=True, blank=True)

    class Meta(OfElection.Meta):
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(seats__gte=1) & Q(seats__lte=3),
                name="elections_district_seats",
                violation_error_message="每一选区应选代表一至三名（选举法第二十五条第二款）",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RollTotal(OfElection):
    """What the roll of a district comes to."""

    district = models.CharField("选区", max_length=100)
    adults = models.PositiveIntegerField("18周岁以上人口数", null=True, blank=True)
    registered = models.PositiveIntegerField("登记选民数")
    newly_adult = models.PositiveIntegerField("新满18周岁人数", null=True, blank=True)
    moved_in = models.PositiveIntegerField("迁入人数", null=True, blank=True)
    removed = models.PositiveIntegerField("除名人数", null=True, blank=True)


class RegistrationStation(OfElection):
    """A place where voters register (选民登记站)."""

    name = models.CharField("登记站名称", max_length=100)
    address = models.CharField("地址", max_length=200, blank=True)


class PlaceKind(models.TextChoices):
    """Forms of voting places (选举法 37)."""

    MEETING = "meeting", "选举大会会场"
    STATION = "station", "投票站"
    MOBILE_BOX = "mobile_box", "流动票箱"


class PollingPlace(OfElection):
    """A place where votes are cast."""

    name = models.CharField("投票场所名称", max_length=100)
    kind = models.CharField("投票组织形式", max_length=12, choices=PlaceKind.choices)
    district = models.CharField("选区", max_length=100, blank=True)


class Round(models.TextChoices):
    """Rounds of voting."""

    FIRST = "first", "第一次投票"
    RERUN = "rerun", "另行选举"
    TIE = "tie", "就票数相等者再次投票"


class Turnout(OfElection):
    """The ballots and voters of a district in one round, as totals."""

    district = models.CharField("选区", max_length=100)
    round = models.CharField("投票轮次", max_length=8, choices=Round.choices, default=Round.FIRST)
    voted_on = models.DateField("投票日期")
    participants = models.PositiveIntegerField("参加投票选民数")
    at_meetings = models.PositiveIntegerField("会场投票人数", null=True, blank=True)
    at_stations = models.PositiveIntegerField("投票站投票人数", null=True, blank=True)
    by_mobile_box = models.PositiveIntegerField("流动票箱投票人数", null=True, blank=True)
    by_proxy = models.PositiveIntegerField("委托投票人数", null=True, blank=True)
    issued = models.PositiveIntegerField("发出选票数")
    returned = models.PositiveIntegerField("收回选票数")
    valid = models.PositiveIntegerField("有效票数")
    void = models.PositiveIntegerField("废票数", default=0)

    class Meta(OfElection.Meta):
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(returned__lte=F("issued")),
                name="elections_turnout_returned",
                violation_error_message="收回的选票多于发出的选票",
            ),
            models.CheckConstraint(
                condition=Q(returned=F("valid") + F("void")),
                name="elections_turnout_valid",
                violation_error_message="有效票与废票之和不等于收回的选票",
            ),
        ]


class NominatedBy(models.TextChoices):
    """Who nominated a candidate (选举法 30)."""

    PARTY = "party", "政党、人民团体推荐"
    VOTERS = "voters", "选民联名推荐"


class Candidate(OfElection):
    """A candidate in a district."""

    district = models.CharField("选区", max_length=100)
    name = models.CharField("候选人姓名", max_length=60)
    nominated_by = models.CharField("推荐方式", max_length=8, choices=NominatedBy.choices)
    formal = models.BooleanField("正式候选人", default=True)


class Elected(OfElection):
    """A candidate who was elected."""

    district = models.CharField("选区", max_length=100)
    name = models.CharField("当选人姓名", max_length=60)
    round = models.CharField("当选轮次", max_length=8, choices=Round.choices, default=Round.FIRST)
    votes = models.PositiveIntegerField("得票数", null=True, blank=True)
    sex = models.CharField("性别", max_length=8, choices=[("male", "男"), ("female", "女")], blank=True)
    party = models.CharField("党派", max_length=30, blank=True)
    nationality = models.CharField("民族", max_length=20, blank=True)
    sector = models.CharField("代表构成", max_length=40, blank=True)
    reelected = models.BooleanField("连任", default=False)

    class Meta(OfElection.Meta):
        indexes = [models.Index(fields=["election", "district"], name="elected_district")]
