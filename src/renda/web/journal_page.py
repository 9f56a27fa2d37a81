"""The journal's page, for those who may read it: entries newest first, and a check of the chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.journal import services as journal
from renda.journal.finding import Wanted, find
from renda.journal.models import Entry
from renda.registers import registry
from renda.ui.history import ACTIONS, SUBJECTS, action_name, subject_name

PER_PAGE = 50
REPORT_KINDS = ("reports.report", "reports.remembered")


class SearchForm(forms.Form):
    """What is looked for; a part that cannot be read does not narrow."""

    who = forms.CharField(max_length=60, required=False)
    action = forms.ChoiceField(
        choices=lambda: [("", gettext_lazy("全部操作")), *sorted(ACTIONS.items(), key=lambda one: str(one[1]))], required=False
    )
    about = forms.CharField(max_length=100, required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Entries, newest first, by actor, action, subject and days; and the head of the chain, to be kept elsewhere."""
    actor = request.actor  # type: ignore[attr-defined]
    gate.require(actor, roles.JOURNAL)
    form = SearchForm(request.GET)
    form.is_valid()
    asked: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if value}
    shut = _shut(actor)
    kinds = tuple(kind for kind in {*_kinds(), *SUBJECTS} if asked.get("about") and asked["about"] in subject_name(kind))
    page = Paginator(find(Wanted(**asked, kinds=kinds, shut=tuple(shut))), PER_PAGE).get_page(request.GET.get("page"))
    kept = urlencode({name: value.isoformat() if isinstance(value, date) else value for name, value in asked.items()})
    context = {
        "entries": [_row(entry, shut) for entry in page.object_list], "page": page, "form": form, "asked": asked, "kept": kept,
        "head": journal.head(),
    }  # fmt: skip
    return render(request, "web/journal.html", context)


@dataclass(frozen=True)
class Row:
    """An entry as the page shows it."""

    entry: Entry
    action: str
    kind: str
    label: str


def _row(entry: Entry, shut: frozenset[str]) -> Row:
    number = f"#{entry.subject_id}" if entry.subject_id else ""
    label = number if entry.subject_kind in shut else entry.subject_label
    return Row(entry, action_name(entry.action), subject_name(entry.subject_kind), label)


def _shut(actor: Actor) -> frozenset[str]:
    """Kinds of records that the actor may not see: who reads the journal for its own sake learns that something was done, not to whom."""
    open_ = roles.ROLES[actor.role].rooms
    rooms = {kind: code.partition(".")[0] for kind, code in _kinds().items()} | dict.fromkeys(REPORT_KINDS, roles.REPORTS)
    return frozenset(kind for kind, room in rooms.items() if roles.VIEW not in open_.get(room, ()))


def _kinds() -> dict[str, str]:
    """What entries call records → the register that has them."""
    several = registry.all_registers()
    return {one.code: one.code for one in several} | {one.matter_kind: one.code for one in several if one.matter_kind}


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Walk the chain and say whether anything was changed."""
    gate.require(request.actor, roles.JOURNAL)  # type: ignore[attr-defined]
    verdict = journal.verify()
    if verdict.fault:
        said = {
            "at": verdict.at_sequence or "?",
            "fault": _(verdict.fault),
            "where": f" {verdict.where}" if verdict.where else "",
        }
        messages.error(request, _("第 %(at)s 条日志校验不符：%(fault)s%(where)s。请保留现状并报告审计管理员。") % said)
    else:
        messages.success(request, _("已校验 %(n)s 条日志，前后相接，没有改动。") % {"n": f"{verdict.entries:,}"})
    return HttpResponseRedirect(reverse("journal"))
