"""Pages of ballots and boxes: the ballot as PDF, issue slips, sheets, the numbers and hours of one box."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from renda.core import clock
from renda.directory import gate, roles
from renda.documents.pdf import NoPdf
from renda.elections import pages
from renda.elections.models import BallotBox, Election, VoteRound
from renda.elections.voting import ballots, forms, paper, sheets, turnout
from renda.elections.voting.changes import VotingFault
from renda.elections.voting.turnout import Hour
from renda.elections.voting.views import TAB, attempt, opened, round_page
from renda.files.packages import XLSX
from renda.files.serving import attachment


@require_GET
@never_cache
def ballot(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """The ballots of a round as PDF."""
    election, one = opened(request, pk, round, roles.EXPORT)
    form = forms.BallotForm(request.GET or {"size": paper.A5, "copies": "1"})
    if not form.is_valid():
        return round_page(request, election, one, status=pages.UNPROCESSABLE, ballot=form, form=form)
    data = form.cleaned_data
    try:
        content = paper.pdf(one, size=data["size"], copies=data["copies"], extra=data["extra"].splitlines())
    except NoPdf as missing:
        form.add_error(None, str(missing))
        return round_page(request, election, one, status=pages.UNPROCESSABLE, ballot=form, form=form)
    return attachment(content, _("%(round)s选票.pdf") % {"round": one}, "application/pdf")


@require_POST
def printed(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """Note how many ballots were printed."""
    _election, one = opened(request, pk, round, roles.EDIT)

    def work() -> str:
        text = request.POST.get("printed", "").strip()
        if not text.isdigit() or len(text) > 7:
            raise VotingFault(_("请填写印制的张数。"))
        ballots.set_printed(one, int(text), actor=pages.actor_of(request))
        return _("印制选票 %(n)s 张，已登记。") % {"n": text}

    attempt(request, work)
    return redirect("election-round", pk, round)


@require_GET
def slips(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """The issue slips of a round to print: what each place received, with places for signatures."""
    election, one = opened(request, pk, round)
    shown = {"round": one, "boxes": list(one.boxes.all()), "today": clock.today()}
    return pages.page(request, "elections/voting/slips.html", election, TAB, shown, (str(one), ""))


@require_GET
def sheet(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """The workbook of a round for places without a network, one sheet for each box."""
    _election, one = opened(request, pk, round, roles.EXPORT)
    with tempfile.TemporaryDirectory(prefix="renda-sheet-") as folder:
        path = Path(folder) / "sheet.xlsx"
        sheets.write(one, list(one.boxes.all()), path)
        return attachment(path.read_bytes(), _("%(round)s投票情况登记表.xlsx") % {"round": one}, XLSX)


@require_POST
def add(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """Add a box."""
    election, one = opened(request, pk, round, roles.EDIT)
    form = forms.NewBoxForm(request.POST)
    if not form.is_valid():
        return round_page(request, election, one, status=pages.UNPROCESSABLE, new_box=form, form=form)

    def work() -> str:
        made = ballots.add_box(one, name=form.cleaned_data["name"], kind=form.cleaned_data["kind"], actor=pages.actor_of(request))
        return _("已增加票箱“%(name)s”。") % {"name": made.name}

    attempt(request, work)
    return redirect("election-round", pk, round)


@require_http_methods(["GET", "POST"])
@never_cache
def show(request: HttpRequest, pk: int, round: int, box: int) -> HttpResponse:
    """A box: its ballots and its hours; posted, the numbers of its ballots."""
    election, one, row = _box(request, pk, round, box, roles.EDIT if request.method == "POST" else roles.VIEW)
    form = forms.BoxForm(request.POST or None, box=row, initial=forms.BoxForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            changed = ballots.set_box(
                row, {name: data[name] for name in ballots.NUMBERS}, destroyed_on=data["destroyed_on"],
                destroyed_by=data["destroyed_by"], reason=data.get("reason", ""), actor=pages.actor_of(request),
            )  # fmt: skip
        except VotingFault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("选票数已登记。") if changed else _("数字没有变化。"))
            return redirect("election-box", pk, round, box)
    return _page(request, election, one, row, form=form)


@require_POST
def hour(request: HttpRequest, pk: int, round: int, box: int) -> HttpResponse:
    """Note what a box tells by an hour."""
    election, one, row = _box(request, pk, round, box, roles.EDIT)
    form = forms.HourForm(request.POST, one=one)
    if form.is_valid():
        data = form.cleaned_data
        told = Hour(data["on"], data["hour"], data["persons"], data["proxied"])
        try:
            turnout.report(row, [told], reason=data.get("reason", ""), actor=pages.actor_of(request))
        except VotingFault as fault:
            form.add_error(None, str(fault))
        else:
            words = _("%(box)s截至 %(hour)s 时参加投票 %(n)s 人，已登记。")
            messages.success(request, words % {"box": row.name, "hour": told.hour, "n": told.total})
            return redirect("election-box", pk, round, box)
    return _page(request, election, one, row, form=form, hour_form=form)


def _box(request: HttpRequest, pk: int, round: int, box: int, action: str) -> tuple[Election, VoteRound, BallotBox]:
    election, one = opened(request, pk, round, action)
    found = ballots.box_of(pages.actor_of(request), one, box)
    if found is None:
        raise Http404
    return election, one, found


def _page(
    request: HttpRequest, election: Election, one: VoteRound, row: BallotBox, *, form: forms.BoxForm | forms.HourForm, hour_form: forms.HourForm | None = None
) -> HttpResponse:  # fmt: skip
    ballots_form = form if isinstance(form, forms.BoxForm) else forms.BoxForm(box=row, initial=forms.BoxForm.initial_of(row))
    actor = pages.actor_of(request)
    shown = {
        "round": one, "box": row, "form": form, "ballots_form": ballots_form, "hour_form": hour_form or forms.HourForm(one=one),
        "hours": turnout.hours_of(row), "code": sheets.code_of(row),
        "may_edit": gate.may(actor, roles.EDIT, one) and not election.frozen_at and not one.confirmed_on,
        "not_returned": row.issued - row.returned if row.issued is not None and row.returned is not None else None,
    }  # fmt: skip
    crumbs = ((str(one), _round_url(election, one)), (row.name, ""))
    failed = form.is_bound and bool(form.errors)
    return pages.page(
        request, "elections/voting/box.html", election, TAB, shown, *crumbs, status=pages.UNPROCESSABLE if failed else 200
    )


def _round_url(election: Election, one: VoteRound) -> str:
    from django.urls import reverse

    return reverse("election-round", args=[election.pk, one.pk])
