"""The public pages. Every change goes through `petitions.services`; the wrong number and the wrong code get one answer."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.models import Division
from renda.directory.models.divisions import Level
from renda.files.kinds import ACCEPT_PUBLIC
from renda.files.services import FileRefused, Given
from renda.lawbook.reading import context as settled
from renda.petitions import services
from renda.petitions.models import Petition
from renda.portal import notices, standing
from renda.portal.forms import NoticeForm, PetitionForm, QueryForm, RatingForm
from renda.portal.models import Notice
from renda.procedure import lawful
from renda.registers.services import Refused

UNPROCESSABLE = 422


def _county(code: str) -> Division:
    found = Division.objects.filter(code=code, level=Level.COUNTY, valid_to__isnull=True).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, name: str, county: Division, status: int = 200, **more: Any) -> HttpResponse:
    context = {"county": county, "notice": Notice.objects.filter(division=county).first(), **more}
    return render(request, f"portal/{name}.html", context, status=status)


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The counties that this platform serves; the only one at once."""
    counties = list(Division.objects.filter(level=Level.COUNTY, valid_to__isnull=True).order_by("path")[:200])
    if len(counties) == 1:
        return HttpResponseRedirect(reverse("portal:home", args=[counties[0].code]))
    return render(request, "portal/index.html", {"counties": counties})


@login_not_required
@require_GET
def home(request: HttpRequest, code: str) -> HttpResponse:
    """What one can do here, how the office is reached, and how petitions are handled (信访工作条例 18)."""
    county = _county(code)
    return _page(request, "home", county, terms=standing.terms(county))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Hand in a petition; then its number and query code, once more for the same form sent twice."""
    county = _county(code)
    if request.method == "GET":
        return _page(
            request, "new", county, form=PetitionForm(initial={"token": uuid.uuid4().hex, "persons": 1}), accept=ACCEPT_PUBLIC
        )
    form = PetitionForm(request.POST)
    if form.is_valid():
        uploaded = request.FILES.getlist("files")[: services.MOST_FILES + 1]
        try:
            handed = [Given(one.name or "", one.read()) for one in uploaded]
            petition = services.submit_online(form.cleaned_data, county, form.cleaned_data["token"], handed)
            return _page(request, "done", county, petition=petition, terms=standing.terms(county))
        except (Refused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
    return _page(request, "new", county, UNPROCESSABLE, form=form, accept=ACCEPT_PUBLIC, again=bool(request.FILES))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def query(request: HttpRequest, code: str) -> HttpResponse:
    """How a petition stands, for who has its number and code."""
    county = _county(code)
    if request.method == "GET":
        return _page(request, "query", county, form=QueryForm())
    form = QueryForm(request.POST)
    if form.is_valid():
        petition = services.look_up(form.cleaned_data["number"], form.cleaned_data["code"], county)
        if petition is not None:
            return _matter(request, county, petition)
        return _lost(request, county, form)
    return _page(request, "query", county, UNPROCESSABLE, form=form)


def _lost(request: HttpRequest, county: Division, form: QueryForm) -> HttpResponse:
    """One answer for the unknown number and the wrong code."""
    form.add_error(None, _("没有找到：编号或者查询码不正确。请对照告知书或者提交时记下的内容核对。"))
    return _page(request, "query", county, UNPROCESSABLE, form=form)


@login_not_required
@never_cache
@require_POST
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """Rate how a petition was handled."""
    county = _county(code)
    form = RatingForm(request.POST)
    given = form.data
    petition = services.look_up(given.get("number", ""), given.get("code", ""), county)
    if petition is None:
        return _lost(request, county, QueryForm(request.POST))
    if form.is_valid():
        try:
            services.rate(petition, form.cleaned_data["rating"], form.cleaned_data["words"])
            petition.refresh_from_db()
            messages.success(request, _("谢谢，您的评价已经收到。"))
            return _matter(request, county, petition)
        except services.NotNow as refusal:
            form.add_error(None, str(refusal))
    return _matter(request, county, petition, form, UNPROCESSABLE)


def _matter(
    request: HttpRequest, county: Division, petition: Petition, form: RatingForm | None = None, status: int = 200
) -> HttpResponse:
    rating = form
    if rating is None and services.may_rate(petition):
        rating = RatingForm(initial={"number": petition.number, "code": petition.query_code})
    return _page(request, "matter", county, status, petition=petition, standing=standing.of(petition), form=rating)


@require_GET
def own_notice(request: HttpRequest) -> HttpResponse:
    """To the page of the county whose office the actor belongs to."""
    actor = request.actor  # type: ignore[attr-defined]
    gate.require(actor, roles.EDIT, Notice)
    counties = Division.objects.filter(level=Level.COUNTY, valid_to__isnull=True).order_by("path")
    own = counties.filter(pk=actor.division_id).first() if actor.division_id else counties.first()
    if own is None:
        raise PermissionDenied(_("公开信息由县人大常委会信访机构填写。"))
    return HttpResponseRedirect(reverse("portal:notice", args=[own.code]))


@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """The office's own page: what the public is told."""
    county, actor = _county(code), request.actor  # type: ignore[attr-defined]
    gate.require(actor, roles.EDIT, Notice)
    if not gate.divisions_within(actor, [county.pk]):
        raise PermissionDenied(_("只能修改本区划的公开信息。"))
    held = Notice.objects.filter(division=county).first() or Notice(division=county)
    form = NoticeForm(request.POST if request.method == "POST" else None, instance=held)
    if request.method == "POST" and form.is_valid():
        notices.tell(form.save(commit=False), form.changed_data, actor=actor)
        messages.success(request, _("公开信息已更新。"))
        return HttpResponseRedirect(reverse("portal:home", args=[county.code]))
    crumbs = [(_("首页"), "/"), (_("公开信息"), "")]
    article = lawful.citation(settled(county), "pet.publicity", clock.today())
    context = {"county": county, "form": form, "crumbs": crumbs, "article": article}
    return render(request, "portal/notice.html", context, status=UNPROCESSABLE if form.errors else 200)
