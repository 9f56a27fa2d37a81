"""The one table of bills and suggestions."""

from __future__ import annotations

from django.db import models

from renda.directory.models import Organ, Person
from renda.directory.models.divisions import Level
from renda.procedure.models import Matter
from renda.suggestions.models.choices import Answer, Award, BillOutcome, Contact, Form, Origin, Rating, State


class Suggestion(Matter):
    """A bill, suggestion, criticism or opinion of deputies (代表法 24, 36; 组织法 42).

    ``number`` always names the year, since offices begin anew each session. ``chain_year``, ``on_time`` and ``state`` are derived on saving.
    """

    year = models.PositiveSmallIntegerField("年度")
    form = models.CharField("类别", max_length=12, choices=Form.choices, default=Form.SUGGESTION)
    origin = models.CharField("提出时间", max_length=10, choices=Origin.choices, blank=True)
    session = models.CharField("会次", max_length=40, blank=True, help_text="如：十一届五次会议")
    deputy_level = models.CharField("代表层级", max_length=12, choices=Level.choices, default=Level.COUNTY)
    proposer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name="领衔代表"
    )
    delegation = models.CharField("提出代表团", max_length=60, blank=True)
    co_signers = models.ManyToManyField(Person, related_name="co_signed_suggestions", blank=True, verbose_name="附议代表")
    co_signer_count = models.PositiveSmallIntegerField("附议人数", null=True, blank=True)
    field = models.CharField("所属领域", max_length=40, blank=True)
    subfield = models.CharField("领域细类", max_length=40, blank=True)
    content = models.TextField("建议内容", blank=True)
    confidential = models.BooleanField("不公开", default=False)
    key = models.BooleanField("重点督办", default=False)
    key_leader = models.CharField("督办领导", max_length=40, blank=True)
    key_theme = models.CharField("督办主题", max_length=100, blank=True)
    lead_units = models.ManyToManyField(Organ, related_name="led_suggestions", blank=True, verbose_name="主办单位")
    joint_units = models.ManyToManyField(Organ, related_name="joined_suggestions", blank=True, verbose_name="协办单位")
    contact = models.CharField("面商方式", max_length=10, choices=Contact.choices, blank=True)
    extended = models.BooleanField("延期办理", default=False)
    answer = models.CharField("办理结果", max_length=2, choices=Answer.choices, blank=True)
    attitude = models.CharField("对办理态度的评价", max_length=14, choices=Rating.choices, blank=True)
    result = models.CharField("对办理结果的评价", max_length=14, choices=Rating.choices, blank=True)
    attitude_second = models.CharField("再次办理态度评价", max_length=14, choices=Rating.choices, blank=True)
    result_second = models.CharField("再次办理结果评价", max_length=14, choices=Rating.choices, blank=True)
    bill_outcome = models.CharField("议案处理", max_length=14, choices=BillOutcome.choices, blank=True)
    merged_into = models.CharField("并入编号", max_length=60, blank=True)
    follows = models.CharField("接续编号", max_length=60, blank=True, help_text="同一事项此前提出的那一件的编号，连年份写")
    first_year = models.PositiveSmallIntegerField("首次提出年份", null=True, blank=True)
    award = models.CharField("优秀建议", max_length=12, choices=Award.choices, blank=True)
    state = models.CharField("办理状态", max_length=10, choices=State.choices, blank=True)
    chain_year = models.PositiveSmallIntegerField(null=True, editable=False)
    on_time = models.BooleanField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(proposer__isnull=False) | ~models.Q(delegation=""),
                name="suggestion_proposer",
                violation_error_message="领衔代表和提出代表团至少要写一项",
            ),
            models.CheckConstraint(
                condition=models.Q(first_year__isnull=True) | models.Q(first_year__lte=models.F("year")),
                name="suggestion_first_year",
                violation_error_message="首次提出年份晚于本件的年度",
            ),
            models.CheckConstraint(
                condition=models.Q(result_second="") | ~models.Q(result=""),
                name="suggestion_second_rating",
                violation_error_message="有再次评价的，应有首次评价",
            ),
            models.CheckConstraint(
                condition=models.Q(bill_outcome="") | models.Q(form=Form.BILL),
                name="suggestion_bill_outcome",
                violation_error_message="“议案处理”只适用于议案",
            ),
            models.CheckConstraint(condition=models.Q(form__in=Form.values), name="suggestion_form"),
            models.CheckConstraint(condition=models.Q(year__range=(1949, 2100)), name="suggestion_year"),
        ]
        indexes = [
            models.Index(fields=["year"], name="suggestion_year_at"),
            models.Index(fields=["follows"], condition=~models.Q(follows=""), name="suggestion_follows"),
        ]
