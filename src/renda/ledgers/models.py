"""Imports: what was brought in, by whom, and what became of each row."""

from __future__ import annotations

from django.db import models

from renda.directory.models import Account, Division


class State(models.TextChoices):
    """How far an import is."""

    UPLOADED = "uploaded", "已上传"
    CHECKING = "checking", "检查中"
    CHECKED = "checked", "待确认"
    WRITING = "writing", "写入中"
    DONE = "done", "已导入"
    REFUSED = "refused", "未导入"
    FAILED = "failed", "出错"


class Import(models.Model):
    """One import: files in, a report out. ``report`` is the report as plain data, without cell contents of secret columns."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=200)
    files = models.JSONField(default=list, help_text="name, digest and size of each file")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.UPLOADED)
    take_good_rows = models.BooleanField(default=False)
    progress = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=models.Q(state__in=State.values), name="import_state")]
