"""Pages of mandates to vote for another: the list, a new one, the committee's consent, revoking. Open to those who see the roll."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from renda.core import clock
from renda.directory import gate, roles
from renda.elections import legal, pages
from renda.elections.models import Election, ProxyState, VoteProxy, VoteRound
from renda.elections.voting import forms, proxies
from renda.elections.voting.changes import VotingFault
from renda.elections.voting.views import TAB, attempt
from renda.ui.picking import picked

TONES = {ProxyState.ASKED: "soon", ProxyState.AGREED: "done", ProxyState.REFUSED: "idle", ProxyState.REVOKED: "idle"}
MOST = 500


@require_GET
@never_cache
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """The mandates of the election's roll, those that wait for the committee first."""
    election = pages.election_of(request, pk, roles.VIEW, VoteProxy)
    actor = pages.actor_of(request)
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()[:40]
    every = proxies.mandates(actor, election)
    rows = every.filter(state=state) if state in ProxyState.values else every
    if words:
        rows = rows.filter(principal__name=words) | rows.filter(proxy__name=words)
    counts = [(code, label, every.filter(state=code).count()) for code, label in ProxyState.choices]
    law = legal.law_on(election)
    shown = {
        "rows": [(one, TONES[ProxyState(one.state)]) for one in rows.order_by("-pk")[:MOST]], "counts": counts, "wanted": state,
        "words": words, "total": every.count(), "may_ask": gate.may(actor, roles.CREATE, VoteProxy) and not election.frozen_at,
        "may_decide": gate.may(actor, roles.EDIT, VoteRound) and gate.may(actor, roles.EDIT, VoteProxy) and not election.frozen_at,
        "rule": law("elec.vote.proxy.max"), "today": clock.today(), "most": MOST,
    }  # fmt: skip
    return pages.page(request, "elections/voting/proxies.html", election, TAB, shown, (_("委托投票"), ""))


@require_http_methods(["GET", "POST"])
@never_cache
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A written mandate; posted, it is entered and waits for the committee's consent."""
    election = pages.election_of(request, pk, roles.CREATE, VoteProxy)
    form = forms.ProxyForm(request.POST or None, initial={"written_on": clock.today()})
    if request.method == "POST" and form.is_valid() and _ask(request, election, form):
        return redirect("election-proxies", pk)
    rules = [legal.law_on(election)(f"elec.vote.proxy.{part}") for part in ("form", "consent", "max", "will")]
    crumbs = ((_("委托投票"), reverse("election-proxies", args=[pk])), (_("登记委托"), ""))
    status = pages.UNPROCESSABLE if form.is_bound and form.errors else 200
    return pages.page(
        request, "elections/voting/proxy_new.html", election, TAB, {"form": form, "rules": rules}, *crumbs, status=status
    )


def _ask(request: HttpRequest, election: Election, form: forms.ProxyForm) -> bool:
    actor, data = pages.actor_of(request), form.cleaned_data
    found = {}
    for name in ("principal", "proxy"):
        try:
            found[name] = proxies.find_voter(actor, election, data[name])
        except VotingFault as fault:
            form.add_error(name, str(fault))
    if form.errors:
        return False
    try:
        made, warnings = proxies.ask(
            election, found["principal"], found["proxy"], reason=data["reason"], reason_note=data["reason_note"],
            written_on=data["written_on"], actor=actor,
        )  # fmt: skip
    except VotingFault as fault:
        form.add_error(None, str(fault))
        return False
    names = {"a": made.principal.name, "b": made.proxy.name}
    messages.success(request, _("%(a)s委托%(b)s投票已登记，待选举委员会同意后生效。") % names)
    for words in warnings:
        messages.warning(request, words)
    return True


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The committee's consent or refusal for the mandates that were picked; those who register enter mandates and decide on none."""
    gate.require(pages.actor_of(request), roles.EDIT, VoteRound)
    election = pages.election_of(request, pk, roles.EDIT, VoteProxy)
    actor = pages.actor_of(request)
    chosen = picked(request.POST)

    def work() -> str:
        if not chosen:
            raise VotingFault(_("请先选择委托。"))
        rows = proxies.mandates(actor, election).filter(pk__in=chosen)
        agreed = request.POST.get("decision") == "agree"
        number = proxies.decide(rows, agreed=agreed, on=clock.today(), note=request.POST.get("note", ""), actor=actor)
        words = ngettext("已登记选举委员会对 %(n)d 项委托的决定。", "已登记选举委员会对 %(n)d 项委托的决定。", number)
        return words % {"n": number}

    attempt(request, work)
    return redirect("election-proxies", pk)


@require_POST
def revoke(request: HttpRequest, pk: int, proxy: int) -> HttpResponse:
    """The principal takes a mandate back."""
    election = pages.election_of(request, pk, roles.EDIT, VoteProxy)
    actor = pages.actor_of(request)
    one = get_object_or_404(proxies.mandates(actor, election), pk=proxy)

    def work() -> str:
        proxies.revoke(one, reason=request.POST.get("reason", ""), actor=actor)
        return _("委托已撤销。")

    attempt(request, work)
    return redirect("election-proxies", pk)
