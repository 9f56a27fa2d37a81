"""Forms of the account pages: a new account, a hat to give."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renda.directory import accounts
from renda.directory.accounts import Capacity
from renda.directory.gate import Actor
from renda.directory.models import Person
from renda.directory.names import people_by_name
from renda.ui.words import said

SELECT = {"class": "form-select"}
TEXT = {"class": "form-control", "autocomplete": "off", "spellcheck": "false"}


class CapacityForm(forms.Form):
    """Role × division × organ, each from what the actor may give."""

    role = forms.ChoiceField(label=gettext_lazy("角色"), error_messages={"required": gettext_lazy("请选择角色")})
    division: Any = forms.ModelChoiceField(
        None,
        label=gettext_lazy("区划范围"),
        empty_label=None,
        help_text=gettext_lazy("只看到这个区划及其下级的记录。"),
        error_messages={"required": gettext_lazy("请选择区划")},
    )
    organ: Any = forms.ModelChoiceField(
        None,
        label=gettext_lazy("单位"),
        required=False,
        empty_label=gettext_lazy("（不填）"),
        help_text=gettext_lazy("承办单位必须填；其他角色填写后显示在身份旁。"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["role"].choices = [("", _("请选择")), *((role.code, said(role.name)) for role in accounts.given_roles(actor))]  # type: ignore[attr-defined]
        self.fields["division"].queryset = accounts.divisions(actor).order_by("path")  # type: ignore[attr-defined]
        self.fields["organ"].queryset = accounts.organs(actor)  # type: ignore[attr-defined]
        for name in ("role", "division", "organ"):
            self.fields[name].widget.attrs.update(SELECT)

    def capacity(self) -> Capacity:
        """The hat that the valid form describes."""
        data = self.cleaned_data
        return Capacity(data["role"], data["division"], data["organ"])


class AccountForm(CapacityForm):
    """Sign-in name, name, the person it stands for, and the first hat."""

    username = forms.CharField(
        label=gettext_lazy("登录名"),
        max_length=60,
        widget=forms.TextInput(attrs=TEXT),
        help_text=gettext_lazy("英文字母、数字和 . - _，如姓名全拼。以后不能改。"),
        error_messages={"required": gettext_lazy("请填写登录名")},
    )
    name = forms.CharField(
        label=gettext_lazy("姓名"),
        max_length=60,
        widget=forms.TextInput(attrs=TEXT),
        help_text=gettext_lazy("显示在页面上，并记入日志。"),
        error_messages={"required": gettext_lazy("请填写姓名")},
    )
    person = forms.CharField(
        label=gettext_lazy("对应名录中的人"),
        required=False,
        help_text=gettext_lazy("人大代表必须填：代表只看到与本人有关的记录。可输入姓名或拼音首字母。"),
    )
    field_order = ("username", "name", "role", "division", "organ", "person")

    def clean_person(self) -> Person | None:
        """The one person of the directory that the words mean."""
        words = self.cleaned_data["person"].strip()
        if not words:
            return None
        found = find_person(words, self.actor)
        if len(found) != 1:
            many = _("名录中有 %(n)d 人叫“%(name)s”，请从候选中选定") % {"n": len(found), "name": words}
            raise forms.ValidationError(
                many if found else _("名录中没有“%(name)s”，请核对姓名，或先登记代表名册") % {"name": words}
            )
        return found[0]


def find_person(words: str, actor: Actor) -> list[Person]:
    """The people of the actor's divisions that a name means, with the words in brackets that tell like names apart."""
    name, _bracket, qualifier = words.replace("(", "（").replace(")", "）").partition("（")
    paths = accounts.divisions(actor).order_by("path").values_list("path", flat=True)[:1]
    several = people_by_name({name.strip()}, paths[0])[name.strip()] if paths else []
    fitting = [one.pk for one in several if one.fits(qualifier.rstrip("）").strip())]
    return list(accounts.holders(actor).filter(pk__in=fitting))
