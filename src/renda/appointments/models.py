"""Tables of the room: appointments and removals, assessors in batches, exams, oaths, resignations of deputies."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from renda.activities.models import Activity
from renda.directory.models import Organ, Person, ScopedRecord
from renda.directory.models.divisions import Level
from renda.directory.models.organs import OrganSystem


class Action(models.TextChoices):
    """What was decided of a person and a post (组织法 50(12)–(14); 代表法; 监察法; 法官法; 检察官法)."""

    APPOINT = "appoint", "任命"
    DECIDE = "decide", "决定任命"
    ACT = "act", "决定代理"
    APPROVE = "approve", "批准任命"
    ADOPT = "adopt", "通过"
    ELECT = "elect", "选举"
    REMOVE = "remove", "免职"
    DECIDE_REMOVE = "decide_remove", "决定免职"
    DISMISS = "dismiss", "撤职"
    RECALL = "recall", "罢免"
    RESIGN = "resign", "接受辞职"

    @classmethod
    def taking_office(cls) -> tuple[str, ...]:
        """Actions by which someone takes a post."""
        return (cls.APPOINT, cls.DECIDE, cls.ACT, cls.APPROVE, cls.ADOPT, cls.ELECT)

    @classmethod
    def leaving_office(cls) -> tuple[str, ...]:
        """Actions by which someone leaves a post."""
        return (cls.REMOVE, cls.DECIDE_REMOVE, cls.DISMISS, cls.RECALL, cls.RESIGN)


class DecidedBy(models.TextChoices):
    """Which body decided."""

    COMMITTEE = "committee", "常委会会议"
    CONGRESS = "congress", "县人民代表大会"
    TOWNSHIP = "township", "乡镇人民代表大会"


class Appointment(ScopedRecord):
    """One person's one post, taken or left: appointed to one post and removed from another is two records, and two 人次."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name="姓名")
    action = models.CharField("任免类别", max_length=14, choices=Action.choices)
    post = models.CharField("职务", max_length=100)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所在机关")
    system = models.CharField("所属系统", max_length=20, choices=OrganSystem.choices, blank=True)
    assessor = models.BooleanField("人民陪审员", default=False)
    decided_by = models.CharField("决定机关", max_length=10, choices=DecidedBy.choices, default=DecidedBy.COMMITTEE)
    decided_on = models.DateField("通过日期")
    meeting = models.CharField("会议名称", max_length=100, blank=True)
    document_number = models.CharField("任免文号", max_length=60, blank=True)
    proposer = models.CharField("提请人", max_length=100, blank=True)
    votes_for = models.PositiveIntegerField("赞成票", null=True, blank=True)
    votes_against = models.PositiveIntegerField("反对票", null=True, blank=True)
    abstentions = models.PositiveIntegerField("弃权票", null=True, blank=True)
    present = models.PositiveIntegerField("出席人数", null=True, blank=True)

    class Meta(ScopedRecord.Meta):
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(action__in=Action.values), name="appointment_action", violation_error_message="任免类别不在规定范围内"
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True)
                | Q(votes_for__isnull=True)
                | Q(votes_against__isnull=True)
                | Q(abstentions__isnull=True)
                | Q(present__gte=F("votes_for") + F("votes_against") + F("abstentions")),
                name="appointment_votes",
                violation_error_message="赞成、反对、弃权票数之和多于出席人数",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=DecidedBy.COMMITTEE, action__in=[a for a in Action.values if a not in ("elect", "recall")])
                | ~Q(decided_by=DecidedBy.COMMITTEE),
                name="appointment_elected_by_congress",
                violation_error_message="选举和罢免由人民代表大会进行，决定机关不能是常委会会议",
            ),
        ]
        indexes = [models.Index(fields=["decided_on"], name="appointment_day")]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.person} {self.post}"


class AssessorBatch(ScopedRecord):
    """People's assessors appointed or removed in a batch that is known by head count alone (人民陪审员法 10)."""

    title = models.CharField("批次", max_length=100)
    decided_on = models.DateField("通过日期")
    meeting = models.CharField("会议名称", max_length=100, blank=True)
    appointed = models.PositiveIntegerField("任命人数", default=0)
    removed = models.PositiveIntegerField("免职人数", default=0)

    class Meta(ScopedRecord.Meta):
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(appointed__gt=0) | Q(removed__gt=0),
                name="assessor_batch_counted",
                violation_error_message="任命人数和免职人数至少要填一项",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class LawExam(ScopedRecord):
    """One candidate's law exam before appointment (任前法律知识考试)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="law_exams", verbose_name="姓名")
    post = models.CharField("拟任职务", max_length=100, blank=True)
    held_on = models.DateField("考试日期")
    score = models.DecimalField("成绩", max_digits=5, decimal_places=1, null=True, blank=True)
    passed = models.BooleanField("是否合格", null=True, blank=True)
    again = models.BooleanField("是否补考", default=False)

    class Meta(ScopedRecord.Meta):
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(0, 100)),
                name="exam_score",
                violation_error_message="成绩应在 0 到 100 分之间",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.held_on}"


class OathOrganiser(models.TextChoices):
    """Who held an oath ceremony."""

    CONGRESS = "congress", "人大"
    ORGANS = "organs", "一府一委两院"
    TOWNSHIP = "township", "乡镇"


class OathCeremony(Activity):
    """A ceremony at which people swear to the Constitution (宪法 27; 全国人大常委会关于实行宪法宣誓制度的决定). Who swore is its participation."""

    organised_by = models.CharField("组织方", max_length=10, choices=OathOrganiser.choices, default=OathOrganiser.CONGRESS)
    monitor = models.CharField("监誓人", max_length=60, blank=True)
    leader = models.CharField("领誓人", max_length=60, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(organised_by__in=OathOrganiser.values), name="oath_organiser")]


class DeputyResignation(ScopedRecord):
    """A deputy's resignation that was accepted (代表法: resignation; 选举法 55)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="resignations", verbose_name="代表姓名")
    level = models.CharField("代表层级", max_length=12, choices=Level.choices, default=Level.COUNTY)
    accepted_on = models.DateField("接受日期")
    accepted_by = models.CharField("接受机关", max_length=10, choices=DecidedBy.choices, default=DecidedBy.COMMITTEE)
    meeting = models.CharField("会议名称", max_length=100, blank=True)
    reason = models.CharField("辞职原因", max_length=100, blank=True)

    class Meta(ScopedRecord.Meta):
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="resignation_level", violation_error_message="代表层级不在规定范围内"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.accepted_on}"
