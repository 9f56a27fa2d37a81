"""Pages of the count: the list, the blind entry, the comparison, the settled result; the wall of results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from renda.core import clock
from renda.directory import gate, roles
from renda.elections import pages
from renda.elections.counting import forms, letters, settling, tallies
from renda.elections.counting.tallies import Standing
from renda.elections.models import Election, Tally, VoteRound
from renda.elections.models import Turnout as TurnoutRow
from renda.elections.voting import rounds, turnout
from renda.elections.voting.changes import VotingFault
from renda.elections.voting.turnout import Turnout
from renda.elections.voting.views import attempt, opened

TAB = "election-counting"
TONES = {
    tallies.WAITING: "idle", tallies.ONE_IN: "run", tallies.DIFFER: "late", tallies.AGREE: "soon", tallies.SETTLED: "done",
    tallies.CONFIRMED: "done",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A round in the list of the count: its stage, and its settled result."""

    round: VoteRound
    standing: Standing
    turnout: Turnout
    words: str
    tone: str

    @property
    def votes(self) -> list[tuple[str, int]]:
        """Those elected with their votes."""
        result = self.round.result or {}
        got = {line[0]: line[1] for line in result.get("lines", [])}
        return [(name, got.get(name, 0)) for name in result.get("elected", [])]


@dataclass(frozen=True)
class Whole:
    """The result of an election in sum."""

    rounds: int
    settled: int
    elected: int
    seats: int
    void: int

    @property
    def unfilled(self) -> int:
        """Seats that nobody has yet."""
        return max(0, self.seats - self.elected)


def _rows(request: HttpRequest, election: Election) -> list[Row]:
    actor = pages.actor_of(request)
    found = rounds.rounds_of(actor, election)
    prefetch_related_objects(found, "tallies__lines")
    took_part = turnout.of_rounds(found)
    return [_row(request, one, took_part[one.pk]) for one in found]


def _row(request: HttpRequest, one: VoteRound, took_part: Turnout) -> Row:
    standing = tallies.standing(pages.actor_of(request), one)
    return Row(one, standing, took_part, stage_words(standing), TONES[standing.stage])


def stage_words(standing: Standing) -> str:
    """Where a count stands, in words."""
    return {
        tallies.WAITING: _("待计票"),
        tallies.ONE_IN: _("一组已录入"),
        tallies.DIFFER: _("两组有差异"),
        tallies.AGREE: _("待核定"),
        tallies.SETTLED: _("已核定"),
        tallies.CONFIRMED: _("已确认"),
    }[standing.stage]


def _whole(rows: list[Row]) -> Whole:
    districts = {row.round.district_id: row.round.district.seats for row in rows}
    settled = [row for row in rows if row.round.settled_at]
    elected = sum(len(row.votes) for row in settled)
    void = sum(not (row.round.result or {})["valid"] for row in settled)
    return Whole(len(rows), len(settled), elected, sum(districts.values()), void)


@require_GET
@never_cache
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """All rounds with the stage of their count and their results."""
    election = pages.election_of(request, pk)
    actor, rows = pages.actor_of(request), _rows(request, election)
    may_edit = gate.may(actor, roles.EDIT, election) and not election.frozen_at
    settled = [row.round for row in rows if row.round.settled_at]
    shown = {
        "rows": rows, "whole": _whole(rows), "may_count": gate.may(actor, roles.CREATE, Tally) and not election.frozen_at,
        "held": not rows and TurnoutRow.objects.alive().filter(election=election).exists(),
        "may_make": may_edit and bool(settled), "kept": _kept_summary(election, settled),
    }  # fmt: skip
    return pages.page(request, "elections/counting/index.html", election, TAB, shown)


def _kept_summary(election: Election, settled: list[VoteRound]) -> letters.Kept | None:
    return letters.kept(letters.SUMMARY, election.pk, letters.whole_code(settled)) if settled else None


@require_GET
@never_cache
def wall(request: HttpRequest, pk: int) -> HttpResponse:
    """Settled results for a screen on the wall; renews itself; who was elected and nothing about voters."""
    election = pages.election_of(request, pk)
    rows = _rows(request, election)
    shown = {
        "election": election,
        "rows": [row for row in rows if row.round.settled_at],
        "whole": _whole(rows),
        "now": clock.now(),
    }
    return render(request, "elections/counting/wall.html", shown)


