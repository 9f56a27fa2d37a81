"""Tables of the room: documents filed, reviews asked for, regulation bills, contact points and opinions on legislation."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from renda.directory.models import Organ, ScopedRecord
from renda.procedure.models import Matter


class DocumentKind(models.TextChoices):
    """What a document is."""

    GOVERNMENT = "government", "政府规范性文件"
    OFFICE = "office", "政府办公室文件"
    DEPARTMENT = "department", "部门规范性文件"
    SUPERVISION = "supervision", "监委规范性文件"
    COURT = "court", "法院规范性文件"
    PROCURATORATE = "procuratorate", "检察院规范性文件"
    TOWNSHIP_CONGRESS = "township_congress", "乡镇人大决议决定"
    TOWNSHIP = "township", "乡镇规范性文件"
    OTHER = "other", "其他"


class Way(models.TextChoices):
    """How a review came about (监督法 42 to 44; 2023 decision on filing and review)."""

    OWN_MOTION = "own_motion", "主动审查"
    REQUEST = "request", "依申请审查"
    THEMATIC = "thematic", "专项审查"
    TRANSFERRED = "transferred", "移送审查"
    JOINT = "joint", "联合审查"


class Finding(models.TextChoices):
    """What a review found."""

    CLEAN = "clean", "未发现问题"
    PROBLEM = "problem", "发现问题"


class Correction(models.TextChoices):
    """What the maker did about the problem."""

    AMENDED = "amended", "修改"
    REPEALED = "repealed", "废止"
    EXPLAINED = "explained", "说明"
    PENDING = "pending", "处理中"
    ANNULLED = "annulled", "撤销"


class NormativeDocument(Matter):
    """A normative document, filed or due to be filed (监督法 39, 40). ``file_by`` is the last day to file it; the period is set by the province."""

    maker = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="制定机关")
    document_kind = models.CharField("文件类别", max_length=20, choices=DocumentKind.choices, default=DocumentKind.GOVERNMENT)
    document_number = models.CharField("文号", max_length=60, blank=True)
    field = models.CharField("所属领域", max_length=40, blank=True)
    file_by = models.DateField("应报备日期", null=True, blank=True)
    way = models.CharField("审查方式", max_length=12, choices=Way.choices, blank=True)
    finding = models.CharField("审查结果", max_length=8, choices=Finding.choices, blank=True)
    opinions = models.PositiveIntegerField("审查意见条数", default=0)
    correction = models.CharField("处理方式", max_length=10, choices=Correction.choices, blank=True)
    problem = models.TextField("问题及意见", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(correction="") | Q(finding=Finding.PROBLEM),
                name="document_correction",
                violation_error_message="没有发现问题的文件不应填处理方式",
            ),
        ]


class ReviewRequest(Matter):
    """A review beyond that of filing: asked for by organs or citizens, thematic, transferred or joint (监督法 42 to 44)."""

    way = models.CharField("审查方式", max_length=12, choices=Way.choices, default=Way.REQUEST)
    requester = models.CharField("提出主体", max_length=100, blank=True)
    document = models.ForeignKey(
        NormativeDocument, models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name="审查文件"
    )
    documents = models.PositiveIntegerField("涉及文件件数", default=1)
    finding = models.CharField("审查结果", max_length=8, choices=Finding.choices, blank=True)
    opinions = models.PositiveIntegerField("审查意见条数", default=0)
    corrected = models.PositiveIntegerField("督促纠正件数", default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(corrected__lte=F("documents")),
                name="review_corrected",
                violation_error_message="督促纠正件数多于涉及文件件数",
            ),
        ]


class BillAim(models.TextChoices):
    """What a regulation bill is to do."""

    MAKE = "make", "制定"
    AMEND = "amend", "修改"
    REPEAL = "repeal", "废止"


class RegulationBill(Matter):
    """A bill of a regulation (地方性法规、单行条例), with its readings: for autonomous counties and for congresses above (立法法 85)."""

    aim = models.CharField("立法形式", max_length=8, choices=BillAim.choices, default=BillAim.MAKE)
    proposer = models.CharField("提请机关", max_length=100, blank=True)
    field = models.CharField("立法领域", max_length=40, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(aim__in=BillAim.values), name="regulation_aim")]


class PointLevel(models.TextChoices):
    """Whose contact point it is."""

    NATION = "nation", "国家级"
    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "市级"
    COUNTY = "county", "县级"


class ContactPoint(ScopedRecord):
    """A grass-roots contact point for legislation (基层立法联系点)."""

    name = models.CharField("联系点名称", max_length=100)
    level = models.CharField("级别", max_length=12, choices=PointLevel.choices, default=PointLevel.COUNTY)
    founded_on = models.DateField("设立日期")
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta(ScopedRecord.Meta):
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("founded_on")),
                name="contact_point_span",
                violation_error_message="撤销日期早于设立日期",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LegislationConsultation(ScopedRecord):
    """Opinions gathered on one draft law or regulation (立法征询), and how many were taken up."""

    draft = models.CharField("征询项目", max_length=200)
    asked_by = models.CharField("征询机关", max_length=100, blank=True)
    level = models.CharField("级别", max_length=12, choices=PointLevel.choices, default=PointLevel.PREFECTURE)
    point = models.ForeignKey(ContactPoint, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="立法联系点")
    asked_on = models.DateField("征询日期")
    opinions = models.PositiveIntegerField("意见条数", default=0)
    adopted = models.PositiveIntegerField("采纳条数", default=0)

    class Meta(ScopedRecord.Meta):
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(adopted__lte=F("opinions")),
                name="consultation_adopted",
                violation_error_message="采纳条数多于意见条数",
            ),
        ]

    def __str__(self) -> str:
        return self.draft
