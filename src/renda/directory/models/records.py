"""What every root record carries: its division, its natural key, where it came from, and whether it was voided."""

from __future__ import annotations

from typing import Any

from django.db import models

from renda.directory.models.divisions import Division


class RecordQuerySet(models.QuerySet):
    """Selections that every room uses."""

    def alive(self) -> RecordQuerySet:
        """Records that were not voided; only these enter the figures."""
        return self.filter(voided_at__isnull=True)


class ScopedRecord(models.Model):
    """A root record. Nothing is deleted: ``voided_at`` and ``void_reason`` take it out of lists and figures.

    ``natural_key`` is the canonical text of the register's key columns, unique per division among the living; ``source_digest`` is the
    keyed digest of the ledger row it was last imported from; ``edited`` says that it was changed by hand since.
    """

    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="所属区划")
    natural_key = models.TextField(editable=False)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)
    import_batch = models.BigIntegerField(null=True, editable=False)
    edited = models.BooleanField(default=False, editable=False)
    voided_at = models.DateTimeField(null=True, editable=False)
    void_reason = models.CharField(max_length=300, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["division", "natural_key"],
                condition=models.Q(voided_at__isnull=True),
                name="%(app_label)s_%(class)s_key",
                violation_error_message="同一区划内已有相同的记录",
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at__isnull=True) | ~models.Q(void_reason=""),
                name="%(app_label)s_%(class)s_void",
                violation_error_message="作废必须写明原因",
            ),
        ]

    @property
    def register_model(self) -> type[Any]:
        """The model class, for templates."""
        return type(self)
