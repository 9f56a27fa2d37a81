"""Rules over whole rows and what follows from a row's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from renda.core import clock
from renda.law import LawError
from renda.lawbook.services import context
from renda.registers.register import Fault, Rule, Values
from renda.supervision.models import InterpellationLevel, VisitForm
from renda.supervision.models.visits import ACTIVITY_KINDS

COSIGNERS = {
    InterpellationLevel.CONGRESS: "pc.interpellation.cosigners",
    InterpellationLevel.TOWNSHIP_CONGRESS: "pc.interpellation.cosigners",
    InterpellationLevel.STANDING_COMMITTEE: "sc.interpellation.county.cosigners",
}


def activity_kind(rows: Sequence[Values]) -> None:
    """Give visits the activity kind of their form."""
    for row in rows:
        if row.get("form"):
            row["kind"] = ACTIVITY_KINDS[VisitForm(row["form"])]


def inspection_of_visit(rows: Sequence[Values]) -> Iterable[Fault]:
    """Only site visits belong to an inspection."""
    for index, row in enumerate(rows):
        if row.get("inspection") and row.get("form") not in (None, VisitForm.ENFORCEMENT):
            yield index, "inspection", _("只有执法检查实地检查才填所属执法检查")


def ordered(first: str, last: str, reason: str) -> Rule:
    """A rule: the second milestone is not before the first (as far as both are known to the day)."""

    def rule(rows: Sequence[Values]) -> Iterable[Fault]:
        for index, row in enumerate(rows):
            before, after = row.get(first), row.get(last)
            if before and after and after.last < before.date:
                yield index, last, reason

    return rule


def target_named(rows: Sequence[Values]) -> Iterable[Fault]:
    """A work appraisal names a unit, the others a person."""
    for index, row in enumerate(rows):
        if row.get("form") == "work" and "organ" in row and not row["organ"]:
            yield index, "organ", _("工作评议须填写被评议单位")
        if row.get("form") in ("performance", "judicial") and "person" in row and not row["person"]:
            yield index, "person", _("履职评议、两官评议须填写被评议人")


def enough_cosigners(rows: Sequence[Values]) -> Iterable[Fault]:
    """An interpellation has the co-signers that the law asks for (Organic Law, art. 24 and 53; Supervision Law, art. 51)."""
    under = {place: context(place) for place in {row.get("division") for row in rows}}
    for index, row in enumerate(rows):
        count, level, submitted = row.get("cosigners"), row.get("level"), row.get("submitted")
        if count is None or not level:
            continue
        day = submitted.date if submitted else clock.today()
        try:
            least = under[row.get("division")].parameter(COSIGNERS[InterpellationLevel(level)], as_of=day)
        except LawError:
            continue
        if count < least.value:
            yield (
                index,
                "cosigners",
                _("质询案须 %(value)s 人以上联名（%(citation)s），台账写的是 %(count)s 人，请核对")
                % {"value": least.value, "citation": least.citation, "count": count},
            )


def problem_state(rows: Sequence[Values]) -> None:
    """A day of correction or sign-off says that the problem is corrected, where the ledger has no state of its own."""
    for row in rows:
        if "state" in row and not row["state"]:
            row["state"] = "corrected" if row.get("corrected_on") or row.get("signed_off_on") else "going_on"


def corrected_when_signed_off(rows: Sequence[Values]) -> Iterable[Fault]:
    """Days of correction and sign-off belong to corrected problems only."""
    for index, row in enumerate(rows):
        if row.get("state") not in (None, "corrected") and (row.get("corrected_on") or row.get("signed_off_on")):
            yield index, "state", _("填了完成整改日期或销号日期，整改状态应为“已整改”")


def both_funds(rows: Sequence[Values]) -> Iterable[Fault]:
    """Fund items before and after merging are told together."""
    for index, row in enumerate(rows):
        if {"funds_before", "funds_after"} <= row.keys() and (row["funds_before"] is None) != (row["funds_after"] is None):
            name = "funds_after" if row["funds_after"] is None else "funds_before"
            yield index, name, _("整合前、整合后资金项目数须同时填写")
