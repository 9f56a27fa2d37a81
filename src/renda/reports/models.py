"""Tables of the reports: a report in work, what clerks settled in it, what is remembered for the next one, what was issued."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from renda.core import clock
from renda.directory.models import Division
from renda.files.models import StoredFile


class State(models.TextChoices):
    """How far a report is."""

    WORKING = "working", "起草中"
    ISSUED = "issued", "已印发"


class Report(models.Model):
    """A report in work: last year's text and the year it is drafted for.

    ``source_text`` is the plain text that all offsets count in. ``draft`` is derived: the draft as plain data (`services.storing`),
    made after journal entry ``drafted_after``; it is made again when records or choices changed since. ``version`` counts the clerks'
    changes.
    """

    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="所属区划")
    year = models.PositiveSmallIntegerField("报告年度")
    title = models.CharField("标题", max_length=120)
    source = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    source_name = models.CharField("上年报告", max_length=200)
    source_text = models.TextField()
    source_year = models.PositiveSmallIntegerField("上年报告的年度", null=True)
    heading = models.JSONField(default=dict, help_text="mark, number and signatory of the red head; empty where there is none")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WORKING)
    version = models.PositiveIntegerField(default=1)
    draft = models.JSONField(null=True)
    drafted_after = models.BigIntegerField(default=-1)
    created_by = models.CharField("起草人", max_length=200)
    created_at = models.DateTimeField(default=clock.now)
    changed_by = models.CharField("最近修改", max_length=200)
    changed_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField("作废原因", max_length=300, blank=True)

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="report_state"),
            models.CheckConstraint(condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name="report_void"),
            models.CheckConstraint(condition=Q(voided_at__isnull=True) | Q(state="working"), name="report_issued_stays"),
        ]
        indexes = [models.Index(fields=["division", "-year"], name="report_of_division")]

    def __str__(self) -> str:
        return self.title


class Decision(models.TextChoices):
    """What a clerk decided about one place of a text."""

    ACCEPTED = "accepted", "已采用"
    CHANGED = "changed", "已改指标"
    OPEN = "open", "留待核实"
    WRITTEN = "written", "手工填写"
    UNDONE = "undone", "已撤回"


class Choice(models.Model):
    """What a clerk decided about one place of a report's text (a figure, a blank, a marked wording).

    ``start`` and ``end`` are offsets in the source text, ``nth`` tells insertions at one place apart (signature and date). ``binding``
    stands for accepted and changed figures, ``written`` for what was typed by hand. ``version`` counts the decisions on this place.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="choices")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    nth = models.PositiveSmallIntegerField(default=0)
    decision = models.CharField(max_length=8, choices=Decision.choices)
    binding = models.JSONField(null=True)
    written = models.CharField(max_length=500, blank=True)
    old = models.CharField(max_length=500)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["start", "end", "nth"]
        constraints = [
            models.UniqueConstraint(fields=["report", "start", "end", "nth"], name="report_choice_once"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="report_choice_decision"),
            models.CheckConstraint(
                condition=Q(decision__in=("accepted", "changed"), binding__isnull=False)
                | Q(decision__in=("open", "written", "undone")),
                name="report_choice_binding",
            ),
        ]

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it is: start, end, and which of several insertions."""
        return self.start, self.end, self.nth


class Remembered(models.Model):
    """What a clerk corrected, kept for the division's next report: the words of a figure (`recognise.memory.key`) and their binding.

    ``binding`` is None where the clerk left such words open for good. ``reference`` is the indicator's code in the list of
    references, which recognising without a database goes by.
    """

    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name="所属区划")
    key = models.CharField(max_length=300)
    example = models.CharField("文中的说法", max_length=300)
    reference = models.CharField(max_length=8, blank=True)
    binding = models.JSONField(null=True)
    report = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="+")
    by = models.CharField("更正人", max_length=200)
    at = models.DateTimeField("更正时间")

    class Meta:
        ordering = ["example", "pk"]
        constraints = [models.UniqueConstraint(fields=["division", "key"], name="report_remembered_once")]

    def __str__(self) -> str:
        return self.example


class Issue(models.Model):
    """A report as it was issued: frozen (a trigger refuses every change and removal, migration 0001).

    ``content`` is the snapshot (`services.snapshot`): text, each figure with value, definition, period and the records behind it;
    ``digest`` is the SHA-256 of its canonical JSON, printed on the page and in the document.
    """

    report = models.OneToOneField(Report, models.PROTECT, related_name="issue")
    content = models.JSONField()
    draft = models.JSONField()
    digest = models.CharField(max_length=64)
    issued_on = models.DateField("印发日期")
    issued_by = models.CharField("印发人", max_length=200)
    at = models.DateTimeField()

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The figures of the snapshot, in the order of the text."""
        return list(self.content["figures"])
