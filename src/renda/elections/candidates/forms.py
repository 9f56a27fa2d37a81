"""Forms of candidates: a nomination, the nominee's record, lists, discussions, pre-elections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _plain
from django.utils.translation import gettext_lazy as _

from renda.core import cells, clock
from renda.directory.models.people import Sex
from renda.elections.candidates import details
from renda.elections.candidates.nominating import Proposal
from renda.elections.fields import SELECT, day, text, whole, words
from renda.elections.models import HowFormal, NameOrder, NominationKind, Nominee, VoterGroup

_NAMES = re.compile(r"[\n、，,；;]+")


class RecordForm(forms.Form):
    """What lists publish of a nominee, and the numbers that are kept encrypted. Empty secret fields of a known nominee stay as they are."""

    name = words(_("姓名"), most=60, required=True)
    sex = forms.ChoiceField(label=_("性别"), choices=Sex.choices, widget=forms.Select(attrs=SELECT))
    birth_date = day(_("出生日期"), required=False)
    nationality = words(_("民族"), most=20)
    party = words(_("党派"), most=30)
    education = words(_("学历"), most=30)
    post = words(_("工作单位及职务"), most=150)
    sector = words(_("代表构成"), most=40, help_text=_("如：工人、农民、干部、专业技术人员。"))
    reelected = forms.BooleanField(
        label=_("本届代表"), required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
    )
    resume = text(_("简历"), rows=4, help_text=_("与名单一起公布的基本情况，不写身份证号、电话和住址。"))
    identity_number = words(_("身份证号"), most=30, help_text=_("加密保存，用来查重和核对是否在其他行政区域任代表。"))
    phone = words(_("联系电话"), most=40, help_text=_("加密保存。"))
    address = words(_("住址"), most=200, help_text=_("加密保存。"))

    def clean_identity_number(self) -> str:
        """The number in its 18-digit form."""
        said: str = self.cleaned_data["identity_number"].strip()
        if not said:
            return ""
        try:
            return cells.read_identity_number(said)
        except cells.CellError as error:
            raise forms.ValidationError(_plain("身份证号不对：%(why)s") % {"why": error.reason}) from error

    def values(self) -> dict[str, Any]:
        """The record's fields as the form says."""
        return {name: self.cleaned_data[name] for name in RecordForm.base_fields}


