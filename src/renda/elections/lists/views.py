"""The pages of voter lists. Each asks the gate through `pages`; every change is a function of `publishing`, `correcting` or `printing`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from renda.core import clock
from renda.directory import congress, gate, roles
from renda.directory.gate import Actor
from renda.elections import pages
from renda.elections.lists import cards, correcting, overview, printing, publishing, publishing_work
from renda.elections.lists.forms import CardForm, NoticeForm, PrintForm
from renda.elections.lists.overview import Overview
from renda.elections.lists.publishing import Notice, NotPublished
from renda.elections.models import Election, Listed, Print, Publication, Voter
from renda.files import serving
from renda.law import LawError
from renda.lawbook.reading import context as settled
from renda.registers import registry
from renda.ui import addresses

TAB = "election-lists"
SHOWN_PRINTS = 30
FIELDS = "elec.list.fields"
Change = Callable[..., list[int]]


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """How the lists stand, district by district, and what to do next."""
    election, actor = pages.election_of(request, pk), pages.actor_of(request)
    work = publishing_work.latest(election, actor)
    if (
        "HX-Request" in request.headers and "HX-Boosted" not in request.headers
    ):  # the line of a publication under way asks for itself
        if work is None or not work["running"]:
            return HttpResponseClientRefresh()
        return render(request, "elections/lists/work.html", {"work": work, "election": election})
    context: dict[str, Any] = {
        "work": work,
        "page": overview.build(election, actor),
        **_may(election, actor),
        "today": clock.today(),
    }
    context |= {
        name: _list_of(code, election)
        for name, code in (("objections", "elections.objections"), ("transfers", "elections.transfers"))
    }
    return pages.page(request, "elections/lists/index.html", election, TAB, context)


def _may(election: Election, actor: Actor) -> dict[str, bool]:
    is_open, sees = not election.frozen_at, gate.may(actor, roles.VIEW, Voter)
    return {
        "may_publish": is_open and sees and gate.may(actor, roles.CREATE, Publication),
        "may_print": sees and gate.may(actor, roles.EXPORT, Listed),
    }


def _list_of(code: str, election: Election) -> dict[str, str]:
    register, query = registry.get(code), f"election={election.roll_id}"
    return {"url": addresses.of_list(register, query), "new": addresses.of_new(register, query)}


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the lists of districts."""
    election, found = _for_publishing(request, pk)
    rows = [one for one in found.rows if one.can_publish]
    return _notice(request, election, found, rows, publishing.publish, "publish")


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish correction lists."""
    election, found = _for_publishing(request, pk)
    rows = [one for one in found.rows if one.pending]
    return _notice(request, election, found, rows, correcting.correct, "correct")


def _for_publishing(request: HttpRequest, pk: int) -> tuple[Election, Overview]:
    election, actor = pages.election_of(request, pk, roles.CREATE, Publication), pages.actor_of(request)
    gate.require(actor, roles.VIEW, Voter)
    return election, overview.build(election, actor)


def _notice(
    request: HttpRequest, election: Election, found: Overview, rows: list[overview.Row], change: Change, name: str
) -> HttpResponse:
    form = NoticeForm(request.POST or None, rows=rows, initial=_initial(election, rows))
    if request.method == "POST" and form.is_valid():
        done = _done(request, election, form, change)
        if done:
            return HttpResponseRedirect(reverse(TAB, args=[election.pk]))
    context = {
        "form": form, "page": found, "rows": rows, "correcting": name == "correct", "due": found.correct_by if name == "correct" else found.publish_by,
        "chosen": {int(one) for one in (form["districts"].value() or [])}, "settled_fields": _settled_fields(election),
    }  # fmt: skip
    title = _("发补正名单") if name == "correct" else _("公布选民名单")
    status = pages.UNPROCESSABLE if form.is_bound else 200
    return pages.page(
        request, "elections/lists/notice.html", election, TAB, {**context, "title": title}, (title, ""), status=status
    )


def _initial(election: Election, rows: Iterable[overview.Row]) -> dict[str, Any]:
    """The form as the last publication of this roll was made, with every district chosen."""
    last = Publication.objects.alive().filter(election_id=election.roll_id).order_by("-pk").first()
    known = {"place": last.place, "order": last.order, "fields_shown": last.fields} if last else {}
    return {"districts": [one.district.pk for one in rows], "on": clock.today(), **known}


def _settled_fields(election: Election) -> str:
    """What the county has chosen in the law pages on the columns of a list; empty where it has not."""
    try:
        return str(settled(election.division).parameter(FIELDS, as_of=election.election_day).value)
    except LawError:
        return ""


def _done(request: HttpRequest, election: Election, form: NoticeForm, change: Change) -> bool:
    notice: Notice = form.notice()
    wanted = form.cleaned_data["districts"]
    try:
        if change is publishing.publish and publishing_work.is_much(election, wanted):
            publishing_work.order(election, wanted, notice, hat=request.hat)  # type: ignore[attr-defined]
            messages.success(request, _("名单人数较多，正在后台公布，可以离开本页。完成后这里会显示结果。"))
            return True
        made = change(election, wanted, notice, actor=pages.actor_of(request))
    except NotPublished as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("已登记 %(n)s 个选区的名单公布。接下来可以制作张榜名单。") % {"n": len(made)})
    return True


@never_cache
@require_http_methods(["GET", "POST"])
def prints(request: HttpRequest, pk: int) -> HttpResponse:
    """Posters and cards: order them, watch them being made, download them."""
    election, actor = pages.election_of(request, pk, roles.EXPORT, Listed), pages.actor_of(request)
    found = overview.build(election, actor)
    form = PrintForm(request.POST or None, rows=found.rows, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            printing.order(
                election, said["kind"], hat=request.hat, district=said["district"], number=said["number"], base=_base(request, election)  # type: ignore[attr-defined]
            )  # fmt: skip
            return HttpResponseRedirect(reverse("election-lists-prints", args=[pk]))
        except printing.NotPrinted as refusal:
            form.add_error(None, str(refusal))
    rows = gate.visible_to(actor, Print.objects.filter(election=election)).select_related("district")[:SHOWN_PRINTS]
    context = {"form": form, "page": found, "rows": [printed(one) for one in rows], "published": found.published}
    title = _("张榜名单和选民证")
    status = pages.UNPROCESSABLE if form.is_bound else 200
    return pages.page(request, "elections/lists/prints.html", election, TAB, context, (title, ""), status=status)


def _base(request: HttpRequest, election: Election) -> str:
    """Where the codes lead: the public page on which voters look themselves up."""
    county = congress.county_of(election.division)
    return request.build_absolute_uri(reverse("portal:voter-check", args=[county.code]))


def printed(one: Print) -> dict[str, Any]:
    """A print as the page shows it."""
    tones = {"done": "done", "failed": "late"}
    total = one.progress.get("total") or 0
    return {
        "one": one, "running": one.state in printing.RUNNING, "tone": tones.get(one.state, "run"), "words": _(one.get_state_display()),
        "percent": min(100, one.progress.get("done", 0) * 100 // total) if total else None, "what": one.progress.get("what", ""),
    }  # fmt: skip


def _print(request: HttpRequest, pk: int, made: int) -> Print:
    election = pages.election_of(request, pk, roles.EXPORT, Listed)
    rows = Print.objects.filter(election=election).select_related("district", "file")
    return get_object_or_404(gate.visible_to(pages.actor_of(request), rows), pk=made)


@never_cache
@require_GET
def print_progress(request: HttpRequest, pk: int, made: int) -> HttpResponse:
    """The line of a print that is being made; the whole page once it is."""
    one = _print(request, pk, made)
    if one.state not in printing.RUNNING:
        return HttpResponseClientRefresh()
    return render(request, "elections/lists/print_line.html", {"row": printed(one), "election": one.election})


@never_cache
@require_GET
def print_file(request: HttpRequest, pk: int, made: int) -> HttpResponseBase:
    """Download what was made."""
    one = _print(request, pk, made)
    if one.file is None:
        raise Http404
    printing.note_opened(one, actor=pages.actor_of(request))
    return serving.answer(one.file, one.name, kept=False)


@never_cache
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """Check a voter card at a polling place: whose it is, and whether it still holds."""
    election = pages.election_of(request, pk, roles.VIEW, Voter)
    form = CardForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = cards.find(election, form.cleaned_data["code"], actor=pages.actor_of(request))
        if found is None:
            form.add_error("code", _("没有这张选民证，或者不属于您负责的选区。请核对校验码；仍不符的，请凭身份证在名单上查找。"))
    context = {"form": form, "found": found}
    title = _("核验选民证")
    status = pages.UNPROCESSABLE if form.errors else 200
    return pages.page(request, "elections/lists/card.html", election, TAB, context, (title, ""), status=status)
