"""Pages of announcements: what the election needs and when, issuing one, its paper, voiding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from renda.core import clock
from renda.directory import gate, roles
from renda.documents.language import TemplateFault
from renda.elections import pages
from renda.elections.candidates import announcing, changes
from renda.elections.candidates.changes import CandidateFault
from renda.elections.candidates.letters.words import BY_CODE, Kind
from renda.elections.candidates.views import TAB, attempt, may, refused, status_of
from renda.elections.fields import SELECT, day, text, words
from renda.elections.models import Announcement, Election, ElectoralDistrict
from renda.files.packages import DOCX
from renda.files.serving import attachment


class AnnouncementForm(forms.Form):
    """The day of an announcement, its district, and what no record holds."""

    on = day(gettext_lazy("发布日期"))

    def __init__(self, *args: Any, kind: Kind, districts: list[ElectoralDistrict], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["on"].initial = clock.today()
        if any(word.name == "选区" for word in kind.words):
            choices = [(one.pk, one.name) for one in districts]
            if not kind.of_district:
                choices.insert(0, ("", _("全部选区")))  # type: ignore[arg-type]
            self.fields["district"] = forms.TypedChoiceField(
                label=_("选区"), coerce=int, empty_value=None, required=kind.of_district, choices=choices, widget=forms.Select(attrs=SELECT)
            )  # fmt: skip
        for place, word in enumerate(kind.asked):
            field = (
                text(word.name, rows=3, most=2000, help_text=word.about)
                if word.many
                else words(word.name, most=200, help_text=word.about)
            )
            self.fields[f"w{place}"] = field

    def said(self) -> dict[str, Any]:
        """What was filled in, by placeholder."""
        found: dict[str, Any] = {}
        for place, word in enumerate(self.kind.asked):
            value = self.cleaned_data[f"w{place}"].strip()
            if value:
                found[word.name] = [line.strip() for line in value.splitlines() if line.strip()] if word.many else value
        return found


@require_GET
@never_cache
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """What the election needs to announce, what is due when, and what was issued."""
    election, actor = pages.election_of(request, pk), pages.actor_of(request)
    issued = gate.visible_to(actor, Announcement.objects.filter(election=election)).order_by("-number")
    shown = {
        "dues": announcing.standing(election, actor), "issued": issued.select_related("district"),
        "may_issue": not election.frozen_at and gate.may(actor, roles.CREATE, Announcement), **may(election, actor),
    }  # fmt: skip
    return pages.page(request, "elections/candidates/announcements.html", election, TAB, shown, (_("公告"), ""))


@require_http_methods(["GET", "POST"])
@never_cache
def new(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Issue an announcement."""
    election, actor = pages.election_of(request, pk, roles.CREATE, Announcement), pages.actor_of(request)
    kind = BY_CODE.get(code)
    if kind is None or kind not in announcing.kinds_for(election):
        raise Http404
    districts = list(changes.seen_districts(actor, election))
    form = AnnouncementForm(request.POST or None, kind=kind, districts=districts, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid() and _issue(request, election, form, districts):
        return redirect("election-announcements", pk)
    title = _("发布%(name)s公告") % {"name": kind.name}
    path = ((_("公告"), reverse("election-announcements", args=[pk])), (title, ""))
    shown = {"form": form, "kind": kind, "title": title}
    return pages.page(
        request, "elections/candidates/announce.html", election, TAB, shown, *path, status=status_of(form)
    )  # fmt: skip


def _issue(request: HttpRequest, election: Election, form: AnnouncementForm, districts: list[ElectoralDistrict]) -> bool:
    wanted = form.cleaned_data.get("district")
    district = next((one for one in districts if one.pk == wanted), None)
    try:
        made = announcing.issue(
            election,
            form.kind.code,
            on=form.cleaned_data["on"],
            district=district,
            asked=form.said(),
            actor=pages.actor_of(request),
        )
    except (CandidateFault, TemplateFault) as fault:
        refused(form, fault)
        return False
    messages.success(request, _("已编为第 %(n)s 号公告。请下载后盖章张贴。") % {"n": made.number})
    return True


def _of(request: HttpRequest, pk: int, announcement: int, action: str) -> Announcement:
    election = pages.election_of(request, pk, action, Announcement)
    rows = gate.visible_to(pages.actor_of(request), Announcement.objects.filter(election=election))
    return get_object_or_404(rows, pk=announcement)


@require_GET
def file(request: HttpRequest, pk: int, announcement: int) -> HttpResponse:
    """The paper of an announcement."""
    one = _of(request, pk, announcement, roles.VIEW)
    try:
        content = announcing.content(one)
    except TemplateFault as fault:
        raise Http404(str(fault)) from fault
    return attachment(content, _("第%(n)s号%(title)s.docx") % {"n": one.number, "title": one.title}, DOCX)


@require_POST
def void(request: HttpRequest, pk: int, announcement: int) -> HttpResponse:
    """Void an announcement that was issued by mistake."""
    one = _of(request, pk, announcement, roles.EDIT)

    def work() -> str:
        announcing.void(one, reason=request.POST.get("reason", ""), actor=pages.actor_of(request))
        return _("第 %(n)s 号公告已作废，编号不再使用。") % {"n": one.number}

    attempt(request, work)
    return redirect("election-announcements", pk)