@require_GET
@never_cache
def show(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """One round's count: its stage, differences, what bars settling, the result with its working, the record."""
    election, one = opened(request, pk, round, roles.VIEW)
    actor = pages.actor_of(request)
    row = _row(request, one, turnout.of_round(one))
    counting = gate.may(actor, roles.VIEW, Tally)
    may_edit = gate.may(actor, roles.EDIT, one) and not election.frozen_at
    may_tally = gate.may(actor, roles.CREATE, Tally) and not election.frozen_at
    shown = {
        "round": one, "row": row, "standing": row.standing, "counting": counting, "may_edit": may_edit, "may_tally": may_tally,
        "may_settle": may_edit and counting, "today": clock.today(), "later": [each for each in one.tallies.all() if each.reason] if counting else [],
        **(_settled(one) if one.settled_at else _unsettled(one, row.standing, counting)),
    }  # fmt: skip
    return pages.page(request, "elections/counting/show.html", election, TAB, shown, (str(one), ""))


def _settled(one: VoteRound) -> dict[str, Any]:
    """The result of a settled round with its record."""
    result = one.result or {}
    return {
        "decision": result, "lines": [letters.vote_line(line) for line in result.get("lines", [])], "next_words": letters.next_words(result),
        "code": settling.code_of(one), "holds": settling.digest_holds(one), "kept": letters.kept(letters.RECORD, one.pk, one.digest),
    }  # fmt: skip


def _unsettled(one: VoteRound, standing: Standing, counting: bool) -> dict[str, Any]:
    """What bars settling, and what the law would decide on the tally that counts."""
    tally = tallies.counted(one) if counting and standing.stage == tallies.AGREE else None
    shown: dict[str, Any] = {
        "lacking": settling.missing(one, tally) if counting else [],
        "tally": tally,
        "lines": _lines(tally),
        "holds": True,
    }
    if tally is not None:
        try:
            shown |= {"decision": settling.preview(one, tally).as_json(), "preview": True}
        except VotingFault as refused:
            shown["fault"] = str(refused)
    return shown


def _lines(tally: Tally | None) -> list[str]:
    if tally is None:
        return []
    return [letters.vote_line((each.name, each.votes, each.listed, each.against, each.abstain)) for each in tally.lines.all()]


@require_http_methods(["GET", "POST"])
@never_cache
def enter(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """A team's blind entry; posted, its tally."""
    election, one = opened(request, pk, round, roles.CREATE, Tally)
    standing = tallies.standing(pages.actor_of(request), one)
    own = tallies.figures_of(standing.own) if standing.own is not None and standing.stage == tallies.ONE_IN else None
    form = forms.filled(one, own) if own else forms.empty(one)
    if request.method == "POST":
        form = forms.read(one, request.POST)
        if form.figures is not None and _done(form, lambda: tallies.enter(one, form.figures, actor=pages.actor_of(request))):
            messages.success(request, _("计票数已录入。另一组录入后，两组的数字才一起显示。"))
            return redirect("election-count", pk, round)
    shown = {"title": _("录入计票数"), "asks_reason": False, "closed": not form.failed and standing.entered >= 2 and own is None}
    return _form_page(request, election, one, form, shown)


@require_http_methods(["GET", "POST"])
@never_cache
def correct(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """A correction of a settled count after the signed paper."""
    election, one = opened(request, pk, round, roles.EDIT, Tally)
    tally = tallies.counted(one)
    if tally is None or not one.settled_at:
        raise Http404
    form = forms.filled(one, tallies.figures_of(tally))
    if request.method == "POST":
        form = forms.read(one, request.POST)
        actor = pages.actor_of(request)
        if form.figures is not None and _done(
            form, lambda: tallies.correct(one, form.figures, reason=form.reason, actor=actor)
        ):  # fmt: skip
            messages.success(request, _("已更正并重新核定，校验码随之改变，请重新生成报告单。"))
            return redirect("election-count", pk, round)
    return _form_page(request, election, one, form, {"title": _("更正计票结果"), "asks_reason": True, "closed": False})


def _done(form: forms.TallyForm, work: Any) -> bool:
    try:
        work()
    except VotingFault as fault:
        form.faults["whole"] = str(fault)
        return False
    return True


def _form_page(
    request: HttpRequest, election: Election, one: VoteRound, form: forms.TallyForm, shown: dict[str, Any]
) -> HttpResponse:
    crumbs = ((str(one), reverse("election-count", args=[election.pk, one.pk])), (shown["title"], ""))
    status = pages.UNPROCESSABLE if form.failed else 200
    return pages.page(
        request, "elections/counting/enter.html", election, TAB, {"round": one, "tally": form} | shown, *crumbs, status=status
    )


@require_http_methods(["GET", "POST"])
@never_cache
def third(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """The third look: the figures in which the teams differ, counted again by somebody else."""
    election, one = opened(request, pk, round, roles.EDIT, Tally)
    standing = tallies.standing(pages.actor_of(request), one)
    if standing.stage != tallies.DIFFER:
        raise Http404
    first = tallies.figures_of(one.tallies.order_by("look")[0])
    form, typed = forms.TallyForm(), {}
    if request.method == "POST":
        form = forms.merged(one, first, standing.cells, request.POST)
        typed = {n: request.POST.get(f"cell{n}", "") for n in range(len(standing.cells))}
        actor = pages.actor_of(request)
        if form.figures is not None and _done(
            form, lambda: tallies.third_look(one, form.figures, reason=form.reason, actor=actor)
        ):  # fmt: skip
            messages.success(request, _("差异已复核，可以核定结果。"))
            return redirect("election-count", pk, round)
    cells = [(n, cell, typed.get(n, ""), form.faults.get(f"cell{n}", "")) for n, cell in enumerate(standing.cells)]
    crumbs = ((str(one), reverse("election-count", args=[pk, round])), (_("复核差异"), ""))
    own = standing.own is not None
    shown = {"round": one, "cells": cells, "tally": form, "own": own}
    return pages.page(
        request,
        "elections/counting/third.html",
        election,
        TAB,
        shown,
        *crumbs,
        status=pages.UNPROCESSABLE if form.failed else 200,
    )


@require_POST
def settle(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """Settle the result."""
    _election, one = opened(request, pk, round, roles.EDIT)

    def work() -> str:
        settling.settle(one, actor=pages.actor_of(request))
        return _("结果已核定，投票情况和当选代表已写入台账。")

    attempt(request, work)
    return redirect("election-count", pk, round)


@require_POST
def confirm(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """Note the committee's decision on the validity."""
    _election, one = opened(request, pk, round, roles.EDIT)

    def work() -> str:
        on = parse_date(request.POST.get("on", ""))
        if on is None:
            raise VotingFault(_("请填写选举委员会确认的日期。"))
        settling.confirm(one, on=on, actor=pages.actor_of(request))
        return _("选举委员会的确认已登记，计票结果不再改动。")

    attempt(request, work)
    return redirect("election-count", pk, round)
