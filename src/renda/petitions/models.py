"""The one table of petitions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.core.fields import EncryptedTextField, KeyedHashField
from renda.directory.models import Division, Organ
from renda.procedure.models import Matter


class Form(models.TextChoices):
    """How a petition arrived (信访工作条例 17)."""

    LETTER = "letter", "来信"
    VISIT = "visit", "来访"
    PHONE = "phone", "来电"
    ONLINE = "online", "网上信访"
    FORWARDED = "forwarded", "转来"
    STATION = "station", "代表联络站"


class Source(models.TextChoices):
    """Who put it before the congress."""

    DIRECT = "direct", "群众直接反映"
    SUPERIOR = "superior", "上级交办"
    LEADER = "leader", "领导批示"
    DEPUTY = "deputy", "代表转交"
    OTHER = "other", "其他单位转来"


class VisitLevel(models.TextChoices):
    """The level that the petitioner went to."""

    TOWNSHIP = "township", "到乡镇"
    COUNTY = "county", "到县"
    PREFECTURE = "prefecture", "到市"
    PROVINCE = "province", "到省"
    CAPITAL = "capital", "进京"


class Against(models.TextChoices):
    """The kind of organ that is complained of."""

    GOVERNMENT = "government", "行政机关"
    COURT = "court", "法院"
    PROCURATORATE = "procuratorate", "检察院"
    SUPERVISION = "supervision", "监委"
    TOWNSHIP = "township", "乡镇（街道）"
    VILLAGE = "village", "村（社区）"
    ENTERPRISE = "enterprise", "企事业单位"
    OTHER = "other", "其他"


class Result(models.TextChoices):
    """How it ended (信访工作条例 32)."""

    SUPPORTED = "supported", "支持诉求"
    EXPLAINED = "explained", "解释疏导"
    REFUSED = "refused", "不予支持"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    WITHDRAWN = "withdrawn", "撤回"


class Demand(models.TextChoices):
    """What kind of matter the petitioner raises (信访工作条例 29 to 31)."""

    OPINION = "opinion", "意见建议"
    ACCUSATION = "accusation", "检举控告"
    CLAIM = "claim", "申诉求决"


class Rating(models.TextChoices):
    """What the petitioner thinks of the handling (信访工作条例 21(2))."""

    SATISFIED = "satisfied", "满意"
    FAIR = "fair", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class Petition(Matter):
    """A letter, visit, call or message of citizens to the congress (组织法 50(7); 信访工作条例).

    Who the petitioner is stands encrypted; neither title nor natural key may hold it. ``persons`` counts those who came or signed.
    ``keeper`` is the division whose office keeps the matter (``division`` is where it arose); it bounds who sees it. A ``secret`` petition
    and an accusation are closed to the organ complained of (``accused``; 信访工作条例 30(3)). ``query_code`` lets the petitioner look the
    matter up and rate it.
    """

    form = models.CharField("信访形式", max_length=12, choices=Form.choices)
    source = models.CharField("信访来源", max_length=10, choices=Source.choices, default=Source.DIRECT)
    collective = models.BooleanField("集体访", default=False)
    persons = models.PositiveIntegerField("人数", default=1)
    petitioner = EncryptedTextField("信访人")
    petitioner_hash = KeyedHashField(source="petitioner")
    phone = EncryptedTextField("联系电话")
    address = EncryptedTextField("住址")
    visit_level = models.CharField("到访层级", max_length=12, choices=VisitLevel.choices, blank=True)
    field = models.CharField("反映领域", max_length=40, blank=True)
    content = EncryptedTextField("反映内容")
    against = models.CharField("反映对象类别", max_length=14, choices=Against.choices, blank=True)
    complained = models.CharField("反映对象", max_length=100, blank=True)
    handler = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办单位")
    repeated = models.BooleanField("重复信访", default=False)
    repeats = models.CharField("重复件原编号", max_length=60, blank=True)
    result = models.CharField("处理结果", max_length=14, choices=Result.choices, blank=True)
    keeper = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, db_index=False, related_name="+", verbose_name="登记区划"
    )
    demand = models.CharField("事项类别", max_length=12, choices=Demand.choices, blank=True)
    secret = models.BooleanField("要求保密", default=False)
    accused = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被反映机关")
    representatives = EncryptedTextField("信访代表")
    reviewer = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复查机关")
    rechecker = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核机关")
    query_code = EncryptedTextField("查询码")
    query_hash = KeyedHashField(source="query_code")
    rating = models.CharField("信访人评价", max_length=12, choices=Rating.choices, blank=True)
    rated_on = models.DateField("评价日期", null=True, blank=True)
    rating_words = EncryptedTextField("评价意见")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(persons__gte=1), name="petition_persons", violation_error_message="人数至少为 1"),
            models.CheckConstraint(
                condition=Q(collective=False) | Q(persons__gte=2),
                name="petition_collective",
                violation_error_message="集体访的人数不应少于 2 人",
            ),
            models.CheckConstraint(
                condition=Q(repeats="") | Q(repeated=True),
                name="petition_repeated",
                violation_error_message="写了重复件原编号的，应标明为重复信访",
            ),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="petition_form"),
            models.UniqueConstraint(fields=["query_hash"], name="petition_query_code"),
            models.CheckConstraint(
                condition=Q(rating="", rated_on__isnull=True) | (~Q(rating="") & Q(rated_on__isnull=False)),
                name="petition_rating",
                violation_error_message="评价与评价日期应同时填写",
            ),
        ]
        indexes = [  # what the gate asks of a long list, without the petitions themselves
            models.Index(fields=["keeper"], include=["matter_ptr"], name="petition_keeper")
        ]
