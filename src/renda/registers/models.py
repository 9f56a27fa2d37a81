"""The search index over all registers."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from renda.directory.models import Division


class SearchEntry(models.Model):
    """What one record is found by: two-character tokens of its label and search columns (no secret ones)."""

    register = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    label = models.CharField(max_length=300)
    tokens = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "record_id"], name="search_entry_once")]
        indexes = [
            GinIndex(fields=["tokens"], name="search_entry_tokens"),
            models.Index(fields=["register", "label"], name="search_entry_label"),
        ]


class Mapping(models.Model):
    """An unknown heading that a clerk has matched to a column (or to be left out), remembered for the next import."""

    register = models.CharField(max_length=60)
    heading = models.CharField(max_length=100)
    field = models.CharField(max_length=60, blank=True, help_text="empty: the heading is left out")
    actor = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "heading"], name="mapping_once")]
