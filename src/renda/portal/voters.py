"""The voters' public pages: registering, looking oneself up, asking for a transfer. Every change is a function of `elections.lists.public`."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from renda.directory.models import Division
from renda.directory.models.divisions import Level
from renda.elections.lists import public
from renda.elections.lists.public import HandedIn, NotNow
from renda.elections.models import RegistrationStation
from renda.portal.views import UNPROCESSABLE, _county, _page
from renda.portal.voters_forms import HOME, CheckForm, TransferForm, VoterForm

MOST_STATIONS = 30


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Register as a voter: it goes to the registration station, which checks it."""
    county = _county(code)
    elections = [one for one in public.running(county) if public.registering(one)]
    if not elections:
        return _closed(request, county, registering=True)
    places = list(Division.objects.filter(parent=county, level=Level.TOWNSHIP, valid_to__isnull=True).order_by("path")) or [
        county
    ]
    form = VoterForm(request.POST or None, elections=elections, places=places)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        place = next(one for one in places if one.pk == said["division"])
        given = HandedIn(said["name"], said["number"], said["phone"], said["address"], place, said["at"] == HOME)
        try:
            public.hand_in(form.chosen(), given)
            return _page(request, "voters_done", county, stations=_stations(form.chosen().pk, place))
        except NotNow as refusal:
            form.add_error(None, str(refusal))
    return _page(request, "voters_new", county, UNPROCESSABLE if form.is_bound else 200, form=form, elections=elections)


def _stations(election: int, place: Division) -> list[RegistrationStation]:
    """The registration stations of the place."""
    rows = RegistrationStation.objects.alive().filter(election=election, division__path__startswith=place.path)
    return list(rows.order_by("name")[:MOST_STATIONS])


def _closed(request: HttpRequest, county: Division, *, registering: bool = False) -> HttpResponse:
    elections = public.running(county)
    return _page(request, "voters_closed", county, elections=elections, registering=registering)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """How one stands on the roll, for who has name and number."""
    county = _county(code)
    elections = public.running(county)
    if not elections:
        return _closed(request, county)
    form = CheckForm(request.POST or None, elections=elections)
    if request.method == "POST" and form.is_valid():
        standing = public.look_up(form.chosen(), form.cleaned_data["name"], form.cleaned_data["number"])
        if standing is not None:
            return _standing(request, county, standing)
        form.add_error(None, _("没有查到：没有登记，或者姓名、身份证号有一项不对。请核对后再查，或者联系登记站。"))
    return _page(request, "voters_check", county, UNPROCESSABLE if form.is_bound else 200, form=form, elections=elections)


def _standing(
    request: HttpRequest, county: Division, standing: public.Standing, form: TransferForm | None = None, status: int = 200
) -> HttpResponse:
    voter = standing.voter
    if form is None and standing.token:
        form = TransferForm(initial={"token": standing.token}, districts=public.other_districts(voter))
    more: dict[str, Any] = {"standing": standing, "voter": voter, "election": voter.election, "form": form}
    return _page(request, "voters_standing", county, status, **more, stations=_stations(voter.election_id, voter.division))


@login_not_required
@never_cache
@require_POST
def transfer(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a transfer to another district, after looking oneself up."""
    county = _county(code)
    voter = public.of_token(request.POST.get("token", ""))
    if voter is None:
        elections = public.running(county)
        form = CheckForm(elections=elections)
        more = {"form": form, "elections": elections, "again": True}
        return _page(request, "voters_check", county, UNPROCESSABLE, **more) if elections else _closed(request, county)
    districts = public.other_districts(voter)
    asked = TransferForm(request.POST, districts=districts)
    if asked.is_valid():
        chosen = next(one for one in districts if one.pk == asked.cleaned_data["district"])
        try:
            made = public.ask_transfer(voter, chosen, asked.cleaned_data["reason"])
            return _page(request, "voters_asked", county, transfer=made)
        except NotNow as refusal:
            asked.add_error(None, str(refusal))
    return _standing(request, county, public.Standing(voter, token=request.POST["token"]), asked, UNPROCESSABLE)
