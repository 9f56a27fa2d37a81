"""Pages of the calendar: all legal dates, marking an act, moving the day, the wall chart, the feed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from renda.core import clock
from renda.directory import gate, roles
from renda.elections import pages
from renda.elections.models import Election
from renda.elections.schedule import entries, ical, services
from renda.elections.schedule.forms import DayForm, MarkForm, UnmarkForm
from renda.elections.schedule.services import ScheduleFault


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Every legal date backward and forward from the election day, what is done and what is late."""
    return _shown(request, pages.election_of(request, pk))


def _shown(request: HttpRequest, election: Election, token: str = "") -> HttpResponse:
    plan = entries.plan_of(election)
    may = not election.frozen_at and gate.may(pages.actor_of(request), roles.EDIT, election)
    address = reverse("election-schedule-feed", args=[election.pk, token]) if token else ""
    context = {
        "plan": plan, "may": may, "left": (election.election_day - clock.today()).days, "changes": election.day_changes.all(),
        "feed": services.living(election).first() if may else None, "address": request.build_absolute_uri(address) if address else "",
    }  # fmt: skip
    return pages.page(request, "elections/schedule/index.html", election, "election-schedule", context)


@require_http_methods(["GET", "POST"])
def mark(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Mark an act as done, or take the mark back."""
    election = pages.election_of(request, pk, roles.EDIT)
    entry = entries.plan_of(election).by_key().get(key)
    if entry is None:
        raise Http404(_("日程里没有这一项。"))
    marked = bool(entry.done and entry.done.by)
    form: Form = (UnmarkForm if marked else MarkForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if marked:
                services.unmark(election, key, reason=form.cleaned_data["reason"], actor=pages.actor_of(request))
                messages.success(request, _("已撤销“%(title)s”的完成标记。") % {"title": entry.title})
            else:
                data: dict[str, Any] = form.cleaned_data
                services.mark(election, key, data["on"], note=data["note"], actor=pages.actor_of(request))
                messages.success(request, _("“%(title)s”已标为完成。") % {"title": entry.title})
            return HttpResponseRedirect(reverse("election-schedule", args=[pk]))
        except ScheduleFault as fault:
            form.add_error(fault.field or None, str(fault))
    context = {"form": form, "entry": entry, "marked": marked}
    status = pages.UNPROCESSABLE if form.is_bound else 200
    return pages.page(
        request, "elections/schedule/mark.html", election, "election-schedule", context, (entry.title, ""), status=status
    )


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the election day: first the consequences are shown, then it is done."""
    election = pages.election_of(request, pk, roles.EDIT)
    form = DayForm(request.POST or None, initial={"day": election.election_day})
    after = None
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        if form.cleaned_data["seen"] == day:
            try:
                services.move_day(election, day, reason=form.cleaned_data["reason"], actor=pages.actor_of(request))
                messages.success(request, _("选举日已改为 %(day)s，各项期限随之变动。") % {"day": day})
                return HttpResponseRedirect(reverse("election-schedule", args=[pk]))
            except ScheduleFault as fault:
                form.add_error(fault.field or None, str(fault))
        else:
            after = entries.plan_of(election, day=day)
            if after.fault:
                form.add_error("day", after.fault)
    before = entries.plan_of(election)
    context = {"form": form, **_consequences(before, after)}
    status = pages.UNPROCESSABLE if form.is_bound and form.errors else 200
    return pages.page(
        request, "elections/schedule/move.html", election, "election-schedule", context, (_("变更选举日"), ""), status=status
    )


def _consequences(before: entries.Plan, after: entries.Plan | None) -> dict[str, Any]:
    """Each date now and then, and what would become late."""
    if after is None or after.fault:
        return {"pairs": [], "late": []}
    then = after.by_key()
    pairs = [(one, then[one.key]) for one in before.entries if one.key in then and one.day != then[one.key].day]
    return {"pairs": pairs, "late": entries.became_late(before, after), "seen": after.by_key()[entries.recorded.VOTING].day}


@require_GET
def wall(request: HttpRequest, pk: int) -> HttpResponse:
    """The wall chart: one sheet of A3 on its side."""
    election = pages.election_of(request, pk)
    plan = entries.plan_of(election)
    rows = [(one, (one.day - election.election_day).days if one.day else None) for one in plan.entries if one.day]
    return pages.page(
        request, "elections/schedule/wall.html", election, "election-schedule", {"plan": plan, "rows": rows}, (_("挂图"), "")
    )


@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The dates as a file for a calendar programme."""
    return _calendar(request, pages.election_of(request, pk))


@login_not_required
@require_GET
@never_cache
def feed(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The dates at the address with the secret; 404 for a secret that opens none."""
    election = services.feed_with(pk, token)
    if election is None:
        raise Http404
    answer = _calendar(request, election)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _calendar(request: HttpRequest, election: Election) -> HttpResponse:
    site = request.build_absolute_uri("/").rstrip("/")
    answer = HttpResponse(ical.of_plan(entries.plan_of(election), site=site), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="election-{election.pk}.ics"'
    return answer


@require_POST
@never_cache
def make_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the feed; its address stands on the page that answers, and nowhere after that."""
    election = pages.election_of(request, pk, roles.EDIT)
    return _shown(request, election, services.make_feed(election, actor=pages.actor_of(request)))


@require_POST
def revoke_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke the feed."""
    election = pages.election_of(request, pk, roles.EDIT)
    if services.revoke_feed(election, actor=pages.actor_of(request)):
        messages.success(request, _("已停用日历订阅地址，原来订阅的日历不再更新。"))
    return HttpResponseRedirect(reverse("election-schedule", args=[pk]))
