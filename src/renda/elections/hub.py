"""An election at a glance: its day and term, and what stands behind each tab."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from renda.elections import pages


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The election's first page."""
    election = pages.election_of(request, pk)
    return pages.page(request, "elections/hub.html", election, "election", {})
