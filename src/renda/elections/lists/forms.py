"""Forms of the voter lists: publishing, correcting, ordering prints, checking a card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renda.core import clock
from renda.elections.lists.overview import Row
from renda.elections.lists.publishing import Notice
from renda.elections.models import ExtraField, ListOrder, PrintKind

TEXT = {"class": "form-control", "autocomplete": "off"}
DAY = {"class": "form-control r-w-s", "type": "date"}
SELECT = {"class": "form-select"}


class NoticeForm(forms.Form):
    """How lists are published, and of which districts."""

    districts = forms.TypedMultipleChoiceField(
        label=gettext_lazy("选区"), coerce=int, error_messages={"required": gettext_lazy("请至少选一个选区。")}
    )
    on = forms.DateField(
        label=gettext_lazy("公布日期"),
        widget=forms.DateInput(DAY, format="%Y-%m-%d"),
        help_text=gettext_lazy("名单张贴的当天。申诉期从这一天起算。"),
    )
    place = forms.CharField(
        label=gettext_lazy("公布地点"),
        max_length=200,
        required=False,
        widget=forms.TextInput(TEXT),
        help_text=gettext_lazy("如：各村（社区）公告栏。"),
    )
    order = forms.ChoiceField(
        label=gettext_lazy("小组内的排列顺序"), choices=ListOrder.choices, initial=ListOrder.STROKES, widget=forms.Select(SELECT)
    )
    fields_shown = forms.MultipleChoiceField(
        label=gettext_lazy("除选区、小组、姓名、性别外，还公布"),
        choices=ExtraField.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
        help_text=gettext_lazy("公布哪些栏目法律没有规定，由县里决定；身份证号、电话和详细住址不得公布。"),
    )
    late_reason = forms.CharField(
        label=gettext_lazy("超期的原因"),
        max_length=300,
        required=False,
        widget=forms.TextInput(TEXT),
        help_text=gettext_lazy("在法定期限内公布的不填。"),
    )

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["districts"].choices = [(one.district.pk, one.district.name) for one in rows]  # type: ignore[attr-defined]
        self.fields["on"].initial = clock.today()

    def notice(self) -> Notice:
        """What the valid form says."""
        said = self.cleaned_data
        return Notice(said["on"], said["place"], said["order"], tuple(said["fields_shown"]), said["late_reason"])


class PrintForm(forms.Form):
    """What to print, and of which district."""

    kind = forms.ChoiceField(label=gettext_lazy("制作"), choices=PrintKind.choices, widget=forms.Select(SELECT))
    district = forms.TypedChoiceField(
        label=gettext_lazy("选区"), coerce=int, empty_value=None, required=False, widget=forms.Select(SELECT)
    )
    number = forms.TypedChoiceField(label=gettext_lazy("名单"), coerce=int, widget=forms.Select(SELECT), initial=0)

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = [one for one in rows if one.publication]
        every = [("", _("全部已公布的选区"))]
        self.fields["district"].choices = every + [(one.district.pk, one.district.name) for one in published]  # type: ignore[attr-defined]
        most = max((one.corrections for one in published), default=0)
        numbers = [(0, _("选民名单"))] + [(n, _("补正名单第 %(n)s 号") % {"n": n}) for n in range(1, most + 1)]
        self.fields["number"].choices = numbers  # type: ignore[attr-defined]


class CardForm(forms.Form):
    """The check code of a voter card."""

    code = forms.CharField(
        label=gettext_lazy("校验码"),
        max_length=300,
        widget=forms.TextInput({**TEXT, "spellcheck": "false", "autofocus": "autofocus"}),
        help_text=gettext_lazy("选民证上的 8 位字母和数字；扫码枪扫出整个网址也可以。"),
    )

    def clean_code(self) -> str:
        """The code alone, of what a scanner gave."""
        code: str = self.cleaned_data["code"]
        return code.strip().rpartition("#")[2].upper()
