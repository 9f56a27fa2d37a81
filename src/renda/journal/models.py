"""Tables of the journal. A trigger refuses every change and removal of an entry (migration 0001)."""

from __future__ import annotations

from django.db import models

DEFAULT_CHAIN = "county"


class Chain(models.Model):
    """The head of one county's chain; its row is locked last and briefly when entries are added."""

    name = models.CharField(max_length=40, unique=True)
    algorithm = models.CharField(max_length=20, default="sha256")
    head_sequence = models.BigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="0" * 64)


class Entry(models.Model):
    """One immutable line: who did what to which record, when, with what content."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT)
    sequence = models.BigIntegerField()
    at = models.DateTimeField(help_text="UTC; the platform's instant")
    really_at = models.DateTimeField(null=True, help_text="UTC; the real instant where the platform's was simulated")
    actor = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=80)
    subject_id = models.BigIntegerField(null=True)
    subject_label = models.CharField(max_length=300, blank=True)
    payload = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="journal_entry_place")]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="journal_entry_subject"),
            models.Index(fields=["at"], name="journal_entry_at"),
        ]
