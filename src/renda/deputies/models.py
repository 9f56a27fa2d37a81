"""Tables of the room of deputies. Deputies, grids and groups stand in the directory, since other rooms refer to them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from renda.activities.models import Activity
from renda.directory.models import DeputyGroup, Mandate, Organ, Person, ScopedRecord
from renda.directory.models.divisions import Level


class Form(models.TextChoices):
    """What deputies take part in (代表法 27—35)."""

    TOUR = "tour", "视察"
    SURVEY = "survey", "调研"
    ENFORCEMENT = "enforcement", "执法检查"
    HEARING = "hearing", "听证会"
    DISCUSSION = "discussion", "座谈会"
    COURT_HEARING = "court_hearing", "旁听庭审"
    CONSULTATION = "consultation", "征求意见"
    APPRAISAL = "appraisal", "评议"
    CONTACT = "contact", "联系群众"
    GROUP_MEETING = "group_meeting", "小组活动"
    OTHER = "other", "其他"


class Host(models.TextChoices):
    """Who calls the deputies together."""

    CONGRESS = "congress", "人大组织"
    INVITED = "invited", "应邀参加"
    GROUP = "group", "代表小组组织"


class DeputyActivity(Activity):
    """An activity of deputies: called by the congress, by a group of deputies, or by another body that invites them."""

    form = models.CharField("活动形式", max_length=20, choices=Form.choices)
    host = models.CharField("组织方式", max_length=12, choices=Host.choices, default=Host.CONGRESS)
    group = models.ForeignKey(DeputyGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代表小组")
    expected = models.PositiveIntegerField("应参加代表数", null=True, blank=True, help_text="通知参加的代表人数")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=Form.values), name="deputies_activity_form", violation_error_message="没有这一活动形式"
            ),
            models.CheckConstraint(
                condition=Q(host__in=Host.values), name="deputies_activity_host", violation_error_message="没有这一组织方式"
            ),
        ]


class VisitForm(models.TextChoices):
    """Why deputies go to people's homes."""

    VOTERS = "voters", "走访选民"
    HARDSHIP = "hardship", "走访困难群众"
    ENTERPRISE = "enterprise", "走访企业"
    PUBLICITY = "publicity", "入户宣传"
    SURVEY = "survey", "入户调查"
    OTHER = "other", "其他走访"


class HomeVisit(Activity):
    """Deputies going to people's homes: households and persons are counted apart (户数、人次)."""

    form = models.CharField("走访类别", max_length=20, choices=VisitForm.choices, default=VisitForm.VOTERS)
    households = models.PositiveIntegerField("走访户数", null=True, blank=True)
    persons = models.PositiveIntegerField("走访人次", null=True, blank=True)
    matters_raised = models.PositiveIntegerField("收集意见条数", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=VisitForm.values), name="deputies_visit_form", violation_error_message="没有这一走访类别"
            ),
        ]


class GoodDeedField(models.TextChoices):
    """What a good deed is about."""

    HARDSHIP = "hardship", "帮扶解困"
    INFRASTRUCTURE = "infrastructure", "基础设施"
    EDUCATION = "education", "助学助教"
    HEALTH = "health", "医疗健康"
    EMPLOYMENT = "employment", "就业增收"
    DISPUTE = "dispute", "化解矛盾"
    ENVIRONMENT = "environment", "环境整治"
    OTHER = "other", "其他实事"


class GoodDeed(Activity):
    """Something that deputies got done for people (代表办实事)."""

    field = models.CharField("实事类别", max_length=20, choices=GoodDeedField.choices, default=GoodDeedField.OTHER)
    beneficiaries = models.PositiveIntegerField("受益人数", null=True, blank=True)
    amount = models.DecimalField("投入资金", max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(field__in=GoodDeedField.values),
                name="deputies_deed_field",
                violation_error_message="没有这一实事类别",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="deputies_deed_amount",
                violation_error_message="投入资金不能为负",
            ),
        ]


