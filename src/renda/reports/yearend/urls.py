"""Addresses of the year-end papers."""

from django.urls import path

from renda.reports.album import views as album
from renda.reports.plan import views as plan
from renda.reports.term import views as term
from renda.reports.yearend import views

urlpatterns = [
    path("", views.index, name="yearend"),
    path("album/", album.show, name="album"),
    path("album/make/", album.make, name="album-make"),
    path("album/picture/<int:pk>/", album.picture, name="album-picture"),
    path("plan/", plan.show, name="plan-outcome"),
    path("plan/annex.docx", plan.annex_document, name="plan-annex"),
    path("plan/pick/", plan.pick, name="plan-pick"),
    path("plan/keep/", plan.keep, name="plan-keep"),
    path("term/", term.show, name="term-statistics"),
    path("term.xlsx", term.workbook, name="term-workbook"),
    path("term.docx", term.document, name="term-document"),
]
