"""Pages of the lists: publishing first lists and a formal list, discussions, pre-elections, undoing."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from renda.directory import gate, roles
from renda.elections import legal, pages
from renda.elections.candidates import changes, consulting, overview, publishing
from renda.elections.candidates.changes import CandidateFault
from renda.elections.candidates.consulting import Ballots
from renda.elections.candidates.forms import ConsultationForm, FirstListForm, FormalListForm, PreElectionForm
from renda.elections.candidates.publishing import Choice, Notice
from renda.elections.candidates.views import TAB, attempt, crumbs, refused, row_of, status_of
from renda.elections.models import CandidateList, HowFormal, Nominee, PreElection, Stage, VoterGroup
from renda.elections.voting.rounds import voters_of


@require_http_methods(["GET", "POST"])
@never_cache
def first(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the first lists of districts."""
    election, actor = pages.election_of(request, pk, roles.CREATE, CandidateList), pages.actor_of(request)
    found = overview.build(election, actor)
    rows = [one for one in found.rows if one.can_first]
    form = FirstListForm(
        request.POST or None,
        rows=[(one.district.pk, one.district.name) for one in rows],
        initial={"districts": [one.district.pk for one in rows]},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        notice = Notice(said["on"], said["order"], said["late_reason"], said["note"])
        try:
            made = publishing.publish_first(election, said["districts"], notice, actor=actor)
        except CandidateFault as fault:
            refused(form, fault)
        else:
            words = ngettext("已登记 %(n)d 个选区的初步候选人名单公布。", "已登记 %(n)d 个选区的初步候选人名单公布。", len(made))
            messages.success(request, words % {"n": len(made)})
            return redirect(TAB, pk)
    chosen = {str(one) for one in (form["districts"].value() or [])}
    title = _("公布初步候选人名单")
    rule = legal.law_on(election)("elec.cand.all_listed")
    shown = {
        "form": form,
        "rows": [(one, str(one.district.pk) in chosen) for one in rows],
        "due": found.first,
        "rule": rule,
        "title": title,
    }
    return pages.page(
        request, "elections/candidates/first.html", election, TAB, shown, (title, ""), status=status_of(form)
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@never_cache
def formal(request: HttpRequest, pk: int, district: int) -> HttpResponse:
    """Publish the formal list of a district."""
    election, actor = pages.election_of(request, pk, roles.CREATE, CandidateList), pages.actor_of(request)
    row = row_of(election, actor, district)
    lines = [one for one in overview.lines_of(election, row) if one.nominee.stage == Stage.FIRST]
    form = FormalListForm(request.POST or None, nominees=[one.nominee for one in lines], initial=_proposed(row, lines))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        choice = Choice(tuple(said["nominees"]), said["how"])
        notice = Notice(said["on"], said["order"], said["late_reason"], said["note"])
        try:
            publishing.publish_formal(row.district, choice, notice, actor=actor)
        except CandidateFault as fault:
            refused(form, fault)
        else:
            messages.success(request, _("%(name)s的正式候选人名单已登记公布。") % {"name": row.district.name})
            return redirect("election-nominees", pk, district)
    chosen = {str(one) for one in (form["nominees"].value() or [])}
    title = _("公布正式候选人名单")
    shown = {
        "form": form, "row": row, "lines": [(one, str(one.nominee.pk) in chosen) for one in lines], "title": title,
        "due": changes.legal_dates(election).get(changes.FORMAL), "rule": legal.law_on(election)("elec.cand.selection"),
    }  # fmt: skip
    path = crumbs(election, row, title)
    return pages.page(
        request, "elections/candidates/formal.html", election, TAB, shown, *path, status=status_of(form)
    )  # fmt: skip


def _proposed(row: overview.Row, lines: list[overview.Line]) -> dict[str, object]:
    """Everybody where the surplus allows it; after a pre-election those with most votes."""
    everybody = [one.nominee.pk for one in lines]
    if len(everybody) <= row.limits.most:
        return {"nominees": everybody, "how": HowFormal.ALL}
    if row.pre_elected:
        ranked = sorted(lines, key=lambda one: -(one.votes or 0))
        return {"nominees": [one.nominee.pk for one in ranked[: row.limits.most]], "how": HowFormal.PRE_ELECTION}
    return {"how": HowFormal.CONSULTED}


@require_http_methods(["GET", "POST"])
@never_cache
def consult(request: HttpRequest, pk: int, district: int) -> HttpResponse:
    """Enter a voter group's discussion."""
    election, actor = pages.election_of(request, pk, roles.CREATE, Nominee), pages.actor_of(request)
    row = row_of(election, actor, district)
    own = Q(district=row.district) | Q(district__parent=row.district)
    groups = list(VoterGroup.objects.alive().filter(own).order_by("district_id", "name"))
    listed = [one for one in row.nominees if one.stage == Stage.FIRST]
    form = ConsultationForm(request.POST or None, groups=groups, nominees=listed)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        group = next(one for one in groups if one.pk == said["group"])
        try:
            consulting.consult(
                row.district,
                group,
                on=said["on"],
                present=said["present"],
                support=form.numbers(),
                note=said["note"],
                actor=actor,
            )
        except CandidateFault as fault:
            refused(form, fault)
        else:
            messages.success(request, _("%(name)s的讨论协商已登记。") % {"name": group.name})
            return redirect("election-nominees", pk, district)
    title = _("登记讨论协商")
    rule = legal.law_on(election)("elec.cand.selection")
    shown = {"form": form, "row": row, "title": title, "rule": rule, "open": bool(groups) and row.can_formal, "groups": groups}
    path = crumbs(election, row, title)
    return pages.page(request, "elections/candidates/enter.html", election, TAB, shown, *path, status=status_of(form))


@require_http_methods(["GET", "POST"])
@never_cache
def pre_election(request: HttpRequest, pk: int, district: int) -> HttpResponse:
    """Enter a pre-election's totals."""
    election, actor = pages.election_of(request, pk, roles.CREATE, Nominee), pages.actor_of(request)
    row = row_of(election, actor, district)
    listed = [one for one in row.nominees if one.stage == Stage.FIRST]
    voters = voters_of(election, [row.district]).get(row.district.pk, (None, ""))[0]
    form = PreElectionForm(request.POST or None, nominees=listed, initial={"voters": voters, "void": 0})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        ballots = Ballots(said["voters"], said["participants"], said["issued"], said["returned"], said["void"])
        try:
            consulting.hold(row.district, on=said["on"], ballots=ballots, votes=form.numbers(), mode=said["mode"], actor=actor)
        except CandidateFault as fault:
            refused(form, fault)
        else:
            messages.success(request, _("%(name)s的预选结果已登记。") % {"name": row.district.name})
            return redirect("election-nominees", pk, district)
    title = _("登记预选结果")
    need, value = consulting.needed(row.district, voters or 0)
    shown = {
        "form": form, "row": row, "title": title, "rule": legal.law_on(election)("elec.cand.selection"), "open": row.can_formal and not row.pre_elected,
        "need": need, "need_article": value.citation if value else "", "pre": True,
    }  # fmt: skip
    path = crumbs(election, row, title)
    return pages.page(request, "elections/candidates/enter.html", election, TAB, shown, *path, status=status_of(form))


@require_POST
def void_pre_election(request: HttpRequest, pk: int, district: int) -> HttpResponse:
    """Void a pre-election that was entered wrongly."""
    election, actor = pages.election_of(request, pk, roles.EDIT, Nominee), pages.actor_of(request)
    found = get_object_or_404(PreElection.objects.alive(), district=changes.district_of(actor, election, district))

    def work() -> str:
        consulting.void(found, reason=request.POST.get("reason", ""), actor=actor)
        return _("预选结果已作废，可以重新登记。")

    attempt(request, work)
    return redirect("election-nominees", pk, district)


@require_POST
def undo(request: HttpRequest, pk: int, listed: int) -> HttpResponse:
    """Take a published list back."""
    election, actor = pages.election_of(request, pk, roles.EDIT, CandidateList), pages.actor_of(request)
    rows = gate.visible_to(actor, CandidateList.objects.alive()).filter(election=election)
    one = get_object_or_404(rows, pk=listed)

    def work() -> str:
        publishing.undo(one, reason=request.POST.get("reason", ""), actor=actor)
        return _("%(list)s已撤销。") % {"list": one.get_kind_display()}

    attempt(request, work)
    return redirect("election-nominees", pk, one.district_id)
