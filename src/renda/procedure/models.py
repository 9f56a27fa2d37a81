"""The one table of matters, their dated milestones, and the threads that join what is one issue."""

from __future__ import annotations

from django.db import models

from renda.directory.models import Division, ScopedRecord


class Thread(models.Model):
    """One issue, followed through every matter that it became (一事一线)."""

    title = models.CharField("线索", max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title


class Matter(ScopedRecord):
    """Anything that moves through a legal procedure. Each kind is a model that inherits this one.

    ``opened_on``, ``closed_on``, ``due_on`` and ``stage`` are derived from the milestones by ``procedure.services.refresh`` and written by
    nothing else.
    """

    kind = models.CharField(max_length=60, editable=False)
    number = models.CharField("编号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=300)
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, blank=True, related_name="matters", verbose_name="线索")
    opened_on = models.DateField("立项日期", null=True, editable=False)
    closed_on = models.DateField("办结日期", null=True, editable=False)
    due_on = models.DateField("办理期限", null=True, editable=False)
    stage = models.CharField("进展", max_length=40, blank=True, editable=False)

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "division", "natural_key"],
                condition=models.Q(voided_at__isnull=True),
                name="matter_key",
                violation_error_message="同一区划内已有相同的事项",
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at__isnull=True) | ~models.Q(void_reason=""),
                name="matter_void",
                violation_error_message="作废必须写明原因",
            ),
            models.UniqueConstraint(
                fields=["division", "kind", "number"],
                condition=models.Q(voided_at__isnull=True) & ~models.Q(number=""),
                name="matter_number",
                violation_error_message="编号已被使用",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "division", "opened_on"], name="matter_kind_opened"),
            models.Index(  # what figures of a year read, without the matters themselves
                fields=["kind", "opened_on"],
                include=["id", "division", "closed_on"],
                condition=models.Q(voided_at__isnull=True),
                name="matter_kind_day",
            ),
            models.Index(fields=["kind", "division", "closed_on"], name="matter_kind_closed"),
            models.Index(fields=["due_on"], condition=models.Q(closed_on__isnull=True), name="matter_open_due"),
        ]

    def __str__(self) -> str:
        return self.title


class Precision(models.TextChoices):
    """How exactly a date is known."""

    DAY = "day", "日"
    MONTH = "month", "月"
    YEAR = "year", "年"


class Source(models.TextChoices):
    """Whether a milestone came from a ledger or from a step of the procedure."""

    RECORDED = "recorded", "台账登记"
    STEPPED = "stepped", "办理产生"


class Milestone(models.Model):
    """A dated event in a matter's life."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="milestones")
    code = models.CharField(max_length=40)
    on = models.DateField()
    precision = models.CharField(max_length=8, choices=Precision.choices, default=Precision.DAY)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.RECORDED)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "code"], name="milestone_once"),
            models.CheckConstraint(condition=models.Q(precision__in=Precision.values), name="milestone_precision"),
        ]
        indexes = [models.Index(fields=["code", "on"], name="milestone_code_on")]


class Counter(models.Model):
    """The last number given per division, kind and period (a year or a session)."""

    division = models.ForeignKey(Division, models.PROTECT)
    kind = models.CharField(max_length=60)
    period = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["division", "kind", "period"], name="counter_once")]
