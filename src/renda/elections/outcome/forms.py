"""Forms of the pages after the vote: opinion, decision, publication, registration of mandates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renda.elections.models import ReviewDecision, ReviewOpinion

TEXT = {"class": "form-control"}


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput({"type": "date", "class": "form-control r-w-m"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class _OfTable(forms.Form):
    """A form beside the table whose boxes say whom it concerns: its fields go with the table's form."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self.fields.values():
            field.widget.attrs["form"] = "review"


class OpinionForm(_OfTable):
    """The qualification committee's opinion on the chosen ones."""

    opinion = forms.ChoiceField(label=_("审查意见"), choices=ReviewOpinion.choices, widget=forms.Select({"class": "form-select"}))
    on = _day(_("审查日期"))
    ground = forms.CharField(
        label=_("理由"), max_length=300, required=False, help_text=_("当选有效的不必写"), widget=forms.TextInput(TEXT)
    )

    def __init__(self, *args: Any, may_defer: bool = False, **more: Any) -> None:
        super().__init__(*args, prefix="opinion", **more)
        if not may_defer:
            chosen = [one for one in ReviewOpinion.choices if one[0] != ReviewOpinion.DEFERRED]
            self.fields["opinion"].choices = chosen  # type: ignore[attr-defined]


class DecisionForm(_OfTable):
    """The decision of the standing committee or the presidium."""

    decision = forms.ChoiceField(label=_("决定"), choices=ReviewDecision.choices, widget=forms.Select({"class": "form-select"}))
    on = _day(_("决定日期"))
    by = forms.CharField(label=_("作出决定的机关"), max_length=100, widget=forms.TextInput(TEXT))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, prefix="decision", **more)


class DayForm(forms.Form):
    """One day."""

    on = _day(_("日期"))


class SeatForm(forms.Form):
    """From when the mandates run: the first session's day; a by-election's run from the day of the decision."""

    since = _day(_("第一次会议召开日期"), required=False)
