"""What the pages of the year-end papers share: whose division is meant, the year, the way back."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.directory.models.divisions import Level

YEARS = 6


def division_of(actor: Actor) -> Division | None:
    """The division that an actor works for: its own, else the county."""
    if actor.division_id:
        return Division.objects.get(pk=actor.division_id)
    return Division.objects.filter(level=Level.COUNTY, valid_to__isnull=True).order_by("path").first()


def year_of(request: HttpRequest, otherwise: int | None = None) -> int:
    """The year asked for, else the current one (or `otherwise`)."""
    asked = request.GET.get("year", "") or request.POST.get("year", "")
    return int(asked) if asked.isdigit() and 1954 <= int(asked) <= 2200 else otherwise or clock.today().year


def years(*more: int) -> list[int]:
    """The years that a page offers, the newest first; next year among them only where asked for."""
    now = clock.today().year
    return sorted({*range(now, now - YEARS, -1), *more}, reverse=True)


def crumbs(title: str) -> list[tuple[str, str]]:
    """The way from the home page."""
    return [(_("首页"), "/"), (_("年终材料"), reverse("yearend")), (title, "")]
