"""Forms of the public pages. What they say is checked again where it is stored."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renda.core import clock
from renda.lawbook.reading import context
from renda.petitions.models import Demand, Rating
from renda.petitions.representatives import too_many
from renda.portal.models import Notice

PERSONAL = re.compile(r"\d{17}[\dXx]|\d{15}|1[3-9]\d{9}")
PHONE = re.compile(r"[0-9+\-（）() ]{6,20}")
TEXT = {"class": "form-control"}


class FromAnybody(forms.Form):
    """A form that anybody may send: a field that people do not see catches programs."""

    website = forms.CharField(required=False, max_length=200)

    def clean_phone(self) -> str:
        """Digits, as far as a telephone has them."""
        phone: str = self.cleaned_data["phone"].strip()
        if not PHONE.fullmatch(phone):
            raise ValidationError(_("请填写能联系到您的电话号码。"))
        return phone

    def clean(self) -> dict[str, Any]:
        """Whoever fills the hidden field is no person."""
        data = super().clean() or {}
        if data.get("website"):
            raise ValidationError(_("提交没有成功，请刷新页面后重试。"))
        return data


class PetitionForm(FromAnybody):
    """A petition as 信访工作条例 19 asks for it: name, address, request, facts and reasons."""

    title = forms.CharField(
        label=gettext_lazy("反映什么事"), max_length=60, widget=forms.TextInput(TEXT),
        help_text=gettext_lazy("用一句话写明，如“反映某路段路灯长期不亮”。请不要写姓名、电话和身份证号。"),
    )  # fmt: skip
    demand = forms.ChoiceField(
        label=gettext_lazy("属于哪一类"), widget=forms.Select({"class": "form-select"}),
        choices=[(Demand.CLAIM.value, gettext_lazy("申诉求决：请求解决问题")), (Demand.OPINION.value, gettext_lazy("意见建议")),
                 (Demand.ACCUSATION.value, gettext_lazy("检举控告：反映单位或者人员违法失职"))],
    )  # fmt: skip
    complained = forms.CharField(label=gettext_lazy("反映的单位"), max_length=100, required=False, widget=forms.TextInput(TEXT))
    content = forms.CharField(
        label=gettext_lazy("请求、事实和理由"), max_length=5000, widget=forms.Textarea({**TEXT, "rows": 8}),
        help_text=gettext_lazy("写明时间、地点、经过和您的请求。请如实反映，对内容的真实性负责。"),
    )  # fmt: skip
    petitioner = forms.CharField(
        label=gettext_lazy("姓名（名称）"), max_length=60, widget=forms.TextInput({**TEXT, "autocomplete": "name"})
    )
    phone = forms.CharField(
        label=gettext_lazy("联系电话"), max_length=20, widget=forms.TextInput({**TEXT, "autocomplete": "tel", "inputmode": "tel"})
    )
    address = forms.CharField(
        label=gettext_lazy("住址"), max_length=200, widget=forms.TextInput({**TEXT, "autocomplete": "street-address"}),
        help_text=gettext_lazy("书面告知和答复按此地址送达。"),
    )  # fmt: skip
    persons = forms.IntegerField(
        label=gettext_lazy("共同反映的人数"),
        min_value=1,
        max_value=10_000,
        initial=1,
        required=False,
        widget=forms.NumberInput(TEXT),
    )
    representatives = forms.CharField(
        label=gettext_lazy("推选的代表"), max_length=100, required=False, widget=forms.TextInput(TEXT),
        help_text=gettext_lazy("多人共同反映的填写，姓名之间用顿号隔开。"),
    )  # fmt: skip
    secret = forms.BooleanField(
        label=gettext_lazy("请为我保密：不让被反映的单位知道是谁反映的"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("我已阅读并同意上述个人信息处理说明"), widget=forms.CheckboxInput({"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("请阅读个人信息处理说明并勾选同意；也可以来信、来电、来访反映。")},
    )  # fmt: skip
    token = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean_title(self) -> str:
        """Titles are read by many: no numbers of persons in them."""
        title: str = self.cleaned_data["title"].strip()
        if PERSONAL.search(title):
            raise ValidationError(_("标题里请不要写身份证号和电话号码，可写在“请求、事实和理由”中。"))
        return title

    def clean(self) -> dict[str, Any]:
        """A joint petition has representatives, not more than the law allows."""
        data = super().clean()
        data["persons"] = data.get("persons") or 1
        data["collective"] = data["persons"] >= 2
        excess = too_many(data.get("representatives") or "", context(), clock.today())
        if excess:
            words = {"most": excess.most, "article": excess.article}
            self.add_error("representatives", _("推选的代表不得超过 %(most)s 人（%(article)s）。") % words)
        return data


class QueryForm(forms.Form):
    """Number and query code."""

    number = forms.CharField(
        label=gettext_lazy("信访编号"), max_length=60, widget=forms.TextInput({**TEXT, "autocomplete": "off"})
    )
    code = forms.CharField(
        label=gettext_lazy("查询码"), max_length=20, widget=forms.TextInput({**TEXT, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("提交时给您的 10 位字母和数字；来信来访的，见书面告知。"),
    )  # fmt: skip


class RatingForm(QueryForm):
    """A rating, with what lets the petitioner in."""

    number = forms.CharField(max_length=60, widget=forms.HiddenInput)
    code = forms.CharField(max_length=20, widget=forms.HiddenInput)
    rating = forms.ChoiceField(
        label=gettext_lazy("您对办理情况"), choices=Rating.choices, widget=forms.RadioSelect({"class": "form-check-input"})
    )
    words = forms.CharField(
        label=gettext_lazy("意见"), max_length=500, required=False, widget=forms.Textarea({**TEXT, "rows": 3})
    )


class NoticeForm(forms.ModelForm):
    """How the office is reached."""

    class Meta:
        model = Notice
        fields = ("office", "address", "phone", "hours", "place", "more")
        widgets = {name: forms.TextInput(TEXT) for name in ("office", "address", "phone", "hours", "place")} | {
            "more": forms.Textarea({**TEXT, "rows": 5})
        }
