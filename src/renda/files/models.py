"""Stored files: content by digest in the data folder, and which record each belongs to."""

from __future__ import annotations

from django.db import models

from renda.core import clock
from renda.core.fields import EncryptedTextField
from renda.directory.models import Division
from renda.files.sealing import OVERHEAD


class StoredFile(models.Model):
    """A file in the data folder (``files/ab/abcdef…``), named after the digest of what lies there.

    ``seal`` is the key that its content is encrypted with (empty: it lies there in plain), ``mark`` a digest of the content under that key.
    ``size`` counts the bytes on disk.
    """

    digest = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=80)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    seal = EncryptedTextField("内容密钥")
    mark = models.CharField(max_length=64, blank=True)

    @property
    def content_size(self) -> int:
        """The bytes of the content itself."""
        return self.size - OVERHEAD if self.seal else self.size


class Attachment(models.Model):
    """A file attached to a record of a register, under its name and caption, by whom.

    ``step`` is the place of the step of a matter that it came with, ``ask`` the field of that step's form. ``secret`` ones hold what is
    masked in the record and are opened by those who may unmask it.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    register = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    caption = models.CharField("说明", max_length=200, blank=True)
    taken_on = models.DateField("拍摄日期", null=True, blank=True)
    secret = models.BooleanField("含保密内容", default=False)
    step = models.PositiveIntegerField("步骤次序", null=True)
    ask = models.CharField("材料", max_length=40, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    by = models.CharField("上传人", max_length=200, blank=True)
    account_id = models.BigIntegerField(null=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.CharField("作废人", max_length=200, blank=True)
    void_reason = models.CharField("作废原因", max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["register", "record_id"], name="attachment_record")]
        constraints = [
            models.UniqueConstraint(fields=["register", "record_id", "file"], name="attachment_once"),
            models.CheckConstraint(
                condition=models.Q(voided_at__isnull=True) | ~models.Q(void_reason=""),
                name="attachment_void",
                violation_error_message="作废必须写明原因",
            ),
        ]
