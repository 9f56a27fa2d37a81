"""Organs (机关单位) as a tree."""

from __future__ import annotations

from django.db import models

from renda.directory.models.records import ScopedRecord


class OrganKind(models.TextChoices):
    """What an organ is."""

    CONGRESS = "congress", "人民代表大会"
    STANDING_COMMITTEE = "standing_committee", "人大常委会"
    SPECIAL_COMMITTEE = "special_committee", "专门委员会"
    WORKING_OFFICE = "working_office", "常委会工作机构"
    PRESIDIUM = "presidium", "乡镇人大主席团"
    GOVERNMENT = "government", "人民政府"
    DEPARTMENT = "department", "政府部门"
    SUPERVISION_COMMISSION = "supervision_commission", "监察委员会"
    COURT = "court", "人民法院"
    PROCURATORATE = "procuratorate", "人民检察院"
    PARTY = "party", "党委及其部门"
    PEOPLE_ORGANISATION = "people_organisation", "群团组织"
    CPPCC = "cppcc", "政协"
    TOWNSHIP = "township", "乡镇人民政府"
    SUBDISTRICT = "subdistrict", "街道办事处"
    VILLAGE = "village", "村（社区）"
    PUBLIC_INSTITUTION = "public_institution", "事业单位"
    ENTERPRISE = "enterprise", "企业"
    OTHER = "other", "其他"


class OrganSystem(models.TextChoices):
    """The system an organ belongs to: what suggestions and appointments are broken down by."""

    GOVERNMENT = "government", "政府系统"
    SUPERVISION = "supervision", "监委系统"
    COURT = "court", "法院系统"
    PROCURATORATE = "procuratorate", "检察院系统"
    PARTY = "party", "党群系统"
    CONGRESS = "congress", "人大系统"
    OTHER = "other", "其他"


class Organ(ScopedRecord):
    """An organ or unit."""

    name = models.CharField("单位名称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("单位类别", max_length=30, choices=OrganKind.choices, default=OrganKind.DEPARTMENT)
    system = models.CharField("所属系统", max_length=20, choices=OrganSystem.choices, default=OrganSystem.GOVERNMENT)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级单位")
    contact = models.CharField("联系人", max_length=50, blank=True)
    office_phone = models.CharField("办公电话", max_length=40, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    founded_on = models.DateField("设立日期", null=True, blank=True)
    abolished_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta(ScopedRecord.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
