"""Forms of voting day: opening rounds, ballots of a box, hourly totals, mandates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renda.core import clock
from renda.elections.fields import SELECT, day, whole, words
from renda.elections.models import BallotBox, PlaceKind, ProxyReason, VoteRound
from renda.elections.voting import paper, turnout

LONGEST_VOTE, EVENING = 7, 18
"""Days after the day of the vote in which the form offers today (the law fixes no number of days), and the hour offered otherwise."""


class BoxForm(forms.Form):
    """The ballots of a box. What is not known yet stays empty."""

    allotted = whole(_("领取选票数"), help_text=_("从选举委员会领到这个票箱的张数。"))
    issued = whole(_("发出选票数"), help_text=_("交给选民的张数，含代他人领的。"))
    returned = whole(_("收回选票数"), help_text=_("开箱清点的张数，不分有效、作废。"))
    unused = whole(_("剩余选票数"), help_text=_("领取减发出；不填则由平台计算。"))
    destroyed_on = day(_("剩余选票销毁日期"), required=False)
    destroyed_by = words(_("监销人"), most=100)

    def __init__(self, *args: Any, box: BallotBox, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if box.round.settled_at:
            self.fields["reason"] = words(_("改动原因"), most=300, help_text=_("结果已经核定，改动数字须写明原因，记入日志。"))

    @staticmethod
    def initial_of(box: BallotBox) -> dict[str, Any]:
        """What the form shows of the box."""
        return {
            name: getattr(box, name)
            for name in ("allotted", "issued", "returned", "unused", "destroyed_on", "destroyed_by")
        }  # fmt: skip


class HourForm(forms.Form):
    """What a box tells by an hour: totals since it opened."""

    on = day(_("日期"))
    hour = forms.TypedChoiceField(
        label=_("截至"), coerce=int, widget=forms.Select(attrs=SELECT),
        choices=[(n, f"{n}:00") for n in range(turnout.LAST_HOUR + 1)], error_messages={"required": _("请选择钟点")},
    )  # fmt: skip
    persons = whole(_("本人投票（累计）"), required=True)
    proxied = whole(_("委托投票（累计）"), required=True)

    def __init__(self, *args: Any, one: VoteRound, **kwargs: Any) -> None:
        now = clock.now().astimezone(clock.CIVIL_ZONE)
        voting = 0 <= (now.date() - one.day).days < LONGEST_VOTE
        on, hour = (now.date(), now.hour) if voting else (one.day, EVENING)
        kwargs.setdefault("initial", {"on": on, "hour": hour, "proxied": 0})
        super().__init__(*args, **kwargs)
        if one.settled_at:
            self.fields["reason"] = words(_("改动原因"), most=300, help_text=_("结果已经核定，改动数字须写明原因，记入日志。"))


class NewBoxForm(forms.Form):
    """Another box of a round."""

    name = words(_("名称"), most=100, required=True, help_text=_("如：城南社区流动票箱二。"))
    kind = forms.ChoiceField(label=_("投票组织形式"), choices=PlaceKind.choices, widget=forms.Select(attrs=SELECT))


class ProxyForm(forms.Form):
    """A written mandate."""

    principal = words(
        _("委托人"), most=60, required=True, help_text=_("填姓名；有同名选民的填身份证号。号码只用来查找，不在页面上显示。")
    )
    proxy = words(_("受委托人"), most=60, required=True, help_text=_("必须是登记册上的选民，填法同上。"))
    reason = forms.ChoiceField(label=_("委托原因"), choices=ProxyReason.choices, widget=forms.Select(attrs=SELECT))
    reason_note = words(_("原因说明"), help_text=_("如：在外省务工，选举日不能返回。"))
    written_on = day(_("书面委托日期"))


class BallotForm(forms.Form):
    """How ballots are printed."""

    size = forms.ChoiceField(label=_("纸张"), choices=list(paper.SIZES.items()), widget=forms.Select(attrs=SELECT))
    copies = whole(_("张数"), required=True, least=1, help_text=_("样张填 1；每一张都完全相同。"))
    extra = forms.CharField(
        label=_("补充说明"), required=False, max_length=300, widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
        help_text=_("选票式样由选举委员会确定（法律没有规定）；每行一条，印在说明之后。不要写能识别选民的内容。"),
    )  # fmt: skip


def entered_voters(data: Any, districts: Sequence[int]) -> dict[int, int]:
    """The numbers of voters typed in for districts that no roll knows (fields ``voters_<district>``); what is no number is left out."""
    found = {}
    for pk in districts:
        text = str(data.get(f"voters_{pk}", "")).strip()
        if text.isdigit():
            found[pk] = int(text)
    return found
