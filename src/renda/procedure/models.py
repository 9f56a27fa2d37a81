"""The one table of matters, their dated milestones, and the threads that join what is one issue."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from renda.core.fields import EncryptedTextField
from renda.directory.models import Division, Organ, ScopedRecord


class Thread(models.Model):
    """One issue, followed through every matter that it became (一事一线)."""

    title = models.CharField("线索", max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title


class Matter(ScopedRecord):
    """Anything that moves through a legal procedure. Each kind is a model that inherits this one.

    ``opened_on``, ``closed_on``, ``due_on``, ``stage`` and ``phase`` are derived from milestones and steps by
    ``procedure.services.refresh`` and written by nothing else. ``phase`` is the code of the procedure's state, empty for kinds without a
    declared procedure; ``steps_taken`` counts steps and corrections ever made, so that two people at one matter notice each other.
    """

    kind = models.CharField(max_length=60, editable=False)
    number = models.CharField("编号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=300)
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, blank=True, related_name="matters", verbose_name="线索")
    opened_on = models.DateField("立项日期", null=True, editable=False)
    closed_on = models.DateField("办结日期", null=True, editable=False)
    due_on = models.DateField("办理期限", null=True, editable=False)
    stage = models.CharField("进展", max_length=40, blank=True, editable=False)
    phase = models.CharField("状态", max_length=40, blank=True, editable=False)
    steps_taken = models.PositiveIntegerField(default=0, editable=False)

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
            models.Index(  # the inbox: matters of a kind in a state, the nearest deadline first
                fields=["kind", "phase", "due_on"],
                condition=models.Q(voided_at__isnull=True, closed_on__isnull=True),
                name="matter_inbox",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def called(self) -> str:
        """What the journal and pages call the matter: its number, for one without a number the beginning of its title."""
        return self.number or self.title[:60]


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


class StepTaken(models.Model):
    """A step that was taken in a matter: by whom, for which organ, on which day, from which state to which, with which answers.

    ``on`` is the civil day of the act, ``at`` the instant when it was entered. ``outside`` marks an act done on paper that an office
    recorded. ``before`` holds what the step changed, so that it can be undone; an undone step stays with the reason. ``answers`` may name
    people and stands encrypted.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="steps")
    place = models.PositiveIntegerField("次序")
    code = models.CharField("步骤", max_length=40)
    on = models.DateField("办理日期")
    at = models.DateTimeField("录入时间")
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    actor = models.CharField("办理人", max_length=200)
    account_id = models.BigIntegerField(null=True)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", verbose_name="办理单位")
    outside = models.BooleanField("线下办理", default=False)
    answers = EncryptedTextField("填写内容")
    article = models.CharField("依据", max_length=300, blank=True)
    due_on = models.DateField("当时的期限", null=True)
    late_days = models.PositiveIntegerField("超期天数", default=0)
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField("更正时间", null=True)
    undone_by = models.CharField("更正人", max_length=200, blank=True)
    undo_reason = models.CharField("更正原因", max_length=300, blank=True)

    class Meta:
        ordering = ["matter_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "place"], name="step_place"),
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True) | ~models.Q(undo_reason=""),
                name="step_undo",
                violation_error_message="更正必须写明原因",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "on"], name="step_code_on"),
            models.Index(  # what an account has done, the newest first
                fields=["account_id", "-at"], condition=models.Q(undone_at__isnull=True), name="step_of_account"
            ),
        ]

    @property
    def given(self) -> dict[str, Any]:
        """What the form was answered, by field: organs and divisions by primary key, days as ISO text."""
        return json.loads(str(self.answers)) if self.answers else {}


class Deadline(models.Model):
    """A deadline of a matter, running or kept: derived from milestones and the law. ``moved_from`` and ``moved_why`` say that it moved."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="deadlines")
    code = models.CharField("期限", max_length=40)
    law = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField("起算日期")
    due_on = models.DateField("届满日期")
    ended_on = models.DateField("完成日期", null=True)
    moved_from = models.DateField("原届满日期", null=True)
    moved_why = models.CharField("变动原因", max_length=200, blank=True)

    class Meta:
        ordering = ["matter_id", "due_on"]
        constraints = [models.UniqueConstraint(fields=["matter", "code"], name="deadline_once")]
        indexes = [
            models.Index(
                fields=["due_on"], include=["matter", "code"], condition=models.Q(ended_on__isnull=True), name="deadline_open"
            ),
            models.Index(  # reminders: what runs out first of one period
                fields=["code", "due_on"], include=["matter"], condition=models.Q(ended_on__isnull=True), name="deadline_running"
            ),
            models.Index(fields=["code", "starts_on"], name="deadline_code"),
        ]


class Link(models.Model):
    """Two matters that belong together though neither became the other; ``one`` has the smaller key. Shown to those who see both."""

    one = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    other = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    relation = models.CharField("关联类型", max_length=10)
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.CharField("关联人", max_length=200)
    at = models.DateTimeField("关联时间")
    removed_at = models.DateTimeField("取消时间", null=True)
    removed_by = models.CharField("取消人", max_length=200, blank=True)
    remove_reason = models.CharField("取消原因", max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="link_order"),
            models.UniqueConstraint(fields=["one", "other"], condition=models.Q(removed_at__isnull=True), name="link_once"),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | ~models.Q(remove_reason=""),
                name="link_removal",
                violation_error_message="取消关联必须写明原因",
            ),
        ]

    def across(self, pk: int) -> Matter:
        """The matter at the other end, seen from the one with this key."""
        return self.other if self.one_id == pk else self.one
