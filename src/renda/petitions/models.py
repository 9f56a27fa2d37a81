"""The one table of petitions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from renda.core.fields import EncryptedTextField, KeyedHashField
from renda.directory.models import Organ
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


class Petition(Matter):
    """A letter, visit, call or message of citizens to the congress (组织法 50(7); 信访工作条例).

    Who the petitioner is stands encrypted; neither title nor natural key may hold it. ``persons`` counts those who came or signed.
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
        ]
