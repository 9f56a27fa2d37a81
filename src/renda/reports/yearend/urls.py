"""Addresses of the year-end papers."""

from django.urls import path

from renda.reports.album import views as album
from renda.reports.term import views as term
from renda.reports.yearend import views

urlpatterns = [
    path("", views.index, name="yearend"),
    path("album/", album.show, name="album"),
    path("album/make/", album.make, name="album-make"),
    path("album/picture/<int:pk>/", album.picture, name="album-picture"),
    path("term/", term.show, name="term-statistics"),
    path("term.xlsx", term.workbook, name="term-workbook"),
    path("term.docx", term.document, name="term-document"),
]
