"""Templates as offices changed them, and the letters (文书) that were made, each with all its versions."""

from __future__ import annotations

from django.db import models

from renda.core.fields import EncryptedTextField
from renda.directory.models import Division, Organ
from renda.files.models import StoredFile


class TemplateVersion(models.Model):
    """One version of a template in a division: its own file, or (``file`` empty) the return to the shipped one. The latest counts."""

    code = models.CharField("文书", max_length=80)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="区划")
    version = models.PositiveIntegerField("版本")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="文件")
    name = models.CharField("文件名", max_length=200, blank=True)
    reason = models.CharField("原因", max_length=300)
    by = models.CharField("经办人", max_length=200)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["code", "division", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "division", "version"], name="template_version"),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="template_reason", violation_error_message="更换模板必须写明原因"
            ),
        ]


class SampleState(models.TextChoices):
    """How far the making of a sample is."""

    WAITING = "waiting", "排队"
    RUNNING = "running", "制作中"
    FAILED = "failed", "未完成"


class Sample(models.Model):
    """A sample that is being made as PDF in the background, or could not be made; one that is there needs no row.

    ``digest`` names what it is made of (``samples.name_of``), ``version`` the office's own template (None: the shipped one).
    """

    digest = models.CharField(max_length=64, unique=True)
    code = models.CharField("文书", max_length=80)
    version = models.ForeignKey(TemplateVersion, models.PROTECT, null=True, related_name="+", verbose_name="所用模板")
    state = models.CharField("状态", max_length=8, choices=SampleState.choices, default=SampleState.WAITING)
    progress = models.JSONField(default=dict)
    message = models.CharField(max_length=500, blank=True)
    ordered_at = models.DateTimeField("时间")


class Paper(models.Model):
    """A letter of a matter: which template (``code``), for which step (``step`` is its place), of which organ, under which number.

    ``kind`` and ``subject_id`` name the matter. The number is given once and kept by every later version.
    """

    code = models.CharField("文书", max_length=80)
    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    step = models.PositiveIntegerField("步骤次序")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="区划")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", verbose_name="发文机关")
    number = models.CharField("文号", max_length=60, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id", "step", "code"], name="paper_once"),
            models.UniqueConstraint(
                fields=["division", "number"],
                condition=~models.Q(number=""),
                name="paper_number",
                violation_error_message="文号已被使用",
            ),
        ]


class PaperVersion(models.Model):
    """One version of a letter as it was made: the .docx (Base64) stands encrypted, since letters name people.

    ``secret`` says that it holds what is masked in the matter; ``template`` is the office's own template (None: the shipped one).
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField("版本")
    content = EncryptedTextField("内容")
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField("字节数")
    secret = models.BooleanField("含保密内容", default=False)
    template = models.ForeignKey(TemplateVersion, models.PROTECT, null=True, related_name="+", verbose_name="所用模板")
    asked = EncryptedTextField("经办人填写的内容")
    reason = models.CharField("重新生成原因", max_length=300, blank=True)
    by = models.CharField("经办人", max_length=200)
    account_id = models.BigIntegerField(null=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["paper", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "version"], name="paper_version"),
            models.CheckConstraint(
                condition=models.Q(version=1) | ~models.Q(reason=""),
                name="paper_reason",
                violation_error_message="重新生成必须写明原因",
            ),
        ]
