"""Forms of the law pages: a year's arrangement, a choice, the packs in use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renda.law import LawError, pack, pack_names
from renda.law.calendars import PREDICTED, PUBLISHED, HolidayYear
from renda.law.notices import read_notice
from renda.lawbook.listing import ChoiceRow, YearRow

TEXT = {"class": "form-control", "autocomplete": "off"}
LINES = {"class": "form-control", "spellcheck": "false"}
REASON_MISSING = {"required": gettext_lazy("请写明理由，理由将记入日志")}
_LINE = re.compile(r"^(?P<first>\d{4}-\d{1,2}-\d{1,2})(?:\s*(?:至|到|~|—)\s*(?P<last>\d{4}-\d{1,2}-\d{1,2}))?\s*(?P<name>.*)$")
_MOST_DAYS = 31


class ReasonForm(forms.Form):
    """A form whose change needs a reason."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=500,
        widget=forms.TextInput(attrs=TEXT),
        help_text=gettext_lazy("如：主任会议某日决定、某号通知。记入日志。"),
        error_messages=REASON_MISSING,
    )


class YearForm(ReasonForm):
    """The arrangement of one year: by pasting the notice, or by its days."""

    notice = forms.CharField(
        label=gettext_lazy("通知原文"),
        required=False,
        widget=forms.Textarea(attrs={**LINES, "rows": 5}),
        help_text=gettext_lazy("粘贴国务院办公厅通知中“一、元旦：……”各项，点“按通知填写”，再核对下面的日期。"),
    )
    status = forms.ChoiceField(
        label=gettext_lazy("状态"),
        choices=[(PUBLISHED, gettext_lazy("已公布")), (PREDICTED, gettext_lazy("预测"))],
        widget=forms.Select(attrs={"class": "form-select r-w-s"}),
    )
    source = forms.CharField(
        label=gettext_lazy("依据的通知"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=TEXT),
        help_text=gettext_lazy("如：国办发明电〔2025〕7号。已公布的必须填写。"),
    )
    days_off = forms.CharField(
        label=gettext_lazy("放假日期"),
        widget=forms.Textarea(attrs={**LINES, "rows": 9}),
        help_text=gettext_lazy("每行一段，如：2026-10-01至2026-10-07 国庆节。周末照常休息的不必写。"),
        error_messages={"required": gettext_lazy("请写明放假日期")},
    )
    days_worked = forms.CharField(
        label=gettext_lazy("上班的周末"),
        required=False,
        widget=forms.Textarea(attrs={**LINES, "rows": 3}),
        help_text=gettext_lazy("每行一天，如：2026-10-10。"),
    )
    field_order = ("notice", "status", "source", "days_off", "days_worked", "reason")

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    @staticmethod
    def initial_of(row: YearRow) -> dict[str, Any]:
        """What the form shows of the arrangement in use."""
        arrangement = row.arrangement
        return {
            "status": arrangement.status if arrangement.status == PREDICTED else PUBLISHED,
            "source": row.row.source if row.row else "",
            "days_off": as_lines(arrangement),
            "days_worked": "\n".join(day.isoformat() for day in sorted(arrangement.workdays)),
        }

    def filled_from_notice(self) -> YearForm:
        """The same form, not yet sent, with the days that the pasted notice gives; or with what could not be read in it."""
        data = {**self.initial, "notice": str(self.data.get("notice", ""))}
        fault = ""
        try:
            found = read_notice(data["notice"], self.year)
        except LawError as error:
            fault = str(error)
        else:
            data |= {"days_off": as_lines(found), "days_worked": _joined(found.workdays), "status": PUBLISHED}
        form = YearForm(initial=data, year=self.year)
        form.was_filled, form.notice_fault = not fault, fault
        return form

    was_filled = False
    notice_fault = ""

    def clean_days_off(self) -> dict[date, str]:
        """The days off with their names."""
        return {day: name for line in _lines(self.cleaned_data["days_off"]) for day, name in _days(line)}

    def clean_days_worked(self) -> list[date]:
        """The weekend days that are worked."""
        return [day for line in _lines(self.cleaned_data["days_worked"]) for day, _name in _days(line)]

    def arrangement(self) -> HolidayYear:
        """The year of the valid form."""
        data = self.cleaned_data
        return HolidayYear(self.year, data["status"], data["days_off"], frozenset(data["days_worked"]))


