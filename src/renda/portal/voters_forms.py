"""Forms of the voters' public pages. An identity number that was typed is never shown again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renda.core import cells
from renda.core.cells import CellError
from renda.directory.models import Division
from renda.elections.models import Election, ElectoralDistrict
from renda.portal.forms import TEXT, FromAnybody

HOME, LIVING = "home", "living"


class NumberInput(forms.TextInput):
    """A field that does not say what was typed into it before."""

    def format_value(self, value: Any) -> None:
        """Nothing, whatever was typed."""
        return


class NumberField(forms.CharField):
    """An identity number, checked as such; nothing is asked of the roll here."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("身份证号"), max_length=30,
            widget=NumberInput({**TEXT, "autocomplete": "off", "spellcheck": "false", "inputmode": "text"}),
            help_text=gettext_lazy("18 位。只用来核对，不会显示在页面上。"),
        )  # fmt: skip

    def clean(self, value: Any) -> str:
        """The 18 characters."""
        try:
            return cells.read_identity_number(super().clean(value), typed=True)
        except CellError as error:
            raise ValidationError(_("身份证号不对，请对照身份证核对后重新填写。")) from error


class OfElection(forms.Form):
    """A form that is about one of the elections under way; asked for only where there are several."""

    election = forms.TypedChoiceField(label=gettext_lazy("选举"), coerce=int, widget=forms.Select({"class": "form-select"}))

    def __init__(self, *args: Any, elections: Sequence[Election], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.elections = {one.pk: one for one in elections}
        self.fields["election"].choices = [(one.pk, one.name) for one in elections]  # type: ignore[attr-defined]
        if len(elections) == 1:
            self.fields["election"].required = False
            self.fields["election"].widget = forms.HiddenInput()
            self.initial.setdefault("election", elections[0].pk)

    def chosen(self) -> Election:
        """The election that the valid form is about."""
        return self.elections.get(self.cleaned_data.get("election") or 0) or next(iter(self.elections.values()))


class CheckForm(OfElection):
    """Name and number."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=60, widget=forms.TextInput({**TEXT, "autocomplete": "name"}))
    number = NumberField()
    field_order: Sequence[str] = ("election", "name", "number")


class VoterForm(FromAnybody, CheckForm):
    """A registration."""

    phone = forms.CharField(
        label=gettext_lazy("联系电话"), max_length=20, widget=forms.TextInput({**TEXT, "autocomplete": "tel", "inputmode": "tel"})
    )
    at = forms.ChoiceField(
        label=gettext_lazy("在哪里登记"),
        choices=[(HOME, gettext_lazy("户籍所在地")), (LIVING, gettext_lazy("现在居住的地方"))],
        widget=forms.RadioSelect({"class": "form-check-input"}),
    )
    division = forms.TypedChoiceField(
        label=gettext_lazy("乡镇、街道"), coerce=int, widget=forms.Select({"class": "form-select"}),
        help_text=gettext_lazy("选您要登记的地方所在的乡镇、街道。"),
    )  # fmt: skip
    address = forms.CharField(
        label=gettext_lazy("住址"), max_length=200, widget=forms.TextInput({**TEXT, "autocomplete": "street-address"}),
        help_text=gettext_lazy("写到村（社区）、门牌号，用来确定您的选区。"),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=gettext_lazy("我已阅读并同意上述个人信息处理说明"), widget=forms.CheckboxInput({"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("请阅读个人信息处理说明并勾选同意；也可以到登记站登记。")},
    )  # fmt: skip
    field_order = ("election", "name", "number", "phone", "at", "division", "address", "consent")

    def __init__(self, *args: Any, places: Sequence[Division], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].choices = [("", _("请选择"))] + [(one.pk, one.name) for one in places]  # type: ignore[attr-defined]


class TransferForm(forms.Form):
    """To which district, and why; who asks is known by the token of the look-up."""

    token = forms.CharField(max_length=200, widget=forms.HiddenInput)
    district = forms.TypedChoiceField(
        label=gettext_lazy("转到哪个选区"), coerce=int, widget=forms.Select({"class": "form-select"})
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        widget=forms.TextInput(TEXT),
        help_text=gettext_lazy("如：现在住在某村、某小区。"),
    )

    def __init__(self, *args: Any, districts: Sequence[ElectoralDistrict], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.pk, f"{one.division.name} {one.name}") for one in districts]
        self.fields["district"].choices = [("", _("请选择")), *choices]  # type: ignore[attr-defined]
