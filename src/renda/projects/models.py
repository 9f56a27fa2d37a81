"""Tables of the projects room."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from renda.directory.models import Organ, ScopedRecord
from renda.procedure.models import Matter


class Tier(models.TextChoices):
    """Where a livelihood project stands in its hierarchy: 10 大类 22 项 199 个子项目."""

    CLASS = "class", "大类"
    ITEM = "item", "项目"
    PART = "part", "子项目"


class Completion(models.TextChoices):
    """How far a project got."""

    DONE = "done", "已完成"
    MOSTLY = "mostly", "基本完成"
    UNDER_WAY = "under_way", "正在实施"
    NOT_DONE = "not_done", "未完成"


class Field(models.TextChoices):
    """Fields of livelihood."""

    EDUCATION = "education", "教育"
    HEALTH = "health", "医疗卫生"
    TRAFFIC = "traffic", "交通出行"
    ENVIRONMENT = "environment", "生态环境"
    HOUSING = "housing", "住房和小区改造"
    ELDERLY = "elderly", "养老助残"
    WATER = "water", "农田水利"
    CULTURE = "culture", "文化体育"
    SAFETY = "safety", "公共安全"
    SERVICE = "service", "便民服务"
    OTHER = "other", "其他"


class LivelihoodProject(Matter):
    """A livelihood project: candidate, chosen by vote, carried out; money in three measures."""

    year = models.PositiveSmallIntegerField("年度")
    tier = models.CharField("项目层级", max_length=8, choices=Tier.choices, default=Tier.ITEM)
    belongs_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="所属项目")
    field = models.CharField("民生领域", max_length=12, choices=Field.choices, default=Field.OTHER)
    unit = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任单位")
    chosen = models.BooleanField("票决产生", default=False)
    planned_total = models.DecimalField("总投资", max_digits=16, decimal_places=2, null=True, blank=True)
    planned_year = models.DecimalField("年度计划投资", max_digits=16, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField("完成投资", max_digits=16, decimal_places=2, null=True, blank=True)
    received = models.DecimalField("到位资金", max_digits=16, decimal_places=2, null=True, blank=True)
    completion = models.CharField("完成等次", max_length=10, choices=Completion.choices, default=Completion.UNDER_WAY)
    content = models.CharField("建设内容", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(planned_total__isnull=True) | Q(planned_total__gte=0))
                & (Q(planned_year__isnull=True) | Q(planned_year__gte=0))
                & (Q(spent__isnull=True) | Q(spent__gte=0)),
                name="projects_money",
                violation_error_message="投资金额不能为负数",
            ),
        ]


class ProjectVote(ScopedRecord):
    """The vote on one candidate project, as totals."""

    project = models.ForeignKey(LivelihoodProject, models.PROTECT, related_name="ballots", verbose_name="民生实事项目")
    voted_on = models.DateField("票决日期")
    deputies = models.PositiveIntegerField("投票代表数")
    issued = models.PositiveIntegerField("发出票数")
    returned = models.PositiveIntegerField("收回票数")
    votes = models.PositiveIntegerField("得票数")

    class Meta(ScopedRecord.Meta):
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(returned__lte=F("issued")),
                name="projects_vote_returned",
                violation_error_message="收回票数多于发出票数",
            ),
            models.CheckConstraint(
                condition=Q(votes__lte=F("returned")), name="projects_vote_votes", violation_error_message="得票数多于收回票数"
            ),
        ]


class Grade(models.TextChoices):
    """The grade that the votes of an evaluation give."""

    SATISFIED = "satisfied", "满意"
    BASICALLY = "basically", "基本满意"
    UNSATISFIED = "unsatisfied", "不满意"


class ProjectEvaluation(ScopedRecord):
    """The deputies' evaluation of a project, as totals; the grade follows from the votes by rule."""

    project = models.ForeignKey(LivelihoodProject, models.PROTECT, related_name="evaluations", verbose_name="民生实事项目")
    evaluated_on = models.DateField("测评日期")
    satisfied = models.PositiveIntegerField("满意票")
    basically = models.PositiveIntegerField("基本满意票", default=0)
    unsatisfied = models.PositiveIntegerField("不满意票", default=0)
    abstained = models.PositiveIntegerField("弃权票", default=0)
    grade = models.CharField("测评等次", max_length=12, choices=Grade.choices, editable=False)


class Channel(models.TextChoices):
    """Where an idea for a project came from."""

    DEPUTY = "deputy", "代表提出"
    STATION = "station", "联络站收集"
    PUBLIC = "public", "公开征集"
    DEPARTMENT = "department", "部门提出"
    HOTLINE = "hotline", "热线和网络"


class ProjectProposal(ScopedRecord):
    """A collected idea for a project."""

    title = models.CharField("征集建议", max_length=200)
    channel = models.CharField("征集渠道", max_length=12, choices=Channel.choices, default=Channel.PUBLIC)
    field = models.CharField("民生领域", max_length=12, choices=Field.choices, default=Field.OTHER)
    proposed_on = models.DateField("征集日期")
    count = models.PositiveIntegerField("条数", default=1)
    adopted = models.BooleanField("采纳", default=False)


class MicroProject(Matter):
    """A micro-project (民生微实事): collected, chosen, carried out in weeks."""

    place = models.CharField("实施地点", max_length=150, blank=True)
    proposer = models.CharField("提出人（来源）", max_length=100, blank=True)
    channel = models.CharField("征集渠道", max_length=12, choices=Channel.choices, default=Channel.DEPUTY)
    field = models.CharField("民生领域", max_length=12, choices=Field.choices, default=Field.SERVICE)
    unit = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="实施单位")
    budget = models.DecimalField("预算资金", max_digits=14, decimal_places=2, null=True, blank=True)
    county_level = models.BooleanField("县级项目", default=False)
    content = models.CharField("项目内容", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0),
                name="micro_budget",
                violation_error_message="预算资金不能为负数",
            ),
        ]


class ProjectOutput(ScopedRecord):
    """What a micro-project came to, by name: 防疫宣传品 3000 个、便民广告粘贴栏 30 块."""

    project = models.ForeignKey(MicroProject, models.PROTECT, related_name="outputs", verbose_name="微实事项目")
    name = models.CharField("成果名称", max_length=60)
    quantity = models.PositiveIntegerField("数量")
    unit = models.CharField("计量单位", max_length=10)
    finished_on = models.DateField("完成日期")


class MoneySource(models.TextChoices):
    """Where a micro-project's money comes from."""

    COUNTY = "county", "县级财政"
    TOWNSHIP = "township", "乡镇（街道）资金"
    DEPARTMENT = "department", "部门资金"
    DONATION = "donation", "社会捐助"


class ProjectMoney(ScopedRecord):
    """Money put into a micro-project."""

    project = models.ForeignKey(MicroProject, models.PROTECT, related_name="money", verbose_name="微实事项目")
    paid_on = models.DateField("拨付日期")
    amount = models.DecimalField("拨付金额", max_digits=14, decimal_places=2)
    source = models.CharField("资金来源", max_length=12, choices=MoneySource.choices, default=MoneySource.COUNTY)
    purpose = models.CharField("用途", max_length=150, blank=True)

    class Meta(ScopedRecord.Meta):
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="projects_money_positive", violation_error_message="拨付金额应大于零"
            ),
        ]