class MemberLink(ScopedRecord):
    """A member of the standing committee keeping in touch with a deputy (组成人员联系代表, 组织法 60; one half of 双联系)."""

    member = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="常委会组成人员")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="联系的代表")
    since = models.DateField("联系起始日期")
    until = models.DateField("联系终止日期", null=True, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["-since", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="deputies_link_span",
                violation_error_message="联系终止日期早于起始日期",
            ),
            models.CheckConstraint(
                condition=~Q(member=F("deputy")), name="deputies_link_two", violation_error_message="组成人员不能联系自己"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}—{self.deputy}"


class ContactForm(models.TextChoices):
    """How a member met a deputy."""

    VISIT = "visit", "走访"
    TALK = "talk", "座谈"
    PHONE = "phone", "电话网络"
    INVITED = "invited", "邀请列席"
    OTHER = "other", "其他"


class Contact(ScopedRecord):
    """One meeting of a member of the standing committee with a deputy whom he or she is linked with."""

    member = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="常委会组成人员")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="被联系代表")
    on = models.DateField("联系日期")
    form = models.CharField("联系方式", max_length=12, choices=ContactForm.choices, default=ContactForm.VISIT)
    content = models.CharField("联系内容", max_length=300, blank=True)
    opinions = models.PositiveIntegerField("反映意见条数", null=True, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["-on", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(form__in=ContactForm.values), name="deputies_contact_form", violation_error_message="没有这一联系方式"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}—{self.deputy} {self.on}"


class MoneyKind(models.TextChoices):
    """Money around deputies' work: given by deputies, or spent on their activities (代表法 42)."""

    DONATION = "donation", "代表捐款"
    GOODS = "goods", "捐物折款"
    FUNDS = "funds", "活动经费拨付"
    EXPENSE = "expense", "活动经费支出"
    SUBSIDY = "subsidy", "代表补助"


class Contribution(ScopedRecord):
    """One amount of money given by deputies or spent on deputies' work, in yuan."""

    on = models.DateField("日期")
    kind = models.CharField("款项类别", max_length=12, choices=MoneyKind.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代表姓名")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办单位")
    amount = models.DecimalField("金额", max_digits=16, decimal_places=2)
    purpose = models.CharField("用途", max_length=200)
    receiver = models.CharField("接收单位（个人）", max_length=100, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["-on", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="deputies_money_amount", violation_error_message="金额应大于零"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MoneyKind.values), name="deputies_money_kind", violation_error_message="没有这一款项类别"
            ),
        ]

    def __str__(self) -> str:
        return self.purpose


class ReportForm(models.TextChoices):
    """How a deputy reports."""

    ORAL = "oral", "口头"
    WRITTEN = "written", "书面"


class ReportGrade(models.TextChoices):
    """The voters' judgement of a report."""

    SATISFIED = "satisfied", "满意"
    BASICALLY = "basically", "基本满意"
    UNSATISFIED = "unsatisfied", "不满意"
    EXCELLENT = "excellent", "优秀"
    COMPETENT = "competent", "称职"
    BARELY = "barely", "基本称职"
    INCOMPETENT = "incompetent", "不称职"


class DeputyReport(ScopedRecord):
    """A deputy's report to the voters (代表述职: 代表法 58(2), 2015 text 45) with the voters' marks.

    Several deputies report at one meeting; ``voters`` is the meeting's number, told alike by each of its rows.
    """

    deputy = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="述职代表")
    level = models.CharField("代表层级", max_length=12, choices=Level.choices)
    on = models.DateField("述职日期")
    form = models.CharField("述职方式", max_length=8, choices=ReportForm.choices, default=ReportForm.ORAL)
    venue = models.CharField("述职会场", max_length=100, blank=True)
    voters = models.PositiveIntegerField("参会选民数", null=True, blank=True)
    satisfied = models.PositiveIntegerField("满意票", null=True, blank=True)
    basically = models.PositiveIntegerField("基本满意票", null=True, blank=True)
    unsatisfied = models.PositiveIntegerField("不满意票", null=True, blank=True)
    grade = models.CharField("测评等次", max_length=12, choices=ReportGrade.choices, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["-on", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(form__in=ReportForm.values), name="deputies_report_form", violation_error_message="没有这一述职方式"
            ),
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="deputies_report_level", violation_error_message="没有这一代表层级"
            ),
            models.CheckConstraint(
                condition=Q(grade="") | Q(grade__in=ReportGrade.values),
                name="deputies_report_grade",
                violation_error_message="没有这一测评等次",
            ),
            models.CheckConstraint(
                condition=Q(voters__isnull=True)
                | Q(voters__gte=Coalesce(F("satisfied"), 0) + Coalesce(F("basically"), 0) + Coalesce(F("unsatisfied"), 0)),
                name="deputies_report_votes",
                violation_error_message="各档测评票之和多于参会选民数",
            ),
        ]
        indexes = [models.Index(fields=["deputy", "on"], name="deputies_report_deputy")]

    def __str__(self) -> str:
        return f"{self.deputy}述职 {self.on}"


class FirstDuty(models.Model):
    """The day on which a deputy first did something under a mandate: took part in an activity, or reported to the voters.

    Read only: a database view, which finds the day for all mandates at once. Mandates under which nothing was done are not in it.
    """

    mandate = models.OneToOneField(
        Mandate, models.DO_NOTHING, primary_key=True, related_name="first_duty", db_constraint=False, verbose_name="代表任期"
    )
    on = models.DateField("首次履职日期")

    class Meta:
        managed = False
