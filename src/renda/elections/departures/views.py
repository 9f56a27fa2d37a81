"""Pages beside the matters: the signatures on a demand for a recall, and the by-election for an empty seat."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.models import Mandate
from renda.elections import pages
from renda.elections.departures import guards, signing, vacancies
from renda.elections.departures.forms import ByElectionForm, SignaturesForm
from renda.elections.departures.signing import SigningFault
from renda.elections.departures.vacancies import NoByElection
from renda.elections.models import Election, Recall, RecallSigner, Voter
from renda.law import LawError
from renda.lawbook.reading import context as settled
from renda.registers import registry
from renda.registers.services import Refused
from renda.ui import addresses
from renda.ui.picking import picked

SHOWN_FAULTS = 20
MOST_SHOWN = 2000


def _recall(request: HttpRequest, pk: int, action: str) -> Recall:
    """The recall, for one who sees the roll and may take the action on signatures."""
    actor = pages.actor_of(request)
    gate.require(actor, action, RecallSigner)
    gate.require(actor, roles.VIEW, Voter)
    rows = gate.visible_to(actor, Recall.objects.alive()).select_related("district__election", "division", "person")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
@never_cache
def signers(request: HttpRequest, recall: int) -> HttpResponse:
    """The voters who signed as they were found on the roll; sent back, another sheet is checked."""
    found = _recall(request, recall, roles.CREATE if request.method == "POST" else roles.VIEW)
    form = SignaturesForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _entered(request, found, form):
        return HttpResponseRedirect(reverse("recall-signers", args=[recall]))
    return render(request, "elections/departures/signers.html", _shown(request, found, form), status=_status(form))


def _entered(request: HttpRequest, recall: Recall, form: SignaturesForm) -> bool:
    try:
        done = signing.enter(recall, form.cleaned_data["signatures"], actor=pages.actor_of(request))
    except SigningFault as fault:
        form.add_error("signatures", str(fault))
        return False
    messages.success(request, ngettext("计入 %(n)d 人。", "计入 %(n)d 人。", done.added) % {"n": done.added})
    for words in done.faults[:SHOWN_FAULTS]:
        messages.warning(request, words)
    if len(done.faults) > SHOWN_FAULTS:
        more = len(done.faults) - SHOWN_FAULTS
        messages.warning(request, _("还有 %(n)s 行没有计入，请核对后重新填写这些行。") % {"n": more})
    return True


def _shown(request: HttpRequest, recall: Recall, form: SignaturesForm) -> dict[str, Any]:
    actor, register = pages.actor_of(request), registry.get("elections.recalls")
    rows = gate.visible_to(actor, RecallSigner.objects.filter(recall=recall)).select_related("voter__group")
    rule = settled(recall.division).parameter(guards.SIGNATURES[recall.level], as_of=clock.today())
    checking = recall.phase in signing.OPEN
    back = addresses.of_record(register, recall.pk)
    crumbs = [
        (_("首页"), "/"),
        (_("换届选举"), reverse("ui:room", args=["elections"])),
        (recall.title, back),
        (_("核对联名选民"), ""),
    ]
    return {
        "recall": recall, "form": form, "signers": rows[:MOST_SHOWN], "counted": signing.counted(recall), "rule": rule, "back": back,
        "crumbs": crumbs, "may_edit": checking and gate.may(actor, roles.CREATE, RecallSigner), "voters": signing.voters_of(recall).count(),
    }  # fmt: skip


def _status(form: Any) -> int:
    return pages.UNPROCESSABLE if form.is_bound else 200


@require_POST
def strike(request: HttpRequest, recall: int) -> HttpResponse:
    """Have the chosen signatures not count."""
    found = _recall(request, recall, roles.EDIT)
    ids = picked(request.POST, MOST_SHOWN)

    def work() -> str:
        done = signing.strike(found, ids, request.POST.get("reason", ""), actor=pages.actor_of(request))
        return ngettext("%(n)d 人不再计入。", "%(n)d 人不再计入。", done) % {"n": done}

    pages.attempt(request, work, SigningFault)
    return redirect("recall-signers", recall)


@require_http_methods(["GET", "POST"])
def vacancy(request: HttpRequest, mandate: int) -> HttpResponse:
    """What a by-election would fill; sent back, it is set up with the district copied."""
    actor = pages.actor_of(request)
    gate.require(actor, roles.CREATE, Election)
    gate.require(actor, roles.VIEW, Mandate)
    rows = gate.visible_to(actor, Mandate.objects.alive()).select_related("division", "person")
    found = get_object_or_404(rows, pk=mandate)
    shown: dict[str, Any] = {"mandate": found, "crumbs": _crumbs(found), "back": _back(found)}
    try:
        empty = vacancies.of(found)
    except NoByElection as fault:
        return render(request, "elections/departures/vacancy.html", shown | {"fault": str(fault)})
    form = ByElectionForm(request.POST or None, initial={"seats": empty.seats})
    if request.method == "POST" and form.is_valid():
        made = _held(request, found, form)
        if made is not None:
            return HttpResponseRedirect(reverse("election", args=[made.pk]))
    shown |= {"vacancy": empty, "form": form, "running": vacancies.running(empty), "rules": _rules(found)}
    return render(request, "elections/departures/vacancy.html", shown, status=_status(form))


def _held(request: HttpRequest, mandate: Mandate, form: ByElectionForm) -> Election | None:
    data = form.cleaned_data
    try:
        made = vacancies.hold(mandate, data["election_day"], data["seats"], actor=pages.actor_of(request))
    except (NoByElection, Refused) as fault:
        form.add_error(None, str(fault))
        return None
    messages.success(request, _("补选已建立，选区和名额已从换届选举带入。请核对日程，再办理选民登记。"))
    return made


def _rules(mandate: Mandate) -> list[Any]:
    """What the law says of by-elections, as far as it has a word on the day."""
    under, found = settled(mandate.division), []
    for key in ("byelection.who", "byelection.candidates", "byelection.details"):
        try:
            found.append(under.parameter(key, as_of=clock.today()))
        except LawError:
            continue
    return found


def _back(mandate: Mandate) -> str:
    return addresses.of_record(registry.get("directory.deputies"), mandate.pk)


def _crumbs(mandate: Mandate) -> list[tuple[str, str]]:
    room = reverse("ui:room", args=["elections"])
    return [(_("首页"), "/"), (_("换届选举"), room), (mandate.person.name, _back(mandate)), (_("组织补选"), "")]
