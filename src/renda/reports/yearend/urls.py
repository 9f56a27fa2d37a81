"""Addresses of the year-end papers."""

from django.urls import path

from renda.reports.term import views as term
from renda.reports.yearend import views

urlpatterns = [
    path("", views.index, name="yearend"),
    path("term/", term.show, name="term-statistics"),
    path("term.xlsx", term.workbook, name="term-workbook"),
    path("term.docx", term.document, name="term-document"),
]