def as_lines(arrangement: HolidayYear) -> str:
    """Days off as lines, days in a row under one name joined."""
    lines: list[tuple[date, date, str]] = []
    for day, name in sorted(arrangement.holidays.items()):
        if lines and lines[-1][2] == name and lines[-1][1] + timedelta(days=1) == day:
            lines[-1] = (lines[-1][0], day, name)
        else:
            lines.append((day, day, name))
    return "\n".join(f"{first}至{last} {name}" if last > first else f"{first} {name}" for first, last, name in lines)


def _joined(days: frozenset[date]) -> str:
    return "\n".join(day.isoformat() for day in sorted(days))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _days(line: str) -> list[tuple[date, str]]:
    found = _LINE.match(line)
    try:
        if found is None:
            raise ValueError
        first = _date(found["first"])
        last = _date(found["last"]) if found["last"] else first
    except ValueError:
        message = _("“%(line)s”没有读懂。请写成“2026-10-01至2026-10-07 国庆节”的样子") % {"line": line[:40]}
        raise forms.ValidationError(message) from None
    if last < first or (last - first).days >= _MOST_DAYS:
        raise forms.ValidationError(_("“%(line)s”的起止日期不对，请核对") % {"line": line[:40]})
    return [(first + timedelta(days=n), found["name"].strip() or _("放假")) for n in range((last - first).days + 1)]


def _date(text: str) -> date:
    year, month, day = (int(part) for part in text.split("-"))
    return date(year, month, day)


class ChoiceForm(ReasonForm):
    """What the county chooses on one question, and from when."""

    value: Any = forms.CharField(error_messages={"required": gettext_lazy("请写明选什么")})
    since = forms.DateField(
        label=gettext_lazy("自何日起"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control r-w-m"}),
        help_text=gettext_lazy("不填则适用于所有日期，正在办理的期限也随之重算；填写后只适用于从那一天起算的期限。"),
        error_messages={"invalid": gettext_lazy("请写成 2026-12-29 的样子")},
    )
    field_order = ("value", "since", "reason")

    def __init__(self, *args: Any, row: ChoiceRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = row.choice
        if choice.options:
            self.fields["value"] = forms.ChoiceField(
                label=_("本县选择"),
                choices=[(code, text) for code, text in choice.options.items()],
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                error_messages={"required": _("请选择一项"), "invalid_choice": _("请选择一项")},
            )
        else:
            helps = {"integer": _("填整数。单位：%(unit)s") % {"unit": _unit(row)}, "ratio": _("填分数，如 1/3。")}
            self.fields["value"] = forms.CharField(
                label=_("本县选择"),
                max_length=2000,
                widget=forms.Textarea(attrs={**LINES, "rows": 3})
                if choice.value_kind in ("list", "text")
                else forms.TextInput(attrs={**TEXT, "class": "form-control r-w-m"}),
                help_text=helps.get(choice.value_kind, _("照本县的规定填写。")),
                error_messages={"required": _("请写明选什么")},
            )
        self.order_fields(self.field_order)
        if row.value is not None and not row.value.pack and choice.options:
            self.initial["value"] = str(row.value.value)


def _unit(row: ChoiceRow) -> str:
    from renda.law.units import label

    return label(row.declared.unit) or _("无")


class PacksForm(ReasonForm):
    """The packs in use, in the order of their force: one select for each place, the last place goes first."""

    PLACES = 3
    """How many selects there are at least."""

    def __init__(self, *args: Any, used: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = max(self.PLACES, len(used) + 1)
        options = [("", _("（不启用）")), *((name, pack(name).title) for name in pack_names())]
        for place in range(self.places):
            self.fields[f"pack{place}"] = forms.ChoiceField(
                label=_("第 %(n)d 个") % {"n": place + 1},
                choices=options,
                required=False,
                initial=used[place] if place < len(used) else "",
                widget=forms.Select(attrs={"class": "form-select r-w-m"}),
                error_messages={"invalid_choice": _("没有收录这个地方规定")},
            )
        self.order_fields([*(f"pack{place}" for place in range(self.places)), "reason"])

    def chosen(self) -> list[str]:
        """The packs of the valid form, in order."""
        return [name for place in range(self.places) if (name := self.cleaned_data[f"pack{place}"])]
