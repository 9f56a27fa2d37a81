"""Fields of the forms of elections: numbers, days, a line, several lines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TEXT = {"class": "form-control", "autocomplete": "off"}
NUMBER = {"class": "form-control r-w-s", "inputmode": "numeric", "autocomplete": "off", "min": "0"}
DAY = {"type": "date", "class": "form-control r-w-m"}
SELECT = {"class": "form-select r-w-m"}
NOT_WHOLE = {"invalid": _("请填写不小于零的整数"), "min_value": _("请填写不小于零的整数"), "required": _("请填写")}
NO_DAY = {"required": _("请填写日期"), "invalid": _("请填写日期，如 2026-12-29")}


def whole(label: Any, *, required: bool = False, least: int = 0, help_text: Any = "") -> forms.IntegerField:
    """A field for a number of persons or ballots."""
    return forms.IntegerField(
        label=label, min_value=least, max_value=9_999_999, required=required, help_text=help_text,
        widget=forms.NumberInput(attrs=NUMBER), error_messages={**NOT_WHOLE, "max_value": _("数字太大，请核对")},
    )  # fmt: skip


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A field for a day."""
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), error_messages=NO_DAY
    )  # fmt: skip


def words(label: Any, *, most: int = 200, required: bool = False, help_text: Any = "") -> forms.CharField:
    """A field for one line of text."""
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=help_text, widget=forms.TextInput(attrs=TEXT),
        error_messages={"required": _("请填写")},
    )  # fmt: skip


def text(label: Any, *, rows: int = 3, most: int = 4000, required: bool = False, help_text: Any = "") -> forms.CharField:
    """A field for several lines."""
    return forms.CharField(
        label=label, required=required, max_length=most, help_text=help_text, widget=forms.Textarea(attrs={**TEXT, "rows": rows}),
        error_messages={"required": _("请填写")},
    )  # fmt: skip
