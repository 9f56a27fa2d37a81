"""Forms: a sheet of signatures, signatures that do not count, a by-election."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renda.elections.fields import day, text, whole


class SignaturesForm(forms.Form):
    """One sheet of signatures."""

    signatures = text(
        _("联名的选民"), rows=10, most=80_000, required=True,
        help_text=_("每行一人，写姓名；本选区有同名选民的，在姓名后空一格写身份证号。号码只用来在登记册上查找，不保存在这里。可以分几次填写。"),
    )  # fmt: skip


class ByElectionForm(forms.Form):
    """The day of the by-election, and how many of the empty seats it fills."""

    election_day = day(_("选举日"))
    seats = whole(_("补选名额"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["election_day"].help_text = _("补选的各项期限从选举日倒推，按本省的规定计算。")
