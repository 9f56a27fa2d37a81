"""People and posts. One row per human being; identity numbers and phones are encrypted and found by keyed hash."""

from __future__ import annotations

from django.db import models

from renda.core.fields import EncryptedTextField, KeyedHashField
from renda.directory.models.organs import Organ
from renda.directory.models.records import ScopedRecord


class Sex(models.TextChoices):
    """GB/T 2261.1, as far as forms ask for it."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class Education(models.TextChoices):
    """Groups of GB/T 4658."""

    POSTGRADUATE = "postgraduate", "研究生"
    BACHELOR = "bachelor", "大学本科"
    COLLEGE = "college", "大学专科"
    SECONDARY_VOCATIONAL = "secondary_vocational", "中专"
    HIGH_SCHOOL = "high_school", "高中"
    MIDDLE_SCHOOL = "middle_school", "初中及以下"


class Person(ScopedRecord):
    """One human being, whatever posts and mandates he or she holds."""

    name = models.CharField("姓名", max_length=60)
    pinyin = models.CharField(
        max_length=120, blank=True, editable=False, help_text="for sorting; the C collation has no Chinese order"
    )
    initials = models.CharField(max_length=30, blank=True, editable=False)
    sex = models.CharField("性别", max_length=8, choices=Sex.choices, blank=True)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    nationality = models.CharField("民族", max_length=20, blank=True)
    party = models.CharField("党派", max_length=30, blank=True)
    education = models.CharField("学历", max_length=30, choices=Education.choices, blank=True)
    employer = models.CharField("工作单位及职务", max_length=150, blank=True)
    identity_number = EncryptedTextField("身份证号")
    identity_hash = KeyedHashField(source="identity_number")
    phone = EncryptedTextField("联系电话")
    phone_hash = KeyedHashField(source="phone")

    class Meta(ScopedRecord.Meta):
        ordering = ["pinyin", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["identity_hash"],
                condition=models.Q(voided_at__isnull=True),
                name="person_identity",
                violation_error_message="该身份证号已登记在另一人名下",
            ),
        ]
        indexes = [models.Index(fields=["name"], name="person_name")]

    def __str__(self) -> str:
        return self.name


class Post(ScopedRecord):
    """A post that a person holds in an organ for a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name="姓名")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="posts", verbose_name="单位")
    title = models.CharField("职务", max_length=60)
    since = models.DateField("任职日期", null=True, blank=True)
    until = models.DateField("离任日期", null=True, blank=True)
    committee_member = models.BooleanField("常委会组成人员", default=False)

    class Meta(ScopedRecord.Meta):
        ordering = ["organ_id", "pk"]
        constraints = [
            *ScopedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(since__isnull=True) | models.Q(until__gte=models.F("since")),
                name="post_span",
                violation_error_message="离任日期早于任职日期",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.title}"
