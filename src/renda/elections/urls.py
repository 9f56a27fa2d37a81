"""Addresses of the election pages: /election/<pk>/…"""

from django.urls import include, path

from renda.elections import hub

AREAS = ("plan", "schedule", "roll", "lists", "candidates", "voting", "counting", "outcome")

urlpatterns = [
    path("", include("renda.elections.departures.urls")),
    path("<int:pk>/", hub.show, name="election"),
    *(path(f"<int:pk>/{area}/", include(f"renda.elections.{area}.urls")) for area in AREAS),
]