class NominationForm(RecordForm):
    """A nomination of somebody new, or (``nominee``) of somebody who was nominated before."""

    nominee = forms.TypedChoiceField(
        label=_("被推荐人"), coerce=int, empty_value=None, required=False, widget=forms.Select(attrs=SELECT)
    )
    kind = forms.ChoiceField(label=_("推荐方式"), choices=NominationKind.choices, widget=forms.Select(attrs=SELECT))
    received_on = day(_("收到推荐日期"))
    nominators = text(_("推荐的政党、人民团体"), rows=2, most=500, help_text=_("联合推荐的每行一个。选民联名的不填。"))
    signatures = text(
        _("联名的选民"), rows=8, most=80_000,
        help_text=_("每行一人，写姓名；本选区有同名选民的，在姓名后空一格写身份证号。号码只用来在登记册上查找，不保存在推荐中。"),
    )  # fmt: skip
    reasons = text(_("推荐理由"), rows=2, most=500)
    leave_out = forms.BooleanField(
        label=_("不计的签名略去"), required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        help_text=_("不勾选时，有一行不计就不保存，先看清原因；勾选后按有效签名登记，不足法定人数的登记为不成立。"),
    )  # fmt: skip
    NOMINATION = ("nominee", "kind", "received_on", "nominators", "signatures", "reasons", "leave_out")

    def __init__(self, *args: Any, known: Sequence[Nominee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nominee"].choices = [("", _plain("新的被推荐人")), *((one.pk, one.name) for one in known)]  # type: ignore[attr-defined]
        self.fields["received_on"].initial = clock.today()
        self.fields["name"].required = self.fields["sex"].required = not self.data.get("nominee")
        self.order_fields((*self.NOMINATION, *RecordForm.base_fields))

    def proposal(self) -> Proposal:
        """The nomination that the valid form says."""
        said = self.cleaned_data
        names = tuple(one.strip() for one in _NAMES.split(said["nominators"]) if one.strip())
        return Proposal(said["kind"], said["received_on"], names, said["signatures"], said["reasons"], said["leave_out"])


class NomineeForm(RecordForm):
    """The whole record of a nominee: what lists publish, consent, and the candidate form's further fields."""

    consented_on = day(_("接受推荐日期"), required=False)
    informed_on = day(_("如实提供情况日期"), required=False, help_text=_("被推荐人向选举委员会提供身份、简历等基本情况的日期。"))
    untrue = words(_("查明不实、已向选民通报的情况"), most=300)

    def __init__(self, *args: Any, nominee: Nominee, **kwargs: Any) -> None:
        held = {name: getattr(nominee, name) for name in (*RecordForm.base_fields, "consented_on", "informed_on", "untrue")}
        self.secret = {name: str(held.pop(name) or "") for name in ("identity_number", "phone", "address")}
        answers = details.read(nominee)
        kwargs["initial"] = held | {f"d_{key}": said for key, said in answers.items()}
        super().__init__(*args, **kwargs)
        for one in details.FIELDS:
            self.fields[f"d_{one.key}"] = (
                text(one.label, rows=2, most=details.LONGEST, help_text=one.help)
                if one.long
                else words(one.label, most=300, help_text=one.help)
            )
        for name, said in self.secret.items():
            if said:
                self.fields[name].help_text = _plain("已登记，不显示；要更正的填新的，不填则不变。")

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The further fields of the form by group, as the page shows them."""
        return [(name, [self[f"d_{one.key}"] for one in fields]) for name, fields in details.GROUPS]

    def changed_values(self) -> dict[str, Any]:
        """What is to be stored: secret numbers where new ones were given, and the further answers as they are kept."""
        said = {name: value for name, value in self.cleaned_data.items() if not name.startswith("d_")}
        said = {name: value for name, value in said.items() if name not in self.secret or value}
        answers = {one.key: self.cleaned_data[f"d_{one.key}"] for one in details.FIELDS}
        return {**said, "details": details.written(answers)}


class FirstListForm(forms.Form):
    """Publishing first lists of districts."""

    districts = forms.TypedMultipleChoiceField(label=_("选区"), coerce=int, error_messages={"required": _("请至少选一个选区。")})
    on = day(_("公布日期"))
    order = forms.ChoiceField(
        label=_("排列顺序"),
        choices=[one for one in NameOrder.choices if one[0] != NameOrder.VOTES],
        widget=forms.Select(attrs=SELECT),
    )
    late_reason = words(_("超期的原因"), most=300, help_text=_("在法定期限内公布的不填。"))
    note = words(_("说明"), most=300)

    def __init__(self, *args: Any, rows: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["districts"].choices = list(rows)  # type: ignore[attr-defined]
        self.fields["on"].initial = clock.today()


class FormalListForm(forms.Form):
    """Publishing the formal list of one district."""

    nominees = forms.TypedMultipleChoiceField(
        label=_("正式候选人"), coerce=int, error_messages={"required": _("请选择正式候选人。")}
    )
    how = forms.ChoiceField(label=_("确定方式"), choices=HowFormal.choices, widget=forms.Select(attrs=SELECT))
    on = day(_("公布日期"))
    order = forms.ChoiceField(
        label=_("排列顺序"), choices=[one for one in NameOrder.choices if one[0] != NameOrder.VOTES], widget=forms.Select(attrs=SELECT),
        help_text=_("经预选的按得票多少排列（1983年若干规定第十条），这里的选择不起作用；其他排列办法由地方规定。"),
    )  # fmt: skip
    late_reason = words(_("超期的原因"), most=300, help_text=_("在法定期限内公布的不填。"))
    note = words(_("说明"), most=300, help_text=_("预选得票相等时由谁列入，法律没有规定：写明是怎样确定的。"))

    def __init__(self, *args: Any, nominees: Sequence[Nominee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nominees"].choices = [(one.pk, one.name) for one in nominees]  # type: ignore[attr-defined]
        self.fields["on"].initial = clock.today()


class ConsultationForm(forms.Form):
    """A voter group's discussion with the support of each nominee."""

    group = forms.TypedChoiceField(label=_("选民小组"), coerce=int, widget=forms.Select(attrs=SELECT))
    on = day(_("讨论日期"))
    present = whole(_("参加人数"), required=True, least=1)
    note = words(_("主要意见"), most=500)

    def __init__(self, *args: Any, groups: Sequence[VoterGroup], nominees: Sequence[Nominee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nominees = list(nominees)
        self.fields["group"].choices = [(one.pk, one.name) for one in groups]  # type: ignore[attr-defined]
        self.fields["on"].initial = clock.today()
        for one in self.nominees:
            self.fields[f"n{one.pk}"] = whole(_plain("赞成%(name)s的人数") % {"name": one.name})

    def numbers(self) -> dict[int, int]:
        """The numbers given, by nominee."""
        said = self.cleaned_data
        return {one.pk: said[f"n{one.pk}"] for one in self.nominees if said.get(f"n{one.pk}") is not None}


class PreElectionForm(forms.Form):
    """The totals of a pre-election."""

    on = day(_("预选日期"))
    mode = words(_("预选方式"), help_text=_("如：以选民小组为单位无记名投票。"))
    voters = whole(_("选民数"), required=True, least=1)
    participants = whole(_("参加人数"), required=True)
    issued = whole(_("发出票数"), required=True)
    returned = whole(_("收回票数"), required=True)
    void = whole(_("废票数"), required=True)

    def __init__(self, *args: Any, nominees: Sequence[Nominee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nominees = list(nominees)
        self.fields["on"].initial = clock.today()
        for one in self.nominees:
            self.fields[f"n{one.pk}"] = whole(_plain("%(name)s得票") % {"name": one.name}, required=True)

    def numbers(self) -> dict[int, int]:
        """The votes by nominee."""
        return {one.pk: self.cleaned_data[f"n{one.pk}"] for one in self.nominees}


class LeaveForm(forms.Form):
    """A nominee who declines or is struck off."""

    how = forms.ChoiceField(
        label=_("情形"), choices=[("left", _("本人不接受推荐")), ("struck", _("依法除名"))], widget=forms.Select(attrs=SELECT)
    )
    on = day(_("日期"))
    reason = words(_("原因"), most=300, required=True)
