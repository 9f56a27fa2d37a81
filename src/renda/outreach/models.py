"""Tables of the outreach room: training, law publicity with its outputs, media coverage, articles, the album."""

from __future__ import annotations

from django.db import models

from renda.activities.models import Activity
from renda.directory.models import ScopedRecord
from renda.directory.models.divisions import Level


class Mode(models.TextChoices):
    """How training is held."""

    OFFLINE = "offline", "线下"
    ONLINE = "online", "线上"


class Training(Activity):
    """A training class for deputies and staff (代表法: the standing committee trains deputies)."""

    mode = models.CharField("培训方式", max_length=8, choices=Mode.choices, default=Mode.OFFLINE)
    audience = models.CharField("培训对象", max_length=60, blank=True)
    serial = models.PositiveSmallIntegerField("期次", null=True, blank=True)
    days = models.DecimalField("天数", max_digits=5, decimal_places=1, null=True, blank=True)

    class Meta(Activity.Meta):
        abstract = False
        constraints = []
        indexes = []


class Lecture(Activity):
    """A lecture (专题讲座)."""

    class Meta:
        proxy = True


class PlaceClass(models.TextChoices):
    """Kinds of place that law publicity goes to: 送法进社区、进乡镇、进企业."""

    COMMUNITY = "community", "社区"
    TOWNSHIP = "township", "乡镇"
    VILLAGE = "village", "村屯"
    ENTERPRISE = "enterprise", "企业"
    SCHOOL = "school", "学校"
    ORGAN = "organ", "机关"
    SQUARE = "square", "广场集市"
    MILITARY = "military", "军营"
    OTHER = "other", "其他"


class Occasion(models.TextChoices):
    """What publicity is about."""

    CONSTITUTION = "constitution", "宪法宣传"
    LAW = "law", "法律法规宣传"
    ELECTION = "election", "选举宣传"
    CONGRESS = "congress", "人大制度宣传"


class Publicity(Activity):
    """A publicity activity; what was put up and handed out are its outputs."""

    place_class = models.CharField("场所类别", max_length=12, choices=PlaceClass.choices, default=PlaceClass.OTHER)
    occasion = models.CharField("宣传内容", max_length=14, choices=Occasion.choices, default=Occasion.LAW)

    class Meta(Activity.Meta):
        abstract = False
        constraints = []
        indexes = []


class PublicityOutput(ScopedRecord):
    """What a publicity activity came to, by name: 宣传册 3000 份、标语 20 条."""

    publicity = models.ForeignKey(Publicity, models.PROTECT, related_name="outputs", verbose_name="宣传活动")
    name = models.CharField("成果名称", max_length=60)
    quantity = models.PositiveIntegerField("数量")
    unit = models.CharField("计量单位", max_length=10)


class MediaLevel(models.TextChoices):
    """Levels of media and awards."""

    NATIONAL = "national", "国家级"
    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "市级"
    COUNTY = "county", "县级"


class Medium(models.TextChoices):
    """Kinds of media."""

    PAPER = "paper", "报刊"
    WEB = "web", "网站"
    SOCIAL = "social", "新媒体"
    BROADCAST = "broadcast", "广播电视"


class MediaReport(ScopedRecord):
    """One report in the media on the congress's work."""

    title = models.CharField("稿件标题", max_length=200)
    media = models.CharField("刊发媒体", max_length=80)
    level = models.CharField("媒体级别", max_length=12, choices=MediaLevel.choices)
    medium = models.CharField("媒体类型", max_length=10, choices=Medium.choices, default=Medium.WEB)
    published_on = models.DateField("刊发日期")
    topic = models.CharField("反映内容", max_length=100, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["-published_on"]


class ArticleKind(models.TextChoices):
    """Kinds of writing and innovation."""

    SURVEY = "survey", "调研报告"
    THEORY = "theory", "理论文章"
    CASE = "case", "创新案例"


class Article(ScopedRecord):
    """A research report, theoretical article or innovative case."""

    title = models.CharField("成果标题", max_length=200)
    kind = models.CharField("成果类别", max_length=10, choices=ArticleKind.choices, default=ArticleKind.SURVEY)
    author = models.CharField("作者（单位）", max_length=100, blank=True)
    finished_on = models.DateField("完成日期")
    published_in = models.CharField("发表（报送）处", max_length=100, blank=True)
    level = models.CharField("采用级别", max_length=12, choices=Level.choices, blank=True)
    award = models.CharField("获奖情况", max_length=100, blank=True)
    award_level = models.CharField("获奖级别", max_length=12, choices=MediaLevel.choices, blank=True)


class AlbumPicture(ScopedRecord):
    """A picture chosen for the year's album (工作图册)."""

    title = models.CharField("图片标题", max_length=100)
    taken_on = models.DateField("拍摄日期")
    chapter = models.CharField("所属篇章", max_length=60, blank=True)
    caption = models.CharField("图片说明", max_length=200, blank=True)
    source = models.CharField("出处（活动或项目）", max_length=200, blank=True)
    photographer = models.CharField("摄影", max_length=60, blank=True)
