"""Stored files: content by digest in the data folder, and which record each belongs to."""

from __future__ import annotations

from django.db import models

from renda.directory.models import Division


class StoredFile(models.Model):
    """A file's content, kept once however often it is attached (``files/ab/abcdef…`` in the data folder)."""

    digest = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=80)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)


class Attachment(models.Model):
    """A file attached to a record of a register, under its name and caption."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    register = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    caption = models.CharField("说明", max_length=200, blank=True)
    taken_on = models.DateField("拍摄日期", null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["register", "record_id"], name="attachment_record")]
        constraints = [models.UniqueConstraint(fields=["register", "record_id", "file"], name="attachment_once")]
