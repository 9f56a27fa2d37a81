"""The form that enters a decision on the seats of a congress."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renda.elections.models import Election, Ground, SeatDecision
from renda.elections.plan import seats
from renda.elections.plan.seats import Congress
from renda.ui.words import said

TEXT = {"class": "form-control", "autocomplete": "off"}
NUMBER = {"class": "form-control r-w-s", "inputmode": "numeric", "autocomplete": "off"}
DAY = {"class": "form-control r-w-s", "type": "date"}


class SeatsForm(forms.Form):
    """A decision: population, seats, document. What is above the law's ceiling is said first and taken on a second look."""

    population = forms.IntegerField(
        label=gettext_lazy("人口数"), min_value=1, max_value=200_000_000, widget=forms.TextInput(attrs=NUMBER)
    )
    counted_on = forms.DateField(label=gettext_lazy("人口数截至"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    basis = forms.CharField(
        label=gettext_lazy("人口数口径"), max_length=100, required=False, widget=forms.TextInput(attrs=TEXT),
        help_text=gettext_lazy("如：公安机关户籍登记的常住户口人数。法律没有规定口径，按省级人大常委会的规定。"),
    )  # fmt: skip
    seats = forms.IntegerField(
        label=gettext_lazy("确定的代表总名额"), min_value=1, max_value=3000, widget=forms.TextInput(attrs=NUMBER)
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("确定的缘由"), choices=Ground.choices, widget=forms.Select(attrs={"class": "form-select r-w-m"}),
        help_text=gettext_lazy("确定后不再变动；只有行政区划变动，或者重大工程建设等造成人口较大变动的，才重新确定（选举法第十四条第一款）。"),
    )  # fmt: skip
    number = forms.CharField(label=gettext_lazy("决定文号"), max_length=60, widget=forms.TextInput(attrs=TEXT))
    decided_on = forms.DateField(label=gettext_lazy("决定日期"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    decided_by = forms.CharField(
        label=gettext_lazy("作出决定的机关"), max_length=60, required=False, widget=forms.TextInput(attrs=TEXT)
    )
    note = forms.CharField(
        label=gettext_lazy("说明"), max_length=200, required=False, widget=forms.TextInput(attrs=TEXT),
        help_text=gettext_lazy("名额与按人口计算的不同时，写明依据，如省级人大常委会决定另加百分之五。"),
    )  # fmt: skip

    def __init__(self, *args: Any, election: Election, congress: Congress, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.election, self.congress = election, congress
        again = congress.fixed is not None
        choices = [(code, said(label)) for code, label in Ground.choices if (code == Ground.FIRST) != again]
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]
        self.over = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        counted, decided = data.get("counted_on"), data.get("decided_on")
        if counted and decided and decided < counted:
            self.add_error("decided_on", _("决定日期早于人口数的截止日期，请核对。"))
        if not self.errors:
            self._look_above(data)
        return data

    def _look_above(self, data: dict[str, Any]) -> None:
        """More than the law allows for the population is asked about once, and needs its ground in the note."""
        quota = seats.ceiling(self.election, self.congress.division, data["population"])
        if data["seats"] <= quota.seats:
            return
        numbers = {"seats": data["seats"], "most": quota.seats, "article": "、".join(quota.articles)}
        self.over = _("%(seats)s 名多于按人口计算的上限 %(most)s 名（%(article)s）。") % numbers
        if not data["note"]:
            self.add_error("note", self.over + _("省级人大常委会决定另加的，请写明文号；否则请改名额或人口数。"))

    @classmethod
    def initial_of(cls, congress: Congress) -> dict[str, Any]:
        """What is known already: the newest decision's basis, and the districts' population together."""
        held: SeatDecision | None = congress.fixed
        return {
            "population": held.population if held else congress.population or None,
            "basis": held.basis if held else "",
            "decided_by": held.decided_by if held else "",
            "ground": Ground.BOUNDARY if held else Ground.FIRST,
        }
