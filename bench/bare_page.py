"""Addresses for benchmarks: the site's own, and bare Django pages over the same records to measure it against.

A bare page is what Django's own generic view gives: a list of 25 rows with its paginator, behind the same middleware and sign-in, in a
template of one table; no frame, no bell, no gate, no words about what is to be done.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.views.generic import ListView

from renda.petitions.models import Petition
from renda.web.urls import handler400, handler403, handler404, handler500
from renda.web.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
ROWS = 25
PAGE = """<!doctype html><html lang="zh"><head><title>待办</title></head><body><table>
{% for one in object_list %}<tr><td><a href="/petitions/petitions/{{ one.pk }}/">{{ one.title }}</a></td><td>{{ one.number }}</td>
<td>{{ one.phase }}</td><td>{{ one.due_on|date:"Y-m-d" }}</td><td>{{ one.handler.name }}</td></tr>{% endfor %}
</table><p>{{ page_obj.number }} / {{ paginator.num_pages }}，{{ paginator.count }}</p></body></html>"""


class Bare(ListView):
    """Open petitions by their deadline, as a generic view lists them."""

    model = Petition
    paginate_by = ROWS

    def get_queryset(self) -> QuerySet[Petition]:
        """All open petitions, the nearest deadline first."""
        return (
            Petition.objects.filter(closed_on__isnull=True, voided_at__isnull=True).select_related("handler").order_by("due_on")
        )

    def render_to_response(self, context: dict[str, Any], **_more: Any) -> HttpResponse:
        """The table."""
        return HttpResponse(engines["django"].from_string(PAGE).render(context, self.request))


class BareSearch(Bare):
    """Petitions whose title holds the words, as a generic view finds them."""

    def get_queryset(self) -> QuerySet[Petition]:
        """By the words of the address."""
        words = self.request.GET.get("q", "")
        return Petition.objects.filter(title__contains=words).select_related("handler").order_by("-pk")


def uncounted(request: HttpRequest) -> HttpResponse:
    """The first rows alone, without counting: the least that a page of open petitions can do."""
    rows = Petition.objects.filter(closed_on__isnull=True, voided_at__isnull=True).select_related("handler").order_by("due_on")
    return HttpResponse(engines["django"].from_string(PAGE).render({"object_list": rows[:ROWS]}, request))


urlpatterns = [
    path("bare/", Bare.as_view(), name="bare"),
    path("bare/search/", BareSearch.as_view(), name="bare-search"),
    path("bare/uncounted/", uncounted, name="bare-uncounted"),
    *site,
]
