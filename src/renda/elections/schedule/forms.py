"""Forms of the calendar: an act marked as done, the election day moved."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from renda.core import clock

TEXT = {"class": "form-control", "autocomplete": "off"}
DAY = {"class": "form-control r-w-s", "type": "date"}


class MarkForm(forms.Form):
    """When an act was done."""

    on = forms.DateField(
        label=gettext_lazy("完成日期"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), initial=clock.today
    )
    note = forms.CharField(
        label=gettext_lazy("说明"), max_length=200, required=False, widget=forms.TextInput(attrs=TEXT),
        help_text=gettext_lazy("如：第3号公告。"),
    )  # fmt: skip


class UnmarkForm(forms.Form):
    """Why a mark is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("原因"), max_length=300, widget=forms.TextInput(attrs=TEXT),
        help_text=gettext_lazy("记入日志。"), error_messages={"required": gettext_lazy("请写明撤销的原因。")},
    )  # fmt: skip


class DayForm(forms.Form):
    """A new election day and its reason; ``seen``: the consequences were shown for this very day."""

    day = forms.DateField(label=gettext_lazy("新的选举日"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    reason = forms.CharField(
        label=gettext_lazy("变更的原因"), max_length=300, widget=forms.TextInput(attrs=TEXT),
        help_text=gettext_lazy("如：常委会某日决定、文号。记入日志。"), error_messages={"required": gettext_lazy("请写明变更选举日的原因。")},
    )  # fmt: skip
    seen = forms.DateField(required=False, widget=forms.HiddenInput())
