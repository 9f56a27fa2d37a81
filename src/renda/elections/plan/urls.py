"""Addresses under /election/<pk>/plan/."""

from django.urls import path

from renda.elections.plan.views import districts, index, outline, people

urlpatterns = [
    path("", index.show, name="election-plan"),
    path("seats/", index.fix, name="election-plan-seats"),
    path("districts/", districts.table, name="election-plan-districts"),
    path("proposal/", districts.propose, name="election-plan-proposal"),
    path("people/", people.show, name="election-plan-people"),
    path("map/", outline.upload, name="election-plan-map"),
]
