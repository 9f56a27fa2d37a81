"""Pages of the rounds: the list with turnout, the live and the wall page, one round with its boxes, opening and voiding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from renda.core import clock
from renda.directory import gate, roles
from renda.elections import pages
from renda.elections.models import Election, Turnout, VoteProxy, VoteRound
from renda.elections.voting import ballots, forms, overview, rounds, sheets, turnout
from renda.elections.voting.changes import VotingFault, round_of
from renda.ui.charts import Chart
from renda.ui.picking import picked

TAB = "election-voting"
MOST_SHEET = 2 * 2**20


def attempt(request: HttpRequest, work: Callable[[], str]) -> bool:
    """Do a change and say what it says; a refused one says why. True where it was done."""
    return pages.attempt(request, work, VotingFault)


def opened(
    request: HttpRequest, pk: int, round: int, action: str = roles.VIEW, model: type[Model] = VoteRound
) -> tuple[Election, VoteRound]:
    """The election and one of its rounds, for one who may take the action on records of ``model``."""
    election = pages.election_of(request, pk, action, model)
    return election, round_of(pages.actor_of(request), election, round)


@require_GET
@never_cache
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """All rounds with their turnout; districts that have had no vote yet, ready to be opened."""
    election = pages.election_of(request, pk)
    actor = pages.actor_of(request)
    rows = overview.rows_of(actor, election)
    may_open = gate.may(actor, roles.CREATE, VoteRound) and not election.frozen_at
    ready = rounds.ready(actor, election)
    shown = {
        "rows": rows, "whole": overview.whole(rows), "ready": ready if may_open else [], "waiting": len(ready), "may_open": may_open,
        "can_open": sum(not one.barred for one in ready), "day": election.election_day, "may_roll": gate.may(actor, roles.VIEW, VoteProxy),
        "most": overview.BAR, "held": not rows and Turnout.objects.alive().filter(election=election).exists(),
    }  # fmt: skip
    return pages.page(request, "elections/voting/index.html", election, TAB, shown)


@require_POST
def open_rounds(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the first vote of the districts that were picked."""
    election = pages.election_of(request, pk, roles.CREATE, VoteRound)
    chosen = picked(request.POST)

    def work() -> str:
        day = parse_date(request.POST.get("day", "")) or election.election_day
        if not chosen:
            raise VotingFault(_("请先选择要开设投票的选区。"))
        entered = forms.entered_voters(request.POST, chosen)
        made = rounds.open_first(election, chosen, day=day, entered=entered, actor=pages.actor_of(request))
        return ngettext("已开设 %(n)d 个选区的投票。", "已开设 %(n)d 个选区的投票。", len(made)) % {"n": len(made)}

    attempt(request, work)
    return redirect(TAB, pk)


@require_GET
@never_cache
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """Turnout by district as bars with the line of more than half; renews itself."""
    election = pages.election_of(request, pk)
    rows = overview.rows_of(pages.actor_of(request), election)
    shown = {"rows": rows, "whole": overview.whole(rows), "most": overview.BAR, "now": clock.now()}
    return pages.page(request, "elections/voting/live.html", election, TAB, shown, (_("实时参选率"), ""))


@require_GET
@never_cache
def wall(request: HttpRequest, pk: int) -> HttpResponse:
    """Large figures for a screen on the wall; renews itself; totals alone."""
    election = pages.election_of(request, pk)
    rows = overview.rows_of(pages.actor_of(request), election)
    shown = {"election": election, "rows": rows, "whole": overview.whole(rows), "most": overview.BAR, "now": clock.now()}
    return render(request, "elections/voting/wall.html", shown)


@require_GET
@never_cache
def show(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """One round: candidates, ballots and turnout by box, what may follow."""
    election, one = opened(request, pk, round)
    return round_page(request, election, one)


def round_page(request: HttpRequest, election: Election, one: VoteRound, *, status: int = 200, **more: Any) -> HttpResponse:
    """A round's page; ``more`` brings a form that was refused."""
    actor = pages.actor_of(request)
    boxes = list(one.boxes.select_related("round"))
    may_edit = gate.may(actor, roles.EDIT, one) and not election.frozen_at
    last = turnout.latest([box.pk for box in boxes])
    shown = {
        "round": one, "row": overview.Row(one, turnout.of_round(one)), "sums": ballots.sums(one, boxes), "most": overview.BAR,
        "boxes": [(box, last.get(box.pk)) for box in boxes], "candidates": list(one.candidates.all()), "may_edit": may_edit,
        "following": rounds.following(one) if may_edit else None, "chart": _chart(one), "new_box": forms.NewBoxForm(),
        "ballot": forms.BallotForm(initial={"copies": 1}), "today": clock.today(),
    }  # fmt: skip
    return pages.page(request, "elections/voting/round.html", election, TAB, shown | more, (str(one), ""), status=status)


def _chart(one: VoteRound) -> Chart | None:
    told = turnout.by_hour(one)
    if len(told) < 2:
        return None
    several = len({on for on, _hour, _n in told}) > 1
    labels = [f"{on:%m-%d} {hour}:00" if several else f"{hour}:00" for on, hour, _n in told]
    half = turnout.half_line(one)
    series = [(_("累计参加投票"), [n for _on, _hour, n in told]), (_("过半数线"), [half] * len(told))]
    return Chart(_("各钟点累计参加投票人数"), "line", _("截至"), labels, series, unit=_("人"), whole=True, size="low")


@require_POST
def open_next(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """Open the round that lawfully follows a settled one."""
    _election, one = opened(request, pk, round, roles.EDIT)

    def work() -> str:
        day = parse_date(request.POST.get("day", ""))
        if day is None:
            raise VotingFault(_("请填写投票日期。"))
        among, reason = request.POST.getlist("among"), request.POST.get("reason", "")
        made = rounds.open_next(one, day=day, picked=among, reason=reason, actor=pages.actor_of(request))
        return _("已开设“%(round)s”。") % {"round": made}

    done = attempt(request, work)
    return redirect(TAB, pk) if done else redirect("election-round", pk, round)


@require_POST
def void(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """Void a round that was opened by mistake."""
    _election, one = opened(request, pk, round, roles.EDIT)

    def work() -> str:
        rounds.void(one, reason=request.POST.get("reason", ""), actor=pages.actor_of(request))
        return _("这一轮投票已作废。")

    done = attempt(request, work)
    return redirect(TAB, pk) if done else redirect("election-round", pk, round)


@require_POST
def read_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in the filled sheets of places without a network; several files at once, each all or nothing."""
    election = pages.election_of(request, pk, roles.EDIT, VoteRound)
    sent = request.FILES.getlist("files")
    if not sent:
        messages.error(request, _("请先选择填好的登记表文件。"))
    for file in sent:
        attempt(request, lambda file=file: _read_one(request, election, file))  # type: ignore[misc]
    return redirect(TAB, pk)


def _read_one(request: HttpRequest, election: Election, file: Any) -> str:
    if (file.size or 0) > MOST_SHEET:
        raise VotingFault(_("“%(name)s”超过 2 MB，不像登记表，请核对文件。") % {"name": file.name[:60]})
    try:
        told = sheets.read(election, file.read(), file.name, actor=pages.actor_of(request))
    except VotingFault as fault:
        raise VotingFault(f"“{file.name[:60]}”：{fault}") from fault
    fresh = [one.box for one in told if one.changed]
    if not fresh:
        return _("“%(name)s”与已经登记的相同，没有变化。") % {"name": file.name[:60]}
    return _("“%(name)s”已读入：%(boxes)s。") % {"name": file.name[:60], "boxes": "、".join(fresh)}
